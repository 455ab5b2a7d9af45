"""Can two conditions hold at once? A search over the values at which any of their comparisons can change.

A condition is built of comparisons of an indicator with a figure, so its truth changes only at those figures: trying
each figure, a little less and a little more covers every case. What cannot be in the world (more cases in 7 days than
in 14) is left out. The search assigns one indicator after another and stops where a condition is already false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from muster.engines.plan.conditions import Condition
from muster.engines.plan.events import Value
from muster.engines.plan.words import INDICATORS

NUMBER: Final = r"-?\d+(?:\.\d+)?"
OPERATOR: Final = r"(?:<=|>=|==|!=|<|>)"
ASCENDING: Final = (  # each is at least the one before it
    ("local_cases_7d", "local_cases_14d"),
    ("incidence_7d", "incidence_14d"),
    ("rt_q025", "rt_mean"),
    ("rt_mean", "rt_q975"),
    ("rt_q025", "rt_q975"),
)
STEP: Final = {int: 1.0, float: 0.001}


def held_at_once(*conditions: Condition) -> dict[str, Value] | None:
    """Values at which all conditions hold, or None where no such values exist."""
    found = _found(conditions)
    return None if found is None else dict(found)


@lru_cache(maxsize=64)
def _found(conditions: tuple[Condition, ...]) -> Mapping[str, Value] | None:
    """Versions of a plan mostly share their conditions, so a search is not done twice."""
    names = list(dict.fromkeys(name for condition in conditions for name in condition.names))
    text = " ".join(condition.text for condition in conditions)
    return _search(conditions, [(name, candidates(name, text)) for name in names], {})


def _search(
    conditions: Sequence[Condition],
    left: Sequence[tuple[str, Sequence[Value]]],
    values: dict[str, Value],
) -> dict[str, Value] | None:
    truths = [condition.holds(values) for condition in conditions]
    if False in truths or not possible(values):
        return None
    if not left:
        return dict(values) if all(truths) else None
    (name, tried), rest = left[0], left[1:]
    for value in tried:
        if found := _search(conditions, rest, {**values, name: value}):
            return found
    return None


def candidates(name: str, text: str) -> tuple[Value, ...]:
    """Values of an indicator at, just below, just above and between the figures that `text` compares it with.

    Figures of indicators that it cannot be less or more than count for it as well.
    """
    kind = INDICATORS.get(name, float)
    if kind is bool:
        return (False, True)
    figures = sorted({figure for one in _tied_to(name) for figure in _compared_with(one, text)})
    step = STEP[kind]
    near = {moved for figure in figures for moved in (figure - step, figure, figure + step)}
    between = {(low + high) / 2 for low, high in pairwise(figures)} if kind is float else set()
    allowed = sorted(value for value in near | between | {0.0} if value >= 0)
    return tuple(int(value) if kind is int else value for value in allowed)


def _tied_to(name: str) -> set[str]:
    return {name} | {one for pair in ASCENDING if name in pair for one in pair}


def _compared_with(name: str, text: str) -> Iterator[float]:
    for pattern in (rf"\b{name}\s*{OPERATOR}\s*({NUMBER})", rf"({NUMBER})\s*{OPERATOR}\s*{name}\b"):
        yield from (float(figure) for figure in re.findall(pattern, text))


def possible(values: Mapping[str, Value]) -> bool:
    """Whether the world could look like that."""
    return all(values[low] <= values[high] for low, high in ASCENDING if low in values and high in values)
