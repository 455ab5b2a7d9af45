"""Bugs planted in the write path on purpose: a suite that does not catch every one of them proves nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import F

from muster.kernel.commands import core, ledger
from muster.kernel.commands.core import Command
from muster.kernel.commands.models import CommandRecord, OutboxRow
from muster.kernel.commands.receipts import CREATED, Receipt
from tests.faults import crash
from tests.faults.probe.models import Box

Plant = Callable[[pytest.MonkeyPatch], None]
BUGS: dict[str, Plant] = {}


def bug(plant: Plant) -> Plant:
    BUGS[plant.__name__] = plant
    return plant


def change_what_is_written(patch: pytest.MonkeyPatch, change: Callable[..., tuple[Any, Any, Any]]) -> None:
    honest = ledger.write
    patch.setattr(ledger, "write", lambda *rows: honest(*change(*rows)))


@bug
def an_id_is_not_unique(patch: pytest.MonkeyPatch) -> None:
    def other_id(record: Any, leaves: Any, told: Any) -> tuple[Any, Any, Any]:
        return record._replace(id=uuid4()), leaves, told

    change_what_is_written(patch, other_id)


@bug
def no_row_of_the_command_is_kept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ledger, "_statements", _without(ledger._statements, ledger.RECORD))


def _without(honest: Any, table: Any) -> Any:
    return lambda database, parts: honest(database, [part for part in parts if part[0] is not table])


@bug
def the_audit_entry_is_skipped(patch: pytest.MonkeyPatch) -> None:
    change_what_is_written(patch, lambda record, leaves, told: (record, [], told))


@bug
def the_entry_of_an_inner_command_is_skipped(patch: pytest.MonkeyPatch) -> None:
    change_what_is_written(patch, lambda record, leaves, told: (record, leaves[-1:], told))


@bug
def nobody_is_told(patch: pytest.MonkeyPatch) -> None:
    change_what_is_written(patch, lambda record, leaves, told: (record, leaves, []))


@bug
def others_are_told_after_the_commit_only(patch: pytest.MonkeyPatch) -> None:
    """The outbox outside the transaction: a crash after the commit loses the message."""
    waiting: list[OutboxRow] = []

    def hold_back(record: Any, leaves: Any, told: Any) -> tuple[Any, Any, Any]:
        waiting[:] = [OutboxRow(topic=t, payload=p, command_id=record.id, at=record.at) for t, p in told]
        return record, leaves, []

    change_what_is_written(patch, hold_back)
    honest = Command._receive

    def receive(self: Any, arguments: Any) -> Receipt:
        receipt = honest(self, arguments)
        OutboxRow.objects.bulk_create(waiting)
        waiting.clear()
        return receipt

    patch.setattr(Command, "_receive", receive)


@bug
def there_is_no_transaction(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(core.transaction, "atomic", _only_outside(transaction.atomic))


def _only_outside(honest: Any) -> Any:
    """The write path gets none; the tests keep theirs."""
    import sys

    def atomic(*arguments: Any, **keywords: Any) -> Any:
        caller = sys._getframe(1).f_globals["__name__"]
        return nullcontext() if caller == core.__name__ else honest(*arguments, **keywords)

    return atomic


@bug
def the_client_is_answered_before_the_commit(patch: pytest.MonkeyPatch) -> None:
    honest, reached = Command._do, []
    deliver = crash.send

    def do(self: Any, by: Any, arguments: Any, payload_hash: str) -> Receipt:
        receipt = honest(self, by, arguments, payload_hash)
        for replies in reached:
            replies.append(receipt)
        return receipt

    def send(service: Any, by: Any, arguments: Any, replies: Any) -> None:
        reached[:] = [replies]
        deliver(service, by, arguments, replies)

    patch.setattr(Command, "_do", do)
    patch.setattr(crash, "send", send)


@bug
def a_repeated_answer_is_made_anew(patch: pytest.MonkeyPatch) -> None:
    honest = Command._repeat

    def repeat(self: Any, by: Any, content: Any, payload_hash: str) -> Receipt:
        receipt = honest(self, by, content, payload_hash)
        facts = json.loads(receipt.body) | {"at": "now"}
        return replace(receipt, body=json.dumps(facts).encode())

    patch.setattr(Command, "_repeat", repeat)


@bug
def a_repetition_counts_the_box_up_again(patch: pytest.MonkeyPatch) -> None:
    """No row more, but one that says something else."""
    honest = Command._repeat

    def repeat(self: Any, by: Any, content: Any, payload_hash: str) -> Receipt:
        Box.objects.update(notes=F("notes") + 1)
        return honest(self, by, content, payload_hash)

    patch.setattr(Command, "_repeat", repeat)


@bug
def other_content_under_the_same_id_is_taken_for_the_same(patch: pytest.MonkeyPatch) -> None:
    honest = Command._repeat

    def repeat(self: Any, by: Any, content: Any, payload_hash: str) -> Receipt:
        return honest(self, by, content, CommandRecord.objects.get(pk=by.command_id).payload_hash)

    patch.setattr(Command, "_repeat", repeat)


@bug
def anybody_gets_anybodys_receipt(patch: pytest.MonkeyPatch) -> None:
    honest = Command._repeat

    def repeat(self: Any, by: Any, content: Any, payload_hash: str) -> Receipt:
        owner = CommandRecord.objects.get(pk=by.command_id).principal
        return honest(self, replace(by, principal=owner), content, payload_hash)

    patch.setattr(Command, "_repeat", repeat)


@bug
def what_was_erased_is_acknowledged_again(patch: pytest.MonkeyPatch) -> None:
    honest = Command._repeat

    def repeat(self: Any, by: Any, content: Any, payload_hash: str) -> Receipt:
        CommandRecord.objects.filter(pk=by.command_id).update(gone=False)
        return honest(self, by, content, payload_hash)

    patch.setattr(Command, "_repeat", repeat)


@bug
def the_policy_is_not_asked(patch: pytest.MonkeyPatch) -> None:
    def run(self: Any, work: Any, arguments: Any) -> Any:
        token = core._work.set(work)
        try:
            return self.function(**arguments)
        finally:
            core._work.reset(token)

    patch.setattr(Command, "_run", run)


@bug
def a_refusal_is_swallowed_and_the_rest_is_committed(patch: pytest.MonkeyPatch) -> None:
    honest = Command._run

    def run(self: Any, work: Any, arguments: Any) -> Any:
        try:
            return honest(self, work, arguments)
        except Exception:
            return None

    patch.setattr(Command, "_run", run)


@bug
def the_row_is_written_by_a_statement_of_its_own_after_the_commit(patch: pytest.MonkeyPatch) -> None:
    """The command's own row comes last and outside: a crash before it lets the command be done twice."""
    late: list[CommandRecord] = []
    patch.setattr(ledger, "_statements", _without(ledger._statements, ledger.RECORD))
    written, honest = ledger.write, Command._receive

    def write(record: Any, leaves: Any, told: Any) -> None:
        late[:] = [CommandRecord(**record._asdict())]
        written(record, leaves, told)

    def receive(self: Any, arguments: Any) -> Receipt:
        receipt = honest(self, arguments)
        if receipt.status == CREATED:
            CommandRecord.objects.bulk_create(late)
        return receipt

    patch.setattr(ledger, "write", write)
    patch.setattr(Command, "_receive", receive)


@bug
def the_receipt_names_another_content(patch: pytest.MonkeyPatch) -> None:
    def other_hash(record: Any, leaves: Any, told: Any) -> tuple[Any, Any, Any]:
        return record._replace(payload_hash="0" * 64), leaves, told

    change_what_is_written(patch, other_hash)


@bug
def the_entry_is_written_without_its_hash(patch: pytest.MonkeyPatch) -> None:
    change_what_is_written(
        patch, lambda record, leaves, told: (record, [(*leaf[:5], "0" * 64) for leaf in leaves], told)
    )


@bug
def a_long_command_is_tried_again_before_it_is_recognised(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(core, "ASK_FIRST", 10**9)
