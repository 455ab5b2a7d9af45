"""Somebody answers for leaving a finding as it is: with a reason, until a day, under his own name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.conf import settings

from muster.engines.plan.checks import RULES
from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.commands.content import content_hash
from muster.preparedness.plans.models import Suppression
from muster.preparedness.plans.permits import writes_plans
from muster.preparedness.plans.refusals import DoneAlready
from muster.preparedness.plans.services.stages import refuse_nobody, said, signed
from muster.preparedness.plans.suppression_errors import FindingUnknown, SuppressionTooLong

CHECKS: Final = "plan-checks"
LONGEST: Final = timedelta(days=180)
_RULES: Final = frozenset(rule.id for rule in RULES)


@command("plans.suppress_finding", policy=writes_plans)
def finding_suppress(
    *, by: Actor, code: str, rule: str, content: str, reason: str, until: date, clause: str = "", subject: str = ""
) -> Suppression:
    """Leave a finding of the plan `code` silent until a day (inclusive), as long as its content stays the same.

    `content` is what `finding_content` gave when the finding was read. Raises NobodyKnown for an account without a
    person, WordMissing without a reason, SuppressionTooLong, FindingUnknown for no rule, DoneAlready where the same
    finding is silent already.
    """
    refuse_nobody(by)
    today = by.now.astimezone(settings.BUREAU_ZONE).date()
    if rule not in _RULES or len(content) != 64:
        raise FindingUnknown(code, rule)
    if not today < until <= today + LONGEST:
        raise SuppressionTooLong(f"{code} {rule}", LONGEST.days)
    named = {"code": code, "rule": rule, "clause": clause, "subject": subject, "content": content}
    if Suppression.objects.filter(**named, lifted_at=None, until__gte=today).exists():
        raise DoneAlready(f"{code} {rule} {clause or subject}".strip())
    stated = {"reason": said(reason, f"{code} {rule}"), "since": today, "until": until}
    made = Suppression.objects.create(**named, **stated, **signed(by))
    record(plan=code, rule=rule, clause=clause, subject=subject, until=until, because=content_hash(reason))
    announce(CHECKS, {"plan": code})
    return made


@command("plans.lift_suppression", policy=writes_plans)
def suppression_lift(*, by: Actor, suppression: Suppression) -> Suppression:
    """Let the finding speak again before its time. Raises DoneAlready for one that was lifted."""
    found = Suppression.objects.select_for_update(of=("self",)).get(pk=suppression.pk)
    if found.lifted_at is not None:
        raise DoneAlready(str(found))
    found.lifted_at, found.lifted_by, found.lifted_person_id = by.now, by.principal, by.person_id
    found.save(update_fields=["lifted_at", "lifted_by", "lifted_person"])
    record(plan=found.code, rule=found.rule, clause=found.clause, subject=found.subject)
    announce(CHECKS, {"plan": found.code})
    return found
