"""Rules about the officers' protection and the reserves that it draws on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from muster.engines.plan.checks.titles import title_of
from muster.engines.plan.findings import ERROR, NOTE, WARNING, Finding, Rule
from muster.engines.plan.text import Text
from muster.engines.plan.types import Clause, Plan
from muster.engines.plan.world import Yardsticks

NO_RESERVE = Rule(
    "P601",
    ERROR,
    Text("物资没有储备天数", "An item without reserve days"),
    Text("预案使用{item}，却没有写明储备天数", "the plan uses {item} but gives no reserve days for it"),
    Text("在 reserve_days 写明 {word}", "give {word} in reserve_days"),
)
RESERVE_TOO_SMALL = Rule(
    "P602",
    WARNING,
    Text("储备天数不足", "A reserve for too few days"),
    Text("{item}只储备 {days} 天，最少应为 {limit} 天", "the reserve of {item} is {days} of {limit} days"),
    Text("把{item}的储备提高到 {limit} 天", "raise the reserve of {item} to {limit} days"),
)
RESERVE_UNUSED = Rule(
    "P603",
    NOTE,
    Text("储备物资无人使用", "A reserve that nobody uses"),
    Text("没有条款使用储备的{item}", "no clause uses {item}, of which a reserve is kept"),
    Text("写明用在何处，或取消该项储备", "say where it is used, or drop the reserve"),
)
UNPROTECTED = Rule(
    "P604",
    WARNING,
    Text("岗位没有防护标准", "A post without a protection standard"),
    Text(
        "条款 {clause} 派人到{per}，却没有防护标准",
        "clause {clause} sends people to each {per} without a protection standard",
    ),
    Text("在 standard 写明防护标准", "name a protection standard in standard"),
)
RULES = (NO_RESERVE, RESERVE_TOO_SMALL, RESERVE_UNUSED, UNPROTECTED)
BY_VOICE_OR_SCREEN: Final = frozenset(
    {"inform", "report", "decide", "liaise", "command", "notify", "review", "investigate"}
)


def items_used(plan: Plan) -> Mapping[str, Clause]:
    """Each item that the plan uses up, with the first clause that does."""
    used: dict[str, Clause] = {}
    for clause in plan.clauses:
        standard = plan.standards.get(clause.standard)
        worn = standard.per_officer_shift if standard is not None and clause.people else {}
        for item in [*worn, *(supply.item for supply in clause.supplies)]:
            used.setdefault(item, clause)
    return used


def reserves(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P601, P602 and P603."""
    used = items_used(plan)
    worn = _not_yet_worn(plan)
    for item, clause in used.items():
        if item not in plan.reserve_days:
            yield NO_RESERVE.in_clause(clause, item=title_of(item), word=item)
    for item, days in plan.reserve_days.items():
        if days < measured.reserve_days and item not in measured.perishable:
            yield RESERVE_TOO_SMALL.in_plan(f"item:{item}", item=title_of(item), days=days, limit=measured.reserve_days)
        if item not in used and item not in worn:
            yield RESERVE_UNUSED.in_plan(f"item:{item}", item=title_of(item))


def _not_yet_worn(plan: Plan) -> frozenset[str]:
    """Items of all standards, while a post that lacks its standard (P604) may be where they belong."""
    if not any(_is_unprotected(clause) for clause in plan.clauses):
        return frozenset()
    return frozenset(item for standard in plan.standards.values() for item in standard.per_officer_shift)


def _is_unprotected(clause: Clause) -> bool:
    meets_people = clause.scales != "once" and clause.action not in BY_VOICE_OR_SCREEN
    return meets_people and bool(clause.people) and not clause.standard


def posts(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P604: whoever meets people protects himself (Regulation on Public Health Emergencies 35)."""
    for clause in plan.clauses:
        if _is_unprotected(clause):
            yield UNPROTECTED.in_clause(clause, per=title_of(clause.per))


CHECKS = (reserves, posts)
