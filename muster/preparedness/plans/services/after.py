"""What follows a release: the version is filed, and its public part is opened to anybody."""

from __future__ import annotations

from datetime import date

from muster.kernel.commands import Actor, announce, command, record
from muster.preparedness.plans.models import Filing, PlanVersion, Publication
from muster.preparedness.plans.permits import writes_plans
from muster.preparedness.plans.queries.public import public_clauses
from muster.preparedness.plans.refusals import DoneAlready, NothingPublic
from muster.preparedness.plans.services.releasing import TOPIC
from muster.preparedness.plans.services.stages import said, signed


@command("plans.file_version", policy=writes_plans)
def version_file(*, by: Actor, version: PlanVersion, number: str, authority: str, day: date) -> Filing:
    """Record that a version was put on file: number, authority, day. Raises DoneAlready, WordMissing."""
    where = _held(version)
    if Filing.objects.filter(version=version).exists():
        raise DoneAlready(where)
    number, authority = said(number, where, 80), said(authority, where, 200)
    filing = Filing.objects.create(version=version, number=number, authority=authority, day=day, **signed(by))
    record(plan=version.plan.code, version=version.version, number=number, day=day)
    announce(TOPIC, {"plan": version.plan.code, "version": version.version})
    return filing


@command("plans.publish_version", policy=writes_plans)
def version_publish(*, by: Actor, version: PlanVersion) -> Publication:
    """Open the clauses of a version that are marked public to anybody. Raises DoneAlready, NothingPublic."""
    where = _held(version)
    if Publication.objects.filter(version=version).exists():
        raise DoneAlready(where)
    clauses = public_clauses(version)
    if not clauses:
        raise NothingPublic(where)
    publication = Publication.objects.create(version=version, **signed(by))
    record(plan=version.plan.code, version=version.version, clauses=[clause.id for clause in clauses])
    announce(TOPIC, {"plan": version.plan.code, "version": version.version})
    return publication


def _held(version: PlanVersion) -> str:
    """The version in words; its row is held, so that a thing is done once."""
    PlanVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    return f"{version.plan.code} {version.version}"
