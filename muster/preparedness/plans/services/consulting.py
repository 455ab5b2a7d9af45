"""Partners are asked about exactly the clauses that name them, and have the last word on each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from muster.engines.plan import Plan
from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.commands.content import content_hash
from muster.kernel.organisation.models import Partner
from muster.preparedness.plans.choices import REQUIRED, AttachmentKind, DraftState, Stance
from muster.preparedness.plans.models import Attachment, ClauseAnswer, Consultation, Draft, ObjectionReply
from muster.preparedness.plans.permits import answers_for_partner, writes_plans
from muster.preparedness.plans.queries.consulting import (
    OBJECTED,
    Asked,
    consultation_rows,
    is_settled,
    partner_row,
    partners_named,
)
from muster.preparedness.plans.refusals import (
    ClauseNotAsked,
    ConsultationOpen,
    DeadlineWrong,
    DraftIncomplete,
    NoObjectionOpen,
    PartnerNotRegistered,
)
from muster.preparedness.plans.services.stages import (
    CONSULTATIONS,
    locked,
    move,
    readable,
    refuse_nobody,
    said,
    signed,
    told,
)

LONGEST: Final = timedelta(days=366)


@command("plans.begin_consultation", policy=writes_plans)
def consultation_begin(*, by: Actor, draft: Draft, deadline: datetime) -> Draft:
    """Ask each partner that a clause names about exactly its clauses, until `deadline`.

    What a partner acknowledged before and what has not changed since stays acknowledged. Raises DraftAtAnotherStage,
    PlanTextInvalid, PlanCodeDiffers, DraftIncomplete, PartnerNotRegistered, DeadlineWrong.
    """
    draft = locked(draft, DraftState.DRAFT)
    plan = readable(draft)
    refuse_incomplete(draft)
    _refuse_deadline(by, draft.code, deadline)
    for partner in _partners(draft, plan):
        asked, new = Consultation.objects.get_or_create(
            draft=draft, partner=partner, defaults={"opened_at": by.now, "deadline": deadline}
        )
        if not new:
            asked.deadline = deadline
            asked.save(update_fields=["deadline"])
        _tell(asked)
    move(by, draft, DraftState.CONSULTATION)
    return draft


@command("plans.acknowledge_clauses", policy=answers_for_partner)
def clauses_acknowledge(*, by: Actor, consultation: Consultation, clauses: Mapping[str, str]) -> Consultation:
    """A liaison acknowledges clauses as he read them: the clauses' ids with their hashes.

    All of them or none. Raises DraftAtAnotherStage, NobodyKnown, ClauseNotAsked.
    """
    refuse_nobody(by)
    asked = _asked(by, consultation)
    for clause, seen in clauses.items():
        found = _clause(asked, clause, seen)
        if not found.is_settled:
            _answer(by, consultation, found, Stance.ACKNOWLEDGED, "")
    record(acknowledged=sorted(clauses))
    _heard(consultation)
    return consultation


@command("plans.object_to_clause", policy=answers_for_partner)
def clause_object(*, by: Actor, consultation: Consultation, clause: str, seen: str, reason: str) -> ClauseAnswer:
    """A liaison objects to one clause as he read it, and says why.

    Raises DraftAtAnotherStage, NobodyKnown, ClauseNotAsked, WordMissing.
    """
    refuse_nobody(by)
    found = _clause(_asked(by, consultation), clause, seen)
    answer = _answer(by, consultation, found, Stance.OBJECTED, said(reason, clause))
    record(objected=clause)
    _heard(consultation)
    return answer


@command("plans.reply_to_objection", policy=writes_plans)
def objection_reply(*, by: Actor, objection: ClauseAnswer, reason: str) -> ObjectionReply:
    """Answer an objection with reasons and leave the clause as it is; the partner then speaks again.

    Who changes the clause instead saves the draft. Raises DraftAtAnotherStage, NoObjectionOpen, WordMissing.
    """
    consultation = objection.consultation
    asked = _asked(by, consultation)
    if not any(one.answer == objection and one.status == OBJECTED for one in asked.values()):
        raise NoObjectionOpen(objection.clause)
    reply = ObjectionReply.objects.create(objection=objection, reason=said(reason, objection.clause), **signed(by))
    record(draft=consultation.draft_id, partner=consultation.partner.code, replied=objection.clause)
    _tell(consultation)
    told(consultation.draft)
    return reply


@command("plans.move_deadline", policy=writes_plans)
def deadline_move(*, by: Actor, consultation: Consultation, deadline: datetime) -> Consultation:
    """Ask a partner again, with another deadline. Raises DraftAtAnotherStage, DeadlineWrong."""
    draft = locked(consultation.draft, DraftState.CONSULTATION)
    _refuse_deadline(by, draft.code, deadline)
    found = Consultation.objects.select_related("partner").get(pk=consultation.pk)
    record(draft=draft.pk, partner=found.partner.code, was=found.deadline, deadline=deadline)
    found.deadline = deadline
    found.save(update_fields=["deadline"])
    _tell(found)
    told(draft)
    return found


@command("plans.submit_to_law", policy=writes_plans)
def legal_submit(*, by: Actor, draft: Draft) -> Draft:
    """Hand the text to the legal review. Raises DraftAtAnotherStage, PlanTextInvalid, ConsultationOpen."""
    draft = locked(draft, DraftState.CONSULTATION)
    readable(draft)
    refuse_incomplete(draft)
    refuse_unsettled(by, draft)
    move(by, draft, DraftState.LEGAL_REVIEW)
    return draft


def consult_again(by: Actor, draft: Draft) -> None:
    """A text was saved while partners are asked: partners named for the first time are asked as long as the others."""
    plan = readable(draft)
    asked = {row.partner_id: row for row in draft.consultations.select_related("partner")}
    last = max((row.deadline for row in asked.values()), default=by.now + timedelta(days=7))
    deadline = max(last, by.now + timedelta(days=3))
    for partner in _partners(draft, plan):
        if partner.pk not in asked:
            asked[partner.pk] = Consultation.objects.create(
                draft=draft, partner=partner, opened_at=by.now, deadline=deadline
            )
    for row in asked.values():
        _tell(row)


def refuse_incomplete(draft: Draft) -> None:
    """Raises DraftIncomplete while the risk assessment or the resource survey is missing."""
    there = set(Attachment.objects.filter(draft=draft).values_list("kind", flat=True))
    missing = [AttachmentKind(kind).label for kind in REQUIRED if kind not in there]
    if missing:
        raise DraftIncomplete(draft.code, missing)


def refuse_unsettled(by: Actor, draft: Draft) -> None:
    """Raises ConsultationOpen until every partner has acknowledged each of its clauses as it reads now."""
    if not is_settled(draft, by.now):
        open_ones = [row.consultation.partner.code for row in consultation_rows(draft, by.now) if row.open]
        raise ConsultationOpen(draft.code, open_ones)


def _partners(draft: Draft, plan: Plan) -> list[Partner]:
    named = partners_named(plan)
    found = {partner.code: partner for partner in Partner.objects.filter(code__in=named, is_active=True)}
    if unknown := [code for code in named if code not in found]:
        raise PartnerNotRegistered(draft.code, unknown)
    return [found[code] for code in named]


def _asked(by: Actor, consultation: Consultation) -> dict[str, Asked]:
    """The clauses of one consultation by id, with the draft held so that nobody changes the text meanwhile."""
    consultation.draft = locked(consultation.draft, DraftState.CONSULTATION)
    return {one.clause.id: one for one in partner_row(consultation, by.now).asked}


def _clause(asked: Mapping[str, Asked], clause: str, seen: str) -> Asked:
    found = asked.get(clause)
    if found is None or found.hash != seen:
        raise ClauseNotAsked(clause)
    return found


def _answer(by: Actor, consultation: Consultation, asked: Asked, stance: Stance, reason: str) -> ClauseAnswer:
    record(draft=consultation.draft_id, partner=consultation.partner.code, reason=content_hash(reason))
    return ClauseAnswer.objects.create(
        consultation=consultation,
        clause=asked.clause.id,
        clause_hash=asked.hash,
        stance=stance,
        reason=reason,
        **signed(by),
    )


def _heard(consultation: Consultation) -> None:
    """A partner has spoken: the plans office is told, and so are the partner's other liaisons."""
    _tell(consultation)
    told(consultation.draft)


def _tell(consultation: Consultation) -> None:
    announce(CONSULTATIONS, {"partner": consultation.partner.code, "consultation": consultation.pk})


def _refuse_deadline(by: Actor, code: str, deadline: datetime) -> None:
    if not by.now < deadline <= by.now + LONGEST:
        raise DeadlineWrong(code)
