"""Any order of sending, repeating, changing and refusing, against a model that is a dictionary."""

from __future__ import annotations

from uuid import UUID, uuid5

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from muster.kernel.audit.models import Leaf
from muster.kernel.commands import Actor, CommandConflict
from muster.kernel.commands.models import CommandRecord, Conflict, OutboxRow
from tests.faults.probe.models import Box, Note
from tests.faults.probe.services import NoteRefused, note_add, notes_add

IDS = [uuid5(UUID(int=0), str(number)) for number in range(5)]
ids = st.sampled_from(IDS)
people = st.sampled_from(["account:1", "account:2"])
texts = st.sampled_from(["", "a", "b"])


class WritePath(RuleBasedStateMachine):
    """What was acknowledged is there once; what was not is not there."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.done: dict[UUID, tuple[object, bytes]] = {}
        self.notes, self.conflicts, self.leaves = 0, 0, 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @rule(command_id=ids, who=people, text=texts)
    def one(self, command_id: UUID, who: str, text: str) -> None:
        self.send(note_add, command_id, who, refused=not text, count=1, text=text)

    @rule(command_id=ids, who=people, several=st.lists(texts, max_size=3))
    def several(self, command_id: UUID, who: str, several: list[str]) -> None:
        self.send(notes_add, command_id, who, refused="" in several, count=len(several), texts=several)

    def send(self, service, command_id, who, *, refused, count, **content):  # type: ignore[no-untyped-def]
        """Send it as a client does, and compare the answer with the model."""
        by, content_id = Actor(who, command_id=command_id), (service.name, who, repr(content))
        known = self.done.get(command_id)
        try:
            receipt = service.receive(by=by, **content)
        except NoteRefused:
            assert known is None
            assert refused
        except CommandConflict:
            assert known is not None
            assert known[0] != content_id
            self.conflicts += 1
        else:
            self.answered(receipt, known, content_id, command_id, count, nested=service is notes_add)

    def answered(self, receipt, known, content_id, command_id, count, *, nested):  # type: ignore[no-untyped-def]
        if known is not None:
            assert (receipt.status, known) == (200, (content_id, receipt.body))
            return
        assert receipt.status == 201
        self.done[command_id] = (content_id, receipt.body)
        self.notes += count
        self.leaves += 1 + (count if nested else 0)

    @invariant()
    def the_database_holds_what_was_acknowledged(self) -> None:
        assert {row.pk: bytes(row.receipt) for row in CommandRecord.objects.all()} == {
            key: body for key, (_, body) in self.done.items()
        }
        assert Note.objects.count() == self.notes == sum(box.notes for box in Box.objects.all())
        assert Leaf.objects.count() == self.leaves == OutboxRow.objects.count()
        assert Conflict.objects.count() == self.conflicts


@pytest.mark.django_db
def test_the_write_path_is_a_dictionary_of_receipts(fault_runs: int) -> None:
    run_state_machine_as_test(
        WritePath, settings=settings(max_examples=max(25, fault_runs // 10), stateful_step_count=20, deadline=None)
    )
