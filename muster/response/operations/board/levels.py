"""Levels of an operation up to a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from muster.response.operations.board.shape import Headline, LevelSpan
from muster.response.operations.models import LevelPeriod, Operation


def spans(operation: Operation, at: datetime) -> tuple[LevelSpan, ...]:
    """Stretches at one level that had begun by `at`; one that ended later has no end yet."""
    periods = LevelPeriod.objects.filter(operation=operation, from_at__lte=at).order_by("from_at", "pk")
    return tuple(_span(period.level, period.from_at, period.to_at, at) for period in periods)


def _span(level: int, from_at: datetime, to_at: datetime | None, at: datetime) -> LevelSpan:
    return LevelSpan(level, from_at, to_at if to_at is not None and to_at <= at else None)


def headline(levels: Sequence[LevelSpan], at: datetime) -> Headline:
    """The level in force at `at`, day 1 is the day on which it began; once none is in force, since when."""
    if not levels or levels[-1].to_at is not None:
        return Headline(0, levels[-1].to_at if levels else None, 0)
    span = levels[-1]
    zone = settings.BUREAU_ZONE
    days = (at.astimezone(zone).date() - span.from_at.astimezone(zone).date()).days
    return Headline(span.level, span.from_at, days + 1)
