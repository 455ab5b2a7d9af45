"""Many replications, in blocks, on one or several processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from joblib import Parallel, delayed

from muster.engines.plan.text import Text, same
from muster.engines.plan.types import Plan
from muster.engines.stress import tiny
from muster.engines.stress.answering import answered
from muster.engines.stress.block import Job, blocks, counted, job_of
from muster.engines.stress.bureau import Bureau
from muster.engines.stress.changing import Changed, changed
from muster.engines.stress.checking import refuse, refuse_figures
from muster.engines.stress.errors import Cancelled, StressRefused
from muster.engines.stress.kernel.tally import Tally, added
from muster.engines.stress.modelling import compiled
from muster.engines.stress.outcome import Outcome
from muster.engines.stress.scenario import Scenario
from muster.engines.stress.variant import Variant

VERSION: Final = 1  # of the simulation: another number may give other figures for the same seed
LARGEST_SEED: Final = 2**63
GROUP: Final = 2  # blocks for each process between two looks at progress


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
    if replications < 1:
        raise StressRefused(Text(f"{replications} 次模拟不成立", f"{replications} replications"), same("replications"))
    if not 0 <= seed < LARGEST_SEED:
        raise StressRefused(
            Text(f"种子 {seed} 不成立", f"{seed} is no seed"), same("seed"), same(f"0 .. {LARGEST_SEED - 1}")
        )
    refuse(plan, bureau, scenario)
    return unchecked(
        plan, bureau, scenario, variants=variants, replications=replications, seed=seed, processes=processes,
        progress=progress, cancelled=cancelled,
    )  # fmt: skip


def unchecked(
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
    """As `simulate`, of a plan that is no whole plan: for those who study one rule at a time."""
    wanted = [Variant("", ()), *variants]
    varied = [changed(plan, bureau, scenario, variant) for variant in wanted]
    for one in varied:
        refuse_figures(one.scenario)
    models = [compiled(one) for one in varied]
    tallies = _counted([job_of(model) for model in models], seed, replications, processes, progress, cancelled)
    answers = tuple(
        answered(model, tally, variant.name, variant.cost, replications)
        for model, tally, variant in zip(models, tallies, wanted, strict=True)
    )
    return Outcome(
        plan.id, plan.hash, bureau.digest(), scenario.digest(), scenario.first_day, scenario.days, replications, seed,
        VERSION, answers,
    )  # fmt: skip


def _counted(
    jobs: Sequence[Job],
    seed: int,
    replications: int,
    processes: int,
    progress: Callable[[Progress], None] | None,
    cancelled: Callable[[], bool] | None,
) -> list[Tally]:
    """The sum over all blocks, by variant; blocks go out in groups, so that somebody may watch and stop it."""
    work = [(which, first, count) for first, count in blocks(replications) for which in range(len(jobs))]
    group = max(processes, 1) * GROUP
    sums: list[Tally | None] = [None] * len(jobs)
    done, total = 0, replications * len(jobs)
    with Parallel(n_jobs=processes) as pool:
        for start in range(0, len(work), group):
            if cancelled is not None and cancelled():
                raise Cancelled
            part = work[start : start + group]
            found = pool(delayed(counted)(jobs[which], seed, first, count) for which, first, count in part)
            for (which, _first, count), tally in zip(part, found, strict=True):
                before = sums[which]
                sums[which] = tally if before is None else added(before, tally)
                done += count
            if progress is not None:
                progress(Progress(done, total))
    return [tally for tally in sums if tally is not None]


def warm_up() -> None:
    """Compile the kernel, or load what was compiled. For set-up and the start of a worker, never within a request."""
    counted(job_of(compiled(Changed(tiny.plan(), tiny.BUREAU, tiny.SCENARIO))), seed=1, first=0, count=1)
