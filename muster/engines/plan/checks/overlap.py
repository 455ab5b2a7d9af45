"""Can conditions hold at once? A search over the values at which any of their comparisons can change.

A condition is built of comparisons of an indicator with a figure, so its truth changes only at those figures: trying
each figure, a little less and a little more covers every case. What cannot be in the world (more cases in 7 days than
in 14, a probability above 1) is left out. The search assigns one indicator after another and stops where a condition is
already false.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from muster.engines.plan.conditions import Condition
from muster.engines.plan.events import Value
from muster.engines.plan.linear import ASCENDING, AT_MOST
from muster.engines.plan.truth import Reading
from muster.engines.plan.words import INDICATORS

STEP: Final = {int: 1.0, float: 0.001}
Tried = Mapping[str, Sequence[Value]]


def held_at_once(*conditions: Condition) -> dict[str, Value] | None:
    """Values at which all conditions hold, or None where no such values exist."""
    return without(conditions, ())


def without(held: Sequence[Condition], failing: Sequence[Condition]) -> dict[str, Value] | None:
    """Values at which all of `held` are true and all of `failing` are false, or None where no such values exist."""
    found = _found(tuple(held), tuple(failing))
    return None if found is None else dict(found)


@lru_cache(maxsize=4096)
def _found(held: tuple[Condition, ...], failing: tuple[Condition, ...]) -> Mapping[str, Value] | None:
    """Versions of a plan mostly share their conditions, so a search is not done twice."""
    conditions = (*held, *failing)
    tried = candidates(conditions)
    wanted = [(condition.truth, True) for condition in held] + [(condition.truth, False) for condition in failing]
    return search(wanted, [(name, tried[name]) for name in names_of(conditions)], {})


def names_of(conditions: Iterable[Condition]) -> list[str]:
    """The indicators of some conditions, each once."""
    return list(dict.fromkeys(name for condition in conditions for name in condition.names))


def search(
    wanted: Sequence[tuple[Reading, bool]], left: Sequence[tuple[str, Sequence[Value]]], values: dict[str, Value]
) -> dict[str, Value] | None:
    """`values`, completed out of those in `left` so that every reading says what is wanted; None if that cannot be."""
    if not possible(values):
        return None
    open_ones = []
    for reading, truth in wanted:
        said = reading(values)
        if said is None:
            open_ones.append((reading, truth))
        elif said is not truth:
            return None
    if not left:
        return None if open_ones else dict(values)
    (name, tried), rest = left[0], left[1:]
    for value in tried:
        if found := search(open_ones, rest, {**values, name: value}):
            return found
    return None


def candidates(conditions: Sequence[Condition]) -> dict[str, tuple[Value, ...]]:
    """Values of each indicator at, just below, just above and between the figures that it is compared with.

    Figures of indicators that it cannot be less or more than, or is compared with, count for it as well.
    """
    figures: dict[str, set[float]] = {}
    for condition in conditions:
        for one in condition.shape.comparisons:
            figures.setdefault(one.name, set()).add(one.figure)
    names = names_of(conditions)
    ties = [*ASCENDING, *(pair for condition in conditions for pair in condition.shape.pairs)]
    return {name: _around(name, _with_ties(name, names, ties, figures)) for name in names}


def _with_ties(
    name: str, names: Sequence[str], ties: Iterable[tuple[str, str]], figures: Mapping[str, set[float]]
) -> set[float]:
    tied = {one for pair in ties if name in pair for one in pair if one in names}
    return set().union(*(figures.get(one, set()) for one in tied | {name}))


def _around(name: str, figures: set[float]) -> tuple[Value, ...]:
    kind = INDICATORS.get(name, float)
    if kind is bool:
        return (False, True)
    step = STEP[kind]
    near = {moved for figure in figures | {0.0} for moved in (figure - step, figure, figure + step)}
    between = {(low + high) / 2 for low, high in pairwise(sorted(figures | {0.0}))} if kind is float else set()
    highest = AT_MOST.get(name, float("inf"))
    allowed = sorted({int(value) if kind is int else value for value in near | between if 0 <= value <= highest})
    return tuple(allowed)


def possible(values: Mapping[str, Value]) -> bool:
    """Whether the world could look like that."""
    return all(values[low] <= values[high] for low, high in ASCENDING if low in values and high in values)
