"""What people write is stored whole or refused: nothing too long, nothing hidden, no place that is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from muster.kernel.texts import TextUnreadable
from muster.response.operations import errors, services
from muster.response.operations.models import Arising, Decision, Evidence, LogEntry, Operation, Proposal
from muster.response.operations.services import EvidenceRow
from tests.response.operations import bureau

LONG, HIDDEN = "长" * 20_000, "x\u202ey"

Write = Callable[[Operation, str], Any]
WRITES: dict[str, Write] = {
    "the reason of a proposal": lambda operation, text: services.level_propose(
        by=bureau.duty(), operation=operation, level=2, reason=text, government_level=2
    ),
    "the ground of a proposal": lambda operation, text: services.level_propose(
        by=bureau.duty(), operation=operation, level=2, reason="x", ground=text, government_level=2
    ),
    "the matter of an operation": lambda operation, text: bureau.propose(
        operation.plan_version, mode="exercise", matter_zh=text
    ),
    "the measures of an operation": lambda operation, text: bureau.propose(
        operation.plan_version, mode="exercise", measures=text
    ),
    "the subject of a decision": lambda operation, text: services.decision_record(
        by=bureau.chief(), operation=operation, subject_zh=text, reason="x", ground="x"
    ),
    "the note of a task": lambda operation, text: services.task_complete(
        by=bureau.plans_chief(), task=operation.tasks.get(clause_id="C01"), evidence=[EvidenceRow("roster", text)]
    ),
    "the reference of a request": lambda operation, text: services.arising_enter(
        by=bureau.duty(), operation=operation, kind="transfer", ref=text
    ),
    "a line of the log": lambda operation, text: services.note_write(
        by=bureau.duty(), operation=operation, text_zh=text
    ),
}


@pytest.mark.parametrize("text", [LONG, HIDDEN], ids=["long", "hidden"])
@pytest.mark.parametrize("what", WRITES)
def test_a_text_that_cannot_be_kept_as_it_is_is_refused_with_all_beside_it(
    operation: Operation, what: str, text: str
) -> None:
    before = _kept()
    with pytest.raises(TextUnreadable):
        WRITES[what](operation, text)
    assert _kept() == before
    WRITES[what](operation, "as people write")
    assert _kept() != before


def _kept() -> list[int]:
    models = (Operation, Proposal, Decision, Evidence, Arising, LogEntry)
    return [model.objects.count() for model in models]


@pytest.mark.parametrize("place", ["ATLANTIS", "x" * 65])
def test_what_comes_in_from_no_place_is_refused(operation: Operation, place: str) -> None:
    with pytest.raises((errors.PlaceUnknown, TextUnreadable)):
        services.arising_enter(by=bureau.duty(), operation=operation, kind="transfer", ref="T-1", place_code=place)
    for number, known in enumerate(("CC-001", "D-NORTH", "ST-NORTH-01", "")):
        services.arising_enter(
            by=bureau.duty(), operation=operation, kind="transfer", ref=f"T-{number}", place_code=known
        )
    assert Arising.objects.count() == 4


def test_what_was_proposed_before_the_end_is_not_approved_after_it(operation: Operation) -> None:
    proposal = services.level_propose(by=bureau.duty(), operation=operation, level=2, reason="x", government_level=2)
    Operation.objects.update(state=Operation.State.STOOD_DOWN, level=0, closed_at=bureau.NOON + bureau.HOUR)
    with pytest.raises(errors.WrongState):
        bureau.approve(proposal, bureau.chief(bureau.NOON + 2 * bureau.HOUR))


def test_a_place_is_not_opened_in_an_operation_that_has_ended_meanwhile(operation: Operation) -> None:
    Operation.objects.update(state=Operation.State.STOOD_DOWN, level=0, closed_at=bureau.NOON)
    assert operation.state == Operation.State.ACTIVE, "the caller has not heard of it"
    with pytest.raises(errors.WrongState):
        services.place_open(by=bureau.duty(), operation=operation, site=bureau.site("CC-001"))
