"""The life of a version over HTTP: the same queries and services as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema

from muster.kernel.commands import Actor
from muster.kernel.commands.http import receipt_response
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.life import pages
from muster.preparedness.plans.models import ClauseAnswer, Consultation, Draft
from muster.preparedness.plans.queries.consulting import PartnerRow, consultations_of_partner, partner_row
from muster.preparedness.plans.queries.consulting import consultation as consultation_row
from muster.preparedness.plans.queries.life import Standing, life_facts, standing
from muster.preparedness.plans.queries.reviews import reviews_due

router = Router()


class OpenIn(Schema):
    """A new draft; it begins with `text`, or with that of the version numbered `based_on`, or empty."""

    code: str
    based_on: str = ""
    text: str = ""


class SaveIn(Schema):
    """A text made from revision `base_revision`."""

    base_revision: int
    text: str


class ConsultIn(Schema):
    """Until when the partners may answer."""

    deadline: datetime


class SeenIn(Schema):
    """The hash of the plan that was read."""

    seen: str


class OpinionIn(SeenIn):
    """The written opinion; `outcome` is "passed" or "sent_back"."""

    outcome: str
    advice: str


class AcknowledgeIn(Schema):
    """Clauses as they were read: ids with hashes."""

    clauses: dict[str, str]


class ObjectIn(SeenIn):
    """One clause as it was read, and why not."""

    clause: str
    reason: str


class ReplyIn(Schema):
    """The answer to the objection with this number."""

    objection: int
    reason: str


@router.get("/drafts", url_name="plans_drafts")
def get_drafts(request: HttpRequest) -> list[dict[str, Any]]:
    """Open drafts, the one changed last first."""
    return [_draft_facts(one) for one in queries.drafts()]


@router.post("/drafts", url_name="plans_drafts")
def post_draft(request: HttpRequest, asked: OpenIn) -> HttpResponse:
    """Open a draft; the answer is the receipt."""
    based_on = queries.version(asked.code, asked.based_on) if asked.based_on else None
    if asked.based_on and based_on is None:
        raise Http404
    opened = services.draft_open.receive(by=_by(request), code=asked.code, based_on=based_on, text=asked.text)
    return receipt_response(opened)


@router.get("/drafts/{pk}", url_name="plans_draft")
def get_draft(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One draft with its text, what it waits for, and where each partner stands."""
    found, by = _draft(pk), _by(request)
    where = standing(found, by.now)
    return {
        **_draft_facts(found),
        "text": found.text,
        "plan_hash": where.plan.hash if where.plan else None,
        "waits": list(pages.waits(where, by.now)),
        "approvals": [one.who for one in where.approved],
        "partners": [_part_facts(row) for row in where.partners],
        **_papers(where),
    }


@router.post("/drafts/{pk}/text", url_name="plans_save_draft")
def post_text(request: HttpRequest, pk: int, asked: SaveIn) -> HttpResponse:
    """Save a text; 422 with DraftMoved where somebody saved in between."""
    saved = services.draft_save.receive(
        by=_by(request), draft=_draft(pk), base_revision=asked.base_revision, text=asked.text
    )
    return receipt_response(saved)


@router.post("/drafts/{pk}/consultation", url_name="plans_consult")
def post_consultation(request: HttpRequest, pk: int, asked: ConsultIn) -> HttpResponse:
    """Ask the partners."""
    begun = services.consultation_begin.receive(by=_by(request), draft=_draft(pk), deadline=asked.deadline)
    return receipt_response(begun)


@router.post("/drafts/{pk}/submission", url_name="plans_submit")
def post_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the text to the legal review."""
    return receipt_response(services.legal_submit.receive(by=_by(request), draft=_draft(pk)))


@router.post("/drafts/{pk}/opinion", url_name="plans_opine")
def post_opinion(request: HttpRequest, pk: int, asked: OpinionIn) -> HttpResponse:
    """Give the legal opinion."""
    stated = {"seen": asked.seen, "outcome": asked.outcome, "advice": asked.advice}
    return receipt_response(services.legal_opine.receive(by=_by(request), draft=_draft(pk), **stated))


@router.post("/drafts/{pk}/approval", url_name="plans_approve")
def post_approval(request: HttpRequest, pk: int, asked: SeenIn) -> HttpResponse:
    """Approve exactly the text that was read, as one of two people."""
    return receipt_response(services.draft_approve.receive(by=_by(request), draft=_draft(pk), seen=asked.seen))


@router.post("/drafts/{pk}/release", url_name="plans_release_draft")
def post_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Release a draft that two people approved."""
    return receipt_response(services.draft_release.receive(by=_by(request), draft=_draft(pk)))


