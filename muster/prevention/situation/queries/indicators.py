"""Indicators of an area as they were known at a moment: what a plan's conditions look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

import numpy as np

from muster.engines.epidemic import growth, incidence_per_100_000, jumps, reproduction_number
from muster.engines.epidemic.serial_interval import Floats
from muster.prevention.situation.knowledge import Known, bureau_day, day_end, last_known, window_ending
from muster.prevention.situation.models import LIVE
from muster.prevention.situation.queries.inputs import Inputs
from muster.prevention.situation.queries.series import LOOK_BACK, History, Intervals, Place, histories, places

WEEK: Final = 7
FORTNIGHT: Final = 14
RT: Final = ("rt_mean", "rt_q025", "rt_q975", "rt_p_above_1")
Scalar = float | int | bool


class Missing(StrEnum):
    """Why an indicator is not known; `doubling_days` has the reasons of the engine's `Undefined` too."""

    DAY = "unknown"  # a day of it was not reported
    POPULATION = "population"
    UNSAID = "unsaid"  # nobody says which cases were imported
    FEW = "few"  # days or cases


@dataclass(frozen=True, slots=True)
class Indicators:
    """What was known of one area at one moment, by the names of the plan language.

    A name that is absent from `values` is unknown; `missing` may say why. `taken_at` is the moment that a value tells
    of: the end of the last day that was reported, or the report itself if it came before that day ended. `last_day` is
    that day; `late_reports` are days of the last week that look like late reports. Nothing is smoothed.
    """

    values: Mapping[str, Scalar]
    taken_at: Mapping[str, datetime]
    missing: Mapping[str, str]
    last_day: date | None
    late_reports: tuple[date, ...] = ()


def indicators(*, feed: str = LIVE, area: str, as_of: datetime) -> Indicators:
    """Indicators of the area with this code as known at `as_of`; all unknown for an area that is not there."""
    return indicators_by_day(feed=feed, area=area, moments=[as_of])[0]


def indicators_by_day(*, feed: str = LIVE, area: str, moments: Sequence[datetime]) -> list[Indicators]:
    """The same for many moments in ascending order, in as many statements as for one."""
    found = places(code=area)
    if not found or not moments:
        return [Indicators({}, {}, {}, None) for _ in moments]
    return Knowledge(feed, found, moments[-1]).indicators(area, moments)


class Knowledge:
    """What is known of several areas up to a moment, read once: five statements, however many areas and moments."""

    def __init__(self, feed: str, wanted: Sequence[Place], until: datetime) -> None:
        self.inputs, self.intervals = Inputs(feed, until), Intervals(until)
        self.histories = {history.place.code: history for history in histories(feed, wanted, until)}

    def indicators(self, area: str, moments: Sequence[datetime]) -> list[Indicators]:
        """Indicators of one of the areas at ascending moments, none after that up to which was read."""
        days = [bureau_day(moment) for moment in moments]
        return _of_area(self.histories[area], moments, days, self.inputs, self.intervals)

    def indicators_of_day(self, area: str, day: date, moment: datetime) -> Indicators:
        """What is known at `moment` of a day that may be over: later reports of it count, later days do not."""
        return _of_area(self.histories[area], [moment], [day], self.inputs, self.intervals)[0]


def _of_area(
    history: History, moments: Sequence[datetime], days: Sequence[date], inputs: Inputs, intervals: Intervals
) -> list[Indicators]:
    place = history.place
    told = [inputs.at(min(moment, day_end(day)), place.pk) for moment, day in zip(moments, days, strict=True)]
    first, last = history.first, history.last
    if first is None or last is None:
        return [Indicators(values, taken, {}, None) for values, taken in told]
    start = first - timedelta(days=LOOK_BACK)
    known = history.known(moments, start, last)
    elsewhere = history.from_elsewhere(moments, start, last)
    ends = last_known(known, days)
    ends = np.where(ends < LOOK_BACK, -1, ends)  # a day that is only stated to be empty was not reported
    reported = _reported(history, moments, known, ends)
    found = []
    for row, (values, taken) in enumerate(told):
        end = int(ends[row])
        if end < 0:
            found.append(Indicators(values, taken, {}, None))
            continue
        seen = Seen(known.values[row, : end + 1], elsewhere.values[row, : end + 1], LOOK_BACK)
        day = start + timedelta(days=end)
        counted, missing = _counted(seen, place.population, intervals.on(day, moments[row]))
        when = dict.fromkeys(counted, reported[row])
        late = tuple(start + timedelta(days=i) for i in seen.late if i > end - WEEK)
        found.append(Indicators({**counted, **values}, {**when, **taken}, missing, day, late))
    return found


