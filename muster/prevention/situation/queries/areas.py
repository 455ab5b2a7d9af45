"""Figures and risk of every area of one kind, as they were known at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

import numpy as np

from muster.engines.epidemic import AreaCases, area_risk, incidence_per_100_000, rule_on
from muster.engines.epidemic.serial_interval import Floats
from muster.kernel.organisation.choices import AreaKind
from muster.prevention.situation.knowledge import bureau_day
from muster.prevention.situation.models import LIVE, ExternalInput
from muster.prevention.situation.queries.inputs import Inputs
from muster.prevention.situation.queries.series import History, histories, places, real, whole

FORTNIGHT: Final = 14
STALE: Final = timedelta(days=2)  # older figures say nothing of how an area is


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """Confirmed cases of one area; None where they were not known, and so is what rests on them.

    `incidence_7d` is per 100,000 inhabitants. `risk` is "high", "medium", "low" or "unknown" by the rule named in
    `rule` (`engines.epidemic.risk`): new cases are the local ones of the 14 days that end on `last_day`, the last
    that was reported; more than two days back nothing is said of the area. `total` is of all days since the first
    that was reported, imported cases too.
    """

    cases_7d: int | None = None
    cases_14d: int | None = None
    incidence_7d: float | None = None
    risk: str = "unknown"
    total: int | None = None
    last_day: date | None = None
    rule: str = ""


def area_figures(*, feed: str = LIVE, as_of: datetime, kind: str = AreaKind.DISTRICT) -> dict[str, AreaFigures]:
    """Figures of each area of one kind, by code; four statements, however many areas there are."""
    wanted = places(kind=kind)
    clusters = Inputs(feed, as_of)
    return {
        history.place.code: _figures(history, as_of, _cluster(clusters, as_of, history.place.pk))
        for history in histories(feed, wanted, as_of)
    }


def _cluster(inputs: Inputs, as_of: datetime, area_id: int) -> bool | None:
    """Whether the health authority says that this very area had an open cluster in the last 14 days.

    None where it says nothing that still holds: a denial of weeks ago says nothing of the cases of this week.
    """
    told = [row for row in inputs.by_name.get("clusters_open", ()) if row.area_id == area_id]
    since = as_of - timedelta(days=FORTNIGHT)
    for row, later in pairwise(told):
        if row.value > 0 and min(_holds_until(row, as_of), later.valid_from) > max(row.valid_from, since):
            return True
    if not told or _holds_until(told[-1], as_of) < (since if told[-1].value > 0 else as_of):
        return None
    return told[-1].value > 0


def _holds_until(row: ExternalInput, as_of: datetime) -> datetime:
    if row.lasting:
        return as_of
    return row.valid_from + (STALE if row.valid_hours is None else timedelta(hours=row.valid_hours))


def _figures(history: History, as_of: datetime, cluster: bool | None) -> AreaFigures:
    today, last = bureau_day(as_of), history.last
    rule = rule_on(today)
    if last is None or today - last > STALE or history.first is None:
        return AreaFigures(last_day=last, rule=rule.code)
    first = min(history.first, last - timedelta(days=FORTNIGHT - 1))
    counts = history.known([as_of], first, last).values[0]
    week, fortnight = float(counts[-7:].sum()), float(counts[-FORTNIGHT:].sum())
    reported = counts[(history.first - first).days :]
    people = np.nan if history.place.population is None else float(history.place.population)
    local = counts - np.minimum(np.nan_to_num(history.from_elsewhere([as_of], first, last).values[0]), counts)
    cases = AreaCases(
        total=whole(float(reported.sum())),
        at_least=int(np.nansum(reported)),
        recent=whole(float(local[-FORTNIGHT:].sum())),
        quiet_days=_quiet_days(local),
        ever=_ever(local),
        cluster=cluster,
    )
    incidence = real(float(incidence_per_100_000(week, people)))
    return AreaFigures(
        whole(week), whole(fortnight), incidence, area_risk(cases, today).value, cases.total, last, rule.code
    )


def _ever(counts: Floats) -> bool | None:
    """Whether there was any case; None where only an unreported day can tell."""
    if (counts > 0).any():
        return True
    return None if np.isnan(counts).any() else False


def _quiet_days(counts: Floats) -> int | None:
    """Days since the last case; None if there was none, or if a day since then is unknown."""
    hit = np.flatnonzero(counts > 0)
    if not hit.size or np.isnan(counts[hit[-1] :]).any():
        return None
    return int(counts.size - 1 - hit[-1])
