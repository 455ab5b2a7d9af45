"""Reports for the small town, and who makes them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from muster.kernel.commands import Actor
from muster.prevention.situation import services
from muster.prevention.situation.knowledge import day_end
from muster.prevention.situation.models import ReportBatch
from muster.prevention.situation.rows import CountRow

NOON = datetime(2020, 3, 1, 4, 0, tzinfo=UTC)
FIRST = date(2020, 1, 12)
MINUTE = timedelta(minutes=1)


def duty(at: datetime = NOON) -> Actor:
    """A duty officer at work."""
    return Actor("account:1", frozenset({"duty_officer"}), now=at)


def stranger(at: datetime = NOON) -> Actor:
    """Somebody of the bureau who reports nothing."""
    return Actor("account:2", frozenset({"field_officer"}), now=at)


def controller(at: datetime = NOON) -> Actor:
    """Somebody who runs an exercise."""
    return Actor("account:3", frozenset({"exercise_controller"}), now=at)


def receive(rows: Iterable[CountRow], at: datetime = NOON, **more: Any) -> ReportBatch:
    """A report as the health commission sends it."""
    return services.counts_receive(by=duty(at), rows=list(rows), source="health commission", **more)


def days_of(values: Sequence[int], area: str = "CITY", first: date = FIRST) -> list[CountRow]:
    """One row for each day in turn."""
    return [CountRow(area, first + timedelta(days=i), value) for i, value in enumerate(values)]


def day_by_day(values: Sequence[int], area: str = "CITY", first: date = FIRST, feed: str = "live") -> None:
    """Each day reported on its own evening, 20:00 in the bureau."""
    for row in days_of(values, area, first):
        assert isinstance(row.day, date)
        receive([row], evening(row.day), feed=feed)


def evening(day: date) -> datetime:
    """20:00 of a day in the bureau."""
    return day_end(day) - timedelta(hours=4)


def recorded(path: Path, name: str = "new_confirmed") -> list[int]:
    """One column of a recorded epidemic."""
    with path.open(newline="") as file:
        return [int(row[name]) for row in csv.DictReader(file)]
