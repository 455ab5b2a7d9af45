"""Counts of areas as they were known at moments, turned into arrays: the one place that reads the count table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Final

import numpy as np
from django.utils.translation import gettext_lazy as _

from muster.engines.epidemic import serial_interval
from muster.engines.epidemic.serial_interval import Floats
from muster.kernel.organisation.models import Area
from muster.prevention.situation.errors import IntervalMissing
from muster.prevention.situation.knowledge import Known, Version, bureau_day, known_at
from muster.prevention.situation.models import CaseCount, Measure, SerialIntervalProfile, SurveillanceStart

COUNTED: Final = (Measure.CONFIRMED, Measure.IMPORTED)
LOOK_BACK: Final = 14  # days before the first report over which sums may reach


@dataclass(frozen=True, slots=True)
class Place:
    """An area that figures are asked for."""

    pk: int
    code: str
    kind: str
    population: int | None


@dataclass(slots=True)
class History:
    """All that was reported of one area: versions in order of report, and statements that there was nothing before."""

    place: Place
    confirmed: list[Version] = field(default_factory=list)
    imported: list[Version] = field(default_factory=list)
    starts: list[tuple[date, datetime]] = field(default_factory=list)

    @property
    def first(self) -> date | None:
        """The first day that was ever reported."""
        return min((version.day for version in self.confirmed), default=None)

    @property
    def last(self) -> date | None:
        """The last day that was ever reported."""
        return max((version.day for version in self.confirmed), default=None)

    def known(self, moments: Sequence[datetime], first: date, last: date) -> Known:
        """Confirmed cases as known at each moment."""
        return known_at(self.confirmed, moments, first, last, self.starts)

    def from_elsewhere(self, moments: Sequence[datetime], first: date, last: date) -> Known:
        """Imported cases as known at each moment; NaN where nobody said."""
        return known_at(self.imported, moments, first, last)


def places(**wanted: object) -> list[Place]:
    """Areas by code."""
    rows = Area.objects.filter(**wanted).order_by("code").values_list("pk", "code", "kind", "population")
    return [Place(*row) for row in rows]


def histories(feed: str, wanted: Sequence[Place], until: datetime) -> list[History]:
    """What was reported of each area up to a moment, of days up to that moment; two statements, however many areas."""
    by_area = {place.pk: History(place) for place in wanted}
    counts = CaseCount.objects.filter(
        feed=feed, area_id__in=by_area, measure__in=COUNTED, reported_at__lte=until, day__lte=bureau_day(until)
    )
    rows = counts.order_by("reported_at", "pk").values_list("area_id", "measure", "day", "value", "reported_at")
    for area, measure, day, value, reported_at in rows:
        history = by_area[area]
        kept = history.confirmed if measure == Measure.CONFIRMED else history.imported
        kept.append(Version(day, value, reported_at))
    for area, day, stated_at in _starts(feed, by_area, until):
        by_area[area].starts.append((day, stated_at))
    return list(by_area.values())


def _starts(feed: str, areas: Iterable[int], until: datetime) -> Iterable[tuple[int, date, datetime]]:
    stated = SurveillanceStart.objects.filter(
        feed=feed, area_id__in=list(areas), measure=Measure.CONFIRMED, stated_at__lte=until
    )
    return stated.order_by("stated_at").values_list("area_id", "none_before", "stated_at")


class Intervals:
    """Serial intervals of days, as they were known at moments up to `until`; the first one before any was in force.

    Raises IntervalMissing where none is known: an estimate without one would rest on nothing.
    """

    def __init__(self, until: datetime) -> None:
        known = SerialIntervalProfile.objects.filter(recorded_at__lte=until)
        self.profiles = list(known.order_by("from_day", "recorded_at", "pk"))
        if not self.profiles:
            raise IntervalMissing(
                what=_("There is no serial interval in this database."),
                expected=_("at least one published profile"),
                mend=_("Migrate the database again, or enter a profile."),
            )

    def in_force(self, day: date, at: datetime) -> SerialIntervalProfile:
        """The profile that estimates of a day rested on, as known at a moment."""
        known = {profile.from_day: profile for profile in self.profiles if profile.recorded_at <= at}
        begun = [from_day for from_day in known if from_day <= day]
        return known[max(begun) if begun else min(known)]

    def on(self, day: date, at: datetime) -> Floats:
        """Probabilities by lag."""
        profile = self.in_force(day, at)
        return _weights(profile.mean_days, profile.sd_days)

    def spans(self, first: date, days: int, at: datetime) -> Iterator[tuple[int, int, Floats]]:
        """Stretches of the days from `first` on that rest on one interval: from, up to before, probabilities."""
        profiles = [self.in_force(first + timedelta(days=i), at) for i in range(days)]
        for profile, run in groupby(range(days), key=lambda i: profiles[i]):
            places = list(run)
            yield places[0], places[-1] + 1, _weights(profile.mean_days, profile.sd_days)


@lru_cache(maxsize=64)
def _weights(mean: float, sd: float) -> Floats:
    return serial_interval(mean, sd)


def versions_of_days(versions: Iterable[Version]) -> dict[date, int]:
    """How many different versions each day has had."""
    seen: dict[date, int] = defaultdict(int)
    for version in versions:
        seen[version.day] += 1
    return dict(seen)


def whole(value: float) -> int | None:
    """A count as people write it; None for NaN."""
    return None if np.isnan(value) else int(value)


def real(value: float) -> float | None:
    """A figure; None for NaN."""
    return None if np.isnan(value) else float(value)
