"""What the write path promises to whoever sends a command."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from muster.kernel.audit.models import Leaf
from muster.kernel.commands import Actor, CommandConflict, CommandGone, NotPermitted, announce
from muster.kernel.commands.models import CommandRecord, Conflict, OutboxRow
from muster.kernel.commands.receipts import public_key
from tests.faults.probe.models import Box, Note
from tests.faults.probe.services import NoteRefused, mark, note_add, notes_add

pytestmark = pytest.mark.django_db


def officer() -> Actor:
    return Actor("account:17", frozenset({"duty_officer", "commander"}), account_id=17, device="desk-3")


def written() -> tuple[int, ...]:
    """How many rows there are of everything that a command can leave."""
    return tuple(model.objects.count() for model in (Note, CommandRecord, Leaf, OutboxRow, Conflict))


def test_a_new_command_is_answered_201_and_leaves_its_row_its_leaf_and_its_message() -> None:
    me = officer()
    receipt = note_add.receive(by=me, text="road closed")
    note = Note.objects.get()
    assert (receipt.status, receipt.result) == (201, note)
    assert written() == (1, 1, 1, 1, 0)
    assert Box.objects.get().notes == 1
    told = OutboxRow.objects.get()
    assert (told.topic, told.payload, told.command_id) == ("box:in", {"note": note.pk}, me.command_id)


def test_the_same_command_again_is_answered_200_word_for_word_and_does_nothing() -> None:
    me = officer()
    first = note_add.receive(by=me, text="road closed")
    again = note_add.receive(by=replace(me, now=officer().now), text="road closed")
    assert (again.status, again.body, again.signature) == (200, first.body, first.signature)
    assert again.result == first.result
    assert note_add(by=me, text="road closed") == first.result
    assert written() == (1, 1, 1, 1, 0)
    assert Box.objects.get().notes == 1


def test_a_long_command_sent_again_is_not_even_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    me, texts = officer(), [f"note {number} " + "x" * 150 for number in range(40)]
    first = notes_add.receive(by=me, texts=texts)
    monkeypatch.setattr(notes_add, "function", lambda **_: pytest.fail("it was done a second time"))
    again = notes_add.receive(by=me, texts=texts)
    assert (again.status, again.body, again.result) == (200, first.body, first.result)


def test_the_receipt_carries_the_signature_of_this_installation() -> None:
    receipt = note_add.receive(by=officer(), text="road closed")
    key = Ed25519PublicKey.from_public_bytes(public_key())
    key.verify(receipt.signature, receipt.body)
    with pytest.raises(InvalidSignature):
        key.verify(receipt.signature, receipt.body.replace(b"note_add", b"note_del"))


def test_the_receipt_says_which_command_with_which_content_was_done_when() -> None:
    me = officer()
    body = json.loads(note_add.receive(by=me, text="road closed").body)
    note = Note.objects.get()
    assert body["command_id"] == str(me.command_id)
    assert (body["command"], body["at"]) == ("probe.note_add", me.now.isoformat())
    assert body["result"] == {"$model": "probe.note", "pk": note.pk}
    assert body["payload"] == CommandRecord.objects.get().payload_hash


def test_the_same_id_with_other_content_is_a_conflict_and_both_are_kept() -> None:
    me = officer()
    first = note_add.receive(by=me, text="road closed")
    with pytest.raises(CommandConflict):
        note_add.receive(by=me, text="road open")
    assert [note.text for note in Note.objects.all()] == ["road closed"]
    kept = Conflict.objects.get()
    assert (kept.command_id, json.loads(kept.content)["text"]) == (me.command_id, "road open")
    assert note_add.receive(by=me, text="road closed").body == first.body


def test_the_same_id_of_another_command_is_a_conflict() -> None:
    me = officer()
    note_add.receive(by=me, text="road closed")
    with pytest.raises(CommandConflict):
        mark.receive(by=me, text="road closed")
    assert written() == (1, 1, 1, 1, 1)


def test_somebody_elses_id_gives_nobody_his_receipt() -> None:
    me = officer()
    note_add.receive(by=me, text="road closed")
    with pytest.raises(CommandConflict):
        note_add.receive(by=replace(me, principal="account:18"), text="road closed")
    assert Note.objects.count() == 1


def test_what_was_erased_since_is_gone_and_is_not_done_again() -> None:
    me = officer()
    note_add.receive(by=me, text="road closed")
    CommandRecord.objects.update(gone=True)
    with pytest.raises(CommandGone):
        note_add.receive(by=me, text="road closed")
    assert Note.objects.count() == 1


def test_whoever_may_not_leaves_nothing() -> None:
    with pytest.raises(NotPermitted):
        note_add(by=Actor("anonymous"), text="road closed")
    assert written() == (0, 0, 0, 0, 0)


def test_a_repetition_gets_its_receipt_although_the_actor_may_not_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    me = officer()
    first = note_add.receive(by=me, text="road closed")
    monkeypatch.setattr(note_add, "policy", lambda **_: False)
    assert note_add.receive(by=me, text="road closed").body == first.body
    with pytest.raises(NotPermitted):
        note_add.receive(by=officer(), text="road closed")


def test_a_refused_command_leaves_nothing_and_its_id_can_be_used_once_it_is_mended() -> None:
    me = officer()
    with pytest.raises(NoteRefused):
        note_add(by=me, text="")
    assert written() == (0, 0, 0, 0, 0)
    assert not Box.objects.exists()
    assert note_add.receive(by=me, text="road closed").status == 201


def test_commands_inside_a_command_share_its_transaction_and_leave_entries_of_their_own() -> None:
    me = officer()
    receipt = notes_add.receive(by=me, texts=["a", "b"])
    assert written() == (2, 1, 3, 3, 0)
    entries = [json.loads(leaf.content) for leaf in Leaf.objects.order_by("pk")]
    assert [entry["action"] for entry in entries] == ["probe.note_add", "probe.note_add", "probe.notes_add"]
    assert [entry["within"] for entry in entries] == [str(me.command_id), str(me.command_id), ""]
    assert receipt.result == list(Note.objects.order_by("pk"))
    assert notes_add.receive(by=me, texts=["a", "b"]).result == receipt.result


def test_a_refusal_inside_takes_the_whole_command_back() -> None:
    with pytest.raises(NoteRefused):
        notes_add(by=officer(), texts=["a", "b", ""])
    assert written() == (0, 0, 0, 0, 0)


def test_the_entry_says_who_as_what_for_what_with_which_content() -> None:
    me = officer()
    note_add(by=me, text="road closed")
    leaf = Leaf.objects.get()
    entry = json.loads(leaf.content)
    assert (leaf.kind, leaf.action, leaf.principal, leaf.at) == ("command", "probe.note_add", "account:17", me.now)
    assert entry["roles"] == ["commander", "duty_officer"]
    assert (entry["purpose"], entry["device"]) == ("emergency_response", "desk-3")
    assert entry["facts"] == {"length": len("road closed")}
    assert entry["payload"] == CommandRecord.objects.get().payload_hash
    assert "road closed" not in leaf.content


def test_many_messages_and_entries_are_written_however_many_they_are() -> None:
    notes_add(by=officer(), texts=[f"note {number}" for number in range(250)])
    assert written() == (250, 1, 251, 251, 0)


def test_the_device_s_clock_is_recorded_and_decides_nothing() -> None:
    me = officer()
    note_add(by=replace(me, device_time=me.now.replace(year=1999)), text="road closed")
    entry = json.loads(Leaf.objects.get().content)
    assert entry["device_time"].startswith("1999")
    assert entry["at"] == me.now.isoformat()


def test_telling_others_is_for_the_inside_of_a_command() -> None:
    with pytest.raises(AssertionError):
        announce("box:in")


def test_an_order_of_arguments_is_no_content() -> None:
    me = officer()
    note_add.receive(by=me, text="road closed", box="out")
    assert note_add.receive(box="out", text="road closed", by=me).status == 200


def test_what_has_no_canonical_form_is_refused_before_anything_is_written() -> None:
    with pytest.raises(TypeError, match="canonical form"):
        mark(by=officer(), text=object())  # type: ignore[arg-type]
    assert written() == (0, 0, 0, 0, 0)


def test_ids_are_the_clients_and_two_commands_never_share_one() -> None:
    me = officer()
    assert me.again().command_id != me.command_id
    wanted = uuid4()
    note_add(by=replace(me, command_id=wanted), text="road closed")
    assert CommandRecord.objects.get().pk == wanted


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL prepares the rows of a command")
def test_each_shape_of_a_command_is_prepared_once_in_a_session() -> None:
    before = prepared()
    for text in ("one", "two", "three"):
        note_add(by=officer(), text=text)
    assert len(prepared() - before) <= 1  # none, where an earlier test has written a note in this session
    once = prepared()
    with pytest.raises(NoteRefused):
        note_add(by=officer(), text="")
    notes_add(by=officer(), texts=["two leaves more", "and two messages"])
    assert prepared() >= once  # a command that is rolled back takes nothing with it
    assert Note.objects.count() == 5


def prepared() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name LIKE 'muster_%%'")
        return {name for (name,) in cursor.fetchall()}
