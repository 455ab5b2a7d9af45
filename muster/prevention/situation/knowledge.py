"""What was known when: versions of counts turned into arrays, one row for each moment that is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from muster.kernel import clock

EARLIEST = datetime(1950, 1, 1, tzinfo=UTC)
Floats = NDArray[np.float64]
Days = NDArray[np.int64]


class Version(NamedTuple):
    """A count as it was reported at one moment."""

    day: date
    value: int
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """Counts of one area and measure at several moments.

    `values[i, j]` is what was known at moment i of day `first + j`, in persons; NaN where nothing had been reported.
    """

    first: date
    moments: tuple[datetime, ...]
    values: Floats

    def column(self, day: date) -> int:
        """Index of `day`; may lie outside the array."""
        return (day - self.first).days


def day_end(day: date) -> datetime:
    """The moment at which a day of the bureau ends."""
    return datetime.combine(day + timedelta(days=1), time(), settings.BUREAU_ZONE)


def bureau_day(moment: datetime) -> date:
    """The day that it is in the bureau at a moment."""
    return moment.astimezone(settings.BUREAU_ZONE).date()


def within_reach(moment: datetime) -> datetime:
    """A moment somebody asks about: in the bureau's zone if it has none, no later than now, no earlier than 1950."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=settings.BUREAU_ZONE)
    return max(EARLIEST, min(aware, clock.now()))


def days_between(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`, both included."""
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def known_at(
    versions: Iterable[Version],
    moments: Sequence[datetime],
    first: date,
    last: date,
    none_before: Sequence[tuple[date, datetime]] = (),
) -> Known:
    """What was known of `first`..`last` at each of `moments` (ascending).

    `versions` come in order of report. `none_before` are statements (day, stated at) in order that there was no case
    before the day; from the moment it was stated until the next one, each fills days of which nothing was reported with
    0. So a statement that went too far is taken back by another.
    """
    values = np.full((len(moments), (last - first).days + 1), np.nan)
    for version in versions:
        column = (version.day - first).days
        if 0 <= column < values.shape[1]:
            values[_row(moments, version.reported_at) :, column] = version.value
    ends = [*(_row(moments, stated_at) for _day, stated_at in none_before[1:]), len(moments)]
    for (day, stated_at), end in zip(none_before, ends, strict=True) if none_before else ():
        width = min(max((day - first).days, 0), values.shape[1])
        block = values[_row(moments, stated_at) : end, :width]
        block[np.isnan(block)] = 0.0
    return Known(first, tuple(moments), values)


def _row(moments: Sequence[datetime], reported_at: datetime) -> int:
    """The first moment at which something reported then was known."""
    low, high = 0, len(moments)
    while low < high:
        middle = (low + high) // 2
        if moments[middle] < reported_at:
            low = middle + 1
        else:
            high = middle
    return low


def last_known(known: Known, days: Sequence[date]) -> Days:
    """For each moment the column of the last reported day up to `days[i]`; -1 where there is none."""
    columns = np.arange(known.values.shape[1])
    limit = np.array([known.column(day) for day in days])[:, None]
    reported = ~np.isnan(known.values) & (columns[None, :] <= limit)
    return np.where(reported.any(axis=1), known.values.shape[1] - 1 - np.argmax(reported[:, ::-1], axis=1), -1)


def window_ending(values: Floats, ends: Days, length: int) -> Floats:
    """The `length` days that end at column `ends[i]` of each row; shape (moments, length), NaN outside the array."""
    columns = ends[:, None] + np.arange(1 - length, 1)[None, :]
    inside = (columns >= 0) & (ends[:, None] >= 0)
    taken = np.take_along_axis(values, np.clip(columns, 0, values.shape[1] - 1), axis=1)
    return np.where(inside, taken, np.nan)


def window_sum(values: Floats, ends: Days, length: int) -> Floats:
    """Sum over the `length` days that end at `ends`; NaN if one of them was not reported."""
    return np.asarray(window_ending(values, ends, length).sum(axis=1))
