"""The epidemic curve as it was known at a moment."""

from __future__ import annotations

from datetime import datetime

from muster.prevention.situation import queries as situation
from muster.response.operations.board.shape import Curve, CurveDay, LevelSpan
from muster.response.operations.models import Operation


def curve(operation: Operation, at: datetime, levels: tuple[LevelSpan, ...]) -> Curve:
    """Daily counts of the operation's area with Rt, and the levels that were in force."""
    area = operation.area.code
    known = situation.curve(feed=operation.feed, area=area, as_of=at)
    seen = situation.indicators(feed=operation.feed, area=area, as_of=at).values
    days = tuple(CurveDay(day.day, day.new, day.late_report, day.rt_mean, day.rt_low, day.rt_high) for day in known)
    incidence = seen.get("incidence_7d")
    return Curve(days, levels, None if incidence is None else float(incidence))
