"""Rules about command roles: deputies, and one person in two places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time

from muster.engines.plan.checks.naming import halves, is_nobody, named, same_person
from muster.engines.plan.findings import ERROR, NOTE, WARNING, Finding, Rule
from muster.engines.plan.text import Text
from muster.engines.plan.types import Plan
from muster.engines.plan.world import Yardsticks

DECIDER_WITHOUT_DEPUTY = Rule(
    "P401",
    ERROR,
    Text("决定者没有代理人", "A decider without a deputy"),
    Text("{title}（{role}）有权决定级别，却没有代理人", "the {title} ({role}) decides on levels and has no deputy"),
    Text("按顺序写明至少一名代理人", "name at least one deputy, in order"),
)
NO_DEPUTY = Rule(
    "P402",
    WARNING,
    Text("角色没有代理人", "A role without a deputy"),
    Text("{title}（{role}）没有代理人", "the {title} ({role}) has no deputy"),
    Text("写明至少一名代理人", "name at least one deputy"),
)
OWN_DEPUTY = Rule(
    "P403",
    ERROR,
    Text("代理人重复", "Somebody is his own deputy"),
    Text("{title}（{role}）中“{holder}”出现不止一次", "for the {title} ({role}), {holder} is named more than once"),
    Text("写明不同的代理人", "name different people"),
)
ONE_HOLDER_TWO_ROLES = Rule(
    "P404",
    WARNING,
    Text("一人两职", "One holder, two roles"),
    Text("“{holder}”同时担任 {role} 和 {other}", "{holder} holds both {role} and {other}"),
    Text("由不同的人担任", "give the roles to different people"),
)
DOUBLE_BOOKED = Rule(
    "P405",
    WARNING,
    Text("同一时刻两项任务", "Two things due at the same time"),
    Text(
        "角色 {role} 须在 {clock} 同时完成条款 {other} 和 {clause}",
        "{role} owes {other} and {clause} at the same time, {clock}",
    ),
    Text("错开时间，或交给不同角色", "move one of them, or give it to another role"),
)
UNUSED_ROLE = Rule(
    "P406",
    NOTE,
    Text("角色没有任务", "A role with nothing to do"),
    Text("没有条款由{title}（{role}）负责", "no clause is done by the {title} ({role})"),
    Text("交给它任务，或取消该角色", "give it a clause, or take it out"),
)
NO_HOLDER = Rule(
    "P711",
    ERROR,
    Text("角色没有写明担任者", "A role without a holder"),
    Text("{title}（{role}）没有写明由谁担任", "nobody is named as the holder of the {title} ({role})"),
    Text("在 holder 写明由哪个职务担任", "name the post that holds it in holder"),
)
RULES = (NO_HOLDER, DECIDER_WITHOUT_DEPUTY, NO_DEPUTY, OWN_DEPUTY, ONE_HOLDER_TWO_ROLES, DOUBLE_BOOKED, UNUSED_ROLE)


def deputies(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P401, P402, P403 and P711."""
    deciders = {level.activated_by for level in plan.levels}
    for role in plan.roles.values():
        deputies = named(role.deputies)
        if is_nobody(role.holder):
            yield NO_HOLDER.in_role(role)
        if len(deputies) < measured.deputies:
            yield (DECIDER_WITHOUT_DEPUTY if role.id in deciders else NO_DEPUTY).in_role(role)
        if twice := _meant_twice(named([role.holder, *deputies])):
            yield OWN_DEPUTY.in_role(role, holder=twice)


def _meant_twice(names: Sequence[str]) -> str:
    """The first name that means somebody named before."""
    seen = Meant()
    return next((name for at, name in enumerate(names) if seen.known_or_enter(name, str(at)) != str(at)), "")


class Meant:
    """Names and what they were entered for; a name in one language means whoever has it in one of two."""

    def __init__(self) -> None:
        self._wholes: dict[str, str] = {}
        self._singles: dict[str, str] = {}
        self._parts: dict[str, str] = {}

    def known_or_enter(self, name: str, what: str) -> str:
        """What the same person was entered for first; `what` where nobody was."""
        whole, parts = same_person(name), halves(name)
        if len(parts) > 1:
            known = next((self._singles[part] for part in parts if part in self._singles), None)
            for part in parts:
                self._parts.setdefault(part, what)
        else:
            known = self._parts.get(whole)
            self._singles.setdefault(whole, what)
        first = self._wholes.setdefault(whole, what)
        return first if known is None or first != what else known


def holders(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P404: among roles that are held once in the bureau, and among those of each station or sub-bureau."""
    seen: dict[str, Meant] = {}
    for role in plan.roles.values():
        if not is_nobody(role.holder):
            other = seen.setdefault(role.scope, Meant()).known_or_enter(role.holder, role.id)
            if other != role.id:
                yield ONE_HOLDER_TWO_ROLES.in_role(role, holder=role.holder, other=other)


def clocks(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P405: clauses of one role due at the same clock time at a common level or moment, each with the first of them."""
    booked: dict[tuple[str, time, int | str], str] = {}
    for clause in plan.clauses:
        if not isinstance(clause.due, time) or clause.actor not in plan.roles:
            continue
        moments: list[int | str] = [*sorted(clause.levels), *([clause.on] if clause.on else [])]
        taken = [booked.setdefault((clause.actor, clause.due, moment), clause.id) for moment in moments]
        if other := next((name for name in taken if name != clause.id), None):
            role = plan.roles[clause.actor].title
            yield DOUBLE_BOOKED.in_clause(clause, other=other, role=role, clock=f"{clause.due:%H:%M}")


def unused(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P406; while a clause has no actor, or one that is no role, that clause may be what the role is for."""
    if any(clause.actor not in plan.roles for clause in plan.clauses):
        return
    used = {clause.actor for clause in plan.clauses} | {level.activated_by for level in plan.levels}
    for role in plan.roles.values():
        if role.id not in used:
            yield UNUSED_ROLE.in_role(role)


CHECKS = (deputies, holders, clocks, unused)
