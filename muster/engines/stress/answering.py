"""Answers from counts: means, chances, quantiles, and the error of each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from muster.engines.stress.kernel.model import PARTNER, STAFF, STOCK, TIME
from muster.engines.stress.kernel.tally import (
    BY_OUTSIDE,
    BY_WORK,
    FANS,
    ISOLATIONS,
    LATE_TASKS,
    LOST,
    METRICS,
    SHORT_DAYS,
    SICK_CASES,
    Tally,
    value_of,
)
from muster.engines.stress.modelling import Compiled
from muster.engines.stress.modelling.people import THE_FORCE
from muster.engines.stress.outcome import Answers, Binding, ClauseAnswer, Estimate, Fan, Force, ShortfallAnswer

Ints = NDArray[np.int64]
QUANTILES = (0.05, 0.5, 0.95)
FAN_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
WHAT = {STAFF: "staff", STOCK: "stock", PARTNER: "partner", TIME: "time"}
DIGITS = 9  # more would only show how a machine divides


def answered(compiled: Compiled, tally: Tally, name: str, cost: float, replications: int) -> Answers:
    """What the counts of one variant say."""
    known, n = compiled.known, replications
    metric = [mean(row, n) for row in tally.metric]
    units = [known.units[unit] if unit != THE_FORCE else compiled.bureau.root for unit in compiled.model.demand_unit]
    skills = [known.skills[skill] for skill in compiled.model.demand_skill]
    stores = [known.stores[store] for store in compiled.model.shelf_store]
    items = [known.items[item] for item in compiled.model.shelf_item]
    return Answers(
        variant=name,
        cost=cost,
        failures=_failures(tally, n),
        late_tasks=metric[LATE_TASKS],
        short_days=metric[SHORT_DAYS],
        clauses=tuple(_clause(compiled, tally, c, n) for c in range(len(known.clauses))),
        late_by_day=tuple(tuple(round(count / n, DIGITS) for count in row) for row in tally.late_day.tolist()),
        staff=_shortfalls([""] * len(known.skills), known.skills, tally.skill, tally.skill_days, tally.skill_sum, n),
        staff_by_unit=_shortfalls(units, skills, tally.short, tally.short_days, tally.short_sum, n),
        stock=_shortfalls([""] * len(known.items), known.items, tally.item, tally.item_days, tally.item_sum, n),
        stock_by_store=_shortfalls(stores, items, tally.shelf, tally.shelf_days, tally.shelf_sum, n),
        force=Force(
            compiled.scenario.work.mode, metric[BY_OUTSIDE], metric[BY_WORK], metric[ISOLATIONS], metric[SICK_CASES],
            metric[LOST],
        ),
        fans=tuple(_fan(tally, which, name) for which, name in enumerate(FANS)),
        break_day=quantiles(tally.break_day),
        breaks_first=_breaks_first(compiled, tally, n),
        batches=tuple(tuple(row) for row in tally.batch.tolist()),
    )  # fmt: skip


def mean(row: Ints, n: int) -> Estimate:
    """From a sum and a sum of squares of n whole numbers."""
    total, squares = int(row[0]), int(row[1])
    spread = (squares - total * total / n) / max(n - 1, 1)
    return Estimate(round(total / n, DIGITS), round(math.sqrt(max(spread, 0.0) / n), DIGITS))


def chance(count: int, n: int) -> Estimate:
    """Of something that happened in `count` of n replications."""
    p = count / n
    return Estimate(round(p, DIGITS), round(math.sqrt(p * (1.0 - p) / n), DIGITS))


def quantiles(histogram: Ints) -> Mapping[str, int]:
    """Days by quantile over the replications in which it happened; the last entry counts the others."""
    happened = histogram[:-1]
    if not happened.sum():
        return {}
    sums = np.cumsum(happened)
    return {f"{q:g}": int(np.searchsorted(sums, q * sums[-1])) for q in QUANTILES}


def _failures(tally: Tally, n: int) -> Estimate:
    """Late tasks and short days together; the error comes from the batches."""
    sums = tally.batch[:, LATE_TASKS] + tally.batch[:, SHORT_DAYS]
    return over_batches(sums, tally.batch[:, -1], n)


def over_batches(sums: Ints, sizes: Ints, n: int) -> Estimate:
    """A mean over replications and its error, from sums over batches of them."""
    held = sizes > 0
    whole = float(sums.sum()) / n
    count = int(held.sum())
    if count < 2:
        return Estimate(round(whole, DIGITS), 0.0)  # one batch says nothing of the error
    means = sums[held] / sizes[held]
    spread = float((sizes[held] * (means - whole) ** 2).sum()) / (count - 1)
    return Estimate(round(whole, DIGITS), round(math.sqrt(spread / n), DIGITS))


def _clause(compiled: Compiled, tally: Tally, c: int, n: int) -> ClauseAnswer:
    raised, late = int(tally.raised[c, 0]), int(tally.late[c, 0])
    return ClauseAnswer(
        id=compiled.known.clauses[c].id,
        p_late=chance(int(tally.late_any[c]), n),
        raised=mean(tally.raised[c], n),
        late=mean(tally.late[c], n),
        late_share=round(late / raised, DIGITS) if raised else 0.0,
        first_late=quantiles(tally.first_late[c]),
        hours=mean(tally.hours[c], n),
        hours_lacking=mean(tally.lacking[c], n),
        bindings=tuple(_bindings(compiled, tally.causes[c], late)),
    )


def _bindings(compiled: Compiled, causes: Ints, late: int) -> list[Binding]:
    known = compiled.known
    names: Mapping[int, Sequence[str]] = {STAFF: known.skills, STOCK: known.items, PARTNER: known.partners, TIME: ("",)}
    found = [
        Binding(WHAT[cause], names[cause][which], round(int(causes[cause, which]) / late, DIGITS))
        for cause, which in zip(*np.nonzero(causes), strict=True)
    ]
    return sorted(found, key=lambda one: (-one.share, one.what, one.name))


def _breaks_first(compiled: Compiled, tally: Tally, n: int) -> tuple[Binding, ...]:
    found = [
        Binding("clause", compiled.known.clauses[c].id, round(int(tally.first_clause[c]) / n, DIGITS))
        for c in np.nonzero(tally.first_clause)[0]
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, one.name)))


def _shortfalls(
    where: Sequence[str], names: Sequence[str], first: Ints, days: Ints, sums: Ints, n: int
) -> tuple[ShortfallAnswer, ...]:
    return tuple(
        ShortfallAnswer(
            where=where[i],
            name=names[i],
            p=chance(n - int(first[i, -1]), n),
            days=mean(days[i], n),
            lacking=Estimate(round(int(sums[i, 0]) / n, DIGITS), round(_error(sums[i], n), DIGITS)),
            first_day=quantiles(first[i]),
            histogram=tuple(first[i].tolist()),
        )
        for i in range(len(names))
    )


def _error(row: Ints, n: int) -> float:
    """Squares were counted in units of 1024, so that they fit; see `tally.SCALED`."""
    total, squares = int(row[0]) / 1024, int(row[1])
    return 1024 * math.sqrt(max(squares - total * total / n, 0.0) / max(n - 1, 1) / n)


def _fan(tally: Tally, which: int, name: str) -> Fan:
    sums = np.cumsum(tally.fans[which], axis=1, dtype=np.int64)
    rows = {}
    for q in FAN_QUANTILES:
        bins = (sums < q * sums[:, -1:]).sum(axis=1)
        rows[f"{q:g}"] = tuple(value_of(int(one)) for one in bins)
    return Fan(name, rows)


__all__ = ["METRICS", "answered", "over_batches"]
