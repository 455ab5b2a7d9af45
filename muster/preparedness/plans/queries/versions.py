"""Released versions of plans, the newest first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from muster.engines.plan import Plan, load_plan
from muster.preparedness.plans.models import PlanVersion


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan by code with its versions, the newest first; there is always one."""

    code: str
    versions: tuple[PlanVersion, ...]

    @property
    def latest(self) -> PlanVersion:
        """The version that was released last."""
        return self.versions[0]


def plan_of(version: PlanVersion) -> Plan:
    """The plan that a version says; a released text never changes, so a process reads it once."""
    return _loaded(version.hash, version.pk)


@lru_cache(maxsize=64)
def _loaded(content_hash: str, key: int) -> Plan:
    version = PlanVersion.objects.select_related("plan").get(pk=key, hash=content_hash)
    return load_plan(version.text, name=f"{version.plan.code} {version.version}")


def plans() -> list[PlanRow]:
    """All plans by code, with their versions; one statement, without the texts."""
    found: dict[str, list[PlanVersion]] = defaultdict(list)
    for one in PlanVersion.objects.select_related("plan").defer("text").order_by("plan__code", "-released_at", "-id"):
        found[one.plan.code].append(one)
    return [PlanRow(code, tuple(released)) for code, released in found.items()]


def versions(code: str) -> list[PlanVersion]:
    """Versions of one plan, the newest first; empty for a plan that does not exist."""
    return list(_of(code))


def version(code: str, number: str) -> PlanVersion | None:
    """One version of a plan, or None."""
    return _of(code).filter(version=number).first()


def latest_version(code: str) -> PlanVersion | None:
    """The version of a plan that was released last, or None."""
    return _of(code).first()


def _of(code: str) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(plan__code=code).select_related("plan").order_by("-released_at", "-id")


def versions_to_activate() -> list[PlanVersion]:
    """The latest version of each plan, by the plan's code."""
    return [row.latest for row in plans()]


def version_with_hash(content_hash: str) -> PlanVersion | None:
    """The released version with this content, or None."""
    return PlanVersion.objects.filter(hash=content_hash).select_related("plan").first()


def version_of_text(text: str, name: str = "plan") -> PlanVersion | None:
    """The released version with the content of this text, or None. Raises PlanInvalid for what is no plan."""
    return version_with_hash(load_plan(text, name=name).hash)
