"""The life of a version over HTTP: the same queries and services as the pages.

Who may not see a thing gets 404, as for a thing that there is not. A command that cannot be done answers 422 with the
name of the error in `code`; each route names its own.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from muster.kernel.access.actors import actor_behind
from muster.kernel.commands.http import receipt_response
from muster.kernel.organisation.models import Unit
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.life import pages, shapes
from muster.preparedness.plans.models import ClauseAnswer, Consultation, Draft
from muster.preparedness.plans.queries.consulting import Asked, PartnerRow, consultations_of_partner, partner_row
from muster.preparedness.plans.queries.consulting import consultation as consultation_row
from muster.preparedness.plans.queries.life import Standing, life_facts, standing
from muster.preparedness.plans.queries.reviews import review, reviews_due
from muster.preparedness.plans.reading import draft_or_404, version_or_404
from muster.preparedness.plans.shapes import DONE
from muster.preparedness.plans.studio.beginning import opening_of

router = Router()


@router.get("/drafts", response=list[shapes.DraftOut], url_name="plans_drafts")
def get_drafts(request: HttpRequest) -> list[dict[str, Any]]:
    """Open drafts, the one changed last first."""
    return [_draft_facts(one) for one in queries.drafts()]


@router.post("/drafts", response=DONE, url_name="plans_drafts")
def post_draft(request: HttpRequest, asked: shapes.OpenIn) -> HttpResponse:
    """Open a draft. Errors: DraftCodeWrong, DraftExists, DraftTooLarge, DraftUnreadable."""
    based_on = version_or_404(asked.code, asked.based_on) if asked.based_on else None
    unit = Unit.objects.filter(code=asked.unit).first() if asked.unit else None
    if asked.unit and unit is None:
        raise Http404
    if asked.text or unit is None or based_on is not None:
        begun: dict[str, Any] = {"code": asked.code, "unit": unit, "based_on": based_on, "text": asked.text}
    else:
        begun = opening_of(unit, asked.code)
    return receipt_response(services.draft_open.receive(by=actor_behind(request), **begun))


@router.get("/drafts/{pk}", response=shapes.DraftDetailOut, url_name="plans_draft")
def get_draft(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One draft with its text, what it waits for, and where each partner stands."""
    found, now = draft_or_404(pk), actor_behind(request).now
    where = standing(found, now)
    return {
        **_draft_facts(found),
        "text": found.text,
        "plan_hash": where.plan.hash if where.plan else None,
        "waits": list(pages.waits(where, now)),
        "approvals": [one.who for one in where.approved],
        "partners": [_part_facts(row) for row in where.partners],
        **_papers(where),
    }


@router.post("/drafts/{pk}/text", response=DONE, url_name="plans_save_draft")
def post_text(request: HttpRequest, pk: int, asked: shapes.SaveIn) -> HttpResponse:
    """Save a text. Errors: DraftMoved where somebody saved in between, DraftAtAnotherStage, DraftTooLarge,
    DraftUnreadable; while partners are asked PlanTextInvalid, PlanCodeDiffers, PartnerNotRegistered."""
    stated: dict[str, Any] = {"base_revision": asked.base_revision, "text": asked.text}
    return receipt_response(services.draft_save.receive(by=actor_behind(request), draft=draft_or_404(pk), **stated))


@router.post("/drafts/{pk}/papers", response=DONE, url_name="plans_attach")
def post_paper(request: HttpRequest, pk: int, kind: Form[shapes.PaperKind], file: File[UploadedFile]) -> HttpResponse:
    """Put a document beside a draft. Errors: AttachmentWrong, DoneAlready, DraftAtAnotherStage."""
    stated = {"kind": kind, "file_name": file.name or "", "content": file.read()}
    attached = services.document_attach.receive(by=actor_behind(request), draft=draft_or_404(pk), **stated)
    return receipt_response(attached)


@router.post("/drafts/{pk}/books", response=DONE, url_name="plans_attach_books")
def post_books(request: HttpRequest, pk: int, asked: shapes.BooksIn) -> HttpResponse:
    """Put beside a draft what Muster itself knew on a day. Errors: DoneAlready, DraftAtAnotherStage."""
    by, draft = actor_behind(request), draft_or_404(pk)
    return receipt_response(services.books_attach.receive(by=by, draft=draft, kind=asked.kind, day=asked.day))


@router.post("/drafts/{pk}/consultation", response=DONE, url_name="plans_consult")
def post_consultation(request: HttpRequest, pk: int, asked: shapes.ConsultIn) -> HttpResponse:
    """Ask the partners. Errors: DraftAtAnotherStage, DraftIncomplete, PlanTextInvalid, PlanCodeDiffers,
    PartnerNotRegistered, DeadlineWrong."""
    by, draft = actor_behind(request), draft_or_404(pk)
    return receipt_response(services.consultation_begin.receive(by=by, draft=draft, deadline=asked.deadline))


