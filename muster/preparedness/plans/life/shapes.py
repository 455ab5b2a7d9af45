"""What the API of a version's life takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import AwareDatetime

PaperKind = Literal["risk_assessment", "resource_survey", "other"]


class OpenIn(Schema):
    """A new draft; it begins with `text`, with that of the version numbered `based_on`, or empty.

    With a `unit` and neither of them it begins as that unit's plan below the plan in force above it; then `code` may
    be left out.
    """

    code: str = ""
    based_on: str = ""
    text: str = ""
    unit: str = ""


class SaveIn(Schema):
    """A text made from revision `base_revision`."""

    base_revision: int
    text: str


class BooksIn(Schema):
    """Which of Muster's own books, as they stood at the end of which day."""

    kind: Literal["risk_assessment", "resource_survey"]
    day: date


class ConsultIn(Schema):
    """Until when the partners may answer."""

    deadline: AwareDatetime


class AgainIn(ConsultIn):
    """Another deadline for the consultation with this number."""

    consultation: int


class SeenIn(Schema):
    """The hash of the plan that was read."""

    seen: str


class OpinionIn(SeenIn):
    """The written opinion."""

    outcome: Literal["passed", "sent_back"]
    advice: str


class AcknowledgeIn(Schema):
    """Clauses as they were read: ids with hashes."""

    clauses: dict[str, str]


class ObjectIn(SeenIn):
    """One clause as it was read, and why not."""

    clause: str
    reason: str


class BecauseIn(Schema):
    """Why."""

    reason: str


class ReplyIn(BecauseIn):
    """The answer to the objection with this number."""

    objection: int


class FilingIn(Schema):
    """Under which number, with which authority, on which day a version was put on file."""

    number: str
    authority: str
    day: date


class DraftOut(Schema):
    """An open draft; `state` is draft, consultation, legal_review or approval."""

    id: int
    plan: str
    state: str
    unit: str | None
    revision: int
    based_on: str | None
    opened_at: datetime
    changed_at: datetime


class AskedOut(Schema):
    """A clause that names the partner. `status`: waiting, overdue, objected, answered or acknowledged.

    `answer` is the number of what the partner said to this reading last, with its reason.
    """

    clause: str
    hash: str
    status: str
    answer: int | None
    reason: str


class ReadOut(AskedOut):
    """The same with the words of the clause, for who is asked."""

    title_zh: str
    title_en: str
    text_zh: str
    text_en: str


class ConsultationOut(Schema):
    """What one partner is asked about a draft, and until when."""

    id: int
    plan: str
    partner: str
    deadline: datetime


class PartOut(ConsultationOut):
    """One partner's part of a draft."""

    clauses: list[AskedOut]


class MineOut(ConsultationOut):
    """What the reader's own department is asked, with the words."""

    clauses: list[ReadOut]


class PaperOut(Schema):
    """What stands beside a draft; `source` names the books where it is from Muster's own."""

    kind: str
    name: str
    sha256: str
    source: str


class DraftDetailOut(DraftOut):
    """A draft with its text; `plan_hash` is null while that is no plan, `waits` says what it waits for in words."""

    text: str
    plan_hash: str | None
    waits: list[str]
    approvals: list[str]
    partners: list[PartOut]
    papers: list[PaperOut]
    papers_missing: list[str]


class ReviewOut(Schema):
    """A plan that is to be looked at again: why, called for by what, since when."""

    id: int
    plan: str
    reason: str
    source: str
    note: str
    clauses: list[str]
    since: datetime


class LifeOut(Schema):
    """How a version came to be and what became of it: hashes, service numbers, days."""

    approved_elsewhere: str | None
    approvals: list[dict[str, Any]]
    legal_opinion: dict[str, Any] | None
    attachments: list[dict[str, Any]]
    acknowledgements: list[dict[str, Any]]
    filing: dict[str, Any] | None
    published_at: datetime | None
    superseded_by: str | None
