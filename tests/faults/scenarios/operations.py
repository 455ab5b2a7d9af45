"""A running operation: its places, what arises, its tasks, its days."""

from __future__ import annotations

from datetime import date
from typing import Any

from muster.engines.plan.events import PlaceOpened, TimePassed
from muster.response.operations import services as operations
from muster.response.operations.services.figures import DayKept, StaffShort, StoreDay, day_keep
from muster.response.operations.services.working import EvidenceRow, events_play
from tests.faults.crash import Arguments, scenario
from tests.faults.scenarios.proposals import LATER, in_operation
from tests.response.operations import bureau

DAY = DayKept(
    date(2020, 1, 20),
    new_cases=3,
    tasks_open=2,
    needed=10,
    filled=8,
    present=9,
    absent=1,
    short=[StaffShort("CMD", "command_duty", 3, 1)],
    stores=[StoreDay("STORE-CENTRAL", "kn95", opening=400, used=400, closing=0, needed=500)],
)


def at_quarantine(**more: Any) -> Arguments:
    return in_operation(**more) | {"site": bureau.site("QS-001")}


def of_the_headquarters(**more: Any) -> Arguments:
    """About the task to open the headquarters, its owner's."""
    operation = in_operation()["operation"]
    task = operation.tasks.get(clause_id="C01")
    return {"by": bureau.plans_chief(LATER), "task": task, **more}


@scenario(operations.place_open)
def a_place_is_opened() -> Arguments:
    return at_quarantine()


@scenario(operations.place_close)
def a_place_is_closed() -> Arguments:
    arguments = at_quarantine()
    operations.place_open(**arguments)
    return {**arguments, "by": bureau.duty(LATER)}


@scenario(operations.arising_enter)
def a_patient_must_be_transferred() -> Arguments:
    return in_operation(kind="transfer", ref="T-1")


@scenario(operations.note_write)
def a_line_is_written_in_the_log() -> Arguments:
    return in_operation(text_zh="路口封闭", text_en="Road closed")


@scenario(operations.task_acknowledge)
def a_task_is_acknowledged() -> Arguments:
    return of_the_headquarters()


@scenario(operations.task_begin)
def a_task_is_begun() -> Arguments:
    return of_the_headquarters()


@scenario(operations.task_complete)
def a_task_is_completed_with_its_evidence() -> Arguments:
    return of_the_headquarters(evidence=[EvidenceRow("roster", "排班表已发")])


@scenario(operations.tick)
def nobody_has_acted_in_time() -> Arguments:
    return in_operation() | {"by": bureau.muster(bureau.NOON + bureau.DAY)}


@scenario(events_play)
def a_day_is_played_in_a_replay() -> Arguments:
    operation = bureau.activated(bureau.build(), mode="replay", level=1)
    site = bureau.site("CC-001")
    events = [PlaceOpened(LATER, site.kind, site.code), TimePassed(bureau.NOON + bureau.DAY)]
    return {"by": bureau.muster(bureau.NOON + bureau.DAY), "operation": operation, "events": events}


@scenario(day_keep)
def a_day_with_shortfalls_is_kept() -> Arguments:
    operation = bureau.activated(bureau.build(), mode="replay")
    return {"by": bureau.muster(bureau.NOON + bureau.DAY), "operation": operation, "kept": DAY}
