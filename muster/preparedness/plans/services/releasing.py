"""Everything that changes plans: a text becomes a released version, and stays one."""

from __future__ import annotations

from muster.engines.plan import Plan, PlanInvalid, load_plan
from muster.engines.plan.checks import check
from muster.engines.plan.findings import ERROR
from muster.kernel.commands import Actor, announce, command, record
from muster.preparedness.plans.errors import PlanReleased, PlanTextInvalid, TitleTooLong, VersionTaken
from muster.preparedness.plans.models import ContingencyPlan, PlanVersion
from muster.preparedness.plans.permits import releases_plans

TOPIC = "plans"


@command("plans.release_version", policy=releases_plans)
def version_release(*, by: Actor, text: str, name: str = "") -> PlanVersion:
    """Release a plan's text as a version that nobody can change; `name` is the file's, for messages.

    Faults that the checks find do not hinder it (the version in force is often the one with faults); how many there
    are stands in the audit log. Raises PlanTextInvalid, TitleTooLong, PlanReleased for the same content, VersionTaken.
    """
    loaded = _loaded(text, name)
    refuse_long_title(loaded)
    refuse_again(loaded)
    plan, _created = ContingencyPlan.objects.get_or_create(code=loaded.id)
    version = PlanVersion.objects.create(
        plan=plan,
        version=loaded.version,
        title_zh=loaded.title.zh,
        title_en=loaded.title.en,
        text=text,
        hash=loaded.hash,
        released_at=by.now,
        released_by=by.principal,
    )
    errors = sum(finding.severity == ERROR for finding in check(loaded))
    record(plan=loaded.id, version=loaded.version, hash=loaded.hash, errors=errors)
    announce(TOPIC, {"plan": loaded.id, "version": loaded.version})
    return version


def _loaded(text: str, name: str) -> Plan:
    try:
        return load_plan(text, name=name or "plan")
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
