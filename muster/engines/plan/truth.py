"""A condition as a plain function with three truth values, and the comparisons that it is made of.

CEL evaluates a condition in an operation (`conditions.Condition.holds`). The checks ask the same question many thousand
times, about figures at which a comparison changes, so they use this reading; a test holds the two against each other.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lark import Token, Tree

from muster.engines.plan.events import Value
from muster.engines.plan.linear import decided, linear, single
from muster.engines.plan.words import INDICATORS

Values = Mapping[str, Value]
Reading = Callable[[Values], Any]

_RELATIONS: Final[Mapping[str, tuple[str, Callable[[Any, Any], Any]]]] = {
    "relation_lt": ("<", operator.lt),
    "relation_le": ("<=", operator.le),
    "relation_gt": (">", operator.gt),
    "relation_ge": (">=", operator.ge),
    "relation_eq": ("==", operator.eq),
    "relation_ne": ("!=", operator.ne),
}
_ARITHMETIC: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "addition_add": operator.add,
    "addition_sub": operator.sub,
    "multiplication_mul": operator.mul,
    "multiplication_div": operator.truediv,
}
_TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@dataclass(frozen=True, slots=True)
class Comparison:
    """`name` `sign` `figure`, as it counts after every `!` before it; a flag is compared with 1 by "==" or "!="."""

    name: str
    sign: str
    figure: float


@dataclass(slots=True)
class Shape:
    """What a condition looks at: comparisons with figures, and pairs of indicators that are compared with each other.

    `plain` is false where there is arithmetic that does not come to such: then trying the figures and their neighbours
    does not cover every case.
    """

    comparisons: list[Comparison] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    plain: bool = True


def reading_of(tree: Tree[Token]) -> Reading:
    """The function of a checked tree; it gives None where the values given cannot say."""
    return _read(tree)


def shape_of(tree: Tree[Token]) -> Shape:
    """The comparisons of a checked tree."""
    shape = Shape()
    _gather(tree, False, shape)
    return shape


def _core(node: Any) -> Any:
    """The first node below that says something of its own."""
    while isinstance(node, Tree) and len(node.children) == 1 and node.data not in ("ident", "literal"):
        node = node.children[0]
    return node


def _read(tree: Any) -> Reading:
    node = _core(tree)
    if node.data == "ident":
        return _value(str(node.children[0]))
    if node.data == "literal":
        return _constant(node.children[0])
    if node.data in ("conditionalor", "conditionaland"):
        return _joined(node.data == "conditionalor", [_read(child) for child in node.children])
    if node.data == "unary":
        return _signed(node.children[0].data == "unary_not", _read(node.children[1]))
    sign, right = node.children
    act = _RELATIONS[sign.data][1] if sign.data in _RELATIONS else _ARITHMETIC[sign.data]
    return _pair(act, _read(sign.children[0]), _read(right))


def _value(name: str) -> Reading:
    flag = INDICATORS.get(name) is bool

    def read(values: Values) -> Any:
        value = values.get(name)
        return value if value is None or flag else float(value)

    return read


def _constant(token: Token) -> Reading:
    value: Any = str(token).startswith("t") if token.type == "BOOL_LIT" else _figure(token)
    return lambda values: value


def _figure(token: Token) -> float:
    return float(int(token, 0)) if token.type == "INT_LIT" else float(token)


def _joined(any_of: bool, parts: list[Reading]) -> Reading:
    def read(values: Values) -> bool | None:
        unknown = False
        for part in parts:
            truth: bool | None = part(values)
            if truth is any_of:
                return any_of
            unknown = unknown or truth is None
        return None if unknown else not any_of

    return read


def _signed(negation: bool, part: Reading) -> Reading:
    def read(values: Values) -> Any:
        value = part(values)
        if value is None:
            return None
        return not value if negation else -value

    return read


def _pair(act: Callable[[Any, Any], Any], left: Reading, right: Reading) -> Reading:
    def read(values: Values) -> Any:
        one, other = left(values), right(values)
        if one is None or other is None:
            return None
        try:
            return act(one, other)
        except ZeroDivisionError:
            return None

    return read


def _gather(tree: Any, denied: bool, shape: Shape) -> None:
    node = _core(tree)
    if node.data == "ident":
        shape.comparisons.append(Comparison(str(node.children[0]), "!=" if denied else "==", 1.0))
    elif node.data in ("conditionalor", "conditionaland"):
        for child in node.children:
            _gather(child, denied, shape)
    elif node.data == "unary" and node.children[0].data == "unary_not":
        _gather(node.children[1], not denied, shape)
    elif node.data == "relation":
        _compare(node.children[0], node.children[1], denied, shape)


def _compare(sign: Any, right: Any, denied: bool, shape: Shape) -> None:
    relation = _RELATIONS[sign.data][0]
    left = _core(sign.children[0])
    for one, other, told in ((left, _core(right), relation), (_core(right), left, _TURNED[relation])):
        figure = _literal(other)
        if one.data == "ident" and figure is not None and INDICATORS.get(str(one.children[0])) is not bool:
            shape.comparisons.append(Comparison(str(one.children[0]), _OPPOSITE[told] if denied else told, figure))
            return
    names = [name for name in _names(sign, right) if INDICATORS.get(name) is not bool]
    if left.data == _core(right).data == "ident" and len(names) == 2:
        shape.pairs.append((names[0], names[1]))
    elif names:
        _reckon(left, right, _OPPOSITE[relation] if denied else relation, shape)


def _reckon(left: Any, right: Any, sign: str, shape: Shape) -> None:
    """Arithmetic that comes to a comparison of one indicator, or to nothing that a day could change."""
    sides = linear(left, _core, _literal), linear(right, _core, _literal)
    form = None if sides[0] is None or sides[1] is None else sides[0].plus(sides[1], -1.0)
    if form is not None and (found := single(form, sign)):
        shape.comparisons.append(Comparison(*found))
    elif form is None or not decided(form, sign):
        shape.plain = False


def _literal(node: Any) -> float | None:
    if node.data == "unary" and node.children[0].data != "unary_not":
        below = _literal(_core(node.children[1]))
        return None if below is None else -below
    if node.data == "literal" and node.children[0].type != "BOOL_LIT":
        return _figure(node.children[0])
    return None


def _names(*trees: Any) -> list[str]:
    return [str(found.children[0]) for tree in trees for found in tree.iter_subtrees() if found.data == "ident"]
