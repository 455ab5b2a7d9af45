"""Tasks: who owes them, what closes them, what waits for them, and how they looked at any moment."""

from __future__ import annotations

import pytest

from muster.kernel.commands import NotPermitted
from muster.preparedness.plans.models import ClauseUse, PlanVersion
from muster.response.operations import errors, services
from muster.response.operations.board.tasks import state_at
from muster.response.operations.models import Evidence, LogEntry, Operation, PlaceOpening, Task
from muster.response.operations.queries.pages import in_state, task_page
from muster.response.operations.queries.records import task_counts, waits_for
from muster.response.operations.services import EvidenceRow
from tests.response.operations import bureau
from tests.response.operations.bureau import DAY, HOUR, NOON

ROSTER = EvidenceRow("roster", "排班表已发")
ACKNOWLEDGED = EvidenceRow("acknowledgement")


@pytest.fixture
def full(plan: PlanVersion) -> Operation:
    """A live operation at level I with one closed community."""
    operation = bureau.activated(plan, level=1)
    services.place_open(by=bureau.duty(), operation=operation, site=bureau.site("CC-001"))
    return operation


def task(operation: Operation, clause: str, place: str = "") -> Task:
    found = Task.objects.select_related("operation", "unit").filter(operation=operation, clause_id=clause)
    return found.get(place_code=place)


def test_a_task_belongs_to_the_unit_of_its_command_role(full: Operation) -> None:
    assert task(full, "C01").unit == bureau.unit("CMD")
    assert task(full, "C01").owner_role == "plans_chief"


def test_a_task_at_a_place_belongs_to_the_sub_bureau_there(full: Operation) -> None:
    assert task(full, "K02", "CC-001").unit == bureau.unit("SB-NORTH")


def test_what_every_station_owes_belongs_to_no_single_unit(full: Operation) -> None:
    assert task(full, "K09").unit is None


def test_its_owner_takes_a_task_on_begins_and_completes_it(full: Operation) -> None:
    found = task(full, "C01")
    assert services.task_acknowledge(by=bureau.plans_chief(), task=found).acknowledged_at == NOON
    assert services.task_begin(by=bureau.plans_chief(NOON + HOUR / 2), task=found).begun_at == NOON + HOUR / 2
    done = services.task_complete(by=bureau.plans_chief(NOON + HOUR), task=found, evidence=[ROSTER])
    assert done.done_at == NOON + HOUR
    assert Evidence.objects.get(task=done).author == "P-PLANS"


def test_whoever_holds_the_command_role_acts_from_another_unit(full: Operation) -> None:
    north = bureau.someone("P-NORTH", "station_chief")
    assert services.task_acknowledge(by=north, task=task(full, "K02", "CC-001")).acknowledged_at == NOON


@pytest.mark.parametrize(
    ("person", "role"), [("P-TRAFFIC", "field_officer"), ("P-CHIEF", "commander"), ("P-PLANS", "auditor")]
)
def test_nobody_else_touches_it_not_even_the_commander(full: Operation, person: str, role: str) -> None:
    found = task(full, "C01")
    with pytest.raises(NotPermitted):
        services.task_acknowledge(by=bureau.someone(person, role), task=found)
    with pytest.raises(NotPermitted):
        services.task_complete(by=bureau.someone(person, role), task=found, evidence=[ROSTER])


def test_muster_itself_completes_nothing_that_is_real(full: Operation) -> None:
    with pytest.raises(NotPermitted):
        services.task_complete(by=bureau.muster(), task=task(full, "C01"), evidence=[ROSTER])


def test_a_task_stays_open_without_its_evidence(full: Operation) -> None:
    found = task(full, "C01")
    with pytest.raises(errors.EvidenceMissing, match="roster"):
        services.task_complete(by=bureau.plans_chief(), task=found, evidence=[ACKNOWLEDGED])
    found.refresh_from_db()
    assert found.done_at is None
    assert not Evidence.objects.exists()


def test_a_task_that_waits_cannot_be_completed(full: Operation) -> None:
    waiting = task(full, "C02")
    assert waiting.due_at is None
    assert [key.clause for key in waits_for(waiting)] == ["C01"]
    with pytest.raises(errors.TaskWaits):
        services.task_complete(by=bureau.plans_chief(), task=waiting, evidence=[ACKNOWLEDGED])


def test_what_is_done_releases_what_waited_for_it(full: Operation) -> None:
    done_at = NOON + HOUR
    services.task_complete(by=bureau.plans_chief(done_at), task=task(full, "C01"), evidence=[ROSTER])
    released = task(full, "C02")
    assert (released.released_at, released.due_at) == (done_at, done_at + 4 * HOUR)
    assert waits_for(released) == []


