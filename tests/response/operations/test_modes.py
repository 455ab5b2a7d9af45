"""Only a live operation touches what is real; an exercise and a replay stand apart by construction."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from muster.kernel.commands import Actor, NotPermitted
from muster.preparedness.logistics.models import StockEntry
from muster.preparedness.plans.models import PlanVersion
from muster.prevention.situation.models import CaseCount, ExternalInput
from muster.response.operations import services
from muster.response.operations.models import Operation, StockDay, Task
from muster.response.operations.services.figures import DayKept, StoreDay, day_keep
from tests.response.operations import bureau
from tests.response.operations.bureau import HOUR, NOON


@pytest.mark.parametrize("mode", ["exercise", "replay"])
def test_what_is_not_live_has_counts_of_its_own(plan: PlanVersion, mode: str) -> None:
    operation = bureau.activated(plan, mode=mode)
    assert operation.feed.startswith(f"{mode}:")
    with pytest.raises(IntegrityError), transaction.atomic():
        Operation.objects.filter(pk=operation.pk).update(feed="live")


def test_a_live_operation_looks_at_live_counts_alone(plan: PlanVersion) -> None:
    operation = bureau.activated(plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Operation.objects.filter(pk=operation.pk).update(feed="replay:R-001")
    with pytest.raises(IntegrityError), transaction.atomic():
        Operation.objects.filter(pk=operation.pk).update(clock_at=NOON)


def test_cases_of_a_replay_are_unknown_to_a_live_operation(plan: PlanVersion) -> None:
    live = bureau.activated(plan)
    replay = bureau.activated(plan, mode="replay")
    bureau.watch_from(date(2020, 1, 10), feed=replay.feed)
    for day in range(10, 21):
        bureau.report_cases(date(2020, 1, day), 20, feed=replay.feed)
    evening = NOON + 9 * HOUR
    services.tick(by=bureau.muster(evening), operation=live)
    assert not live.proposals.filter(source="system").exists()
    services.tick(by=bureau.muster(evening), operation=replay)
    assert replay.proposals.filter(source="system", level=1).exists()


def test_the_same_plan_runs_in_all_three_modes_at_once_and_alike(plan: PlanVersion) -> None:
    found = [bureau.activated(plan, mode=mode, level=1) for mode in ("live", "exercise", "replay")]
    tasks = [
        list(Task.objects.filter(operation=each).order_by("pk").values_list("clause_id", "place_code", "due_at"))
        for each in found
    ]
    assert tasks[0] == tasks[1] == tasks[2]


def test_the_book_of_a_replay_is_not_the_stock_book(plan: PlanVersion) -> None:
    before = StockEntry.objects.count()
    replay, live = bureau.activated(plan, mode="replay"), bureau.activated(plan)
    row = StoreDay("STORE-CENTRAL", "kn95", opening=400, used=400, closing=0, needed=500)
    kept = DayKept(date(2020, 1, 20), 1, 0, needed=10, filled=8, present=9, absent=1, stores=[row])
    for operation in (replay, live):
        day_keep(by=bureau.muster(), operation=operation, kept=kept)
    assert StockEntry.objects.count() == before
    assert list(StockDay.objects.values_list("operation", flat=True)) == [replay.pk]
    assert replay.stock_shortfalls.get().available == 400


def test_a_book_that_does_not_add_up_is_refused(plan: PlanVersion) -> None:
    replay = bureau.activated(plan, mode="replay")
    row = StoreDay("STORE-CENTRAL", "kn95", opening=400, used=100, closing=400, needed=100)
    kept = DayKept(date(2020, 1, 20), 1, 0, needed=0, filled=0, present=0, absent=0, stores=[row])
    with pytest.raises(IntegrityError), transaction.atomic():
        day_keep(by=bureau.muster(), operation=replay, kept=kept)


def test_no_live_row_is_written_by_a_replay(plan: PlanVersion) -> None:
    bureau.activated(plan, mode="replay")
    assert not CaseCount.objects.filter(feed="live").exists()
    assert not ExternalInput.objects.filter(feed="live").exists()


def test_an_exercise_is_led_by_its_controller(plan: PlanVersion) -> None:
    controller = bureau.someone("P-PLANS", "exercise_controller")
    proposal = bureau.propose(plan, by=controller, mode="exercise")
    operation = bureau.approve(proposal, bureau.chief()).operation
    task = Task.objects.select_related("operation", "unit").get(operation=operation, clause_id="C01")
    controls = bureau.someone("P-PLANS", "exercise_controller")
    assert services.task_acknowledge(by=controls, task=task).acknowledged_at == NOON
    with pytest.raises(NotPermitted):
        bureau.propose(plan, by=bureau.someone("P-PLANS", "exercise_controller"))


def test_nobody_but_muster_keeps_time_and_figures(plan: PlanVersion) -> None:
    operation = bureau.activated(plan)
    with pytest.raises(NotPermitted):
        services.tick(by=bureau.chief(), operation=operation)
    assert services.tick(by=Actor.system("worker", NOON), operation=operation) == {}
