"""Small plans and bureaus in which one rule at a time can be studied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from muster.engines.assumptions import Assumptions, Places, Strength, Work, Workload
from muster.engines.plan import Clause, Plan
from muster.engines.plan.types import Level
from muster.engines.rostering import Pool
from muster.engines.stress import Absence, Bureau, Deciding, Infection, Partners, Recorded, Reporting, Scenario, Supply
from tests.engines.plan.fate import level, plan_of

FIRST = date(2026, 3, 1)
QUIET = Workload(
    transfers_per_case=0.0, isolations_per_case=0.0, lists_least=0, lists_most=0, inbound_groups_per_port=0.0,
    conflicts_per_post=0.0, passes_per_community=0.0, crimes=0.0, crimes_per_case=0.0, rumours=0.0,
    rumours_per_case=0.0, exposures_per_case=0.0, objections_per_list=0.0,
)  # fmt: skip
WORK = Work(share=(0.5, 0.5), shortest=timedelta(minutes=1))
EVERYBODY = Strength(on_posts={1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0})


def plan(clauses: Iterable[Clause], levels: Iterable[Level] | None = None, **fields: Any) -> Plan:
    """A plan that is at level I from the first case on, and stays there."""
    at_once = [level(1, trigger="local_cases_7d >= 1", held_days=900)]
    return replace(plan_of(list(clauses), at_once if levels is None else levels), **fields)


def bureau(*people: tuple[str, int], **fields: Any) -> Bureau:
    """One unit, U, with so many of each qualification."""
    pools = tuple(Pool("U", frozenset({skill}), count) for skill, count in people)
    return replace(Bureau("U", {"U": "bureau"}, pools, 1_000_000, central="S"), **fields)


def scenario(days: int, **fields: Any) -> Scenario:
    """Nothing happens by chance: a case a day, nobody falls sick, every report comes, decisions take an hour."""
    assumptions = Assumptions(
        workload=fields.pop("workload", QUIET),
        places=fields.pop("places", Places(shares={})),
        work=fields.pop("working", WORK),
        strength=fields.pop("strength", EVERYBODY),
    )
    calm = Scenario(
        FIRST, days, Recorded((1,) * days), absence=Absence(0.0, 0.0), infection=Infection(0.0, 0.0),
        supply=Supply(lead_spread=0.0), partners=Partners(0.0), reporting=Reporting(0, 0.0),
        deciding=Deciding(1.0, 0.0), assumptions=assumptions,
    )  # fmt: skip
    return replace(calm, **fields)


def within(found: float, error: float, expected: float, errors: float = 4.0) -> bool:
    """A mean within so many standard errors of what it should be."""
    return abs(found - expected) <= errors * error + 1e-12


def bernoulli_error(p: float, n: int) -> float:
    """The standard error of a chance, by the true one."""
    return float(np.sqrt(p * (1.0 - p) / n))
