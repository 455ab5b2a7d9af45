"""What an operation has kept: its tasks, log, decisions, proposals and places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.choices import SiteKind
from muster.kernel.organisation.models import Unit
from muster.kernel.organisation.queries import unit_tree
from muster.kernel.ui.templatetags.ui import bilingual
from muster.kernel.ui.wording import level_title
from muster.prevention.situation.wording import TITLES, in_words
from muster.response.operations import forms, services
from muster.response.operations.board import tasks as board_tasks
from muster.response.operations.board.plan import PlanWords, words_of
from muster.response.operations.board.records import log_line
from muster.response.operations.board.shape import Moment
from muster.response.operations.board.words import STATES
from muster.response.operations.models import Decision, Operation
from muster.response.operations.permits import works_in
from muster.response.operations.queries import pages, records
from muster.response.operations.views.filters import LATE, UNFINISHED, task_filter
from muster.response.operations.views.frame import Chip, Fact, address, asked_moment, frame, paged
from muster.response.operations.views.reading import actor, answered, may_command, may_write, operation_of, told


def _kinds_of_places(request: HttpRequest, open_now: Mapping[str, int], kind: str) -> Iterator[Chip]:
    """The ways to the places that are open, to those of one kind, the most numerous first, and to the closed ones."""
    every = "closed" in request.GET
    whole = address(request, "after", "kind", "closed")
    yield Chip(_("Open now"), whole, sum(open_now.values()), not kind and not every)
    for code, count in sorted(open_now.items(), key=lambda entry: (-entry[1], entry[0])):
        here = address(request, "after", "kind", "closed", kind=code)
        yield Chip(SiteKind(code).label, here, count, code == kind and not every)
    yield Chip(_("Also those that are closed"), address(request, "after", "kind", closed="1"), None, every)


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of an operation with a list of something at a moment."""

    request: HttpRequest
    template: str
    operation: Operation
    moment: Moment
    page: pages.Page[Any]
    context: Mapping[str, Any]

    def whole(self) -> dict[str, Any]:
        """The context with the frame around the list."""
        outer = frame(self.request, self.operation, self.moment)
        return {**outer, **self.context, **paged(self.request, self.page)}

    def shown(self) -> HttpResponse:
        """To be read."""
        return render(self.request, self.template, self.whole())

    def written(
        self, form: Callable[..., Form], write: Callable[[dict[str, Any]], str], *, permitted: bool
    ) -> HttpResponse:
        """With a form above the list, for whoever is permitted to write there, and never in the past."""
        if self.request.method != "POST" and (self.moment.is_past or not permitted):
            return self.shown()
        return answered(self.request, self.template, self.whole(), form(self.request.POST or None), write)


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
    """The tasks of an operation by state; whoever works in it enters what comes in."""
    operation = operation_of(code)
    moment = asked_moment(request, operation)
    asked = task_filter(request.GET)
    counts = records.task_counts(operation=operation, at=moment.at, unit=asked.unit, clause=asked.clause)
    chosen = asked if "state" in request.GET else replace(asked, state=LATE if counts[LATE] else UNFINISHED)
    after = request.GET.get("after", "")
    page = pages.task_page(operation=operation, at=moment.at, after=after, **chosen.arguments())
    words = words_of(operation.plan_version)
    context = {
        "filters": chosen,
        "states": [
            Chip(title, address(request, "after", state=state), counts[state], state == chosen.state)
            for state, title in STATES.items()
        ],
        "mine": _my_unit(request, chosen.unit),
        "everything": address(request, "after", "unit", "clause", state="all"),
        "units": unit_tree(),
        "clauses": words.clauses(),
        "tasks": list(board_tasks.lines(page.rows, words, moment.at)),
    }

    def write(stated: dict[str, Any]) -> str:
        place = stated["unit"].code if stated["unit"] else ""
        enter = {"kind": stated["kind"], "ref": stated["ref"], "place_code": place}
        services.arising_enter(by=actor(request), operation=operation, **enter)
        messages.success(request, _("It is entered; these are the tasks of its clause."))
        return f"{request.path}?{urlencode({'state': UNFINISHED, 'clause': words.deals_with(stated['kind'])})}"

    works = operation.state == operation.State.ACTIVE and works_in(by=actor(request), operation=operation)
    listing = Listing(request, "operations/tasks.html", operation, moment, page, context)
    return listing.written(partial(forms.Arisen, kinds=words.arising()), write, permitted=works)


