"""A stream of server-sent events for one reader."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Final

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import Error
from django.http import HttpRequest

from muster.kernel import clock
from muster.kernel.access.queries import roles_in_force
from muster.kernel.notices.hub import hub
from muster.kernel.notices.queries import MOST, Notice, after, oldest
from muster.kernel.notices.topics import may_follow

RETRY_MS: Final = 3000
RESET: Final = b"event: reset\ndata: {}\n\n"
ALIVE: Final = b"event: alive\ndata: {}\n\n"


def as_event(notice: Notice) -> bytes:
    """The notice in the form of the protocol; its number lets a reader resume."""
    data = {"topic": notice.topic, "payload": notice.payload, "at": notice.at.isoformat()}
    return f"id: {notice.id}\nevent: notice\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


async def stream(topics: list[str], last: int | None, may_stay: Callable[[], bool]) -> AsyncIterator[bytes]:
    """Events of `topics`, after number `last` if the reader had some before; ends when `may_stay` says no.

    A notice is sent at least once. `reset` tells a reader that some were left out: he reads the page anew.
    """
    heartbeat: float = settings.MUSTER_EVENTS_HEARTBEAT
    follower = await hub.follow(topics)
    try:
        yield f"retry: {RETRY_MS}\n\n".encode() + ALIVE
        for missed in await _missed(topics, last):
            yield missed
        asked = time.monotonic()
        while True:
            if time.monotonic() - asked >= heartbeat:
                if not await _holds(may_stay):
                    return
                asked = time.monotonic()
                yield ALIVE
            try:
                async with asyncio.timeout(max(0.0, asked + heartbeat - time.monotonic())):
                    notice = await follower.waiting.get()
            except TimeoutError:
                continue
            yield RESET if notice is None else as_event(notice)
    finally:
        hub.leave(follower)


async def _holds(may_stay: Callable[[], bool]) -> bool:
    """A database that does not answer cannot say that the reader may stay."""
    try:
        return await hub.read(may_stay)
    except Error:
        return False


async def _missed(topics: list[str], last: int | None) -> list[bytes]:
    if last is None:
        return []
    first = await hub.read(oldest)
    notices = await hub.read(after, last, topics)
    lost = first > last + 1 or len(notices) == MOST
    return [RESET] if lost else [as_event(notice) for notice in notices]


def standing_of(request: HttpRequest, topics: list[str]) -> Callable[[], bool]:
    """A question that can be asked again and again: is this session still open, may its account still follow?"""
    key = request.session.session_key

    def may_stay() -> bool:
        later = HttpRequest()
        later.session = SessionStore(key)
        account = get_user(later)
        return account.is_authenticated and may_follow(topics, roles_in_force(account.pk, clock.now()))

    return may_stay
