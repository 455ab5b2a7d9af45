"""What was known of the epidemic at a moment, in the form that a decision keeps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from muster.engines.plan.events import IndicatorsSeen
from muster.prevention.situation import queries as situation
from muster.response.operations.models import Operation

Known = dict[str, dict[str, Any]]
PROVINCE = "province_level"


def known_at(*, operation: Operation, at: datetime) -> Known:
    """Each indicator known at `at`: {name: {"value": ..., "taken_at": ISO 8601}}; what is absent was unknown."""
    return stored(seen_at(operation=operation, at=at))


def seen_at(*, operation: Operation, at: datetime) -> IndicatorsSeen:
    """The same as an event for the engine."""
    return seen_in(feed=operation.feed, area=operation.area.code, at=at)


def seen_in(*, feed: str, area: str, at: datetime) -> IndicatorsSeen:
    """Indicators of an area, given by code, in a feed."""
    known = situation.indicators(feed=feed, area=area, as_of=at)
    return IndicatorsSeen(at=at, values=dict(known.values), taken_at=dict(known.taken_at))


def stored(seen: IndicatorsSeen) -> Known:
    """Indicators as JSON."""
    return {
        name: {"value": value, "taken_at": seen.taken_at.get(name, seen.at).astimezone(UTC).isoformat()}
        for name, value in sorted(seen.values.items())
    }


def province_level(known: Mapping[str, Mapping[str, Any]]) -> int:
    """The level that the province declared, 0 where none is known."""
    return int(known.get(PROVINCE, {}).get("value", 0))
