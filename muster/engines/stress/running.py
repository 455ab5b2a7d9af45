"""Many replications, in blocks, on one or several processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from muster.engines.plan.types import Plan
from muster.engines.stress.bureau import Bureau
from muster.engines.stress.checking import refuse
from muster.engines.stress.outcome import Outcome
from muster.engines.stress.scenario import Scenario
from muster.engines.stress.variant import Variant


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a simulation is: replications done of all, over all variants."""

    done: int
    total: int


def simulate(
    plan: Plan,
    bureau: Bureau,
    scenario: Scenario,
    *,
    variants: Sequence[Variant] = (),
    replications: int = 1_000,
    seed: int = 1,
    processes: int = 1,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Outcome:
    """Simulate the plan as it is, then each variant on the same fates.

    Parameters
    ----------
    variants : each is compared with the plan and the bureau as they are; none is built on another.
    replications : of each.
    processes : how many work at once; joblib divides the blocks among them, or hands them to a Dask cluster where its
        "dask" backend is chosen (`joblib.parallel_config`). The outcome is the same to the byte.
    progress : is told after each group of blocks.
    cancelled : is asked then; true ends the simulation.

    Raises
    ------
    StressRefused : for what `refuse` refuses, and for a variant that names what is not there.
    Cancelled : when `cancelled` said so.
    """
    refuse(plan, bureau, scenario)
    raise NotImplementedError


def warm_up() -> None:
    """Compile the kernel, or load what was compiled. For set-up and the start of a worker, never within a request."""