@router.post("/drafts/{pk}/deadline", response=DONE, url_name="plans_move_deadline")
def post_deadline(request: HttpRequest, pk: int, asked: shapes.AgainIn) -> HttpResponse:
    """Ask one partner again, with another deadline. Errors: DeadlineWrong, DraftAtAnotherStage."""
    found = Consultation.objects.filter(draft=draft_or_404(pk), pk=asked.consultation).select_related("draft").first()
    if found is None:
        raise Http404
    by = actor_behind(request)
    return receipt_response(services.deadline_move.receive(by=by, consultation=found, deadline=asked.deadline))


@router.post("/drafts/{pk}/reply", response=DONE, url_name="plans_reply")
def post_reply(request: HttpRequest, pk: int, asked: shapes.ReplyIn) -> HttpResponse:
    """Answer an objection with reasons. Errors: NoObjectionOpen, WordMissing, DraftAtAnotherStage."""
    rows = ClauseAnswer.objects.filter(consultation__draft=draft_or_404(pk), pk=asked.objection)
    objection = rows.select_related("consultation__draft", "consultation__partner").first()
    if objection is None:
        raise Http404
    by = actor_behind(request)
    return receipt_response(services.objection_reply.receive(by=by, objection=objection, reason=asked.reason))


@router.post("/drafts/{pk}/submission", response=DONE, url_name="plans_submit")
def post_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the text to the legal review. Errors: ConsultationOpen, DraftIncomplete, DraftAtAnotherStage."""
    return receipt_response(services.legal_submit.receive(by=actor_behind(request), draft=draft_or_404(pk)))


@router.post("/drafts/{pk}/opinion", response=DONE, url_name="plans_opine")
def post_opinion(request: HttpRequest, pk: int, asked: shapes.OpinionIn) -> HttpResponse:
    """Give the legal opinion. Errors: TextMoved, OwnDraft, NobodyKnown, WordMissing, DraftAtAnotherStage."""
    stated = {"seen": asked.seen, "outcome": asked.outcome, "advice": asked.advice}
    return receipt_response(services.legal_opine.receive(by=actor_behind(request), draft=draft_or_404(pk), **stated))


@router.post("/drafts/{pk}/approval", response=DONE, url_name="plans_approve")
def post_approval(request: HttpRequest, pk: int, asked: shapes.SeenIn) -> HttpResponse:
    """Approve exactly the text that was read, as one of two people. Errors: TextMoved, OwnDraft, SameApprover,
    NobodyKnown, ConsultationOpen, DoneAlready, DraftAtAnotherStage."""
    by, draft = actor_behind(request), draft_or_404(pk)
    return receipt_response(services.draft_approve.receive(by=by, draft=draft, seen=asked.seen))


@router.post("/drafts/{pk}/refusal", response=DONE, url_name="plans_refuse")
def post_refusal(request: HttpRequest, pk: int, asked: shapes.BecauseIn) -> HttpResponse:
    """Send a draft that awaits approval back, with reasons. Errors: SameApprover, WordMissing, NobodyKnown,
    DraftAtAnotherStage."""
    by, draft = actor_behind(request), draft_or_404(pk)
    return receipt_response(services.draft_refuse.receive(by=by, draft=draft, reason=asked.reason))


@router.post("/drafts/{pk}/return", response=DONE, url_name="plans_take_back")
def post_return(request: HttpRequest, pk: int, asked: shapes.BecauseIn) -> HttpResponse:
    """Take a draft back to write on, with reasons. Errors: WordMissing, DraftAtAnotherStage."""
    by, draft = actor_behind(request), draft_or_404(pk)
    return receipt_response(services.draft_take_back.receive(by=by, draft=draft, reason=asked.reason))


@router.post("/drafts/{pk}/withdrawal", response=DONE, url_name="plans_withdraw")
def post_withdrawal(request: HttpRequest, pk: int, asked: shapes.BecauseIn) -> HttpResponse:
    """Give a draft up; its texts stay readable. Errors: DraftAtAnotherStage."""
    by, draft = actor_behind(request), draft_or_404(pk)
    return receipt_response(services.draft_withdraw.receive(by=by, draft=draft, reason=asked.reason))


@router.post("/drafts/{pk}/release", response=DONE, url_name="plans_release_draft")
def post_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Release a draft that two people approved. Errors: NotApprovedByTwo, ConsultationOpen, PlanReleased, VersionTaken,
    TitleTooLong, UnitUnknown, HigherNotReleased, DraftAtAnotherStage."""
    return receipt_response(services.draft_release.receive(by=actor_behind(request), draft=draft_or_404(pk)))


@router.get("/consultations", response=list[shapes.MineOut], url_name="plans_consultations")
def get_consultations(request: HttpRequest) -> list[dict[str, Any]]:
    """What the reader's department is asked about: exactly the clauses that name it."""
    by = actor_behind(request)
    return [_part_facts(partner_row(one, by.now)) for one in consultations_of_partner(by.partner_id)]


