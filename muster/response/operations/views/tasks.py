"""One task: what it asks for, how far it is, and the three things its owner does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.engines.plan.types import Clause
from muster.kernel.errors import DomainError
from muster.kernel.ui.templatetags.ui import when
from muster.preparedness.plans.queries import title
from muster.response.operations import forms, services
from muster.response.operations.board import tasks as board_tasks
from muster.response.operations.board.moment import require_there
from muster.response.operations.board.plan import PlanWords, words_of
from muster.response.operations.board.shape import TaskLine
from muster.response.operations.models import Task
from muster.response.operations.permits import owns_task
from muster.response.operations.queries.records import evidence_of, waits_for
from muster.response.operations.views.frame import Fact, asked_moment, frame
from muster.response.operations.views.reading import UNPROCESSABLE, actor, told

Work = Callable[[HttpRequest, Task], Any]


@told
def task(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One task of an operation."""
    return render(request, "operations/task.html", _context(request, _task(code, pk)))


@told
def acknowledge(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The owner takes it on."""
    return _worked(request, _task(code, pk), lambda: services.task_acknowledge(by=actor(request), task=_task(code, pk)))


@told
def begin(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Work begins."""
    return _worked(request, _task(code, pk), lambda: services.task_begin(by=actor(request), task=_task(code, pk)))


@told
def complete(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The task is closed with its evidence."""
    found = _task(code, pk)
    form = forms.Completion(request.POST, kinds=_kinds(found))
    if not form.is_valid():
        return render(request, "operations/task.html", _context(request, found) | {"form": form}, status=UNPROCESSABLE)
    evidence = form.evidence()
    return _worked(
        request, found, lambda: services.task_complete(by=actor(request), task=found, evidence=evidence), form
    )


def _worked(
    request: HttpRequest, found: Task, work: Callable[[], Task], form: forms.Completion | None = None
) -> HttpResponse:
    """Back to the task; a problem is shown above what was filled in."""
    try:
        work()
    except DomainError as problem:
        context = _context(request, found) | {"problem": problem}
        return render(request, "operations/task.html", context | ({"form": form} if form else {}), status=UNPROCESSABLE)
    return HttpResponseRedirect(reverse("operations:task", args=[found.operation.code, found.pk]))


def _task(code: str, pk: int) -> Task:
    found = Task.objects.select_related("operation__plan_version", "operation__area", "place", "unit")
    return get_object_or_404(found, pk=pk, operation__code=code)


def _clause(found: Task) -> Clause:
    return words_of(found.operation.plan_version).plan.clause(found.clause_id)


def _kinds(found: Task) -> tuple[str, ...]:
    return _clause(found).evidence


def _context(request: HttpRequest, found: Task) -> dict[str, Any]:
    operation = found.operation
    moment = asked_moment(request, operation)
    words, clause, at = words_of(operation.plan_version), _clause(found), moment.at
    require_there(found.raised_at, moment, f"{found.clause_id} {words.clause(found.clause_id)}")
    line = next(iter(board_tasks.lines([found], words, at)))
    return (
        frame(request, operation, moment)
        | {
            "line": line,
            "text": clause.text.in_language(words.language),
            "steps": _steps(found, at),
            "facts": _facts(found, line, clause, words, at),
            "evidence": [(title(row.kind, "evidence"), row) for row in evidence_of(found, at)],
            "waits_for": [] if moment.is_past else [(key, words.clause(key.clause)) for key in waits_for(found)],
        }
        | {"owner": _owner(line)}
        | _offered(request, found, now=not moment.is_past)
    )


def _offered(request: HttpRequest, found: Task, *, now: bool) -> dict[str, Any]:
    """What the reader may do with it now; the service asks again."""
    mine = now and found.is_open and owns_task(by=actor(request), task=found)
    released = found.released_at is not None
    return {
        "is_anothers": now and found.is_open and not mine,
        "may_acknowledge": mine and found.acknowledged_at is None,
        "may_begin": mine and released and found.begun_at is None,
        "may_complete": mine and released,
        "form": forms.Completion(kinds=_kinds(found)),
    }


def _steps(found: Task, at: datetime) -> list[Fact]:
    """The way of a task as far as it had come by `at`; steps that are still to come have no moment."""
    withdrawn = found.withdrawn_at is not None and found.withdrawn_at <= at
    steps = [
        (_("Raised"), found.raised_at),
        (_("Time runs"), found.released_at),
        (_("Acknowledged"), found.acknowledged_at),
        (_("Begun"), found.begun_at),
        (_("Withdrawn"), found.withdrawn_at) if withdrawn else (_("Done"), found.done_at),
    ]
    return [Fact(title, moment if moment is not None and moment <= at else None) for title, moment in steps]


def _owner(line: TaskLine) -> str:
    return " · ".join(filter(None, [line.role, line.unit]))


def _facts(found: Task, line: TaskLine, clause: Clause, words: PlanWords, at: datetime) -> list[Fact]:
    facts = [
        Fact(_("Owner"), _owner(line)),
        Fact(_("Place"), line.place),
        Fact(_("Due"), when(line.due_at)),
        Fact(_("Evidence asked for"), " · ".join(title(kind, "evidence") for kind in clause.evidence)),
        Fact(_("Ends when"), clause.ends.in_language(words.language)),
        Fact(_("Legal ground"), words.ground(clause.ground)),
    ]
    if line.state == Task.State.WITHDRAWN:
        facts.append(Fact(_("Withdrawn because"), found.get_withdrawn_because_display()))
    if found.late_because and found.late_at is not None and found.late_at <= at:
        facts.append(Fact(_("Held up by"), found.get_late_because_display()))
    return [fact for fact in facts if fact.value]
