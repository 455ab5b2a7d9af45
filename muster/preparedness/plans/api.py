"""Plans over HTTP: the same queries and services as the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from muster.engines.plan import json_schema
from muster.engines.plan.difference import diff
from muster.kernel import clock
from muster.kernel.access.actors import actor_behind
from muster.kernel.commands.http import receipt_response
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.checked.api import router as checked
from muster.preparedness.plans.coverage.pages import coverage_facts
from muster.preparedness.plans.documents import views as documents
from muster.preparedness.plans.facts import said_facts
from muster.preparedness.plans.life.api import router as life
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.official.api import router as official
from muster.preparedness.plans.queries.suppressed import said_of
from muster.preparedness.plans.reading import version_or_404
from muster.preparedness.plans.shapes import DONE, DifferenceOut, FindingsOut, ReleaseIn, VersionOut, VersionWithText
from muster.preparedness.plans.stress.api import router as stress
from muster.preparedness.plans.studio.api import router as studio

router = Router()
versions = Router()
for named in (checked, studio, life, official, stress):  # before /{code}/{number}, which takes any two words
    router.add_router("", named)
router.add_router("", versions)


@versions.get("", response=list[VersionOut], url_name="plans_list")
def get_plans(request: HttpRequest) -> list[dict[str, Any]]:
    """Every released version, by plan, the newest first."""
    return [_version_facts(version) for row in queries.plans() for version in row.versions]


@versions.get("/schema", url_name="plans_schema")
def get_schema(request: HttpRequest) -> dict[str, Any]:
    """The JSON Schema of a plan's text."""
    return json_schema()


@versions.post("/versions", response=DONE, url_name="plans_release")
def post_version(request: HttpRequest, release: ReleaseIn) -> HttpResponse:
    """Release a version that was approved outside Muster. Errors: PlanTextInvalid, PlanReleased, VersionTaken,
    TitleTooLong, UnitUnknown, HigherNotReleased."""
    by = actor_behind(request)
    return receipt_response(services.version_release.receive(by=by, text=release.text, name=release.name))


@versions.get("/{code}/difference", response=DifferenceOut, url_name="plans_difference")
def get_difference(request: HttpRequest, code: str, a: str, b: str) -> dict[str, Any]:
    """What changed from version `a` to version `b`."""
    found = diff(queries.plan_of(version_or_404(code, a)), queries.plan_of(version_or_404(code, b)))
    return {
        "added": found.added,
        "removed": found.removed,
        "changed": found.changed,
        "moved": found.moved,
        "head": found.head,
    }


@versions.get("/{code}/{number}", response=VersionWithText, url_name="plans_version")
def get_version(request: HttpRequest, code: str, number: str) -> dict[str, Any]:
    """One version with its text."""
    version = version_or_404(code, number)
    plan = queries.plan_of(version)
    return _version_facts(version) | {
        "text": version.text,
        "clauses": [clause.id for clause in plan.clauses],
        "added": sorted(plan.extension.added) if plan.extension else [],
        "narrowed": plan.extension.narrowed if plan.extension else {},
    }


@versions.get("/{code}/{number}/coverage", url_name="plans_coverage")
def get_coverage(request: HttpRequest, code: str, number: str, as_of: date | None = None) -> dict[str, Any]:
    """Which clauses were tried up to a day, how stale each is (0 to 1), and the smallest exercise that tries most."""
    return coverage_facts(version_or_404(code, number), as_of or clock.today())


@versions.get("/{code}/{number}/findings", response=FindingsOut, url_name="plans_findings")
def get_findings(
    request: HttpRequest, code: str, number: str, as_of: date | None = None, bureau: bool = False
) -> dict[str, Any]:
    """What the checks say about the text; with `bureau`, or a day `as_of`, also about people, stock and places."""
    version = version_or_404(code, number)
    moment = queries.moment_of(as_of) if as_of else queries.last_known() if bureau else None
    world = queries.world_at(moment) if moment else None
    return {
        "plan": version.plan.code,
        "version": version.version,
        "hash": version.hash,
        "as_of": world.today if world else None,
        "findings": [said_facts(one) for one in said_of(version, world)],
    }


@versions.get("/{code}/{number}/clauses.csv", url_name="plans_clauses")
def get_clauses(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """The clauses as CSV: a row each, codes and the words of both languages."""
    return documents.clauses(request, code, number)


@versions.get("/{code}/{number}/package.zip", url_name="plans_package")
def get_package(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Text, content, hash, higher versions and facts of a version, which `muster plan verify` checks anywhere."""
    return documents.package(request, code, number)


def _version_facts(version: PlanVersion) -> dict[str, Any]:
    return {
        "plan": version.plan.code,
        "version": version.version,
        "title_zh": version.title_zh,
        "title_en": version.title_en,
        "hash": version.hash,
        "released_at": version.released_at,
        "unit": version.unit.code if version.unit else None,
        "extends": version.higher.hash if version.higher else None,
    }
