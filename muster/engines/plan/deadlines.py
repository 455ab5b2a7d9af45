"""When a task is due and when a round comes again."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def due_at(due: timedelta | time, released_at: datetime, zone: ZoneInfo) -> datetime:
    """A duration counts from the release; a time of day is the next one after it, in the plan's zone. UTC."""
    if isinstance(due, timedelta):
        return released_at + due
    local = released_at.astimezone(zone)
    day = local.date()
    moment = datetime.combine(day, due, zone)
    if moment <= local:
        moment = datetime.combine(day + timedelta(days=1), due, zone)
    return moment.astimezone(UTC)


def next_round(planned: datetime, every: timedelta, now: datetime) -> datetime:
    """The first moment after `now` on the grid of `planned` and `every`: rounds missed are not made up for."""
    return planned + every * ((now - planned) // every + 1)
