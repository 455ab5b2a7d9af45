"""The part of CEL that a condition may use, and the types in it.

Comparisons, `&&`, `||`, `!`, brackets, `+ - * /`, numbers, `true`, `false` and the indicators by name. Every other form
of CEL (lists, maps, strings, functions, `?:`, `in`, `%`) is refused when the plan is read. Numbers are compared as real
numbers, so an `int` indicator may be compared with `10.0`; a division of two whole numbers, which CEL would round down,
is refused.
"""

from __future__ import annotations

from typing import Any

from celpy.celparser import CELParseError
from lark import Token, Tree

from muster.engines.plan.text import UNSAID, Text, nearest, one_of_these, same
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
_ALLOWED = Text("用 &&、||、! 连接的指标比较式", "comparisons of indicators joined with &&, || and !")
_EXAMPLE = Text('例如写 "local_cases_7d >= 1"', 'write for example "local_cases_7d >= 1"')
_TRUTH = Text("真或假", "true or false")


class ConditionInvalid(Exception):
    """A text that is no condition: `what` is wrong, what was `expected`, how to `mend` it."""

    def __init__(self, what: Text, expected: Text = _ALLOWED, mend: Text = UNSAID) -> None:
        self.what, self.expected, self.mend = what, expected, mend
        super().__init__(what.en)


def parse(text: str, cel: Any) -> Tree[Token]:
    """The syntax tree of `text`, no deeper and no longer than evaluation bears."""
    if not text.strip():
        raise ConditionInvalid(Text("条件为空", "the condition is empty"), mend=_EXAMPLE)
    if len(text) > LONGEST:
        what = Text(f"条件有 {len(text)} 个字符", f"the condition has {len(text)} characters")
        raise ConditionInvalid(what, Text(f"最多 {LONGEST} 个", f"at most {LONGEST}"))
    try:
        tree: Tree[Token] = cel.compile(text)
    except (CELParseError, RecursionError, ValueError):
        raise ConditionInvalid(Text(f"`{text}` 不是条件式", f"`{text}` is no condition"), mend=_EXAMPLE) from None
    if _depth(tree) > DEEPEST:
        what = Text("条件嵌套过深", "the condition is nested too deep")
        raise ConditionInvalid(what, mend=Text("减少括号", "use fewer brackets"))
    return tree


def check(tree: Tree[Token]) -> tuple[str, ...]:
    """The indicators of a condition, in the order of their first mention; ConditionInvalid where types do not fit."""
    names: dict[str, None] = {}
    if (kind := _type(tree, names)) != "bool":
        what = Text(f"条件的结果是数（{kind}）", f"the condition gives a number ({kind})")
        raise ConditionInvalid(what, _TRUTH, Text("加上比较，例如 `>= 1`", "compare it, for example `>= 1`"))
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
        raise ConditionInvalid(*_DIVISION)
    if sign in _COMPARISONS.values():
        return "bool"
    return "double" if "double" in kinds else "int"


_DIVISION = (
    Text("两个整数相除", "a division of two whole numbers"),
    Text("至少一边是小数", "a real number on one side"),
    Text("把 `2` 写成 `2.0`", "write `2.0` for `2`"),
)
_WANTED = {
    ("bool",): Text("两边都是真或假", "true or false on its sides"),
    _NUMBERS: Text("两边都是数", "numbers on its sides"),
    ("bool", *_NUMBERS): Text("两边同类", "two of one kind on its sides"),
}
_MET = {"bool": _TRUTH, "int": Text("整数", "a whole number"), "double": Text("数", "a number")}
_AS_IT_IS = Text("直接使用，或加 !", "use it as it is, or with !")
_COMPARE = Text("先比较，例如 `local_cases_7d >= 1`", "compare the number first, for example `local_cases_7d >= 1`")


def _wants(node: Any, names: dict[str, None], kinds: tuple[str, ...], sign: str) -> str:
    if (kind := _type(node, names)) not in kinds:
        met = _MET[kind]
        what = Text(f"`{sign}` 遇到{met.zh}", f"`{sign}` meets {met.en}")
        raise ConditionInvalid(what, _WANTED[kinds], _AS_IT_IS if kind == "bool" else _COMPARE)
    return kind


def _type_of_indicator(name: str, names: dict[str, None]) -> str:
    if name not in INDICATORS:
        what = Text(f"未知指标 `{name}`", f"unknown indicator `{name}`")
        raise ConditionInvalid(what, one_of_these(INDICATORS), nearest(name, INDICATORS))
    names[name] = None
    return {int: "int", float: "double", bool: "bool"}[INDICATORS[name]]


_FUNCTION = Text("函数", "a function")
_FORMS = {
    "expr": same("`? :`"),
    "relation_in": same("`in`"),
    "multiplication_mod": same("`%`"),
    "member_dot": Text("字段（`.`）", "a field (`.`)"),
    "member_dot_arg": _FUNCTION,
    "ident_arg": _FUNCTION,
    "member_index": Text("下标（`[ ]`）", "an index (`[ ]`)"),
    "list_lit": Text("列表", "a list"),
    "map_lit": Text("映射", "a map"),
    "literal": Text("这种值", "this value"),
    "dot_ident": Text("开头的点", "a leading dot"),
}


def _refused(node: Tree[Token]) -> Text:
    form = _FORMS.get(str(node.data), same(f"`{node.data}`"))
    return Text(f"条件中不能用{form.zh}", f"a condition has no use for {form.en}")
