"""Trigger and release conditions: CEL over indicators, with three truth values.

An indicator without a usable value is unknown, never false (docs/decisions/0007). CEL's rule for errors decides the
rest: `unknown || true` is true, `unknown && false` is false, anything else that needs the unknown is unknown (None).
The parts of CEL that a condition may use are those of `grammar`; names and types are checked when it is read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import celpy
from celpy.celtypes import BoolType, DoubleType
from celpy.evaluation import CELEvalError

from muster.engines.plan import grammar, truth
from muster.engines.plan.events import Value
from muster.engines.plan.grammar import ConditionInvalid
from muster.engines.plan.truth import Reading, Shape

__all__ = ["NO_CONDITION", "Condition", "ConditionInvalid", "read_condition", "usable"]

_CEL = celpy.Environment()
_UNKNOWN = CELEvalError("unknown")


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked condition; `names` are the indicators in it, in the order in which it first names them.

    `truth` is the same condition as a plain function, and `shape` has its comparisons; both are for the checks.
    """

    text: str
    names: tuple[str, ...]
    truth: Reading = field(compare=False, repr=False)
    shape: Shape = field(compare=False, repr=False)
    _program: Any = field(compare=False, repr=False)

    def holds(self, values: Mapping[str, Value]) -> bool | None:
        """True, False, or None where the values given cannot say. Whole numbers count as their real value."""
        if self._program is None:
            return None
        bound = {name: _cel_value(values[name]) if usable(values.get(name)) else _UNKNOWN for name in self.names}
        try:
            return bool(self._program.evaluate(bound))
        except CELEvalError:
            return None

    def missing(self, values: Mapping[str, Value]) -> tuple[str, ...]:
        """Indicators of the condition that have no usable value."""
        return tuple(name for name in self.names if not usable(values.get(name)))

    def seen(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """The values that the condition looks at."""
        return {name: values[name] for name in self.names if usable(values.get(name))}


# What stands where a plan gives no condition: it is never true and never false.
NO_CONDITION: Final = Condition("", (), lambda values: None, Shape(), None)


def usable(value: Value | None) -> bool:
    """A value that can be compared: neither absent nor not-a-number. Infinity (no doubling) is a value."""
    return value is not None and not (isinstance(value, float) and math.isnan(value))


@lru_cache(maxsize=1024)
def read_condition(text: str) -> Condition:
    """Parse and check a condition; plans of one bureau mostly share theirs, so a text is read once.

    Raises ConditionInvalid, which says what is wrong, what was expected and how to mend it.
    """
    tree = grammar.parse(text, _CEL)
    names = grammar.check(tree)
    return Condition(text, names, truth.reading_of(tree), truth.shape_of(tree), _CEL.program(grammar.as_real(tree)))


def _cel_value(value: Value) -> BoolType | DoubleType:
    return BoolType(value) if isinstance(value, bool) else DoubleType(value)
