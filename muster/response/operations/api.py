"""Operations over HTTP: what runs, its tasks, log and decisions as of any moment, and the commands of the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from muster.kernel.commands.http import receipt_response
from muster.kernel.organisation.models import Area, Site
from muster.kernel.ui.templatetags.ui import bilingual
from muster.preparedness.plans import queries as plans
from muster.response.operations import services
from muster.response.operations.board import tasks as board_tasks
from muster.response.operations.board.moment import moment_of
from muster.response.operations.board.plan import words_of
from muster.response.operations.board.records import log_line
from muster.response.operations.models import Proposal, Task
from muster.response.operations.queries import pages
from muster.response.operations.queries.difference import difference_of
from muster.response.operations.views.filters import task_filter
from muster.response.operations.views.reading import actor, operation_of

if TYPE_CHECKING:
    from muster.preparedness.plans.models import PlanVersion

router = Router()
Code = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00]*$")]
LevelNumber = Annotated[int, Field(ge=1, le=4)]
Declared = Annotated[int, Field(ge=0, le=4)]  # 0 for none


class OperationOut(Schema):
    """An operation; `level` 0 while none is in force."""

    code: str
    mode: str
    state: str
    level: int
    matter_zh: str
    matter_en: str
    level_since: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    expected_until: date


class Paged(Schema):
    """A page of rows; `next` is the cursor of the page after it, empty on the last."""

    rows: list[dict[str, Any]]
    next: str


class OperationsOut(Schema):
    """Operations, the newest first."""

    rows: list[OperationOut]
    next: str


class ActivationIn(Schema):
    """What the first of two people states."""

    plan: Code
    mode: Literal["live", "exercise"]
    area: Code
    level: LevelNumber
    matter_zh: str
    matter_en: str = ""
    expected_until: date
    measures: str
    legal_basis: str
    reason: str
    government_level: Declared = 0
    written_order: str = ""
    government_consent: str = ""


class LevelIn(Schema):
    """Another level; 0 stands the operation down."""

    level: Declared
    reason: str
    ground: str = ""
    government_level: Declared | None = None
    written_order: str = ""
    government_consent: str = ""


class DecisionIn(Schema):
    """The second person's answer; `seen` is the mark of the difference that he was shown."""

    reason: str
    seen: str = ""


class EvidenceIn(Schema):
    """One thing that proves a task."""

    kind: str
    note: str = ""
    file_name: str = ""
    file_sha256: str = ""


class CompletionIn(Schema):
    """The evidence that the clause asks for."""

    evidence: list[EvidenceIn] = []


class ArisingIn(Schema):
    """A request, a case or a batch; `place` is the code of a site, an area or a unit, or empty."""

    kind: Code
    ref: str
    place: Code = ""


class NoteIn(Schema):
    """A line of the log."""

    text_zh: str
    text_en: str = ""


@router.get("", response=OperationsOut, url_name="operations")
def operations(request: HttpRequest, after: str = "") -> dict[str, Any]:
    """All operations, the newest first."""
    page = pages.operation_page(after=after)
    return {"rows": page.rows, "next": page.next}


@router.post("", url_name="operations")
def activate(request: HttpRequest, body: ActivationIn) -> HttpResponse:
    """Propose to activate the latest version of a plan."""
    stated = body.dict(exclude={"plan", "area"})
    version, area = _version(body.plan), get_object_or_404(Area, code=body.area)
    return receipt_response(
        services.activation_propose.receive(by=actor(request), plan_version=version, area=area, **stated)
    )


@router.get("/{code}", response=OperationOut, url_name="operation")
def operation(request: HttpRequest, code: str) -> Any:
    """One operation."""
    return operation_of(code)


@router.get("/{code}/tasks", response=Paged, url_name="operation_tasks")
def tasks(
    request: HttpRequest,
    code: str,
    state: str = "late",
    unit: str = "",
    clause: str = "",
    as_of: str = "",
    after: str = "",
) -> dict[str, Any]:
    """Tasks in one state as of a moment."""
    found = operation_of(code)
    at = moment_of(found, as_of).at
    chosen = task_filter({"state": state, "unit": unit, "clause": clause})
    page = pages.task_page(operation=found, at=at, after=after, **chosen.arguments())
    lines = board_tasks.lines(page.rows, words_of(found.plan_version), at)
    return {"rows": [_task_row(line) for line in lines], "next": page.next}


def _task_row(line: Any) -> dict[str, Any]:
    names = ("pk", "clause", "title", "role", "unit", "place", "state", "due_at")
    return {name: getattr(line, name) for name in names}


