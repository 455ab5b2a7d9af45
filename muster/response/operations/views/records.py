"""What an operation has kept: its tasks, log, decisions, proposals and places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.kernel.organisation.choices import SiteKind
from muster.kernel.organisation.queries import unit_tree
from muster.kernel.ui.templatetags.ui import bilingual
from muster.kernel.ui.wording import level_title
from muster.response.operations.board import tasks as board_tasks
from muster.response.operations.board.plan import PlanWords, words_of
from muster.response.operations.board.records import log_line
from muster.response.operations.board.shape import Moment
from muster.response.operations.board.words import INDICATORS, STATES
from muster.response.operations.models import Decision, Operation
from muster.response.operations.queries import pages, records
from muster.response.operations.views.filters import task_filter
from muster.response.operations.views.frame import Fact, asked_moment, frame, paged
from muster.response.operations.views.reading import may_write, operation_of, told


@told
def operations(request: HttpRequest) -> HttpResponse:
    """All operations, and what waits for a second person."""
    page = pages.operation_page(after=request.GET.get("after", ""))
    context = {
        "operations": page.rows,
        "proposals": pages.waiting_proposals(),
        "may_propose": may_write(request, "operations:activate"),
    }
    return render(request, "operations/list.html", context | paged(request, page))


@told
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """The tasks of an operation by state."""
    operation = operation_of(code)
    moment = asked_moment(request, operation)
    at = moment.at
    chosen = task_filter(request.GET)
    after = request.GET.get("after", "")
    page = pages.task_page(operation=operation, at=at, after=after, **chosen.arguments())
    words, counts = words_of(operation.plan_version), records.task_counts(operation=operation, at=at)
    context = {
        "filters": chosen,
        "state_choices": list(STATES.items()),
        "counts": [Fact(title, counts[state]) for state, title in STATES.items() if state in counts],
        "units": unit_tree(),
        "clauses": words.clauses(),
        "tasks": list(board_tasks.lines(page.rows, words, at)),
    }
    return _page(request, "operations/tasks.html", operation, moment, page, context)


@told
def log(request: HttpRequest, code: str) -> HttpResponse:
    """The log, laid out like an activity log (ICS-214)."""
    operation = operation_of(code)
    moment = asked_moment(request, operation)
    page = pages.log_page(operation=operation, at=moment.at, after=request.GET.get("after", ""))
    lines = [log_line(entry) for entry in page.rows]
    context = {
        "lines": lines,
        "period_from": lines[-1].at if lines else moment.start,
        "period_to": lines[0].at if lines else moment.at,
    }
    return _page(request, "operations/log.html", operation, moment, page, context)


@told
def decisions(request: HttpRequest, code: str) -> HttpResponse:
    """Decisions with reason, ground, and what was known at the moment."""
    operation = operation_of(code)
    moment = asked_moment(request, operation)
    page = pages.decision_page(operation=operation, at=moment.at, after=request.GET.get("after", ""))
    words = words_of(operation.plan_version)
    context = {"decisions": [_decision(decision, words) for decision in page.rows]}
    return _page(request, "operations/decisions.html", operation, moment, page, context)


def _decision(decision: Decision, words: PlanWords) -> dict[str, Any]:
    title = str(decision.get_kind_display())
    if decision.level:
        title = f"{title}: {level_title(decision.level)}"
    return {
        "title": title,
        "subject": bilingual(decision, "subject"),
        "at": decision.at,
        "who": decision.who,
        "reason": bilingual(decision, "reason"),
        "ground": words.ground_of_clause(decision.clause_id) or decision.ground,
        "known": known_facts(decision.known),
    }


def known_facts(known: Mapping[str, Mapping[str, Any]]) -> list[Fact]:
    """Indicators as they were known, in the reader's words."""
    return [Fact(INDICATORS.get(name, name), _figure(fact["value"])) for name, fact in known.items()]


def _figure(value: Any) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


@told
def proposals(request: HttpRequest, code: str) -> HttpResponse:
    """What was proposed and what became of it."""
    operation = operation_of(code)
    moment = asked_moment(request, operation)
    page = pages.proposal_page(operation=operation, at=moment.at, after=request.GET.get("after", ""))
    context = {"proposals": [(row, row.outcome_at(moment.at).label) for row in page.rows]}
    return _page(request, "operations/proposals.html", operation, moment, page, context)


@told
def places(request: HttpRequest, code: str) -> HttpResponse:
    """Places that the operation opened and closed, and how many of each kind are open."""
    operation = operation_of(code)
    moment = asked_moment(request, operation)
    at = moment.at
    page = pages.opening_page(operation=operation, at=at, after=request.GET.get("after", ""))
    open_now = sorted(records.open_places(operation=operation, at=at).items(), key=lambda entry: -entry[1])
    context = {
        "openings": [(row, row.closed_by_then(at)) for row in page.rows],
        "kinds": [Fact(SiteKind(kind).label, count) for kind, count in open_now],
    }
    return _page(request, "operations/places.html", operation, moment, page, context)


def _page(
    request: HttpRequest,
    template: str,
    operation: Operation,
    moment: Moment,
    page: pages.Page[Any],
    context: Mapping[str, Any],
) -> HttpResponse:
    return render(request, template, {**frame(request, operation, moment), **context, **paged(request, page)})
