"""What a commander reads first: on which day the plan fails, at which clause, for want of what, and what mends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from muster.engines.plan import Clause, Plan
from muster.engines.stress import Answers, ClauseAnswer, RankedRepair
from muster.preparedness.plans.queries.stress import Answered
from muster.preparedness.plans.stress.wording import binding_in_words, changes_in_words, count, is_sure

HALF, EARLY, LATE = "0.5", "0.05", "0.95"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the simulation as people count: the first is day 1."""

    number: int
    date: date


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair in words; `worth` where what it avoids is more than chance."""

    place: int
    name: str
    cost: float
    avoided: str
    by_cost: float
    worth: bool
    changes: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`day` is None for a plan that never failed; `share` of the replications in which it did, in per cent."""

    day: Day | None
    early: Day | None
    late: Day | None
    share: float
    clause: Clause | None
    clause_share: float
    binding: str
    failures: str
    repair: Repair | None


def day_of(first: date, number: int) -> Day:
    """Day `number` of the engine, counted from 0."""
    return Day(number + 1, first + timedelta(days=number))


def verdict(plan: Plan, found: Answered) -> Verdict:
    """The answers of the plan as it is."""
    base, first = found.outcome.base, found.outcome.first_day
    days = {name: day_of(first, number) for name, number in base.break_day.items()}
    weakest = max(base.breaks_first, key=lambda one: one.share, default=None)
    clauses = {one.id: one for one in plan.clauses}
    return Verdict(
        day=days.get(HALF),
        early=days.get(EARLY),
        late=days.get(LATE),
        share=100 * min(sum(one.share for one in base.breaks_first), 1.0),
        clause=clauses.get(weakest.name) if weakest else None,
        clause_share=100 * weakest.share if weakest else 0.0,
        binding=_binding(base, weakest.name) if weakest else "",
        failures=count(base.failures),
        repair=next((one for one in listed(found.repairs) if one.worth), None),
    )


def _binding(base: Answers, clause: str) -> str:
    answer: ClauseAnswer | None = next((one for one in base.clauses if one.id == clause), None)
    first = max(answer.bindings, key=lambda one: one.share, default=None) if answer else None
    return binding_in_words(first) if first else ""


def listed(ranked: tuple[RankedRepair, ...]) -> list[Repair]:
    """Repairs in their order, in words."""
    return [
        Repair(
            place,
            changes_in_words(one.changes) or one.name,
            one.cost,
            count(one.avoided),
            one.by_cost,
            one.avoided.mean > 0 and is_sure(one.avoided),
            one.changes,
        )
        for place, one in enumerate(ranked)
    ]
