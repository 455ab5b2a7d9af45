"""The epidemic curve of an area as it was known at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from muster.engines.epidemic import jumps, reproduction_number
from muster.engines.epidemic.serial_interval import Floats
from muster.prevention.situation.models import LIVE
from muster.prevention.situation.queries.series import (
    History,
    Intervals,
    histories,
    places,
    real,
    versions_of_days,
    whole,
)

WINDOW: Final = 7


@dataclass(frozen=True, slots=True)
class CurveDay:
    """One day by day of report; `new` is None where nothing was reported.

    `late_report`: the count looks like a late bulletin or a change of definition, where about `expected` were to be
    expected; it is shown as it was reported. `corrected`: it was reported before with another figure. Rt with its 95%
    interval is of the 7 days that end here, by the serial interval in force on that day; None where they hold fewer
    than 11 cases or a day without a report.
    """

    day: date
    new: int | None
    late_report: bool = False
    rt_mean: float | None = None
    rt_low: float | None = None
    rt_high: float | None = None
    imported: int | None = None
    expected: float | None = None
    corrected: bool = False


def curve(*, feed: str = LIVE, area: str, as_of: datetime) -> list[CurveDay]:
    """Days from the first to the last that had been reported at `as_of`; empty if there is none."""
    found = places(code=area)
    if not found:
        return []
    history = histories(feed, found, as_of)[0]
    return _days(history, as_of, Intervals(as_of)) if history.confirmed else []


def _days(history: History, as_of: datetime, intervals: Intervals) -> list[CurveDay]:
    first, last = history.first, history.last
    assert first is not None
    assert last is not None
    cases = history.known([as_of], first, last).values[0]
    imported = history.from_elsewhere([as_of], first, last).values[0]
    versions = versions_of_days(history.confirmed)
    late = {each.day: each.expected for each in jumps(cases.tolist())}
    mean, low, high = _rt(cases, imported, intervals.spans(first, cases.size, as_of))
    days = [first + timedelta(days=i) for i in range(cases.size)]
    return [
        CurveDay(
            day,
            whole(cases[i]),
            i in late,
            real(mean[i]),
            real(low[i]),
            real(high[i]),
            whole(imported[i]),
            late.get(i),
            versions.get(day, 0) > 1,
        )
        for i, day in enumerate(days)
    ]


def _rt(cases: Floats, imported: Floats, spans: Iterable[tuple[int, int, Floats]]) -> Floats:
    """Mean and 95% interval by day, three rows; NaN where there is no estimate that may be relied on."""
    found = np.full((3, cases.size), np.nan)
    if cases.size <= WINDOW:
        return found
    elsewhere = np.minimum(np.nan_to_num(imported), np.nan_to_num(cases))
    for start, stop, interval in spans:
        estimate = reproduction_number(cases, interval, window=WINDOW, imported=elsewhere)
        figures = np.stack([estimate.mean, estimate.quantile(0.025), estimate.quantile(0.975)])
        begin = max(start, WINDOW)
        found[:, begin:stop] = np.where(estimate.reliable, figures, np.nan)[:, begin - WINDOW : stop - WINDOW]
    return found
