"""Comments at the clauses of a draft over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import StringConstraints

from muster.kernel.access.actors import actor_behind
from muster.kernel.commands.http import receipt_response
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.models import Draft, Remark
from muster.preparedness.plans.queries.remarks import Thread
from muster.preparedness.plans.reading import draft_or_404
from muster.preparedness.plans.shapes import DONE

router = Router()


class CommentOut(Schema):
    """What somebody said, under his service number."""

    id: int
    by: str
    at: datetime
    text: str


class ThreadOut(CommentOut):
    """A comment at a clause ("" for the draft as a whole) with its answers."""

    clause: str
    settled_at: datetime | None
    answers: list[CommentOut]


class CommentIn(Schema):
    """Something said to a clause, to the draft as a whole (no clause), or as an answer to a comment."""

    text: str
    clause: Annotated[str, StringConstraints(max_length=16, pattern=r"^[^\x00]*$")] = ""
    answers: int | None = None


class SettledIn(Schema):
    """Whether nothing is left to be done."""

    settled: bool


@router.get("/drafts/{pk}/comments", response=list[ThreadOut], url_name="plans_comments")
def get_comments(request: HttpRequest, pk: int, clause: str | None = None) -> list[dict[str, Any]]:
    """The threads of a draft, or of one of its clauses; the open ones first."""
    return [_thread_facts(one) for one in queries.threads(draft_or_404(pk), clause)]


@router.post("/drafts/{pk}/comments", response=DONE, url_name="plans_comments")
def post_comment(request: HttpRequest, pk: int, asked: CommentIn) -> HttpResponse:
    """Say something; an answer opens its thread again. Errors: RemarkEmpty, TextUnreadable, DraftAtAnotherStage."""
    draft = draft_or_404(pk)
    thread = _remark(draft, asked.answers) if asked.answers is not None else None
    by = actor_behind(request)
    return receipt_response(
        services.remark_write.receive(by=by, draft=draft, clause=asked.clause, text=asked.text, answers=thread)
    )


@router.post("/drafts/{pk}/comments/{remark}", response=DONE, url_name="plans_settle_comment")
def post_settled(request: HttpRequest, pk: int, remark: int, asked: SettledIn) -> HttpResponse:
    """A thread is settled, or open again. Errors: DraftAtAnotherStage."""
    found = _remark(draft_or_404(pk), remark)
    by = actor_behind(request)
    return receipt_response(services.remark_settle.receive(by=by, remark=found, settled=asked.settled))


def _remark(draft: Draft, pk: int) -> Remark:
    found = queries.remark(draft, pk)
    if found is None:
        raise Http404
    return found


def _thread_facts(thread: Thread) -> dict[str, Any]:
    first = thread.first
    answers = [_facts(one) for one in thread.answers]
    return {**_facts(first), "clause": first.clause, "settled_at": first.settled_at, "answers": answers}


def _facts(one: Remark) -> dict[str, Any]:
    return {"id": one.pk, "by": one.who, "at": one.at, "text": one.text}
