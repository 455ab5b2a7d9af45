"""Everything that changes plans: a text becomes a released version, and stays one."""

from __future__ import annotations

from muster.engines.plan import Plan, PlanInvalid, load_plan
from muster.engines.plan.checks import check
from muster.engines.plan.findings import ERROR
from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.commands.content import content_hash
from muster.kernel.organisation.models import Unit
from muster.kernel.texts import stated
from muster.preparedness.plans.errors import (
    HigherNotReleased,
    PlanReleased,
    PlanTextInvalid,
    TitleTooLong,
    UnitUnknown,
    VersionTaken,
)
from muster.preparedness.plans.models import ApprovedElsewhere, ContingencyPlan, PlanVersion, ReviewDue
from muster.preparedness.plans.permits import releases_plans
from muster.preparedness.plans.queries.versions import released_plan, version_with_hash
from muster.preparedness.plans.services.stages import signed

TOPIC = "plans"


@command("plans.release_version", policy=releases_plans)
def version_release(*, by: Actor, text: str, name: str = "", approved_elsewhere: str = "") -> PlanVersion:
    """Release a plan's text as a version that nobody can change; `name` is the file's, for messages.

    This is for the installation and for plans that were approved outside Muster: `approved_elsewhere` says by whom,
    with which document. Whatever is written here goes the way of a draft.

    Faults that the checks find do not hinder it (the version in force is often the one with faults); how many there
    are stands in the audit log. Raises PlanTextInvalid, TitleTooLong, PlanReleased for the same content, VersionTaken.
    """
    version = version_make(by, _loaded(text, name), text)
    if reference := stated(approved_elsewhere, where=version.plan.code, longest=300):
        ApprovedElsewhere.objects.create(version=version, reference=reference, **signed(by))
        record(approved_elsewhere=content_hash(reference))
    return version


def version_make(by: Actor, loaded: Plan, text: str) -> PlanVersion:
    """The version of a text that was loaded; every review of the plan that was due is done with it.

    A lower plan stays bound to the released version that it extends.

    Raises TitleTooLong, PlanReleased, VersionTaken, UnitUnknown, HigherNotReleased.
    """
    refuse_long_title(loaded)
    refuse_again(loaded)
    plan, _created = ContingencyPlan.objects.get_or_create(code=loaded.id)
    version = PlanVersion.objects.create(
        plan=plan,
        version=loaded.version,
        unit=_unit(loaded),
        higher=_higher(loaded),
        title_zh=loaded.title.zh,
        title_en=loaded.title.en,
        text=text,
        hash=loaded.hash,
        released_at=by.now,
        released_by=by.principal,
    )
    due = ReviewDue.objects.filter(plan=plan, closed_at=None, raised_at__lte=by.now)
    due.update(closed_at=by.now, closed_by=by.principal, closed_person=by.person_id, closed_with=version)
    errors = sum(finding.severity == ERROR for finding in check(loaded))
    record(plan=loaded.id, version=loaded.version, hash=loaded.hash, errors=errors)
    announce(TOPIC, {"plan": loaded.id, "version": loaded.version})
    return version


def _unit(loaded: Plan) -> Unit | None:
    unit = Unit.objects.filter(code=loaded.unit, is_active=True).first() if loaded.unit else None
    if loaded.unit and unit is None:
        raise UnitUnknown(loaded.id, loaded.unit)
    return unit


def _higher(loaded: Plan) -> PlanVersion | None:
    if loaded.extension is None:
        return None
    higher = loaded.extension.higher
    version = version_with_hash(higher.hash)
    if version is None:
        raise HigherNotReleased(loaded.id, f"{higher.id} {higher.version}")
    return version


def _loaded(text: str, name: str) -> Plan:
    try:
        return load_plan(text, name=name or "plan", higher=released_plan)
    except PlanInvalid as invalid:
        raise PlanTextInvalid(invalid) from invalid


def refuse_long_title(loaded: Plan) -> None:
    """Raises TitleTooLong."""
    limit = PlanVersion._meta.get_field("title_zh").max_length or 0
    if max(len(loaded.title.zh), len(loaded.title.en)) > limit:
        raise TitleTooLong(loaded.id, limit)


def refuse_again(loaded: Plan) -> None:
    """Raises PlanReleased where this content was released before, VersionTaken where only its number was."""
    same = PlanVersion.objects.filter(hash=loaded.hash).select_related("plan").first()
    if same is not None:
        raise PlanReleased(same.plan.code, same.version)
    if PlanVersion.objects.filter(plan__code=loaded.id, version=loaded.version).exists():
        raise VersionTaken(loaded.id, loaded.version)
