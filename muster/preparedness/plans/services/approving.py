"""The lawyers read a draft, two people with authority approve exactly the same text, and it is released."""

from __future__ import annotations

from muster.kernel.commands import Actor, command, record
from muster.kernel.commands.content import content_hash
from muster.preparedness.plans.choices import DraftState, Opinion, Verdict
from muster.preparedness.plans.models import Approval, Draft, LegalOpinion, PlanVersion
from muster.preparedness.plans.models.approving import PLACES
from muster.preparedness.plans.permits import approves_plans, reviews_law, writes_plans
from muster.preparedness.plans.refusals import DoneAlready, NotApprovedByTwo, SameApprover
from muster.preparedness.plans.services.consulting import refuse_unsettled
from muster.preparedness.plans.services.releasing import version_make
from muster.preparedness.plans.services.stages import (
    OPINION,
    locked,
    move,
    readable,
    refuse_author,
    refuse_nobody,
    refuse_other_text,
    said,
    signed,
    told,
)


@command("plans.give_legal_opinion", policy=reviews_law)
def legal_opine(*, by: Actor, draft: Draft, seen: str, outcome: str, advice: str) -> LegalOpinion:
    """Give the written legal opinion on exactly the plan with hash `seen`: "passed", or "sent_back" to be rewritten.

    Raises DraftAtAnotherStage, NobodyKnown, OwnDraft, TextMoved, WordMissing.
    """
    refuse_nobody(by)
    draft = locked(draft, DraftState.LEGAL_REVIEW)
    refuse_author(by, draft)
    plan = readable(draft)
    refuse_other_text(draft, plan, seen)
    written = said(advice, draft.code, OPINION)
    found = LegalOpinion.objects.create(
        draft=draft,
        revision=draft.revision,
        plan_hash=plan.hash,
        outcome=Opinion(outcome),
        advice=written,
        **signed(by),
    )
    record(outcome=outcome, hash=plan.hash, advice=content_hash(written))
    if outcome == Opinion.PASSED:
        move(by, draft, DraftState.APPROVAL, submission=draft.submission + 1)
    else:
        move(by, draft, DraftState.DRAFT)
    return found


@command("plans.approve_draft", policy=approves_plans)
def draft_approve(*, by: Actor, draft: Draft, seen: str) -> Approval:
    """Approve exactly the plan with hash `seen`, as one of two people, neither of whom wrote any of its texts.

    Raises DraftAtAnotherStage, NobodyKnown, OwnDraft, SameApprover, TextMoved, ConsultationOpen, DoneAlready.
    """
    refuse_nobody(by)
    draft = locked(draft, DraftState.APPROVAL)
    refuse_author(by, draft)
    plan = readable(draft)
    refuse_other_text(draft, plan, seen)
    refuse_unsettled(by, draft)
    given = Approval.objects.filter(draft=draft, submission=draft.submission, verdict=Verdict.APPROVED)
    if any(one.person_id == by.person_id or one.by == by.principal for one in given):
        raise SameApprover(draft.code)
    if len(given) >= len(PLACES):
        raise DoneAlready(draft.code)
    approval = _speak(by, draft, plan.hash, Verdict.APPROVED, place=PLACES[len(given)])
    told(draft)
    return approval


@command("plans.refuse_draft", policy=approves_plans)
def draft_refuse(*, by: Actor, draft: Draft, reason: str) -> Approval:
    """Send a draft back to be rewritten, and say why; an approval that was given counts no more.

    Raises DraftAtAnotherStage, NobodyKnown, SameApprover for who has approved it, WordMissing.
    """
    refuse_nobody(by)
    draft = locked(draft, DraftState.APPROVAL)
    if Approval.objects.filter(draft=draft, submission=draft.submission, person=by.person_id).exists():
        raise SameApprover(draft.code)
    refusal = _speak(by, draft, readable(draft).hash, Verdict.REFUSED, reason=said(reason, draft.code))
    move(by, draft, DraftState.DRAFT)
    return refusal


@command("plans.take_draft_back", policy=writes_plans)
def draft_take_back(*, by: Actor, draft: Draft, reason: str) -> Draft:
    """Take a draft back from consultation, the lawyers or the approvers to write on; the plans office says why.

    Raises DraftAtAnotherStage, WordMissing.
    """
    draft = locked(draft, DraftState.CONSULTATION, DraftState.LEGAL_REVIEW, DraftState.APPROVAL)
    record(reason=content_hash(said(reason, draft.code)))
    move(by, draft, DraftState.DRAFT)
    return draft


@command("plans.release_draft", policy=writes_plans)
def draft_release(*, by: Actor, draft: Draft) -> PlanVersion:
    """Release a draft that two people approved as a version that nobody can change; open reviews are closed by it.

    Raises DraftAtAnotherStage, NotApprovedByTwo, ConsultationOpen, PlanReleased, VersionTaken, TitleTooLong.
    """
    draft = locked(draft, DraftState.APPROVAL)
    plan = readable(draft)
    given = Approval.objects.filter(draft=draft, submission=draft.submission, verdict=Verdict.APPROVED)
    people = {one.person_id for one in given if one.plan_hash == plan.hash}
    if len(people) < len(PLACES):
        raise NotApprovedByTwo(draft.code, len(people))
    refuse_unsettled(by, draft)
    version = version_make(by, plan, draft.text)
    move(by, draft, DraftState.RELEASED, released_as=version)
    return version


def _speak(
    by: Actor, draft: Draft, plan_hash: str, verdict: Verdict, place: int | None = None, reason: str = ""
) -> Approval:
    record(draft=draft.pk, plan=draft.code, hash=plan_hash, verdict=verdict, place=place)
    return Approval.objects.create(
        draft=draft,
        submission=draft.submission,
        revision=draft.revision,
        plan_hash=plan_hash,
        verdict=verdict,
        place=place,
        reason=reason,
        **signed(by),
    )
