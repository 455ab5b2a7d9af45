"""The plan above: found by whoever loads a lower plan, never in a circle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from muster.engines.plan.errors import PlanInvalid, Problem
from muster.engines.plan.lower import LowerPlanForm
from muster.engines.plan.reading import Document
from muster.engines.plan.text import Text, same
from muster.engines.plan.types import Clause, Plan

Chain = tuple[tuple[str, str], ...]  # plan and version, the lowest first
Higher = Callable[[str, str, Chain], Plan | None]  # plan, version, those that extend it
LONGEST: Final = 12  # plans one above the other; three are the most that the checks accept
_RELEASE: Final = Text("先发布它，或把它的文件一并给出", "release it first, or give its file together with this one")
_NO_CIRCLE: Final = Text("最上级的预案不写 extends", "a highest plan that extends none")
_CUT: Final = Text("去掉其中一个 extends", "take one of the `extends` out")


def nobody(code: str, number: str, below: Chain) -> Plan | None:
    """No higher plan is known."""
    return None


def above_of(form: LowerPlanForm, document: Document, name: str, higher: Higher, below: Chain) -> Plan:
    """The plan that a lower one extends.

    Raises PlanInvalid where nobody knows it, where it is this plan itself, and where plans extend one another.
    """
    chain: Chain = (*below, (form.plan, form.version))
    code, number = form.extends.plan, form.extends.version
    _refuse_circle(chain, code, number, document, name)
    found = higher(code, number, chain)
    if found is None:
        what = Text(f"找不到上级预案 {code} {number}", f"the higher plan {code} {number} is not known")
        raise _invalid(document, name, (what, Text("已发布的上级预案", "a released higher plan"), _RELEASE))
    for one in found.chain:
        _refuse_circle(chain, one.id, one.version, document, name)
    return found


def _refuse_circle(chain: Chain, code: str, number: str, document: Document, name: str) -> None:
    """A plan is known by its id here: another version of itself is no plan above it, either."""
    ids = [plan for plan, _ in chain]
    if code in ids:
        circle = [*chain[ids.index(code) :], (code, number)]
        told = " → ".join(f"{plan} {version}" for plan, version in circle)
        what = Text(f"预案互为上级：{told}", f"these plans extend one another: {told}")
        raise _invalid(document, name, (what, _NO_CIRCLE, _CUT))
    if len(chain) > LONGEST:
        what = Text(f"上级预案超过 {LONGEST} 层", f"more than {LONGEST} plans one above the other")
        raise _invalid(document, name, (what, same("3"), _CUT))


def _invalid(document: Document, name: str, told: tuple[Text, Text, Text]) -> PlanInvalid:
    return PlanInvalid((Problem.told(name, document.line(("extends",)), "", told),))


def raw_of(clause: Clause) -> dict[str, Any]:
    """What must agree with a narrowing of this clause, as plans write it."""
    words: dict[str, Any] = {"per": clause.per, "on": clause.on, "people": [None] * len(clause.people)}
    return {**words, "every": "1h" if clause.every else "", "measure": {} if clause.measure else None}
