"""Rules about who holds the roles today: qualified, present, and not needed in two places at once.

People are opaque keys here; a finding names the role and the unit, never a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from muster.engines.plan.checks.naming import same_person
from muster.engines.plan.checks.titles import title_of
from muster.engines.plan.findings import ERROR, WARNING, Finding, Rule
from muster.engines.plan.text import Text
from muster.engines.plan.types import Plan, Role
from muster.engines.plan.world import Holder, World, Yardsticks

UNQUALIFIED = Rule(
    "P719",
    ERROR,
    Text("担任者不具备资格", "A holder without the qualification"),
    Text(
        "{title}（{role}）须具备{qualification}资格，以下单位的担任者或代理人不具备：{units}",
        "{title} ({role}) takes the qualification {qualification}, which a holder or deputy lacks: {units}",
    ),
    Text("培训考核，或改派具备资格的人", "train and examine them, or appoint somebody who has it"),
)
HOLDER_AWAY = Rule(
    "P720",
    WARNING,
    Text("担任者不在岗", "The holder is away"),
    Text(
        "{title}（{role}）的担任者今天休假或缺勤，由代理人顶替：{units}",
        "the holder of {title} ({role}) is on leave or absent today and a deputy stands in: {units}",
    ),
    Text("通知代理人，或召回担任者", "tell the deputy, or call the holder back"),
)
NOBODY_PRESENT = Rule(
    "P721",
    ERROR,
    Text("担任者和代理人都不在岗", "The holder and all deputies are away"),
    Text(
        "{title}（{role}）的担任者和代理人今天都休假或缺勤：{units}",
        "the holder of {title} ({role}) and every deputy are on leave or absent today: {units}",
    ),
    Text("召回其中一人，或任命临时代理人", "call one of them back, or appoint another deputy"),
)
NEEDED_TWICE = Rule(
    "P722",
    ERROR,
    Text("同一人同时要在两处", "One person needed twice at once"),
    Text(
        "今天 {place} 和 {other} 由同一人履职，而条款 {clauses} 在同一级别同时需要两者",
        "one person acts today for {place} and for {other}, and {clauses} need both at the same level",
    ),
    Text("其中一个角色由另一人担任或代理", "let somebody else hold one of the two, or stand in"),
)
RULES = (UNQUALIFIED, HOLDER_AWAY, NOBODY_PRESENT, NEEDED_TWICE)
SHOWN = 5


def units_of_role(role: Role, world: World) -> tuple[str, ...]:
    """The units in which a role is held."""
    return (role.unit,) if role.scope == "unit" else world.units_of(role.scope)


def told(units: list[str]) -> str:
    """Units in a row, no more than fit."""
    more = len(units) - SHOWN
    return ", ".join(units[:SHOWN]) + (f" (+{more})" if more > 0 else "")


def qualified(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P719."""
    for role, units in _held(plan, world):
        if role.qualification and (lacking := [unit for unit, people in units.items() if _lacks(role, people)]):
            title = title_of(role.qualification, "qualification")
            yield UNQUALIFIED.in_role(role, qualification=title, units=told(lacking))


def _lacks(role: Role, people: tuple[Holder, ...]) -> bool:
    return any(role.qualification not in holder.qualifications for holder in people)


def present(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P720 and P721."""
    if world.today is None:
        return
    for role, units in _held(plan, world):
        empty = [unit for unit, people in units.items() if acting(people, world.today) is None]
        if empty:
            yield NOBODY_PRESENT.in_role(role, units=told(empty))
        replaced = [u for u, people in units.items() if u not in empty and people[0].is_away(world.today)]
        if replaced:
            yield HOLDER_AWAY.in_role(role, units=told(replaced))


def acting(people: tuple[Holder, ...], today: date | None) -> Holder | None:
    """The first in order who is not away."""
    return next((holder for holder in people if today is None or not holder.is_away(today)), None)


def needed_twice(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P722: somebody acts in two roles, or for two units, that are needed at a common level."""
    acts: dict[str, list[tuple[Role, str]]] = defaultdict(list)
    for role, units in _held(plan, world):
        for unit, people in units.items():
            if holder := acting(people, world.today):
                acts[holder.person].append((role, unit))
    told_of: set[tuple[str, str]] = set()
    needs = _first_clauses(plan)
    for posts in acts.values():
        for (other, other_unit), (role, unit) in _pairs(posts):
            if (role.id, other.id) in told_of or _same_in_text(role, other):
                continue
            if clauses := _at_a_common_level(needs, role, other):
                told_of.add((role.id, other.id))
                place, elsewhere = (f"{one.id} ({where})" for one, where in ((role, unit), (other, other_unit)))
                yield NEEDED_TWICE.in_role(role, place=place, other=elsewhere, clauses=clauses)


def _pairs(posts: list[tuple[Role, str]]) -> Iterator[tuple[tuple[Role, str], tuple[Role, str]]]:
    """Any two posts of one person, of each role no more than two: a third in a further unit says nothing new."""
    kept: dict[str, list[tuple[Role, str]]] = defaultdict(list)
    for role, unit in posts:
        if len(kept[role.id]) < 2:
            kept[role.id].append((role, unit))
    return combinations([post for of_role in kept.values() for post in of_role], 2)


def _held(plan: Plan, world: World) -> Iterator[tuple[Role, dict[str, tuple[Holder, ...]]]]:
    """Each role with the units in which somebody holds it; where nobody does it is P702."""
    held = world.role_holders
    if held is None:
        return
    for role in plan.roles.values():
        found = {unit: held.get((role.id, unit), ()) for unit in units_of_role(role, world)}
        yield role, {unit: people for unit, people in found.items() if people}


def _first_clauses(plan: Plan) -> dict[str, dict[int, str]]:
    """The first clause of each role at each level; deciding on a level is also to be needed at it."""
    first: dict[str, dict[int, str]] = defaultdict(dict)
    for clause in plan.clauses:
        for level in clause.levels:
            first[clause.actor].setdefault(level, clause.id)
    return first


def _at_a_common_level(needs: dict[str, dict[int, str]], role: Role, other: Role) -> str:
    """Two clauses of two roles that stand at one level, "" where there are none."""
    mine, theirs = needs.get(role.id, {}), needs.get(other.id, {})
    common = sorted(mine.keys() & theirs.keys())
    return ", ".join(dict.fromkeys((theirs[common[0]], mine[common[0]]))) if common else ""


def _same_in_text(role: Role, other: Role) -> bool:
    """The plan itself gives both to one holder: that is P404."""
    return bool(role.holder) and same_person(role.holder) == same_person(other.holder) and role.id != other.id


CHECKS = (qualified, present, needed_twice)
