"""Plans that were copied from one another: the same words under another name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from muster.engines.plan.findings import WARNING, Finding, Rule
from muster.engines.plan.text import Text
from muster.engines.plan.types import Plan

COPIED_PLAN = Rule(
    "P010",
    WARNING,
    Text("与另一预案逐字相同", "The same as another plan word for word"),
    Text(
        "预案 {second} 的条款与预案 {first} 逐字相同，未结合本单位实际",
        "plan {second} has the clauses of plan {first} word for word; it does not speak of its own place",
    ),
    Text(
        "按本单位的点位、警力和协作单位重写预案 {second}",
        "write plan {second} for its own sites, people and partners",
    ),
)
RULES = (COPIED_PLAN,)


def copies(plans: Sequence[Plan]) -> Mapping[int, Finding]:
    """For each plan, by its place in `plans`, that says what an earlier plan of another name says: that it does."""
    first: dict[tuple[tuple[Text, Text], ...], Plan] = {}
    found: dict[int, Finding] = {}
    for place, plan in enumerate(plans):
        words = tuple((clause.title, clause.text) for clause in plan.clauses)
        original = first.setdefault(words, plan)
        if original.id != plan.id:
            found[place] = COPIED_PLAN.in_plan(f"plan:{original.id}", first=original.id, second=plan.id)
    return found
