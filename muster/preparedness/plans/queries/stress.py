"""Stress tests that were asked for, and what they answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from muster.engines.stress import Bureau, Difference, Outcome, RankedRepair, Scenario, Swing, Variant
from muster.kernel import clock
from muster.preparedness.plans.choices import StressState
from muster.preparedness.plans.models import StressProgress, StressResult, StressRun

SHOWN: Final = 100
_ROWS = StressRun.objects.select_related("version__plan", "bureau", "person").defer(
    "bureau__content", "version__text", "scenario", "variants"
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a run answered: the simulation, variants less the plan as it is, repairs ranked, what matters most."""

    outcome: Outcome
    differences: tuple[Difference, ...]
    repairs: tuple[RankedRepair, ...]
    tornado: tuple[Swing, ...]


@dataclass(frozen=True, slots=True)
class HowFar:
    """Share that is done, from 0 to 1, and seconds left; None while nothing is known."""

    share: float | None
    left: float | None


def stress_runs(code: str = "", *, start: int = 0, count: int = SHOWN) -> list[StressRun]:
    """Runs, of one plan or of all, the newest first."""
    rows = _ROWS.filter(version__plan__code=code) if code else _ROWS.all()
    return list(rows[start : start + count])


def stress_run(pk: int) -> StressRun | None:
    """One run with everything that it was asked with, or None."""
    return StressRun.objects.select_related("version__plan", "bureau", "person").filter(pk=pk).first()


def last_stress(version: int) -> StressRun | None:
    """The run of a version that was done last, or None."""
    return _ROWS.filter(version=version, state=StressState.DONE).order_by("-ended_at", "-pk").first()


def how_far(run: StressRun) -> HowFar:
    """How far a running simulation is by what its worker last said."""
    said = StressProgress.objects.filter(run=run).first()
    if said is None or run.begun_at is None:
        return HowFar(None, None)
    gone = (said.heard_at - run.begun_at).total_seconds()
    return HowFar(said.share, gone * (1 - said.share) / said.share if said.share > 0 else None)


def answered(run: StressRun) -> Answered | None:
    """What a run answered; None unless it is done."""
    found = StressResult.objects.filter(run=run).values_list("pk", "hash").first()
    return _read(*found) if found else None


def result_json(run: StressRun) -> tuple[str, str] | None:
    """The stored answer, byte for byte, and its SHA-256; None unless the run is done."""
    return StressResult.objects.filter(run=run).values_list("content", "hash").first()


@lru_cache(maxsize=8)
def _read(pk: int, content_hash: str) -> Answered:
    """A stored answer never changes, so it is read once."""
    del content_hash
    said: Mapping[str, Any] = json.loads(StressResult.objects.values_list("content", flat=True).get(pk=pk))
    return Answered(
        Outcome.from_plain(said["outcome"]),
        tuple(Difference.from_plain(one) for one in said["differences"]),
        tuple(RankedRepair.from_plain(one) for one in said["repairs"]),
        tuple(Swing.from_plain(one) for one in said["tornado"]),
    )


def scenario_of(run: StressRun) -> Scenario:
    """The scenario that a run was asked with."""
    return Scenario.from_plain(run.scenario)


def variants_of(run: StressRun) -> tuple[Variant, ...]:
    """The variants that a run was asked with."""
    return tuple(Variant.from_plain(one) for one in run.variants)


def bureau_of(run: StressRun) -> Bureau:
    """The bureau that a run was asked with."""
    return Bureau.from_json(run.bureau.content)


def runs_to_do(now: datetime, silent_since: datetime) -> list[StressRun]:
    """Runs that wait, and runs whose worker has not been heard of since a moment, the oldest first."""
    waiting = StressRun.objects.filter(state=StressState.WAITING, at__lte=now)
    orphaned = StressRun.objects.filter(state=StressState.RUNNING, begun_at__lt=silent_since).exclude(
        progress__heard_at__gte=silent_since
    )
    return [*orphaned.order_by("at", "pk"), *waiting.order_by("at", "pk")]


def is_wanted(run: StressRun) -> bool:
    """Whether a run is still at work: neither cancelled nor done by another worker."""
    return StressRun.objects.filter(pk=run.pk, state=StressState.RUNNING, attempts=run.attempts).exists()


def today() -> date:
    """The day of the bureau."""
    return clock.today()
