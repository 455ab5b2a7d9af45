"""What the worker does for live operations: time, figures, shortfalls; exercises and replays are left alone."""

from __future__ import annotations

from muster.kernel import clock
from muster.kernel.jobs import all_jobs
from muster.preparedness.logistics.models import StockEntry
from muster.preparedness.plans.models import PlanVersion
from muster.response.operations.live_day import count_live_days
from muster.response.operations.models import DayFigures, Operation, StaffShortfall, StockDay, Task
from muster.response.operations.services import tick_all
from tests.response.operations import bureau
from tests.response.operations.bureau import DAY, HOUR, NOON


def test_the_worker_knows_its_jobs() -> None:
    assert {"operations.tick", "operations.day"} <= {job.name for job in all_jobs()}


def test_the_day_of_a_live_operation_is_counted_once(operation: Operation) -> None:
    with clock.frozen(NOON + HOUR):
        assert count_live_days() == 1
        assert count_live_days() == 0
    with clock.frozen(NOON + DAY):
        assert count_live_days() == 1
    assert DayFigures.objects.filter(operation=operation).count() == 2


def test_what_is_not_there_is_named_by_unit(operation: Operation) -> None:
    with clock.frozen(NOON + HOUR):
        count_live_days()
    day = DayFigures.objects.get()
    missing = {(row.unit.code, row.qualification) for row in StaffShortfall.objects.select_related("unit")}
    assert day.people_needed > day.people_assigned
    assert ("ST-NORTH-01", "patrol") in missing
    assert ("CMD", "command_duty") in missing


def test_counting_takes_nothing_from_the_stores(operation: Operation) -> None:
    before = StockEntry.objects.count()
    with clock.frozen(NOON + HOUR):
        count_live_days()
    assert StockEntry.objects.count() == before
    assert not StockDay.objects.exists()


def test_other_modes_are_not_counted(plan: PlanVersion) -> None:
    bureau.activated(plan, mode="exercise")
    with clock.frozen(NOON + HOUR):
        assert count_live_days() == 0


def test_the_worker_lets_time_pass(operation: Operation) -> None:
    with clock.frozen(NOON + 3 * HOUR):
        assert tick_all() == 1
        assert tick_all() == 0
    assert Task.objects.filter(operation=operation, late_at__isnull=False).exists()