@router.post("/drafts/{pk}/reply", url_name="plans_reply")
def post_reply(request: HttpRequest, pk: int, asked: ReplyIn) -> HttpResponse:
    """Answer an objection with reasons."""
    rows = ClauseAnswer.objects.filter(consultation__draft=_draft(pk), pk=asked.objection)
    objection = rows.select_related("consultation__draft").first()
    if objection is None:
        raise Http404
    return receipt_response(services.objection_reply.receive(by=_by(request), objection=objection, reason=asked.reason))


@router.get("/consultations", url_name="plans_consultations")
def get_consultations(request: HttpRequest) -> list[dict[str, Any]]:
    """What the reader's department is asked about: exactly the clauses that name it."""
    by = _by(request)
    found = (consultation_row(one.pk) for one in consultations_of_partner(by.partner_id))
    return [_part_facts(partner_row(one, by.now), texts=True) for one in found if one is not None]


@router.post("/consultations/{pk}/acknowledgements", url_name="plans_acknowledge")
def post_acknowledgement(request: HttpRequest, pk: int, asked: AcknowledgeIn) -> HttpResponse:
    """Acknowledge clauses as they were read, all of them or none."""
    found = _consultation(request, pk)
    given = services.clauses_acknowledge.receive(by=_by(request), consultation=found, clauses=asked.clauses)
    return receipt_response(given)


@router.post("/consultations/{pk}/objections", url_name="plans_object")
def post_objection(request: HttpRequest, pk: int, asked: ObjectIn) -> HttpResponse:
    """Object to one clause as it was read."""
    found = _consultation(request, pk)
    stated = {"clause": asked.clause, "seen": asked.seen, "reason": asked.reason}
    return receipt_response(services.clause_object.receive(by=_by(request), consultation=found, **stated))


@router.get("/reviews", url_name="plans_reviews")
def get_reviews(request: HttpRequest) -> list[dict[str, Any]]:
    """Plans that are to be looked at again, and why."""
    return [
        {
            "plan": one.plan.code,
            "reason": one.reason,
            "source": one.source,
            "note": one.note,
            "clauses": one.clauses,
            "since": one.raised_at,
        }
        for one in reviews_due()
    ]


@router.get("/{code}/{number}/life", url_name="plans_life")
def get_life(request: HttpRequest, code: str, number: str) -> dict[str, Any]:
    """How a version came to be: approvals, acknowledgements, filing, publication."""
    version = queries.version(code, number)
    if version is None:
        raise Http404
    return life_facts(version)


def _by(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _draft(pk: int) -> Draft:
    found = queries.draft(pk)
    if found is None:
        raise Http404
    return found


def _consultation(request: HttpRequest, pk: int) -> Consultation:
    found = consultation_row(pk)
    if found is None or found.partner_id != _by(request).partner_id:
        raise Http404
    return found


def _draft_facts(found: Draft) -> dict[str, Any]:
    return {
        "id": found.pk,
        "plan": found.code,
        "state": found.state,
        "revision": found.revision,
        "based_on": found.based_on.version if found.based_on else None,
        "opened_at": found.opened_at,
        "changed_at": found.changed_at,
    }


def _papers(where: Standing) -> dict[str, Any]:
    kept = [{"kind": one.kind, "name": one.file_name, "sha256": one.sha256} for one in where.attachments]
    return {"papers": kept, "papers_missing": [str(kind) for kind in where.missing]}


def _part_facts(row: PartnerRow, *, texts: bool = False) -> dict[str, Any]:
    clauses = []
    for one in row.asked:
        clause: dict[str, Any] = {"clause": one.clause.id, "hash": one.hash, "status": one.status}
        if texts:
            clause |= {"title_zh": one.clause.title.zh, "title_en": one.clause.title.en}
            clause |= {"text_zh": one.clause.text.zh, "text_en": one.clause.text.en}
        if one.answer is not None:
            clause |= {"answer": one.answer.pk, "reason": one.answer.reason}
        clauses.append(clause)
    return {
        "id": row.consultation.pk,
        "partner": row.consultation.partner.code,
        "deadline": row.consultation.deadline,
        "clauses": clauses,
    }
