"""The one clock of services and views; tests set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

BUREAU_ZONE: Final = ZoneInfo("Asia/Shanghai")
_frozen: ContextVar[datetime | None] = ContextVar("muster_clock", default=None)


def now() -> datetime:
    """The time of this moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The day that it is in the bureau."""
    return now().astimezone(BUREAU_ZONE).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[datetime]:
    """Inside, `now()` is `moment` (aware); for tests and for whoever must act as of another time."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield moment
    finally:
        _frozen.reset(token)
