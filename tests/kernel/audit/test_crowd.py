"""Many writers and several sealers at the same time, on PostgreSQL; SQLite has one writer at a time anyway."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from muster.kernel.audit.models import Checkpoint, Leaf
from muster.kernel.audit.sealing import seal
from muster.kernel.audit.verification import verify
from muster.kernel.commands import Actor
from tests.faults.probe.services import note_add
from tests.kernel.audit.log import entries

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time"),
]


def test_an_entry_that_commits_after_later_ones_were_sealed_is_sealed_next() -> None:
    written, sealed = Event(), Event()

    def slow_writer() -> int:
        with transaction.atomic():
            (late,) = entries(1)
            written.set()
            assert sealed.wait(20)
        connections.close_all()
        return late.pk

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(slow_writer)
        assert written.wait(20)
        (early,) = entries(1, first=1)
        seal()
        sealed.set()
        late = slow.result()
    assert late < early.pk
    assert list(Leaf.objects.order_by("pk").values_list("position", flat=True)) == [None, 0]
    seal()
    assert list(Leaf.objects.order_by("pk").values_list("position", flat=True)) == [1, 0]
    assert verify(settings.MUSTER_WITNESS).ok


def test_sealers_on_several_hosts_and_many_writers_make_one_log() -> None:
    """Each host has its own witness file; each of them ends with the whole history."""
    own = settings.MUSTER_WITNESS
    witnesses = [own, own.with_name(own.name + ".second")]
    seal(own)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(begin, witnesses[1]).result()
    with ThreadPoolExecutor(6) as pool:
        writers = [pool.submit(write, number) for number in range(4)]
        sealers = [pool.submit(seal_often, path) for path in witnesses]
        for job in [*writers, *sealers]:
            job.result()
    for path in witnesses:
        seal(path)
    assert Leaf.objects.filter(position=None).count() == 0
    assert Checkpoint.objects.order_by("-size")[0].size == 100 == Leaf.objects.count()
    for path in witnesses:
        found = verify(path)
        assert (found.ok, found.witnessed, found.findings) == (True, 100, [])


def begin(path: object) -> None:
    from muster.kernel.audit.sealing import reconcile

    reconcile(path, new=True)  # type: ignore[arg-type]
    connections.close_all()


def write(number: int) -> None:
    for turn in range(25):
        note_add(by=Actor(f"account:{number}"), text=f"note {turn}", box=f"box {number}")
    connections.close_all()


def seal_often(path: object) -> None:
    for _ in range(12):
        seal(path)  # type: ignore[arg-type]
    connections.close_all()
