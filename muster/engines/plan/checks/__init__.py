"""A plan is checked like source code: for faults in itself, and against the people, stock and places that there are."""

from __future__ import annotations

from typing import Final

from muster.engines.plan.checks import (
    chains,
    clauses,
    copies,
    document,
    extension,
    holders,
    inherited,
    levels,
    order,
    outside,
    protection,
    rights,
    roles,
    stressed,
    triggers,
    upkeep,
)
from muster.engines.plan.findings import Finding, Rule, gravest_first
from muster.engines.plan.types import Plan
from muster.engines.plan.world import YARDSTICKS, World, Yardsticks

_STRUCTURE = (document, clauses, order, chains, levels, triggers, roles, rights, protection, upkeep)
_TEXT_CHECKS = (*(rule for part in _STRUCTURE for rule in part.CHECKS), *outside.STRUCTURE)
_WORLD_CHECKS = (*outside.CHECKS, *holders.CHECKS, *upkeep.OUTSIDE, *stressed.OUTSIDE)
RULES: Final[tuple[Rule, ...]] = tuple(
    rule for part in (*_STRUCTURE, copies, outside, holders, stressed, extension) for rule in part.RULES
)


def check(plan: Plan, world: World | None = None, *, measured: Yardsticks = YARDSTICKS) -> tuple[Finding, ...]:
    """Every fault of `plan`, the gravest first; of a lower plan what is not a fault of the higher one already.

    Parameters
    ----------
    world : what there is; without it only the plan itself is checked.
    measured : what the bureau expects of any plan.
    """
    found = _found(plan, world, measured)
    if plan.extension is not None:
        found = inherited.own(plan, found, inherited.above(plan.extension.higher, world, measured, _found))
        found += [finding for rule in extension.CHECKS for finding in rule(plan, measured)]
    if world is not None:
        found += [finding for rule in extension.OUTSIDE for finding in rule(plan, world, measured)]
    return tuple(sorted(found, key=gravest_first))


def _found(plan: Plan, world: World | None, measured: Yardsticks) -> list[Finding]:
    found = [finding for rule in _TEXT_CHECKS for finding in rule(plan, measured)]
    if world is not None:
        found += [finding for rule in _WORLD_CHECKS for finding in rule(plan, world, measured)]
    return found
