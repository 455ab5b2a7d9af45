"""One task: what it asks for, how far it is, and the three things its owner does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.engines.plan.types import Clause
from muster.kernel.errors import DomainError
from muster.preparedness.plans.queries import title
from muster.response.operations import forms, services
from muster.response.operations.board import tasks as board_tasks
from muster.response.operations.board.moment import moment_of
from muster.response.operations.board.plan import PlanWords, words_of
from muster.response.operations.models import Task
from muster.response.operations.permits import owns_task
from muster.response.operations.queries.records import waits_for
from muster.response.operations.views.frame import Fact, frame
from muster.response.operations.views.reading import UNPROCESSABLE, actor, operation_of, told

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
    operation = operation_of(found.operation.code)
    at = moment_of(operation, request.GET.get("as_of", "")).at
    words, clause = words_of(operation.plan_version), _clause(found)
    line = next(iter(board_tasks.lines([found], words, at)))
    return (
        frame(request, operation)
        | {
            "line": line,
            "text": clause.text.in_language(words.language),
            "steps": _steps(found),
            "facts": _facts(found, clause, words),
            "evidence": [Fact(title(row.kind, "evidence"), row.note) for row in found.evidence.all()],
            "waits_for": [(key.clause, words.clause(key.clause), key.place) for key in waits_for(found)],
        }
        | _offered(request, found)
    )


def _offered(request: HttpRequest, found: Task) -> dict[str, Any]:
    """What the reader may do with it now; the service asks again."""
    mine = found.is_open and found.operation.state == "active" and owns_task(by=actor(request), task=found)
    released = found.released_at is not None
    return {
        "may_acknowledge": mine and found.acknowledged_at is None,
        "may_begin": mine and released and found.begun_at is None,
        "may_complete": mine and released,
        "form": forms.Completion(kinds=_kinds(found)),
    }


def _steps(found: Task) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = [
        {"title": _("Raised"), "at": found.raised_at},
        {"title": _("Time runs"), "at": found.released_at},
        {"title": _("Acknowledged"), "at": found.acknowledged_at},
        {"title": _("Begun"), "at": found.begun_at},
    ]
    if found.withdrawn_at:
        return [*steps, {"title": _("Withdrawn"), "at": found.withdrawn_at}]
    return [*steps, {"title": _("Done"), "at": found.done_at}]


def _facts(found: Task, clause: Clause, words: PlanWords) -> list[Fact]:
    facts = [
        Fact(_("Owner"), f"{words.role(found.owner_role)}{' · ' + found.unit.name if found.unit else ''}"),
        Fact(_("Place"), found.place.name if found.place else found.place_code),
        Fact(_("Due"), found.due_at and board_tasks.written(found.due_at)),
        Fact(_("Evidence asked for"), " · ".join(title(kind, "evidence") for kind in clause.evidence)),
        Fact(_("Ends when"), clause.ends.in_language(words.language)),
        Fact(_("Legal ground"), clause.ground),
    ]
    if found.withdrawn_at:
        facts.append(Fact(_("Withdrawn because"), found.get_withdrawn_because_display()))
    if found.late_at:
        facts.append(Fact(_("Held up by"), found.get_late_because_display()))
    return [fact for fact in facts if fact.value]
