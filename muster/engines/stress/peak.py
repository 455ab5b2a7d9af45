"""What a plan uses in a day at its highest level with everything open: the measure of "days of an item"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from muster.engines.plan.types import Clause, Plan
from muster.engines.stress.bureau import Bureau


def peak_need(plan: Plan, bureau: Bureau) -> Mapping[str, float]:
    """Units of issue a day, by item, of the clauses of the highest level: each place once, one event of each kind."""
    highest = min((level.number for level in plan.levels), default=1)
    found: dict[str, float] = defaultdict(float)
    for clause in plan.clauses:
        if highest in clause.levels:
            times = _places(clause, bureau)
            for item, quantity in _of_one(plan, clause, bureau).items():
                found[item] += quantity * times
    return dict(found)


def _places(clause: Clause, bureau: Bureau) -> float:
    """Estates are closed where there are cases; a fifth of them at once is much."""
    if clause.scales != "site":
        return 1.0
    count = sum(site.kind == clause.per for site in bureau.sites)
    return count * (0.2 if clause.per == "closed_community" else 1.0)


def _of_one(plan: Plan, clause: Clause, bureau: Bureau) -> Mapping[str, float]:
    shifts = sum(need.count * need.shifts * _units(need.source, bureau) / need.handles for need in clause.people)
    found: dict[str, float] = defaultdict(float)
    standard = plan.standards.get(clause.standard)
    for item, quantity in (standard.per_officer_shift if standard else {}).items():
        found[item] += quantity * shifts
    for supply in clause.supplies:
        found[supply.item] += supply.quantity * (shifts if supply.basis == "officer_shift" else 1.0)
    return found


def _units(source: str, bureau: Bureau) -> int:
    kind = source.removeprefix("each:") if source.startswith("each:") else ""
    return sum(found == kind for found in bureau.units.values()) if kind else 1
