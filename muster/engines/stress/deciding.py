"""What the indicators say in each replication, and which levels follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from muster.engines.epidemic import growth, incidence_per_100_000, reproduction_number
from muster.engines.epidemic.incidence import rolling_sum
from muster.engines.epidemic.serial_interval import serial_interval
from muster.engines.plan.conditions import NO_CONDITION, Condition, read_condition
from muster.engines.plan.types import Plan
from muster.engines.plan.words import INDICATORS
from muster.engines.stress.kernel.levels import decide
from muster.engines.stress.scenario import Scenario

Floats = NDArray[np.float64]
Truths = NDArray[np.int32]
FALSE, TRUE, UNKNOWN = 0, 1, 2
MEAN, SD = 4.7, 2.9  # days between cases; Nishiura et al. 2020, early SARS-CoV-2
WEEK, FORTNIGHT = 7, 14
MOST_TURNS = 64
RT = ("rt_mean", "rt_q025", "rt_q975", "rt_p_above_1")


@dataclass(frozen=True, slots=True)
class Turns:
    """Levels `to` set at the minutes `at`, (replications, turns); `count` of them in each."""

    at: NDArray[np.int64]
    to: NDArray[np.int64]
    count: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rule:
    """A level's conditions as texts, which any process can read: conditions themselves do not travel."""

    number: int
    trigger: str
    release: str
    held_days: int


def rules_of(plan: Plan) -> tuple[Rule, ...]:
    """What decides about the levels of a plan."""
    return tuple(Rule(one.number, one.trigger.text, one.release.text, one.held_days) for one in plan.levels)


def turns(
    rules: Sequence[Rule],
    scenario: Scenario,
    inhabitants: int,
    reported: NDArray[np.int64],
    imported: Floats,
    *,
    seed: int,
    first: int,
) -> Turns:
    """The levels of each replication, from what was reported in it, (replications, days)."""
    conditions = [(rule, _read(rule.trigger), _read(rule.release)) for rule in rules]
    named = {name for _rule, *both in conditions for condition in both for name in condition.names}
    values = by_look(figures(reported, imported, inhabitants, named), told(scenario, named), scenario.days)
    shape = (reported.shape[0], 4, 2 * scenario.days)
    trigger, release = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
    exists, held = np.zeros(4, np.int64), np.ones(4, np.int64)
    for rule, rises, falls in conditions:
        row = rule.number - 1
        trigger[:, row] = truth_of(rises, values, (shape[0], shape[2]))
        release[:, row] = truth_of(falls, values, (shape[0], shape[2]))
        exists[row], held[row] = 1, rule.held_days
    at, to = np.zeros((shape[0], MOST_TURNS), np.int64), np.zeros((shape[0], MOST_TURNS), np.int64)
    count = np.zeros(shape[0], np.int64)
    province = np.nan_to_num(told(scenario, {"province_level"})["province_level"]).astype(np.int64)
    hours = np.array([scenario.deciding.hours, scenario.deciding.more_hours])
    decide(
        seed,
        first,
        trigger,
        release,
        province,
        held,
        exists,
        scenario.deciding.least_days,
        hours,
        at,
        to,
        count,
    )
    return Turns(at, to, count)


def _read(text: str) -> Condition:
    return read_condition(text) if text else NO_CONDITION


def figures(reported: NDArray[np.int64], imported: Floats, inhabitants: int, named: set[str]) -> dict[str, Floats]:
    """Those of the indicators named that are computed from counts, as known in the evening of each day."""
    counts = reported.astype(np.float64)
    elsewhere = np.minimum(imported, counts)
    # before the first day there were no cases: an epidemic begins within the horizon or is told by its counts
    before = np.zeros((counts.shape[0], FORTNIGHT))
    every, local, foreign = (np.hstack([before, each]) for each in (counts, counts - elsewhere, elsewhere))

    def over(values: Floats, days: int) -> Floats:
        return rolling_sum(values, days)[:, FORTNIGHT:]

    found = {
        "new_cases": counts,
        "local_cases_7d": over(local, WEEK),
        "local_cases_14d": over(local, FORTNIGHT),
        "imported_cases_7d": over(foreign, WEEK),
        "incidence_7d": incidence_per_100_000(over(every, WEEK), inhabitants),
        "incidence_14d": incidence_per_100_000(over(every, FORTNIGHT), inhabitants),
    }
    if "doubling_days" in named:
        windows = np.lib.stride_tricks.sliding_window_view(every, WEEK, axis=-1)[:, FORTNIGHT - WEEK + 1 :]
        found["doubling_days"] = np.asarray(growth(windows).doubling_days)
    if named & set(RT) and counts.shape[1] > WEEK:
        found |= reproduction(counts, elsewhere, named)
    return {name: figure for name, figure in found.items() if name in named}


