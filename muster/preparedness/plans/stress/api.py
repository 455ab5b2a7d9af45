"""Stress tests over HTTP: the same queries and services as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema

from muster.kernel.commands.http import receipt_response
from muster.preparedness.plans import services
from muster.preparedness.plans.models import StressRun
from muster.preparedness.plans.queries.stress import how_far, stress_run, stress_runs
from muster.preparedness.plans.reading import version_or_404
from muster.preparedness.plans.stress import views

router = Router()


class RunOut(Schema):
    """A run: what of, how far (`share` 0 to 1, null unless it is running), `reason` in both languages if it failed."""

    id: int
    plan: str
    version: str
    plan_hash: str
    title: str
    state: str
    share: float | None
    as_of: date
    bureau_hash: str
    seed: int
    replications: int
    engine: int
    asked_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    reason: dict[str, Any]


class RunWithScenario(RunOut):
    """A run with the scenario and the variants that it was asked with."""

    scenario: dict[str, Any]
    variants: list[dict[str, Any]]


class RunIn(Schema):
    """A scenario and variants as the engine writes them; the client sends the id of the command as X-Command-Id."""

    scenario: dict[str, Any]
    data_date: date
    variants: list[dict[str, Any]] = []
    replications: int = 1000
    seed: int = 1
    title: str = ""


@router.get("/stress", response=list[RunOut], url_name="plans_stress_runs")
def get_runs(request: HttpRequest, plan: str = "", start: int = 0) -> list[dict[str, Any]]:
    """Runs of a plan or of all, the newest first, a hundred from `start`."""
    return [_facts(run) for run in stress_runs(plan, start=max(start, 0))]


@router.get("/stress/{pk}", response=RunWithScenario, url_name="plans_stress_run")
def get_run(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One run."""
    found = _run(pk)
    return _facts(found) | {"scenario": found.scenario, "variants": found.variants}


@router.get("/stress/{pk}/result", url_name="plans_stress_result")
def get_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What the run answered, byte for byte as it is kept, its SHA-256 in Repr-Digest; 404 unless it is done."""
    return views.result(request, pk)


@router.post("/stress/{pk}/cancel", url_name="plans_stress_cancel")
def post_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a run that waits or is at work; the answer is the receipt."""
    by = request.actor  # type: ignore[attr-defined]
    return receipt_response(services.stress_cancel.receive(by=by, run=_run(pk)))


@router.post("/{code}/{number}/stress", url_name="plans_stress_request")
def post_run(request: HttpRequest, code: str, number: str, asked: RunIn) -> HttpResponse:
    """Ask for a run of a version; the answer is the receipt, the run is done by a worker."""
    by = request.actor  # type: ignore[attr-defined]
    made = services.stress_request.receive(
        by=by,
        version=version_or_404(code, number),
        scenario=asked.scenario,
        data_date=asked.data_date,
        variants=asked.variants,
        replications=asked.replications,
        seed=asked.seed,
        title=asked.title,
    )
    return receipt_response(made)


def _run(pk: int) -> StressRun:
    found = stress_run(pk)
    if found is None:
        raise Http404
    return found


def _facts(run: StressRun) -> dict[str, Any]:
    return {
        "id": run.pk,
        "plan": run.version.plan.code,
        "version": run.version.version,
        "plan_hash": run.plan_hash,
        "title": run.title,
        "state": run.state,
        "share": None if run.is_over else how_far(run).share,
        "as_of": run.bureau.as_of,
        "bureau_hash": run.bureau.hash,
        "seed": run.seed,
        "replications": run.replications,
        "engine": run.engine,
        "asked_at": run.at,
        "begun_at": run.begun_at,
        "ended_at": run.ended_at,
        "reason": run.reason,
    }
