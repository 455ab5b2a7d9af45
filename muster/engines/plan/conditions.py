"""Trigger and release conditions: CEL over indicators, with three truth values.

An indicator without a usable value is unknown, never false (docs/decisions/0007). CEL's rule for errors decides the
rest: `unknown || true` is true, `unknown && false` is false, anything else that needs the unknown is unknown (None).
The parts of CEL that a condition may use are those of `grammar`; names and types are checked when it is read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import celpy
from celpy.celtypes import BoolType, DoubleType
from celpy.evaluation import CELEvalError

from muster.engines.plan import grammar
from muster.engines.plan.events import Value
from muster.engines.plan.grammar import ConditionInvalid

__all__ = ["Condition", "ConditionInvalid", "read_condition", "usable"]

_CEL = celpy.Environment()
_UNKNOWN = CELEvalError("unknown")


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked condition; `names` are the indicators in it, in the order in which it first names them."""

    text: str
    names: tuple[str, ...]
    _program: Any = field(compare=False, repr=False)

    def holds(self, values: Mapping[str, Value]) -> bool | None:
        """True, False, or None where the values given cannot say. Whole numbers count as their real value."""
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


def usable(value: Value | None) -> bool:
    """A value that can be compared: neither absent nor not-a-number. Infinity (no doubling) is a value."""
    return value is not None and not (isinstance(value, float) and math.isnan(value))


def read_condition(text: str) -> Condition:
    """Parse and check a condition.

    Raises ConditionInvalid, which says what is wrong, what was expected and how to mend it.
    """
    tree = grammar.parse(text, _CEL)
    names = grammar.check(tree)
    return Condition(text=text, names=names, _program=_CEL.program(grammar.as_real(tree)))


def _cel_value(value: Value) -> BoolType | DoubleType:
    return BoolType(value) if isinstance(value, bool) else DoubleType(value)