def reproduction(counts: Floats, imported: Floats, named: set[str]) -> dict[str, Floats]:
    """Figures of R, unknown where there are too few cases."""
    estimate = reproduction_number(counts, serial_interval(MEAN, SD), window=WEEK, imported=imported)
    how: dict[str, Callable[[], Floats]] = {
        "rt_mean": lambda: estimate.mean,
        "rt_q025": lambda: estimate.quantile(0.025),
        "rt_q975": lambda: estimate.quantile(0.975),
        "rt_p_above_1": lambda: estimate.p_above(1.0),
    }
    found = {}
    for name in sorted(named & set(RT)):
        whole = np.full(counts.shape, np.nan)
        whole[:, WEEK:] = np.where(estimate.reliable, how[name](), np.nan)
        found[name] = whole
    return found


def told(scenario: Scenario, named: set[str]) -> dict[str, Floats]:
    """Indicators told from outside, by day; unknown before they are first told."""
    found = {}
    for name in sorted(named):
        days = np.full(scenario.days, np.nan)
        for one in sorted((each for each in scenario.told if each.name == name), key=lambda each: each.day):
            days[max(one.day, 0) :] = one.value
        found[name] = days
    return found


def by_look(counted: Mapping[str, Floats], said: Mapping[str, Floats], days: int) -> dict[str, Floats]:
    """Values at two looks a day: counts as of the evening before at noon; what is told counts from its morning on."""
    values: dict[str, Floats] = {}
    for name, figure in counted.items():
        looks = np.full((figure.shape[0], 2 * days), np.nan)
        looks[:, 1::2] = figure
        looks[:, 2::2] = figure[:, :-1]
        values[name] = looks
    for name, series in said.items():
        if not np.isnan(series).all():
            values[name] = np.repeat(series, 2)[None, :]
    return values


def truth_of(condition: Condition, values: Mapping[str, Floats], shape: tuple[int, int]) -> Truths:
    """FALSE, TRUE or UNKNOWN at each look: the plan's own reading, asked once for each class of equal answers.

    A condition without arithmetic depends on each indicator only by how it compares with the figures in it.
    """
    names = [name for name in condition.names if name in values]
    codes = np.zeros(shape, np.int64)
    for name in names:
        classes, count = _classes(condition, name, values[name])
        codes = codes * count + classes
    _found, index, back = np.unique(codes, return_index=True, return_inverse=True)
    answers = np.zeros(index.size, np.int32)
    flat = {name: np.broadcast_to(values[name], shape).ravel() for name in names}
    for number, position in enumerate(index.tolist()):
        known = {name: value for name in names if (value := _typed(name, flat[name][position])) is not None}
        truth = condition.truth(known)
        answers[number] = UNKNOWN if truth is None else int(bool(truth))
    result: Truths = answers[back.reshape(shape)]
    return result


def _typed(name: str, value: float) -> bool | float | None:
    if np.isnan(value):
        return None
    return bool(value) if INDICATORS[name] is bool else float(value)


def _classes(condition: Condition, name: str, values: Floats) -> tuple[NDArray[np.int64], int]:
    """A number for each value, equal where the condition cannot tell two apart, and how many numbers there are."""
    shape = condition.shape
    if not shape.plain or shape.pairs:
        each, classes = np.unique(values, return_inverse=True)
        return classes.reshape(values.shape).astype(np.int64), each.size
    marks = np.unique([one.figure for one in shape.comparisons if one.name == name])
    between = np.searchsorted(marks, values, "left") + np.searchsorted(marks, values, "right")
    return np.where(np.isnan(values), 2 * marks.size + 1, between).astype(np.int64), 2 * marks.size + 2
