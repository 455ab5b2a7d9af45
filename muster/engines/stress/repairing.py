"""What mends the plan for the least cost, and what matters most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from muster.engines.plan.types import Plan
from muster.engines.stress.bureau import Bureau
from muster.engines.stress.outcome import Answers, RankedRepair, Swing
from muster.engines.stress.running import Progress
from muster.engines.stress.scenario import Scenario
from muster.engines.stress.variant import Variant


def candidates(plan: Plan, bureau: Bureau, answers: Answers) -> tuple[Variant, ...]:
    """Repairs that may help against what ran short: more or cross-trained people, more stock, closed teams."""
    raise NotImplementedError


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
    """Candidates by failures avoided per unit of their cost, the best first; `candidates` of the base run if None."""
    raise NotImplementedError


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
    """Each factor (a path into the scenario) at its low and its high value, the widest swing first."""
    raise NotImplementedError
