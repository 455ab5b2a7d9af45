"""What was tried of a plan: told by operations while they run, or noted by the plans office after an exercise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from muster.engines.plan.coverage import WAYS
from muster.engines.plan.hashing import clause_hash
from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.organisation.models import Unit
from muster.kernel.texts import stated
from muster.preparedness.plans.models import ClauseUse, PlanVersion
from muster.preparedness.plans.permits import writes_plans
from muster.preparedness.plans.queries.versions import plan_of
from muster.preparedness.plans.refusals import TrialInvalid
from muster.preparedness.plans.services.stages import signed

COVERAGE: Final = "plan-coverage"
LONGEST: Final = 400  # characters


@command("plans.note_exercise", policy=writes_plans)
def exercise_note(
    *, by: Actor, version: PlanVersion, way: str, day: date, clauses: Sequence[str], unit: str = "", note: str = ""
) -> int:
    """Note an exercise that was held outside Muster: which clauses, in which way, by which unit (its code, or
    "" for several); how many are new.

    Raises TrialInvalid for a way, a clause or a unit that does not exist, no clause, or a day that has not come;
    TextUnreadable.
    """
    _refuse(version, way, day, clauses, by)
    said = stated(note, where=_("Note"), longest=LONGEST)
    new = _keep(by, version, clauses, way=way, day=day, unit=_unit(unit), note=said)
    record(version=version.hash, way=way, day=day.isoformat(), clauses=sorted(clauses), new=new)
    announce(COVERAGE, {"version": version.pk})
    return new


def clause_used(*, by: Actor, version: PlanVersion, clause: str, way: str, unit: Unit | None, operation: str) -> None:
    """A task of an operation was done with its evidence: its clause was tried. Only inside a command of operations."""
    day = by.now.astimezone(settings.BUREAU_ZONE).date()
    if _keep(by, version, [clause], way=way, day=day, unit=unit, operation=operation):
        announce(COVERAGE, {"version": version.pk})


def _keep(
    by: Actor,
    version: PlanVersion,
    clauses: Sequence[str],
    *,
    way: str,
    day: date,
    unit: Unit | None,
    operation: str = "",
    note: str = "",
) -> int:
    plan = plan_of(version)
    shared = {"version": version, "way": way, "unit": unit, "day": day, "operation": operation}
    known = set(ClauseUse.objects.filter(**shared, clause__in=clauses).values_list("clause", flat=True))
    rows = [
        ClauseUse(**shared, **signed(by), clause=clause, content=clause_hash(plan, clause), note=note)
        for clause in dict.fromkeys(clauses)
        if clause not in known
    ]
    ClauseUse.objects.bulk_create(rows, ignore_conflicts=True)  # another task of the clause, done at the same moment
    return len(rows)


def _unit(code: str) -> Unit | None:
    if not code:
        return None
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise TrialInvalid(code, _("the code of a unit"))
    return found


def _refuse(version: PlanVersion, way: str, day: date, clauses: Sequence[str], by: Actor) -> None:
    where, plan = f"{version.plan.code} {version.version}", plan_of(version)
    if not clauses:
        raise TrialInvalid(where, _("at least one clause"))
    if way not in WAYS:
        raise TrialInvalid(way, ", ".join(WAYS))
    if day > by.now.astimezone(settings.BUREAU_ZONE).date():
        raise TrialInvalid(day.isoformat(), _("a day that has come"))
    if unknown := [clause for clause in clauses if clause not in plan.by_id]:
        raise TrialInvalid(", ".join(unknown), _("clauses of this version"))
