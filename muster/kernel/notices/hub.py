"""One reader of the outbox for all the streams of a process."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, TypeVar

from django.db import Error, close_old_connections

from muster.kernel.notices.queries import MOST, Notice, after, newest

PERIOD_SECONDS: Final = 1.0
OVERLAP: Final = 30  # rounds for which a number that was skipped may still be committed by a slower transaction
BEHIND: Final = 200  # numbers before the newest that may not be committed yet when the hub begins
WAITING: Final = 500  # notices that a follower may be behind before he is told to read everything anew

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(eq=False)
class Follower:
    """One open stream: its topics and what waits to be sent. `None` means that something had to be left out."""

    topics: frozenset[str]
    waiting: asyncio.Queue[Notice | None] = field(default_factory=lambda: asyncio.Queue(WAITING))

    def offer(self, notice: Notice) -> None:
        """Puts a notice in line; a follower who is too slow loses the line and is told so."""
        if notice.topic not in self.topics:
            return
        if self.waiting.full():
            while not self.waiting.empty():
                self.waiting.get_nowait()
            self.waiting.put_nowait(None)
        else:
            self.waiting.put_nowait(notice)


class Hub:
    """Polls while anybody follows; rests otherwise. It uses one thread and one connection of its own."""

    def __init__(self) -> None:
        self.followers: set[Follower] = set()
        self._task: asyncio.Task[None] | None = None
        self._beginning = asyncio.Lock()
        self._thread = ThreadPoolExecutor(1, "muster-outbox")
        self._passed = 0
        self._seen: dict[int, int] = {}

    async def follow(self, topics: Collection[str]) -> Follower:
        """A new follower, who gets what is announced from now on."""
        async with self._beginning:  # of two who come first at the same moment, one begins for both
            if self._task is None or self._task.done():
                await self._begin()
        follower = Follower(frozenset(topics))
        self.followers.add(follower)
        return follower

    async def _begin(self) -> None:
        """Whatever is committed now is over; a number below it that is still to be committed is not."""
        self._passed = max(0, await self.read(newest) - BEHIND)
        self._seen = {notice.id: 0 for notice in await self._unpassed()}
        self._task = asyncio.create_task(self._poll())

    def leave(self, follower: Follower) -> None:
        """The stream of this follower has ended."""
        self.followers.discard(follower)
        if not self.followers and self._task is not None:
            self._task.cancel()
            self._task = None

    async def read(self, query: Callable[..., T], *arguments: object) -> T:
        """Runs a query on the hub's own thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, _on_fresh_connection, query, arguments)

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(PERIOD_SECONDS)
            try:
                notices = await self._unpassed()
            except Error as down:  # followers see that nothing comes; it goes on when the database is back
                log.warning("the outbox cannot be read: %s", down)
                continue
            for notice in notices:
                if notice.id not in self._seen:
                    self._seen[notice.id] = 0
                    for follower in self.followers:
                        follower.offer(notice)
            self._age()

    async def _unpassed(self) -> list[Notice]:
        """All announcements after the last that is passed, however many."""
        found: list[Notice] = []
        last = self._passed
        while part := await self.read(after, last):
            found += part
            last = part[-1].id
            if len(part) < MOST:
                break
        return found

    def _age(self) -> None:
        """Numbers are given before they are committed, so a lower one may come later: look back for some rounds."""
        self._seen = {number: rounds + 1 for number, rounds in self._seen.items()}
        old = [number for number, rounds in self._seen.items() if rounds > OVERLAP]
        if old:
            self._passed = max(self._passed, *old)
            self._seen = {number: rounds for number, rounds in self._seen.items() if number > self._passed}


def _on_fresh_connection(query: Callable[..., T], arguments: tuple[object, ...]) -> T:
    close_old_connections()
    return query(*arguments)


hub = Hub()
