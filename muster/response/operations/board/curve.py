"""The epidemic curve as it was known at a moment."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from muster.prevention.situation.models import CaseCount, Measure
from muster.response.operations.board.shape import Curve, CurveDay, LevelSpan
from muster.response.operations.models import Operation


def curve(operation: Operation, at: datetime, levels: tuple[LevelSpan, ...]) -> Curve:
    """Daily counts of the operation's area."""
    rows = CaseCount.objects.filter(
        feed=operation.feed, area=operation.area, measure=Measure.CONFIRMED, reported_at__lte=at
    ).order_by("day", "reported_at")
    known = {row.day: row.value for row in rows}
    today = at.astimezone(settings.BUREAU_ZONE).date()
    days = tuple(CurveDay(day, value) for day, value in sorted(known.items()) if day <= today)
    return Curve(days, levels)