@router.get("/{code}/log", response=Paged, url_name="operation_log")
def log(request: HttpRequest, code: str, as_of: str = "", after: str = "") -> dict[str, Any]:
    """The log up to a moment, the newest first."""
    found = operation_of(code)
    page = pages.log_page(operation=found, at=moment_of(found, as_of).at, after=after)
    lines = [log_line(entry) for entry in page.rows]
    rows = [{"at": line.at, "who": line.who, "kind": line.kind, "text": line.text} for line in lines]
    return {"rows": rows, "next": page.next}


@router.post("/{code}/level", url_name="operation_level")
def change_level(request: HttpRequest, code: str, body: LevelIn) -> HttpResponse:
    """Propose another level, or to stand down."""
    found, papers = operation_of(code), body.dict()
    if body.level:
        return receipt_response(services.level_propose.receive(by=actor(request), operation=found, **papers))
    for name in ("level", "written_order"):
        del papers[name]
    return receipt_response(services.stand_down_propose.receive(by=actor(request), operation=found, **papers))


@router.get("/proposals/{pk}", url_name="operation_proposal")
def proposal(request: HttpRequest, pk: int) -> dict[str, Any]:
    """A proposal with what it would change now; its `mark` goes back with the approval."""
    found = _proposal(pk)
    waits = found.outcome == Proposal.Outcome.WAITING
    now = moment_of(found.operation).at
    return {
        "operation": found.operation.code,
        "kind": found.kind,
        "level": found.level,
        "outcome": found.outcome,
        "reason": bilingual(found, "reason"),
        "seen": found.seen,
        "difference": difference_of(proposal=found, at=now).as_json() if waits else found.confirmed,
    }


@router.post("/proposals/{pk}/approve", url_name="operation_proposal_approve")
def approve(request: HttpRequest, pk: int, body: DecisionIn) -> HttpResponse:
    """Confirm exactly what was shown."""
    return receipt_response(
        services.proposal_approve.receive(by=actor(request), proposal=_proposal(pk), reason=body.reason, seen=body.seen)
    )


@router.post("/proposals/{pk}/refuse", url_name="operation_proposal_refuse")
def refuse(request: HttpRequest, pk: int, body: DecisionIn) -> HttpResponse:
    """Refuse, with the reason."""
    return receipt_response(
        services.proposal_refuse.receive(by=actor(request), proposal=_proposal(pk), reason=body.reason)
    )


@router.post("/{code}/tasks/{pk}/acknowledge", url_name="operation_task_acknowledge")
def acknowledge(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The owner takes a task on."""
    return receipt_response(services.task_acknowledge.receive(by=actor(request), task=_task(code, pk)))


@router.post("/{code}/tasks/{pk}/begin", url_name="operation_task_begin")
def begin(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Work begins."""
    return receipt_response(services.task_begin.receive(by=actor(request), task=_task(code, pk)))


@router.post("/{code}/tasks/{pk}/complete", url_name="operation_task_complete")
def complete(request: HttpRequest, code: str, pk: int, body: CompletionIn) -> HttpResponse:
    """A task is closed with its evidence."""
    rows = [services.EvidenceRow(**row.dict()) for row in body.evidence]
    return receipt_response(services.task_complete.receive(by=actor(request), task=_task(code, pk), evidence=rows))


@router.post("/{code}/places/{site}/open", url_name="operation_place_open")
def open_place(request: HttpRequest, code: str, site: str) -> HttpResponse:
    """Open a site for the operation."""
    found = get_object_or_404(Site, code=site)
    return receipt_response(services.place_open.receive(by=actor(request), operation=operation_of(code), site=found))


@router.post("/{code}/places/{site}/close", url_name="operation_place_close")
def close_place(request: HttpRequest, code: str, site: str) -> HttpResponse:
    """Close a site of the operation."""
    found = get_object_or_404(Site, code=site)
    return receipt_response(services.place_close.receive(by=actor(request), operation=operation_of(code), site=found))


@router.post("/{code}/arisings", url_name="operation_arising")
def arising(request: HttpRequest, code: str, body: ArisingIn) -> HttpResponse:
    """Enter a request, a case or a batch."""
    stated = {"kind": body.kind, "ref": body.ref, "place_code": body.place}
    return receipt_response(services.arising_enter.receive(by=actor(request), operation=operation_of(code), **stated))


@router.post("/{code}/notes", url_name="operation_note")
def note(request: HttpRequest, code: str, body: NoteIn) -> HttpResponse:
    """Write a line of one's own in the log."""
    return receipt_response(services.note_write.receive(by=actor(request), operation=operation_of(code), **body.dict()))


def _version(code: str) -> PlanVersion:
    found = plans.latest_version(code)
    if found is None:
        raise Http404
    return found


def _proposal(pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.select_related("operation__plan_version", "operation__area"), pk=pk)


def _task(code: str, pk: int) -> Task:
    found = Task.objects.select_related("operation__plan_version", "place", "unit")
    return get_object_or_404(found, pk=pk, operation__code=code)
