"""Everything that changes plans: one function a business action, each a command."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from muster.engines.plan import Plan, load_plan
from muster.engines.plan.errors import PlanInvalid
from muster.kernel.access.roles import PLANS_OFFICER
from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.errors import DomainError
from muster.preparedness.plans.models import ContingencyPlan, PlanVersion

RELEASERS: Final = frozenset({"system", PLANS_OFFICER})
TOPIC: Final = "plans"


class PlanRefused(DomainError):
    """The text is no plan."""


class AlreadyReleased(DomainError):
    """The same content, or another text under the same version, was released before."""


def releases_plans(*, by: Actor, **_: Any) -> bool:
    """Versions are released by plans officers."""
    return not RELEASERS.isdisjoint(by.roles)


@command("plans.version_release", policy=releases_plans)
def version_release(*, by: Actor, text: str, name: str = "") -> PlanVersion:
    """Release a plan's text; from now on it never changes. `name` is the file that it came from.

    Raises PlanRefused (file, line, clause, what was expected), AlreadyReleased.
    """
    plan = _read(text, name)
    _refuse_released(plan)
    owner, _created = ContingencyPlan.objects.get_or_create(code=plan.id)
    version = PlanVersion.objects.create(
        plan=owner,
        version=plan.version,
        title_zh=plan.title.zh,
        title_en=plan.title.en,
        text=text,
        hash=plan.hash,
        released_at=by.now,
        released_by=by.principal,
    )
    record(plan=plan.id, version=plan.version, hash=plan.hash)
    announce(TOPIC, {"plan": plan.id, "version": plan.version})
    return version


def _read(text: str, name: str) -> Plan:
    try:
        return load_plan(text, name=name or "plan")
    except PlanInvalid as invalid:
        first = invalid.problems[0]
        where = f"{first.file}:{first.line}{' ' + first.clause if first.clause else ''}"
        raise PlanRefused(what=first.what, where=where, expected=first.expected, mend=first.mend) from invalid


def _refuse_released(plan: Plan) -> None:
    same = PlanVersion.objects.select_related("plan").filter(hash=plan.hash).first()
    other = PlanVersion.objects.filter(plan__code=plan.id, version=plan.version).first()
    if same is not None or other is not None:
        raise AlreadyReleased(
            what=_("This content was released before.") if same else _("Another text has this version already."),
            where=f"{plan.id} {plan.version}",
            expected=_("a version number of its own for each content"),
            mend=_("Change the version number of the new text."),
        )
