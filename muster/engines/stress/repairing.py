"""What mends the plan for the least cost, and what matters most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from muster.engines.plan.types import Plan
from muster.engines.stress.bureau import Bureau
from muster.engines.stress.changing import units_that_need
from muster.engines.stress.comparing import compare
from muster.engines.stress.outcome import Answers, Estimate, RankedRepair, ShortfallAnswer, Swing
from muster.engines.stress.running import Progress, simulate
from muster.engines.stress.scenario import Scenario
from muster.engines.stress.variant import MorePeople, MoreStock, OtherFigure, OtherWorkMode, Variant


@dataclass(frozen=True, slots=True)
class Costs:
    """What a repair costs, in officer-months: a planning assumption, to be compared and not to be paid."""

    officer: float = 3.0  # somebody more for the time of an emergency
    trained: float = 0.25  # somebody who is there learns it
    stock_day: float = 2.0  # a day's need of one item, bought and kept
    closed_teams: float = 30.0  # lodging and rest of a whole bureau


COSTS: Final = Costs()
STEPS: Final = (20, 60)  # people
DAYS: Final = 14.0
WORST: Final = 4  # qualifications and items that are mended
FACTORS: Final[Mapping[str, tuple[float, float]]] = {
    "absence.peak": (0.10, 0.30),
    "absence.spell_days": (5.0, 15.0),
    "infection.outside": (1.0, 10.0),
    "infection.at_work": (0.02, 0.20),
    "supply.lead_factor": (0.7, 2.0),
    "partners.hours": (0.25, 2.0),
    "reporting.days": (0.0, 3.0),
    "deciding.hours": (1.0, 12.0),
    "cases.scale": (0.5, 2.0),
    "assumptions.workload.transfers_per_case": (2.0, 5.0),
}


def candidates(plan: Plan, bureau: Bureau, answers: Answers, costs: Costs = COSTS) -> tuple[Variant, ...]:
    """Repairs that may help against what ran short: more or cross-trained people, more stock, closed teams."""
    found = []
    needed = (one for one in answers.staff if units_that_need(plan, bureau, one.name))  # elsewhere nobody can come
    for short in worst(tuple(needed)):
        for count in STEPS:
            more = MorePeople(short.name, count)
            found.append(Variant(f"+{count} {short.name}", (more,), count * costs.officer))
            trained = MorePeople(short.name, count, cross_train=True)
            found.append(Variant(f"cross-train {count} {short.name}", (trained,), count * costs.trained))
    for short in worst(answers.stock):
        stock = MoreStock(short.name, DAYS)
        found.append(Variant(f"+{DAYS:g}d {short.name}", (stock,), DAYS * costs.stock_day))
    if answers.force.mode == "open":
        found.append(Variant("closed teams", (OtherWorkMode("closed"),), costs.closed_teams))
    return tuple(found)


def worst(shortfalls: Sequence[ShortfallAnswer]) -> list[ShortfallAnswer]:
    """What runs short, on the most days first."""
    short = [one for one in shortfalls if one.p.mean > 0.0]
    return sorted(short, key=lambda one: (-one.days.mean, one.name))[:WORST]


def repairs(
    plan: Plan,
    bureau: Bureau,
    scenario: Scenario,
    *,
    candidates: Sequence[Variant] | None = None,
    replications: int = 200,
    seed: int = 1,
    processes: int = 1,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[RankedRepair, ...]:
    """Candidates by failures avoided per unit of their cost, the best first; `candidates` of the base run if None.

    A repair without a cost is ranked by what it avoids. Raises what `simulate` raises.
    """
    how: dict[str, Any] = {"seed": seed, "processes": processes, "progress": progress, "cancelled": cancelled}
    if candidates is None:
        base = simulate(plan, bureau, scenario, replications=min(replications, 50), **how).base
        candidates = _candidates(plan, bureau, base)
    outcome = simulate(plan, bureau, scenario, variants=candidates, replications=replications, **how)
    found = []
    for one, variant in zip(compare(outcome.answers), candidates, strict=True):
        avoided = Estimate(-one.failures.mean, one.failures.se)
        by_cost = avoided.mean / variant.cost if variant.cost > 0.0 else avoided.mean
        changes = tuple(variant.to_plain()["changes"])
        found.append(RankedRepair(variant.name, variant.cost, avoided, round(by_cost, 9), changes))
    return tuple(sorted(found, key=lambda repair: (-repair.by_cost, repair.name)))


_candidates = candidates


def tornado(
    plan: Plan,
    bureau: Bureau,
    scenario: Scenario,
    *,
    factors: Mapping[str, tuple[float, float]] | None = None,
    replications: int = 200,
    seed: int = 1,
    processes: int = 1,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Swing, ...]:
    """Each factor (a path into the scenario) at its low and its high value, the widest swing first.

    Without `factors` those of `FACTORS` that the scenario has. Raises what `simulate` raises.
    """
    chosen = {path: ends for path, ends in FACTORS.items() if _has(scenario, path)} if factors is None else factors
    variants = [Variant(f"{path}={end:g}", (OtherFigure(path, end),)) for path, ends in chosen.items() for end in ends]
    outcome = simulate(
        plan, bureau, scenario, variants=variants, replications=replications, seed=seed, processes=processes,
        progress=progress, cancelled=cancelled,
    )  # fmt: skip
    found = compare(outcome.answers)
    swings = [
        Swing(path, low, high, found[2 * i].failures, found[2 * i + 1].failures)
        for i, (path, (low, high)) in enumerate(chosen.items())
    ]
    return tuple(sorted(swings, key=lambda swing: (-swing.width, swing.path)))


def _has(scenario: Scenario, path: str) -> bool:
    at: Any = scenario.to_plain()
    for name in path.split("."):
        at = at.get(name) if isinstance(at, dict) else None
    return at is not None
