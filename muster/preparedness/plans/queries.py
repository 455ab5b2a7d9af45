"""What is read of plans: their versions, and what a version means."""

from __future__ import annotations

from functools import lru_cache

from muster.engines.plan import Plan, load_plan
from muster.preparedness.plans.models import PlanVersion


def latest_version(code: str) -> PlanVersion | None:
    """The version of a plan that was released last."""
    return PlanVersion.objects.select_related("plan").filter(plan__code=code).order_by("-released_at", "-pk").first()


def versions(code: str) -> list[PlanVersion]:
    """All versions of a plan, the newest first."""
    return list(PlanVersion.objects.select_related("plan").filter(plan__code=code).order_by("-released_at", "-pk"))


def versions_to_activate() -> list[PlanVersion]:
    """The latest version of each plan, by the plan's code."""
    found = PlanVersion.objects.select_related("plan").order_by("plan__code", "released_at", "pk")
    return list({version.plan_id: version for version in found}.values())


def plan_of(version: PlanVersion) -> Plan:
    """What a released version means; read once a process, since its text never changes."""
    return _loaded(version.hash, version.pk)


@lru_cache(maxsize=16)
def _loaded(content_hash: str, pk: int) -> Plan:
    version = PlanVersion.objects.select_related("plan").get(pk=pk)
    return load_plan(version.text, name=f"{version.plan.code} {version.version}")
