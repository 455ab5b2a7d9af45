"""The case curves that a scenario can begin with: those of the situation's feeds, as they are known now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from muster.engines.plan.words import INDICATORS
from muster.engines.stress import Recorded, Told
from muster.kernel.organisation import queries as organisation
from muster.prevention.situation import queries as situation
from muster.prevention.situation.queries.told import told_from_outside

CITY = "city"


@dataclass(frozen=True, slots=True)
class FeedCurve:
    """Counts of the city by day, of those the ones infected elsewhere, and what was told from outside meanwhile."""

    first: date
    counts: tuple[int, ...]
    imported: tuple[int, ...]
    told: tuple[Told, ...]

    def recorded(self, scale: float, spread: float) -> Recorded:
        """The cases of a scenario."""
        return Recorded(self.counts, self.imported, scale, spread)


def feed_names() -> list[str]:
    """The feeds that hold anything."""
    return situation.feeds()


def feed_curve(feed: str, as_of: datetime) -> FeedCurve | None:
    """The city's curve of a feed as it is known at a moment; a day without a report has no case. None without one."""
    city = next((area.code for area in organisation.areas(CITY)), "")
    days = situation.curve(feed=feed, area=city, as_of=as_of)
    if not days:
        return None
    first = days[0].day
    return FeedCurve(
        first,
        tuple(one.new or 0 for one in days),
        tuple(min(one.imported or 0, one.new or 0) for one in days),
        _told(feed, first, as_of),
    )


def _told(feed: str, first: date, as_of: datetime) -> tuple[Told, ...]:
    """What a plan may ask of it; what was told before the first day holds on it."""
    found = {
        (one.name, max((one.day - first).days, 0)): one.value
        for one in told_from_outside(feed=feed, as_of=as_of)
        if one.name in INDICATORS
    }
    return tuple(Told(name, day, value) for (name, day), value in found.items())
