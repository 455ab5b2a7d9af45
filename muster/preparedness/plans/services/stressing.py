"""A version is put under an epidemic: asked for, simulated by a worker, and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from muster.engines.plan import Text
from muster.engines.stress import Bureau, Scenario, StressRefused, Variant, refuse
from muster.engines.stress.changing import changed
from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.texts import stated
from muster.preparedness.plans.choices import StressState
from muster.preparedness.plans.models import BureauSnapshot, PlanVersion, StressProgress, StressResult, StressRun
from muster.preparedness.plans.permits import runs_stress_tests, tests_plans
from muster.preparedness.plans.queries.bureau import bureau_at
from muster.preparedness.plans.queries.versions import plan_of
from muster.preparedness.plans.services.stages import signed
from muster.preparedness.plans.stress_errors import StressImpossible, StressIsOver, StressTooLarge, facts_of

STRESS: Final = "plan-stress"
MOST_REPLICATIONS: Final = 20_000
MOST_VARIANTS: Final = 8
MOST_SEED: Final = 2**32 - 1
NAME: Final = 100  # characters
ATTEMPTS: Final = 3  # a run that its workers did not survive is tried so often
SILENT: Final = timedelta(minutes=5)  # after which a worker is taken for dead; a block of replications takes seconds
DIED: Final = StressRefused(
    Text("模拟进程多次中断，未能完成", "the worker broke off several times"),
    mend=Text(
        "减少重复次数后重新提交；仍然中断的，查看工作进程日志", "ask again with fewer replications, else see the log"
    ),
)


@command("plans.request_stress_test", policy=tests_plans)
def stress_request(
    *,
    by: Actor,
    version: PlanVersion,
    scenario: dict[str, Any],
    data_date: date,
    variants: Sequence[dict[str, Any]] = (),
    replications: int = 1000,
    seed: int = 1,
    title: str = "",
) -> StressRun:
    """Ask for a simulation of a version under `scenario`, with the people and the stock of the end of `data_date`.

    `scenario` and `variants` are the plain values of `engines.stress.Scenario` and `Variant`. Raises StressImpossible
    for what cannot be simulated, StressTooLarge, TextUnreadable.
    """
    if not 1 <= replications <= MOST_REPLICATIONS:
        raise StressTooLarge("replications", MOST_REPLICATIONS)
    if not 0 <= seed <= MOST_SEED:
        raise StressTooLarge("seed", MOST_SEED)
    if len(variants) > MOST_VARIANTS:
        raise StressTooLarge("variants", MOST_VARIANTS)
    bureau = bureau_at(data_date)
    asked, others = _readable(version, bureau, scenario, variants)
    run = StressRun.objects.create(
        version=version,
        plan_hash=version.hash,
        title=stated(title, where="title", longest=NAME),
        scenario=asked.to_plain(),
        variants=[one.to_plain() for one in others],
        bureau=_snapshot(bureau, data_date),
        seed=seed,
        replications=replications,
        **signed(by),
    )
    record(run=run.pk, plan=version.hash, bureau=run.bureau.hash, scenario=asked.digest(), seed=seed)
    _tell(run)
    return run


def _readable(
    version: PlanVersion, bureau: Bureau, scenario: dict[str, Any], variants: Sequence[dict[str, Any]]
) -> tuple[Scenario, list[Variant]]:
    try:
        asked = Scenario.from_plain(scenario)
        others = [Variant.from_plain(one) for one in variants]
        plan = plan_of(version)
        refuse(plan, bureau, asked)
        for one in others:  # what a variant names must be there: now, and not after an hour of waiting
            changed(plan, bureau, asked, one)
    except StressRefused as refused:
        raise StressImpossible(refused) from refused
    return asked, others


def _snapshot(bureau: Bureau, day: date) -> BureauSnapshot:
    content = bureau.to_json().decode()
    digest = bureau.digest()
    return BureauSnapshot.objects.get_or_create(hash=digest, defaults={"as_of": day, "content": content})[0]


@command("plans.cancel_stress_test", policy=tests_plans)
def stress_cancel(*, by: Actor, run: StressRun) -> StressRun:
    """Nobody wants the run any more; its worker stops within seconds. Raises StressIsOver."""
    found = _locked(run)
    if found.is_over:
        raise StressIsOver(str(found))
    return _end(by, found, StressState.CANCELLED)


@command("plans.begin_stress_test", policy=runs_stress_tests)
def stress_begin(*, by: Actor, run: StressRun) -> StressRun:
    """A worker takes a run that waits, or that another worker did not survive; the fourth time it fails.

    Raises StressIsOver where it is over, or another worker is at it.
    """
    found = _locked(run)
    if found.is_over or (found.state == StressState.RUNNING and _alive(found, by)):
        raise StressIsOver(str(found))
    if found.attempts >= ATTEMPTS:
        found.reason = facts_of(DIED)
        return _end(by, found, StressState.FAILED)
    found.state, found.begun_at, found.attempts = StressState.RUNNING, by.now, found.attempts + 1
    found.save(update_fields=["state", "begun_at", "attempts"])
    StressProgress.objects.update_or_create(run=found, defaults={"share": 0.0, "heard_at": by.now})
    record(run=found.pk, attempt=found.attempts)
    _tell(found)
    return found


@command("plans.finish_stress_test", policy=runs_stress_tests)
def stress_finish(*, by: Actor, run: StressRun, content: str, engine: int) -> StressRun:
    """The answer is there. Raises StressIsOver for a run that is not running any more: its answer is not kept."""
    found = _running(run)
    digest = hashlib.sha256(content.encode()).hexdigest()
    StressResult.objects.create(run=found, content=content, hash=digest)
    found.engine = engine
    record(result=digest, engine=engine)
    return _end(by, found, StressState.DONE)


@command("plans.fail_stress_test", policy=runs_stress_tests)
def stress_fail(*, by: Actor, run: StressRun, reason: dict[str, dict[str, str]]) -> StressRun:
    """The engine refused it, or broke. Raises StressIsOver for a run that is not running any more."""
    found = _running(run)
    found.reason = reason
    return _end(by, found, StressState.FAILED)


def _alive(run: StressRun, by: Actor) -> bool:
    said = StressProgress.objects.filter(run=run).first()
    return said is not None and said.heard_at > by.now - SILENT


def _locked(run: StressRun) -> StressRun:
    return StressRun.objects.select_for_update(of=("self",)).get(pk=run.pk)


def _running(run: StressRun) -> StressRun:
    found = _locked(run)
    if found.state != StressState.RUNNING:
        raise StressIsOver(str(found))
    return found


def _end(by: Actor, run: StressRun, state: StressState) -> StressRun:
    run.state, run.ended_at = state, by.now
    run.save(update_fields=["state", "ended_at", "engine", "reason"])
    StressProgress.objects.filter(run=run).delete()
    record(run=run.pk, state=state)
    _tell(run)
    return run


def _tell(run: StressRun) -> None:
    announce(STRESS, {"run": run.pk, "state": run.state})
    announce(f"{STRESS}:{run.pk}", {"state": run.state})
