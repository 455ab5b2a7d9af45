"""A plan is to be looked at again: called for by what happened, closed by its next version or a reasoned decision."""

from __future__ import annotations

from collections.abc import Iterable

from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.commands.content import content_hash
from muster.kernel.texts import stated
from muster.preparedness.plans.choices import ReviewReason
from muster.preparedness.plans.models import ContingencyPlan, ReviewDue
from muster.preparedness.plans.permits import calls_reviews, looks_for_reviews, writes_plans
from muster.preparedness.plans.queries.reviews import Call, calls_now
from muster.preparedness.plans.refusals import DoneAlready
from muster.preparedness.plans.services.stages import said

REVIEWS = "plan-reviews"
LONGEST = {"source": 120, "note": 500}


@command("plans.call_review", policy=calls_reviews)
def review_call(
    *, by: Actor, plan: ContingencyPlan, reason: str, source: str, clauses: Iterable[str] = (), note: str = ""
) -> ReviewDue:
    """Say that a plan is due for review: why (a `ReviewReason`), called for by what, which clauses depend on it.

    Called again from the same source nothing is added, and what was decided about it stays decided.
    """
    return _call(by, plan, Call(plan.code, ReviewReason(reason), source, tuple(clauses), note))


@command("plans.look_for_reviews", policy=looks_for_reviews)
def reviews_look(*, by: Actor) -> int:
    """Call for the reviews that plans themselves can see to be due now; returns how many are new."""
    plans = {plan.code: plan for plan in ContingencyPlan.objects.all()}
    before = ReviewDue.objects.count()
    for call in calls_now(by.now):
        _call(by, plans[call.plan], call)
    new = ReviewDue.objects.count() - before
    record(new=new)
    return new


@command("plans.decide_review", policy=writes_plans)
def review_decide(*, by: Actor, review: ReviewDue, reason: str) -> ReviewDue:
    """Decide with reasons that the plan stays as it is. Raises DoneAlready for a closed one, WordMissing."""
    found = ReviewDue.objects.select_for_update(of=("self",)).select_related("plan").get(pk=review.pk)
    if found.closed_at is not None:
        raise DoneAlready(found.plan.code)
    found.closed_because = said(reason, found.plan.code)
    found.closed_at, found.closed_by, found.closed_person_id = by.now, by.principal, by.person_id
    found.save(update_fields=["closed_because", "closed_at", "closed_by", "closed_person"])
    record(plan=found.plan.code, review=found.reason, source=found.source, because=content_hash(reason))
    announce(REVIEWS, {"plan": found.plan.code})
    return found


def _call(by: Actor, plan: ContingencyPlan, call: Call) -> ReviewDue:
    source = stated(call.source, where=plan.code, longest=LONGEST["source"])
    note = stated(call.note, where=plan.code, longest=LONGEST["note"])
    due, new = ReviewDue.objects.get_or_create(
        plan=plan,
        reason=call.reason,
        source=source,
        defaults={
            "note": note,
            "clauses": sorted(call.clauses),
            "raised_at": by.now,
            "raised_by": by.principal,
        },
    )
    if new:
        record(plan=plan.code, reason=call.reason, source=source, clauses=sorted(call.clauses))
        announce(REVIEWS, {"plan": plan.code})
    return due