def test_a_task_is_closed_once(full: Operation) -> None:
    found = task(full, "C01")
    services.task_complete(by=bureau.plans_chief(), task=found, evidence=[ROSTER])
    with pytest.raises(errors.TaskClosed):
        services.task_complete(by=bureau.plans_chief(), task=found, evidence=[ROSTER])


def test_time_makes_a_task_late_once(full: Operation) -> None:
    for hours in (3, 4):
        services.tick(by=bureau.muster(NOON + hours * HOUR), operation=full)
    found = task(full, "C01")
    assert found.late_at == found.due_at == NOON + 2 * HOUR
    assert LogEntry.objects.filter(kind="late", text_en__contains="C01").count() == 1


def test_a_place_is_opened_once_and_closed_once(full: Operation) -> None:
    site = bureau.site("CC-001")
    with pytest.raises(errors.PlaceAlreadyOpen):
        services.place_open(by=bureau.duty(), operation=full, site=site)
    services.place_close(by=bureau.duty(NOON + HOUR), operation=full, site=site)
    gone = task(full, "K02", "CC-001")
    assert (gone.withdrawn_at, gone.withdrawn_because) == (NOON + HOUR, "place_closed")
    with pytest.raises(errors.PlaceNotOpen):
        services.place_close(by=bureau.duty(), operation=full, site=site)
    services.place_open(by=bureau.duty(NOON + 2 * HOUR), operation=full, site=site)
    assert PlaceOpening.objects.filter(site=site).count() == 2


def test_each_request_has_its_own_task(full: Operation) -> None:
    for ref in ("T-1", "T-2"):
        services.arising_enter(by=bureau.duty(), operation=full, kind="transfer", ref=ref)
    assert Task.objects.filter(clause_id="K05").count() == 2
    with pytest.raises(errors.ArisenAlready):
        services.arising_enter(by=bureau.duty(), operation=full, kind="transfer", ref="T-1")
    with pytest.raises(errors.KindUnknown):
        services.arising_enter(by=bureau.duty(), operation=full, kind="conflict", ref="C-1")


def test_a_page_looks_as_the_day_looked(full: Operation) -> None:
    """As-of: what happens later changes nothing in what is read of an earlier moment."""
    moments = [NOON + hours * HOUR for hours in range(6)]
    services.task_acknowledge(by=bureau.plans_chief(moments[1]), task=task(full, "C01"))
    before = _seen(full, moments[1])
    services.task_begin(by=bureau.plans_chief(moments[2]), task=task(full, "C01"))
    services.task_complete(by=bureau.plans_chief(moments[3]), task=task(full, "C01"), evidence=[ROSTER])
    services.place_close(by=bureau.duty(moments[4]), operation=full, site=bureau.site("CC-001"))
    assert _seen(full, moments[1]) == before
    found = task(full, "C01")
    assert [state_at(found, moment) for moment in moments[:4]] == ["open", "acknowledged", "in_work", "done"]


def _seen(operation: Operation, at: object) -> dict[tuple[str, str], str]:
    rows = Task.objects.filter(operation=operation, raised_at__lte=at)  # type: ignore[misc]
    return {(row.clause_id, row.place_code): state_at(row, at) for row in rows}  # type: ignore[arg-type]


def test_the_states_of_a_moment_divide_the_tasks(full: Operation) -> None:
    services.task_acknowledge(by=bureau.plans_chief(), task=task(full, "C01"))
    at = NOON + 5 * HOUR
    states = ("waiting", "open", "acknowledged", "in_work", "done", "withdrawn")
    found = [pk for state in states for pk in in_state(full, at, state).values_list("pk", flat=True)]
    assert sorted(found) == sorted(Task.objects.values_list("pk", flat=True))
    counts = task_counts(operation=full, at=at)
    assert sum(counts[state] for state in states) == Task.objects.count()
    assert counts["late"] > 0


def test_pages_of_tasks_join_without_a_gap(full: Operation) -> None:
    for number in range(7):
        services.arising_enter(by=bureau.duty(), operation=full, kind="transfer", ref=f"T-{number}")
    at, mark, seen = NOON + DAY, "", []
    while True:
        page = task_page(operation=full, at=at, after=mark, limit=3)
        seen += [row.pk for row in page.rows]
        if not (mark := page.next):
            break
    assert len(seen) == len(set(seen)) == Task.objects.count()


def test_a_done_task_of_a_live_operation_has_tried_its_clause(full: Operation) -> None:
    services.task_complete(by=bureau.plans_chief(), task=task(full, "C01"), evidence=[ROSTER])
    use = ClauseUse.objects.get()
    assert (use.clause, use.way, use.operation, use.unit) == ("C01", "live", full.code, bureau.unit("CMD"))
