"""The one reader of the outbox: whoever follows gets each announcement once, however many there are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import InterfaceError, connections

from muster.kernel import clock
from muster.kernel.commands.models import OutboxRow
from muster.kernel.notices import hub as hubs
from muster.kernel.notices import stream
from muster.kernel.notices.hub import Follower, Hub
from muster.kernel.notices.queries import MOST

pytestmark = pytest.mark.django_db(transaction=True)
TOPIC = "operation:1"


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "PERIOD_SECONDS", 0.02)


def announce(count: int = 1, **more: Any) -> list[int]:
    now = clock.now()
    rows = [OutboxRow(topic=TOPIC, command_id=uuid4(), at=now, **more) for _ in range(count)]
    return [row.pk for row in OutboxRow.objects.bulk_create(rows)]


async def heard(follower: Follower, count: int) -> list[int]:
    found = []
    async with asyncio.timeout(20):
        while len(found) < count:
            notice = await follower.waiting.get()
            found.append(notice.id if notice else 0)
    return found


def with_a_hub(work: Callable[[Hub], Any]) -> Any:
    """Runs `work` with a hub of its own, and lets go of the hub's connection afterwards."""

    async def whole() -> Any:
        hub = Hub()
        try:
            return await work(hub)
        finally:
            for follower in list(hub.followers):
                hub.leave(follower)
            await hub.read(connections.close_all)

    return asyncio.run(whole())


def test_of_many_who_come_first_at_the_same_moment_each_gets_each_announcement_once() -> None:
    announce(3)

    async def work(hub: Hub) -> None:
        followers = await asyncio.gather(*(hub.follow([TOPIC]) for _ in range(5)))
        keys = await hub.read(announce)
        assert [await heard(follower, 1) for follower in followers] == [keys] * 5
        await asyncio.sleep(0.2)
        assert all(follower.waiting.empty() for follower in followers)
        polling = [task for task in asyncio.all_tasks() if "_poll" in repr(task)]
        assert len(polling) == 1, "one reader of the outbox, whoever came first"

    with_a_hub(work)


def test_when_the_last_has_left_nobody_reads_the_outbox_any_more() -> None:
    async def work(hub: Hub) -> None:
        followers = await asyncio.gather(hub.follow([TOPIC]), hub.follow([TOPIC]))
        for follower in followers:
            hub.leave(follower)
        await asyncio.sleep(0)
        assert not [task for task in asyncio.all_tasks() if "_poll" in repr(task)]

    with_a_hub(work)


def test_more_announcements_than_one_reading_takes_arrive_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "WAITING", 0)

    async def work(hub: Hub) -> None:
        follower = await hub.follow([TOPIC])
        follower.waiting = asyncio.Queue()
        keys = await hub.read(announce, MOST + 50)
        assert await heard(follower, len(keys)) == keys

    with_a_hub(work)


def test_a_number_that_is_committed_after_the_hub_began_is_not_passed_over() -> None:
    (newest,) = announce(id=500)

    async def work(hub: Hub) -> None:
        follower = await hub.follow([TOPIC])
        await hub.read(lambda: announce(id=newest - 1))
        assert await heard(follower, 1) == [newest - 1]

    with_a_hub(work)


def test_a_connection_that_broke_does_not_make_the_hub_deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = iter([True, True])
    after = hubs.after

    def sometimes(*arguments: Any) -> Any:
        if next(broken, False):
            raise InterfaceError("connection already closed")
        return after(*arguments)

    async def work(hub: Hub) -> None:
        follower = await hub.follow([TOPIC])
        monkeypatch.setattr(hubs, "after", sometimes)
        keys = await hub.read(announce)
        assert await heard(follower, 1) == keys

    with_a_hub(work)


def test_whoever_missed_more_than_is_told_one_by_one_is_told_to_read_anew() -> None:
    first, *_ = announce(MOST + 5)

    async def work(hub: Hub) -> list[bytes]:
        stream.hub, own = hub, stream.hub
        try:
            return await stream._missed([TOPIC], first - 1)
        finally:
            stream.hub = own

    assert with_a_hub(work) == [stream.RESET]
