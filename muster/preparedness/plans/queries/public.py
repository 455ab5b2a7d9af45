"""The part of a plan that is open to anybody: the clauses marked public of versions that were published."""

from __future__ import annotations

from muster.engines.plan import Clause
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.queries.versions import plan_of


def public_clauses(version: PlanVersion) -> tuple[Clause, ...]:
    """The clauses of a version that are marked public, in the order of the plan."""
    return tuple(clause for clause in plan_of(version).clauses if clause.public)


def published(code: str) -> PlanVersion | None:
    """The published version of a plan that was released last, or None."""
    found = PlanVersion.objects.filter(plan__code=code, publication__isnull=False)
    return found.select_related("plan", "publication").order_by("-released_at", "-id").first()


def published_plans() -> list[PlanVersion]:
    """The published version of each plan that has one, by code."""
    found: dict[str, PlanVersion] = {}
    rows = PlanVersion.objects.filter(publication__isnull=False).select_related("plan", "publication").defer("text")
    for version in rows.order_by("plan__code", "-released_at", "-id"):
        found.setdefault(version.plan.code, version)
    return list(found.values())
