"""The part of CEL that a condition may use, and the types in it.

Comparisons, `&&`, `||`, `!`, brackets, `+ - * /`, numbers, `true`, `false` and the indicators by name. Every other form
of CEL (lists, maps, strings, functions, `?:`, `in`, `%`) is refused when the plan is read. Numbers are compared as real
numbers, so an `int` indicator may be compared with `10.0`; a division of two whole numbers, which CEL would round down,
is refused.
"""

from __future__ import annotations

import difflib
from typing import Any

from celpy.celparser import CELParseError
from lark import Token, Tree

from muster.engines.plan.words import INDICATORS

LONGEST = 1000  # characters
DEEPEST = 120  # levels of the parsed tree, ten a pair of brackets: evaluation recurses

_NUMBERS = ("int", "double")
_COMPARISONS = {
    "relation_lt": "<", "relation_le": "<=", "relation_gt": ">", "relation_ge": ">=",
    "relation_eq": "==", "relation_ne": "!=",
}  # fmt: skip
_ARITHMETIC = {"addition_add": "+", "addition_sub": "-", "multiplication_mul": "*", "multiplication_div": "/"}
_LITERALS = {"INT_LIT": "int", "FLOAT_LIT": "double", "BOOL_LIT": "bool"}
_ALLOWED = "comparisons of indicators joined with &&, || and !"


class ConditionInvalid(Exception):
    """A text that is no condition: `what` is wrong, what was `expected`, how to `mend` it."""

    def __init__(self, what: str, expected: str = _ALLOWED, mend: str = "") -> None:
        self.what, self.expected, self.mend = what, expected, mend
        super().__init__(what)


def parse(text: str, cel: Any) -> Tree[Token]:
    """The syntax tree of `text`, no deeper and no longer than evaluation bears."""
    if not text.strip():
        raise ConditionInvalid("the condition is empty", mend='write for example "local_cases_7d >= 1"')
    if len(text) > LONGEST:
        raise ConditionInvalid(f"the condition has {len(text)} characters", f"at most {LONGEST}")
    try:
        tree: Tree[Token] = cel.compile(text)
    except (CELParseError, RecursionError, ValueError):
        raise ConditionInvalid(f"`{text}` is no condition", mend='write for example "local_cases_7d >= 1"') from None
    if _depth(tree) > DEEPEST:
        raise ConditionInvalid("the condition is nested too deep", mend="use fewer brackets")
    return tree


def check(tree: Tree[Token]) -> tuple[str, ...]:
    """The indicators of a condition, in the order of their first mention; ConditionInvalid where types do not fit."""
    names: dict[str, None] = {}
    if (kind := _type(tree, names)) != "bool":
        raise ConditionInvalid(
            f"the condition gives a number ({kind})", "true or false", "compare it, for example `>= 1`"
        )
    return tuple(names)


def as_real(tree: Tree[Token]) -> Tree[Token]:
    """The same tree with every whole number written as a real one."""
    return Tree(
        tree.data, [_real(child) if isinstance(child, Token) else as_real(child) for child in tree.children], tree.meta
    )


def _real(token: Token) -> Token:
    return token.update("FLOAT_LIT", repr(float(int(token, 0)))) if token.type == "INT_LIT" else token


def _depth(tree: Tree[Token]) -> int:
    """Without recursion, for trees of any depth."""
    deepest, pending = 0, [(tree, 1)]
    while pending:
        node, depth = pending.pop()
        deepest = max(deepest, depth)
        pending += [(child, depth + 1) for child in node.children if isinstance(child, Tree)]
    return deepest


