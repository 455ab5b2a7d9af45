"""A good plan and a world that suffices for it, and ways to spoil them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from muster.engines.plan import Level, Plan, Role, load_plan
from muster.engines.plan.words import PARTNERS, QUALIFICATIONS, SITE_KINDS
from muster.engines.plan.world import World

PLANS = Path(__file__).resolve().parents[3] / "muster" / "sample" / "plans"
Spoil = Callable[[Plan], Plan]


@cache
def shipped(name: str = "S-PHE-01.yaml") -> Plan:
    """A plan that is delivered with Muster."""
    return load_plan((PLANS / name).read_bytes(), name=name)


def sufficient() -> World:
    """A world in which the shipped plan lacks nothing."""
    plan = shipped()
    units = {role.unit: "office" for role in plan.roles.values() if role.unit}
    units |= {need.source[5:]: "office" for c in plan.clauses for need in c.people if need.source.startswith("unit:")}
    units |= {"SB-ONE": "sub_bureau", "ST-JIANGBEI-01": "station", "ST-DONGHU-01": "station"}
    places = {"unit": [], "sub_bureau": ["SB-ONE"], "station": ["ST-JIANGBEI-01", "ST-DONGHU-01"]}
    return World(
        today=date(2020, 1, 12),
        people={("CMD", qualification): 500 for qualification in QUALIFICATIONS},
        units=units,
        holders={role.id: dict.fromkeys(places[role.scope] or [role.unit], 3) for role in plan.roles.values()},
        stock=dict.fromkeys(plan.reserve_days, 100_000_000),
        liaisons=dict.fromkeys(PARTNERS, 2),
        sites=dict.fromkeys(SITE_KINDS, 2),
    )


def clause(clause_id: str, **changes: Any) -> Spoil:
    """The plan with one clause changed; a change that is a function gets the old value."""

    def spoil(plan: Plan) -> Plan:
        return replace(
            plan,
            clauses=tuple(_changed(one, changes) if one.id == clause_id else one for one in plan.clauses),
        )

    return spoil


def clauses(**changes: Any) -> Spoil:
    """The plan with all its clauses changed."""
    return lambda plan: replace(plan, clauses=tuple(_changed(one, changes) for one in plan.clauses))


def level(number: int, **changes: Any) -> Spoil:
    """The plan with one level changed."""

    def one(found: Level) -> Level:
        return _changed(found, changes) if found.number == number else found

    return lambda plan: replace(plan, levels=tuple(one(found) for found in plan.levels))


def role(role_id: str, **changes: Any) -> Spoil:
    """The plan with one role changed or added."""
    added = Role(role_id, shipped().title, "CMD", "unit", "holder", ("deputy",))
    return lambda plan: replace(plan, roles={**plan.roles, role_id: _changed(plan.roles.get(role_id, added), changes)})


def plan(**changes: Any) -> Spoil:
    """The plan with something changed outside its clauses."""
    return lambda found: _changed(found, changes)


def each(*spoils: Spoil) -> Spoil:
    """Several changes together."""

    def spoil(found: Plan) -> Plan:
        for one in spoils:
            found = one(found)
        return found

    return spoil


def _changed(found: Any, changes: dict[str, Any]) -> Any:
    return replace(
        found,
        **{name: change(getattr(found, name)) if callable(change) else change for name, change in changes.items()},
    )