def _my_unit(request: HttpRequest, chosen: str) -> Chip | None:
    """The way to the tasks of the reader's own unit, and back."""
    unit_id = actor(request).unit_id
    unit = Unit.objects.filter(pk=unit_id).first() if unit_id is not None else None
    if unit is None:
        return None
    here = chosen == unit.code
    title = gettext("My unit: %(unit)s") % {"unit": unit.name}
    return Chip(title, address(request, "after", unit="" if here else unit.code), None, here)


@told
def log(request: HttpRequest, code: str) -> HttpResponse:
    """The log, laid out like an activity log (ICS-214); whoever works in the operation writes in it."""
    operation = operation_of(code)
    moment = asked_moment(request, operation)
    page = pages.log_page(operation=operation, at=moment.at, after=request.GET.get("after", ""))
    lines = [log_line(entry) for entry in page.rows]
    context = {
        "lines": lines,
        "period_from": lines[-1].at if lines else moment.start,
        "period_to": lines[0].at if lines else moment.at,
    }

    works = works_in(by=actor(request), operation=operation)

    def write(stated: dict[str, Any]) -> str:
        services.note_write(by=actor(request), operation=operation, text_zh=stated["text"])
        return request.path

    listing = Listing(request, "operations/log.html", operation, moment, page, context)
    return listing.written(forms.Note, write, permitted=works)


@told
def decisions(request: HttpRequest, code: str) -> HttpResponse:
    """Decisions with reason, ground, and what was known at the moment; one can be recorded."""
    operation = operation_of(code)
    moment = asked_moment(request, operation)
    page = pages.decision_page(operation=operation, at=moment.at, after=request.GET.get("after", ""))
    words = words_of(operation.plan_version)
    context = {"decisions": [_decision(decision, words) for decision in page.rows]}

    def write(stated: dict[str, Any]) -> str:
        services.decision_record(by=actor(request), operation=operation, subject_zh=stated.pop("subject"), **stated)
        return request.path

    listing = Listing(request, "operations/decisions.html", operation, moment, page, context)
    return listing.written(forms.Recorded, write, permitted=may_command(request, operation))


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
    return [Fact(TITLES.get(name, name), in_words(name, fact["value"])) for name, fact in known.items()]


@told
def proposals(request: HttpRequest, code: str) -> HttpResponse:
    """What was proposed and what became of it."""
    operation = operation_of(code)
    moment = asked_moment(request, operation)
    page = pages.proposal_page(operation=operation, at=moment.at, after=request.GET.get("after", ""))
    context = {"proposals": [(row, row.outcome_at(moment.at).label) for row in page.rows]}
    return Listing(request, "operations/proposals.html", operation, moment, page, context).shown()


@told
def places(request: HttpRequest, code: str) -> HttpResponse:
    """Places that the operation opened and closed, how many of each kind are open; they are opened and closed here."""
    operation = operation_of(code)
    moment = asked_moment(request, operation)
    at = moment.at
    after, kind = request.GET.get("after", ""), request.GET.get("kind", "")
    page = pages.opening_page(operation=operation, at=at, after=after, kind=kind, closed="closed" in request.GET)
    open_now = records.open_places(operation=operation, at=at)
    context = {
        "openings": [(row, row.closed_by_then(at)) for row in page.rows],
        "kinds": list(_kinds_of_places(request, open_now, kind)),
    }
    closes = request.POST.get("do") == "close"
    sites = records.sites_to_close(operation=operation) if closes else records.sites_to_open(operation=operation)

    def write(stated: dict[str, Any]) -> str:
        act = services.place_close if closes else services.place_open
        act(by=actor(request), operation=operation, site=stated["site"])
        return request.path

    commands = may_command(request, operation) and operation.state == operation.State.ACTIVE
    listing = Listing(request, "operations/places.html", operation, moment, page, context)
    return listing.written(partial(forms.Place, sites=sites), write, permitted=commands)
