"""The epidemic curve as it was known at a moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from muster.prevention.situation import queries as situation
from muster.response.operations.board.shape import Curve, CurveDay, LevelSpan
from muster.response.operations.models import Operation

BEFORE: Final = timedelta(days=28)  # of what was reported before the operation; an older epidemic is another matter


def curve(operation: Operation, at: datetime, levels: tuple[LevelSpan, ...]) -> Curve:
    """Daily counts of the operation's area with Rt, from four weeks before it, and the levels that were in force."""
    area = operation.area.code
    first = ((operation.opened_at or at) - BEFORE).astimezone(settings.BUREAU_ZONE).date()
    known = [day for day in situation.curve(feed=operation.feed, area=area, as_of=at) if day.day >= first]
    seen = situation.indicators(feed=operation.feed, area=area, as_of=at).values
    days = tuple(CurveDay(day.day, day.new, day.late_report, day.rt_mean, day.rt_low, day.rt_high) for day in known)
    incidence = seen.get("incidence_7d")
    return Curve(days, levels, None if incidence is None else float(incidence))