def _type(node: Tree[Token], names: dict[str, None]) -> str:
    """ "int", "double" or "bool"; `names` gathers the indicators met."""
    children = node.children
    if node.data in ("primary", "literal", "ident") or len(children) == 1:
        return _type_of_one(node, names)
    if node.data in ("conditionalor", "conditionaland"):
        for child in children:
            _wants(child, names, ("bool",), "||" if node.data == "conditionalor" else "&&")
        return "bool"
    if node.data == "unary":
        return _type_of_unary(children, names)
    if node.data in ("relation", "addition", "multiplication") and len(children) == 2:
        return _type_of_pair(children, names)
    raise ConditionInvalid(_refused(node))


def _type_of_one(node: Tree[Token], names: dict[str, None]) -> str:
    child = node.children[0] if node.children else None
    if isinstance(child, Tree) and child.data in _PASSED:
        return _type(child, names)
    if isinstance(child, Token) and node.data == "ident":
        return _type_of_indicator(str(child), names)
    if isinstance(child, Token) and node.data == "literal" and child.type in _LITERALS:
        return _LITERALS[child.type]
    raise ConditionInvalid(_refused(child if isinstance(child, Tree) else node))


_PASSED = {
    "expr", "conditionalor", "conditionaland", "relation", "addition", "multiplication", "unary", "member", "primary",
    "paren_expr", "ident", "literal",
}  # fmt: skip


def _type_of_unary(children: list[Any], names: dict[str, None]) -> str:
    sign, operand = children
    if sign.data == "unary_not":
        return _wants(operand, names, ("bool",), "!")
    return _wants(operand, names, _NUMBERS, "-")


def _type_of_pair(children: list[Any], names: dict[str, None]) -> str:
    operator, right = children
    left = operator.children[0]
    sign = _COMPARISONS.get(operator.data) or _ARITHMETIC.get(operator.data)
    if sign is None:
        raise ConditionInvalid(_refused(operator))
    if sign in ("==", "!="):
        kind = _wants(left, names, ("bool", *_NUMBERS), sign)
        _wants(right, names, ("bool",) if kind == "bool" else _NUMBERS, sign)
        return "bool"
    kinds = [_wants(side, names, _NUMBERS, sign) for side in (left, right)]
    if sign == "/" and kinds == ["int", "int"]:
        raise ConditionInvalid("a division of two whole numbers", "a real number on one side", "write `2.0` for `2`")
    if sign in _COMPARISONS.values():
        return "bool"
    return "double" if "double" in kinds else "int"


def _wants(node: Any, names: dict[str, None], kinds: tuple[str, ...], sign: str) -> str:
    if (kind := _type(node, names)) not in kinds:
        wanted = "true or false" if kinds == ("bool",) else "numbers" if "bool" not in kinds else "two of one kind"
        raise ConditionInvalid(f"`{sign}` meets {_words(kind)}", f"{wanted} on its sides", _hint(kind))
    return kind


def _words(kind: str) -> str:
    return {"bool": "true or false", "int": "a whole number", "double": "a number"}[kind]


def _hint(kind: str) -> str:
    return (
        "compare the number first, for example `local_cases_7d >= 1`"
        if kind != "bool"
        else "use it as it is, or with !"
    )


def _type_of_indicator(name: str, names: dict[str, None]) -> str:
    if name not in INDICATORS:
        close = difflib.get_close_matches(name, INDICATORS, n=1)
        mend = f"did you mean `{close[0]}`?" if close else ""
        raise ConditionInvalid(f"unknown indicator `{name}`", "one of " + ", ".join(INDICATORS), mend)
    names[name] = None
    return {int: "int", float: "double", bool: "bool"}[INDICATORS[name]]


def _refused(node: Tree[Token]) -> str:
    form = {
        "expr": "`? :`", "relation_in": "`in`", "multiplication_mod": "`%`", "member_dot": "a field (`.`)",
        "member_dot_arg": "a function", "member_index": "an index (`[ ]`)", "ident_arg": "a function",
        "list_lit": "a list", "map_lit": "a map", "literal": "this value", "dot_ident": "a leading dot",
    }.get(str(node.data), f"`{node.data}`")  # fmt: skip
    return f"a condition has no use for {form}"
