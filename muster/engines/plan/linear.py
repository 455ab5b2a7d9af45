"""Arithmetic in conditions, as far as it is linear: `2 * local_cases_7d - 5 >= 25` is `local_cases_7d >= 15`.

A comparison of one indicator is turned into one without arithmetic; one of several is decided where the least and the
greatest value of both sides leave no choice (`local_cases_14d - local_cases_7d >= 0`); of any other nothing is said.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from muster.engines.plan.words import INDICATORS

ASCENDING: Final = (  # each is at least the one before it
    ("local_cases_7d", "local_cases_14d"),
    ("incidence_7d", "incidence_14d"),
    ("rt_q025", "rt_mean"),
    ("rt_mean", "rt_q975"),
    ("rt_q025", "rt_q975"),
)
AT_MOST: Final[Mapping[str, float]] = {
    "province_level": 4,
    "rt_p_above_1": 1,
    "officer_absence_pct": 100,
    "officer_exposed_pct": 100,
}
_NEVER: Final[Mapping[str, Callable[[float, float], bool]]] = {
    ">": lambda _least, greatest: greatest <= 0,
    ">=": lambda _least, greatest: greatest < 0,
    "<": lambda least, _greatest: least >= 0,
    "<=": lambda least, _greatest: least > 0,
    "==": lambda least, greatest: least > 0 or greatest < 0,
}
_OPPOSITE: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Linear:
    """`constant` and so many times each indicator; an indicator that cancels out has no entry."""

    times: Mapping[str, float]
    constant: float

    def plus(self, other: Linear, factor: float = 1.0) -> Linear:
        """The sum with `factor` times another."""
        names = {**self.times, **other.times}
        times = {name: self.times.get(name, 0.0) + factor * other.times.get(name, 0.0) for name in names}
        return Linear({name: one for name, one in times.items() if one}, self.constant + factor * other.constant)

    def scaled(self, factor: float) -> Linear:
        """So many times as much."""
        return Linear({}, 0.0).plus(self, factor)

    def bounds(self) -> tuple[float, float]:
        """The least and the greatest value that it can have in the world."""
        times = _in_steps(self.times)
        ends = [(one * AT_MOST[name] if name in AT_MOST else one * float("inf")) for name, one in times.items() if one]
        return self.constant + sum(min(0.0, one) for one in ends), self.constant + sum(max(0.0, one) for one in ends)


def _in_steps(times: Mapping[str, float]) -> dict[str, float]:
    """With what an indicator has beyond a smaller one in its place, so that each is any value from nothing on."""
    steps = dict(times)
    for low, high in reversed(ASCENDING):
        through_mean = (low, high) == ("rt_q025", "rt_q975") and "rt_mean" in times
        if low in steps and high in steps and not through_mean:
            steps[low] += steps[high]
    return steps


def linear(node: Any, core: Callable[[Any], Any], literal: Callable[[Any], float | None]) -> Linear | None:
    """The linear form of one side of a comparison; None where it has none."""
    node = core(node)
    if (figure := literal(node)) is not None:
        return Linear({}, figure)
    if node.data == "ident":
        name = str(node.children[0])
        return None if INDICATORS.get(name) is bool else Linear({name: 1.0}, 0.0)
    if node.data == "unary":
        below = linear(node.children[1], core, literal)
        return None if below is None else below.scaled(-1.0)
    if node.data not in ("addition", "multiplication"):
        return None
    sign, right = node.children
    sides = linear(sign.children[0], core, literal), linear(right, core, literal)
    return None if sides[0] is None or sides[1] is None else _joined(sign.data, sides[0], sides[1])


def _joined(sign: str, left: Linear, right: Linear) -> Linear | None:
    if sign in ("addition_add", "addition_sub"):
        return left.plus(right, 1.0 if sign == "addition_add" else -1.0)
    if sign == "multiplication_mul" and not (left.times and right.times):
        return right.scaled(left.constant) if not left.times else left.scaled(right.constant)
    if sign == "multiplication_div" and not right.times and right.constant:
        return left.scaled(operator.truediv(1.0, right.constant))
    return None


def decided(form: Linear, sign: str) -> bool:
    """Whether `form sign 0` is always the same, whatever the figures of the day."""
    least, greatest = form.bounds()
    tests = (_NEVER.get(sign), _NEVER.get(_OPPOSITE[sign]))
    return not form.times or any(test(least, greatest) for test in tests if test)


def single(form: Linear, sign: str) -> tuple[str, str, float] | None:
    """`name sign figure` for a form of one indicator."""
    if len(form.times) != 1:
        return None
    ((name, factor),) = form.times.items()
    return name, sign if factor > 0 else _TURNED[sign], -form.constant / factor
