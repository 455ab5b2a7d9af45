"""The epidemic curve as it was known at a moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from muster.preparedness.plans.queries import plan_of
from muster.prevention.situation import queries as situation
from muster.response.operations.board.shape import Curve, CurveDay, LevelSpan
from muster.response.operations.models import Operation

INCIDENCE: Final = "incidence_7d"
BEFORE: Final = timedelta(days=28)  # of what was reported before the operation; an older epidemic is another matter


def curve(operation: Operation, at: datetime, levels: tuple[LevelSpan, ...]) -> Curve:
    """Daily counts of the operation's area with Rt, from four weeks before it, and the levels that were in force."""
    area = operation.area.code
    first = ((operation.opened_at or at) - BEFORE).astimezone(settings.BUREAU_ZONE).date()
    known = [day for day in situation.curve(feed=operation.feed, area=area, as_of=at) if day.day >= first]
    seen = situation.indicators(feed=operation.feed, area=area, as_of=at)
    days = tuple(CurveDay(day.day, day.new, day.late_report, day.rt_mean, day.rt_low, day.rt_high) for day in known)
    incidence, taken_at = seen.values.get(INCIDENCE), seen.taken_at.get(INCIDENCE, at)
    stale = at - taken_at > plan_of(operation.plan_version).fresh_for
    return Curve(days, levels, None if incidence is None or stale else float(incidence))