def _reported(history: History, moments: Sequence[datetime], known: Known, ends: np.ndarray) -> list[datetime]:
    """For each moment: when the last known day ended, or when it was reported if that was before."""
    when = []
    for moment, end in zip(moments, ends.tolist(), strict=True):
        day = known.first + timedelta(days=end)
        said = [each.reported_at for each in history.confirmed if each.day == day and each.reported_at <= moment]
        when.append(min([day_end(day), said[-1]]) if said else moment)
    return when


class Seen:
    """Counts of one area as known at one moment, up to the last reported day; `origin` is the first reported one."""

    def __init__(self, confirmed: Floats, imported: Floats, origin: int) -> None:
        self.confirmed = confirmed
        self.imported = imported
        # where nobody says that a case was imported it is taken for local: the careful reading
        self.elsewhere = np.minimum(np.nan_to_num(imported), np.nan_to_num(confirmed))
        self.origin = origin

    @property
    def local(self) -> Floats:
        """Cases infected here, or not known to be infected elsewhere."""
        return self.confirmed - self.elsewhere

    @property
    def late(self) -> tuple[int, ...]:
        """Columns that look like late reports."""
        return tuple(self.origin + each.day for each in jumps(self.confirmed[self.origin :].tolist()))

    def sum_of(self, values: Floats, days: int) -> float:
        """Over the last days; NaN where one is unknown or there are not so many."""
        end = np.array([values.size - 1])
        return float(window_ending(values[None, :], end, days).sum())


def _counted(seen: Seen, population: int | None, interval: Floats) -> tuple[dict[str, Scalar], dict[str, str]]:
    """The indicators that are computed from counts, and why the others are not known."""
    week, fortnight = seen.sum_of(seen.confirmed, WEEK), seen.sum_of(seen.confirmed, FORTNIGHT)
    people = np.nan if population is None else float(population)
    grown = growth(window_ending(seen.confirmed[None, :], np.array([seen.confirmed.size - 1]), WEEK)[0])
    rt, why_no_rt = _rt(seen, interval)
    figures = {
        "new_cases": seen.confirmed[-1],
        "local_cases_7d": seen.sum_of(seen.local, WEEK),
        "local_cases_14d": seen.sum_of(seen.local, FORTNIGHT),
        "imported_cases_7d": seen.sum_of(seen.imported, WEEK),
        "incidence_7d": float(incidence_per_100_000(week, people)),
        "incidence_14d": float(incidence_per_100_000(fortnight, people)),
        "doubling_days": float(grown.doubling_days),
        **rt,
    }
    values = {name: _typed(name, value) for name, value in figures.items() if not np.isnan(value)}
    reasons = {
        "local_cases_7d": Missing.DAY,
        "local_cases_14d": Missing.DAY,
        "imported_cases_7d": Missing.DAY if np.isnan(week) else Missing.UNSAID,
        "incidence_7d": Missing.DAY if np.isnan(week) else Missing.POPULATION,
        "incidence_14d": Missing.DAY if np.isnan(fortnight) else Missing.POPULATION,
        "doubling_days": str(grown.why),
        **dict.fromkeys(RT, why_no_rt),
    }
    missing = {name: str(reasons.get(name, "")) for name, value in figures.items() if np.isnan(value)}
    return values, missing


def _typed(name: str, value: float) -> Scalar:
    return int(value) if "cases" in name else float(value)


def _rt(seen: Seen, interval: Floats) -> tuple[dict[str, float], str]:
    """The last estimate of R, or why there is none; with fewer than 11 cases in its window it would be mostly prior."""
    cases = seen.confirmed[seen.origin :]
    if cases.size <= WEEK:
        return dict.fromkeys(RT, np.nan), Missing.FEW
    estimate = reproduction_number(cases, interval, window=WEEK, imported=seen.elsewhere[seen.origin :])
    if not estimate.reliable[-1]:
        return dict.fromkeys(RT, np.nan), Missing.DAY if np.isnan(estimate.shape[-1]) else Missing.FEW
    figures = (estimate.mean, estimate.quantile(0.025), estimate.quantile(0.975), estimate.p_above(1.0))
    return {name: float(figure[-1]) for name, figure in zip(RT, figures, strict=True)}, ""
