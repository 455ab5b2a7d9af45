"""Sealing: when, in which order, and what happens when the process dies between database and witness."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from muster.engines.proof import Frontier
from muster.kernel import clock
from muster.kernel.audit import sealing, witness
from muster.kernel.audit.errors import WitnessAhead, WitnessDiffers, WitnessMissing, WitnessUnreadable
from muster.kernel.audit.models import Checkpoint, Leaf, Node
from muster.kernel.audit.sealing import seal, seal_if_due
from muster.kernel.audit.verification import verify
from tests.kernel.audit.log import entries
from tests.kernel.audit.tampering import guards_down

pytestmark = pytest.mark.django_db


def sizes_in_witness() -> list[int]:
    return [seen.size for seen in witness.read(settings.MUSTER_WITNESS).seen]


def root_of_all() -> str:
    frontier = Frontier()
    frontier.extend(bytes.fromhex(leaf.leaf_hash) for leaf in Leaf.objects.order_by("position"))
    return frontier.root().hex()


def test_nothing_is_sealed_while_nothing_waits() -> None:
    assert seal_if_due() is None
    assert not Checkpoint.objects.exists()


def test_the_first_entry_is_sealed_at_once_and_the_next_after_a_minute() -> None:
    now = clock.now()
    entries(1)
    with clock.frozen(now):
        assert seal_if_due() is not None
    entries(1, first=1)
    with clock.frozen(now + timedelta(seconds=59)):
        assert seal_if_due() is None
    with clock.frozen(now + timedelta(seconds=60)):
        assert seal_if_due() is not None


def test_a_hundred_entries_do_not_wait_for_the_minute() -> None:
    with clock.frozen(clock.now()):
        entries(1)
        seal_if_due()
        entries(99, first=1)
        assert seal_if_due() is None
        entries(1, first=100)
        sealed = seal_if_due()
    assert sealed is not None
    assert sealed.size == 101


def test_a_clock_that_went_back_does_not_stop_the_sealer() -> None:
    entries(1)
    seal()
    entries(1, first=1)
    with clock.frozen(clock.now() - timedelta(days=2)):
        assert seal_if_due() is not None
    assert verify(settings.MUSTER_WITNESS).ok


def test_the_root_is_that_of_all_entries_in_order() -> None:
    for first in range(0, 700, 70):
        entries(70, first)
        seal()
    newest = Checkpoint.objects.get(size=700)
    assert newest.root == root_of_all()
    assert list(Leaf.objects.order_by("pk").values_list("position", flat=True)) == list(range(700))
    assert sizes_in_witness() == list(range(0, 701, 70))
    assert Node.objects.count() == 3  # two subtrees of 256 and the one of 512 over them


def test_a_large_load_is_sealed_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BATCH", 100)
    entries(250)
    seal()
    assert sizes_in_witness() == [0, 100, 200, 250]
    assert verify(settings.MUSTER_WITNESS).ok


def test_an_entry_committed_late_with_an_earlier_id_is_sealed_next_time() -> None:
    """As when a slow transaction took its id before others did and committed after the sealer had passed."""
    late, *others = entries(5)
    with guards_down():
        Leaf.objects.filter(pk=late.pk).delete()
    seal()
    Leaf.objects.bulk_create([late])
    sealed = seal()
    assert sealed is not None
    assert sealed.size == 5
    assert Leaf.objects.get(pk=late.pk).position == 4
    assert [Leaf.objects.get(pk=other.pk).position for other in others] == [0, 1, 2, 3]
    assert verify(settings.MUSTER_WITNESS).ok


def test_what_the_witness_missed_it_is_told_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    entries(3)
    seal()
    with monkeypatch.context() as death:
        death.setattr(witness, "append", lambda path, lines: list(lines))  # the process dies after the commit
        entries(3, first=3)
        seal()
    assert sizes_in_witness() == [0, 3]
    assert verify(settings.MUSTER_WITNESS).ok
    entries(1, first=6)
    seal()
    assert sizes_in_witness() == [0, 3, 6, 7]


@pytest.mark.parametrize("kept", [1, 40, -2, -1])
def test_a_line_cut_short_by_a_crash_is_written_again_below_it(kept: int) -> None:
    entries(3)
    seal()
    entries(3, first=3)
    seal()
    path = settings.MUSTER_WITNESS
    whole = path.read_bytes()
    *head, last = whole.splitlines(keepends=True)
    path.write_bytes(b"".join(head) + last[:kept])
    seal()
    assert sizes_in_witness() == [0, 3, 6]
    assert verify(path).ok
    entries(1, first=6)
    seal()
    assert sizes_in_witness() == [0, 3, 6, 7]
    assert verify(path).ok


def test_a_lost_witness_is_not_quietly_replaced() -> None:
    entries(3)
    seal()
    settings.MUSTER_WITNESS.unlink()
    entries(1, first=3)
    with pytest.raises(WitnessMissing):
        seal()
    assert not settings.MUSTER_WITNESS.exists()
    assert Leaf.objects.filter(position=None).count() == 1


def test_a_witness_that_has_seen_more_is_announced_and_nothing_is_sealed_over_it() -> None:
    entries(3)
    seal()
    with transaction.atomic():
        entries(3, first=3)
        newer = seal_without_durability()
        transaction.set_rollback(True)
    assert newer.size == 6
    entries(1, first=9)
    with pytest.raises(WitnessAhead, match="rolled back"):
        seal()
    assert Checkpoint.objects.order_by("-size")[0].size == 3


def seal_without_durability() -> Checkpoint:
    """What was sealed and witnessed before the database was set back."""
    sealing._seal_batch.__wrapped__(clock.now())  # type: ignore[attr-defined]
    newest = Checkpoint.objects.order_by("-size")[0]
    witness.append(settings.MUSTER_WITNESS, [witness.line_of(newest)])
    return newest


def test_a_witness_of_another_history_is_refused() -> None:
    entries(3)
    seal()
    path = settings.MUSTER_WITNESS
    first, last = path.read_text().splitlines()
    path.write_text(first + "\n" + last.replace('"root":"', '"root":"0') + "\n")
    facts = json.loads(last) | {"hash": "0" * 64}
    path.write_text(first + "\n" + json.dumps(facts) + "\n")
    with pytest.raises(WitnessDiffers):
        seal()


def test_a_foreign_line_in_the_witness_is_named() -> None:
    entries(3)
    seal()
    with Path(settings.MUSTER_WITNESS).open("a") as file:
        file.write("not a checkpoint\n")
    with pytest.raises(WitnessUnreadable, match=":3"):
        witness.read(settings.MUSTER_WITNESS)
    with pytest.raises(WitnessUnreadable):
        seal()


@pytest.mark.parametrize(
    "forbidden",
    [
        "UPDATE audit_leaf SET content = '{}' WHERE position = 1",
        "UPDATE audit_leaf SET position = 77 WHERE position = 1",
        "UPDATE audit_leaf SET position = NULL WHERE position = 1",
        "UPDATE audit_leaf SET principal = 'account:9' WHERE position IS NULL",
        "UPDATE audit_leaf SET content = '{}', position = 9 WHERE position IS NULL",
        "DELETE FROM audit_leaf WHERE position = 1",
        "DELETE FROM audit_leaf WHERE position IS NULL",
        "UPDATE audit_checkpoint SET root = 'x'",
        "DELETE FROM audit_checkpoint",
        "DELETE FROM audit_node",
    ],
)
def test_the_database_refuses_to_change_or_remove_what_was_written(forbidden: str) -> None:
    entries(300)
    seal()
    entries(1, first=300)
    with (
        pytest.raises(DatabaseError, match="kept as it was written"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(forbidden)
    assert verify(settings.MUSTER_WITNESS).entries == 301