@router.post("/consultations/{pk}/acknowledgements", response=DONE, url_name="plans_acknowledge")
def post_acknowledgement(request: HttpRequest, pk: int, asked: shapes.AcknowledgeIn) -> HttpResponse:
    """Acknowledge clauses as they were read, all of them or none. Errors: ClauseNotAsked, NobodyKnown,
    DraftAtAnotherStage."""
    by, found = actor_behind(request), _consultation(request, pk)
    return receipt_response(services.clauses_acknowledge.receive(by=by, consultation=found, clauses=asked.clauses))


@router.post("/consultations/{pk}/objections", response=DONE, url_name="plans_object")
def post_objection(request: HttpRequest, pk: int, asked: shapes.ObjectIn) -> HttpResponse:
    """Object to one clause as it was read. Errors: ClauseNotAsked, WordMissing, NobodyKnown, DraftAtAnotherStage."""
    stated = {"clause": asked.clause, "seen": asked.seen, "reason": asked.reason}
    by, found = actor_behind(request), _consultation(request, pk)
    return receipt_response(services.clause_object.receive(by=by, consultation=found, **stated))


@router.get("/reviews", response=list[shapes.ReviewOut], url_name="plans_reviews")
def get_reviews(request: HttpRequest) -> list[dict[str, Any]]:
    """Plans that are to be looked at again, and why."""
    return [
        {
            "id": one.pk,
            "plan": one.plan.code,
            "reason": one.reason,
            "source": one.source,
            "note": one.note,
            "clauses": one.clauses,
            "since": one.raised_at,
        }
        for one in reviews_due()
    ]


@router.post("/reviews/{pk}/decision", response=DONE, url_name="plans_decide_review")
def post_decision(request: HttpRequest, pk: int, asked: shapes.BecauseIn) -> HttpResponse:
    """Decide with reasons that the plan stays as it is. Errors: DoneAlready, WordMissing."""
    found = review(pk)
    if found is None:
        raise Http404
    by = actor_behind(request)
    return receipt_response(services.review_decide.receive(by=by, review=found, reason=asked.reason))


@router.get("/{code}/{number}/life", response=shapes.LifeOut, url_name="plans_life")
def get_life(request: HttpRequest, code: str, number: str) -> dict[str, Any]:
    """How a version came to be: approvals, acknowledgements, filing, publication."""
    return life_facts(version_or_404(code, number))


@router.post("/{code}/{number}/filing", response=DONE, url_name="plans_file")
def post_filing(request: HttpRequest, code: str, number: str, asked: shapes.FilingIn) -> HttpResponse:
    """Record that a version was put on file. Errors: DoneAlready, WordMissing."""
    stated: dict[str, Any] = {"number": asked.number, "authority": asked.authority, "day": asked.day}
    by, version = actor_behind(request), version_or_404(code, number)
    return receipt_response(services.version_file.receive(by=by, version=version, **stated))


@router.post("/{code}/{number}/publication", response=DONE, url_name="plans_publish")
def post_publication(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Open the clauses of a version that are marked public to anybody. Errors: DoneAlready, NothingPublic."""
    by, version = actor_behind(request), version_or_404(code, number)
    return receipt_response(services.version_publish.receive(by=by, version=version))


def _consultation(request: HttpRequest, pk: int) -> Consultation:
    found = consultation_row(pk)
    if found is None or found.partner_id != actor_behind(request).partner_id:
        raise Http404
    return found


def _draft_facts(found: Draft) -> dict[str, Any]:
    return {
        "id": found.pk,
        "plan": found.code,
        "state": found.state,
        "unit": found.unit.code if found.unit else None,
        "revision": found.revision,
        "based_on": found.based_on.version if found.based_on else None,
        "opened_at": found.opened_at,
        "changed_at": found.changed_at,
    }


def _papers(where: Standing) -> dict[str, Any]:
    kept = [
        {"kind": one.kind, "name": one.file_name, "sha256": one.sha256, "source": one.source}
        for one in where.attachments
    ]
    return {"papers": kept, "papers_missing": [str(kind) for kind in where.missing]}


def _part_facts(row: PartnerRow) -> dict[str, Any]:
    return {
        "id": row.consultation.pk,
        "plan": row.consultation.draft.code,
        "partner": row.consultation.partner.code,
        "deadline": row.consultation.deadline,
        "clauses": [_asked_facts(one) for one in row.asked],
    }


def _asked_facts(one: Asked) -> dict[str, Any]:
    """With the words of the clause, which the shape of the answer leaves out where they are not asked for."""
    return {
        "clause": one.clause.id,
        "hash": one.hash,
        "status": one.status,
        "answer": one.answer.pk if one.answer else None,
        "reason": one.answer.reason if one.answer else "",
        "title_zh": one.clause.title.zh,
        "title_en": one.clause.title.en,
        "text_zh": one.clause.text.zh,
        "text_en": one.clause.text.en,
    }
