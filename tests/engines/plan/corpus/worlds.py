"""A bureau that suffices for a plan, to be spoiled in one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from muster.engines.plan import Plan
from muster.engines.plan.checks.outside import opened
from muster.engines.plan.checks.protection import items_used
from muster.engines.plan.hashing import clause_hash
from muster.engines.plan.words import PARTNERS, QUALIFICATIONS
from muster.engines.plan.world import Holder, Stressed, World

STATIONS = ("ST-1", "ST-2", "ST-3")
SUB_BUREAUS = ("SB-1",)


def day_of(plan: Plan) -> date:
    """A month after the plan's review."""
    return (plan.reviewed_on or date(2025, 1, 1)) + timedelta(days=30)


def units_of(plan: Plan, scope: str, unit: str) -> tuple[str, ...]:
    return {"unit": (unit,), "station": STATIONS, "sub_bureau": SUB_BUREAUS}[scope]


def sufficient(plan: Plan) -> World:
    """People, stock, partners and practice enough for everything in the plan."""
    today = day_of(plan)
    posts = [(role, unit) for role in plan.roles.values() for unit in units_of(plan, role.scope, role.unit)]
    sources = {need.source[5:] for one in plan.clauses for need in one.people if need.source.startswith("unit:")}
    units = {unit: "office" for _role, unit in posts} | dict.fromkeys(sources, "office")
    units |= dict.fromkeys(STATIONS, "station") | dict.fromkeys(SUB_BUREAUS, "sub_bureau")
    held = {
        (role.id, unit): tuple(
            Holder(f"{role.id}/{unit}/{rank}", frozenset({role.qualification} - {""}))
            for rank in range(1 + max(1, len(role.deputies)))
        )
        for role, unit in posts
    }
    return World(
        today=today,
        people={("HQ", qualification): 5000 for qualification in QUALIFICATIONS},
        units=units,
        holders={role.id: {unit: len(held[role.id, unit]) for one, unit in posts if one is role} for role, _ in posts},
        stock=dict.fromkeys(items_used(plan), 100_000_000),
        liaisons=dict.fromkeys(PARTNERS, 1),
        sites=dict.fromkeys(opened(plan), 4),
        role_holders=held,
        items=frozenset(items_used(plan)),
        contacts_checked=dict.fromkeys(PARTNERS, today),
        acknowledged={partner: frozenset(clause_hash(plan, one) for one in plan.clauses) for partner in PARTNERS},
        exercised={plan.id: {one.id: today for one in plan.clauses}},
        stressed={plan.id: Stressed(plan.hash, today, {}, {})},
    )


def changed(world: World, field: str, key: Any, value: Any) -> World:
    """The world with one entry of one mapping changed; None takes it out."""
    mapping = dict(getattr(world, field))
    if value is None:
        mapping.pop(key, None)
    else:
        mapping[key] = value
    return replace(world, **{field: mapping})
