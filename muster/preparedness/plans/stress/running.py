"""What a worker does with a stress test that waits: compile, simulate, rank repairs, keep the answer."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from muster.engines.plan import Text
from muster.engines.stress import (
    Bureau,
    Cancelled,
    Progress,
    Scenario,
    StressRefused,
    Variant,
    compare,
    repairs,
    simulate,
    tornado,
    warm_up,
)
from muster.engines.stress.changing import changed
from muster.engines.stress.repairing import candidates
from muster.kernel import clock
from muster.kernel.commands import Actor
from muster.preparedness.plans import services
from muster.preparedness.plans.models import StressProgress, StressRun
from muster.preparedness.plans.queries.stress import (
    bureau_of,
    is_wanted,
    runs_to_do,
    scenario_of,
    stress_run,
    variants_of,
)
from muster.preparedness.plans.queries.versions import plan_of
from muster.preparedness.plans.services.stressing import SILENT
from muster.preparedness.plans.stress_errors import StressIsOver, facts_of

RANKED: Final = 100  # replications of each repair and of each end of a swing: enough to rank them
TRIED: Final = 20  # repairs and ends of swings, about: for the time left
BETWEEN: Final = 0.5  # s between two looks at the database while the work goes on
SCHEDULER: Final = "MUSTER_DASK"  # address of a Dask scheduler, such as tcp://10.0.0.7:8786
BROKEN: Final = Text("模拟中断，原因见工作进程日志", "the simulation broke; the log of the worker says why")
AGAIN: Final = Text("重新提交；仍然失败的，报告管理员", "ask again; if it fails again, tell the administrators")
log = logging.getLogger(__name__)


@dataclass
class Watch:
    """Tells how far a run is, and asks whether it is still wanted; both at most twice a second."""

    run: StressRun
    first: float = 0.0
    last: float = 1.0
    _reached: float = field(default=0.0, init=False)
    _looked: float = field(default=0.0, init=False)
    _wanted: bool = field(default=True, init=False)

    def progress(self, made: Progress) -> None:
        """So many replications of this part of the work are done."""
        if self._is_time():
            share = self.first + (self.last - self.first) * made.done / max(made.total, 1)
            self._reached = max(self._reached, min(share, 1.0))  # a part may be done in several goes
            StressProgress.objects.filter(run=self.run).update(share=self._reached, heard_at=clock.now())
            self._wanted = is_wanted(self.run)

    def cancelled(self) -> bool:
        """Whether nobody wants it any more."""
        return not self._wanted

    def _is_time(self) -> bool:
        now = time.monotonic()
        if now - self._looked < BETWEEN:
            return False
        self._looked = now
        return True


def run_waiting() -> int:
    """Do every run that waits, the oldest first; returns how many were done."""
    done = 0
    while found := runs_to_do(clock.now(), clock.now() - SILENT):
        warm_up()
        done += run_one(found[0].pk)
    return done


def run_one(pk: int) -> bool:
    """Do one run; False where another worker has it, or nobody wants it any more."""
    run = stress_run(pk)
    assert run is not None, "a run that waits is there"
    try:
        run = services.stress_begin(by=_muster(), run=run)
        if run.is_over:
            return False
        return _done(run)
    except (Cancelled, StressIsOver):
        return False


def _done(run: StressRun) -> bool:
    try:
        engine, content = _answer(run)
    except StressRefused as refused:
        services.stress_fail(by=_muster(), run=run, reason=facts_of(refused))
        return False
    except (Cancelled, StressIsOver):
        raise
    except Exception:
        log.exception("%s", run)
        services.stress_fail(by=_muster(), run=run, reason=facts_of(StressRefused(BROKEN, mend=AGAIN)))
        return False
    services.stress_finish(by=_muster(), run=run, content=content, engine=engine)
    return True


def _answer(run: StressRun) -> tuple[int, str]:
    """The version of the engine, and everything that it says, as JSON in one stated order."""
    asked = _Asked.of(run)
    few = min(run.replications, RANKED)
    whole, repaired, swung = _watches(run, run.replications * (1 + len(asked.variants)), few * TRIED)
    with _cluster():
        outcome = simulate(
            *asked.inputs,
            variants=asked.variants,
            replications=run.replications,
            **asked.how(whole),
        )
        mends = _possible(asked, candidates(*asked.inputs[:2], outcome.base))
        ranked = repairs(*asked.inputs, candidates=mends, replications=few, **asked.how(repaired))
        swings = tornado(*asked.inputs, replications=few, **asked.how(swung))
    said = {
        "outcome": outcome.to_plain(),
        "differences": [one.to_plain() for one in compare(outcome.answers)],
        "repairs": [one.to_plain() for one in ranked],
        "tornado": [one.to_plain() for one in swings],
    }
    return outcome.version, json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _possible(asked: _Asked, mends: Sequence[Variant]) -> list[Variant]:
    """Without those for which the bureau has no unit: more people are of no use where nobody can be sent."""
    return [one for one in mends if _is_possible(asked, one)]


def _is_possible(asked: _Asked, mend: Variant) -> bool:
    try:
        changed(*asked.inputs, mend)
    except StressRefused:
        return False
    return True


def _watches(run: StressRun, first: int, each: int) -> tuple[Watch, Watch, Watch]:
    """One for each part of the work, by the replications that it takes."""
    whole = first + 2 * each
    ends = (0.0, first / whole, (first + each) / whole, 1.0)
    return Watch(run, ends[0], ends[1]), Watch(run, ends[1], ends[2]), Watch(run, ends[2], ends[3])


@dataclass(frozen=True, slots=True)
class _Asked:
    inputs: tuple[Any, Bureau, Scenario]
    variants: tuple[Variant, ...]
    seed: int

    @classmethod
    def of(cls, run: StressRun) -> _Asked:
        return cls((plan_of(run.version), bureau_of(run), scenario_of(run)), variants_of(run), run.seed)

    def how(self, watch: Watch) -> dict[str, Any]:
        """Seed, processes, and who watches."""
        return {
            "seed": self.seed,
            "processes": os.cpu_count() or 1,
            "progress": watch.progress,
            "cancelled": watch.cancelled,
        }


@contextmanager
def _cluster() -> Iterator[None]:
    """joblib on the Dask cluster that MUSTER_DASK names, else on this machine; the answer is the same to the byte."""
    address = os.environ.get(SCHEDULER, "")
    if not address:
        yield
        return
    from distributed import Client
    from joblib import parallel_config

    with Client(address, set_as_default=True), parallel_config(backend="dask"):
        yield


def _muster() -> Actor:
    return Actor.system("worker")
