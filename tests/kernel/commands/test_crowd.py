"""One id from fifty threads at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from muster.kernel.audit.models import Leaf
from muster.kernel.commands import Actor, CommandConflict
from muster.kernel.commands.models import CommandRecord, Conflict, OutboxRow
from tests.faults.probe.models import Note
from tests.faults.probe.services import note_add

THREADS = 50
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's crowd are processes: tests/faults"),
]


def all_at_once(send: object, count: int = THREADS) -> list[object]:
    start = Barrier(count)

    def one(number: int) -> object:
        start.wait()
        try:
            return send(number)  # type: ignore[operator]
        except CommandConflict as conflict:
            return conflict
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_fifty_threads_with_one_id_are_one_command() -> None:
    me = Actor("account:17")
    receipts = all_at_once(lambda _: note_add.receive(by=me, text="road closed"))
    assert len({receipt.body for receipt in receipts}) == 1  # type: ignore[attr-defined]
    assert sorted(receipt.status for receipt in receipts) == [200] * (THREADS - 1) + [201]  # type: ignore[attr-defined]
    assert [model.objects.count() for model in (Note, CommandRecord, Leaf, OutboxRow)] == [1, 1, 1, 1]


def test_fifty_threads_with_one_id_and_two_contents_leave_one_command_and_the_conflicts() -> None:
    me = Actor("account:17")
    answers = all_at_once(lambda number: note_add.receive(by=me, text="ab"[number % 2]))
    conflicts = [answer for answer in answers if isinstance(answer, CommandConflict)]
    assert len(conflicts) == THREADS // 2 == Conflict.objects.count()
    assert [model.objects.count() for model in (Note, CommandRecord, Leaf, OutboxRow)] == [1, 1, 1, 1]
