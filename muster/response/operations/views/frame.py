"""What every page of one operation has: its head, its tabs, the moment that it shows, its address for the next page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from muster.response.operations.board.levels import headline, spans
from muster.response.operations.board.moment import as_asked, moment_of
from muster.response.operations.board.shape import Moment
from muster.response.operations.models import Operation
from muster.response.operations.queries.pages import Page
from muster.response.operations.views.reading import may_command

TABS: Final[tuple[tuple[str, Promise], ...]] = (
    ("operations:detail", _("Tasks")),
    ("operations:log", _("Log")),
    ("operations:decisions", _("Decisions")),
    ("operations:proposals", _("Proposals")),
    ("operations:places", _("Places")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of an operation."""

    url: str
    title: Promise
    current: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a list of facts."""

    title: str | Promise
    value: Any


@dataclass(frozen=True, slots=True)
class Chip:
    """A way to a part of a list; `count` is how much is in it, None where nobody counted."""

    title: str | Promise
    url: str
    count: int | None
    current: bool


def asked_moment(request: HttpRequest, operation: Operation) -> Moment:
    """The moment that the address asks for. Raises MomentInvalid."""
    return moment_of(operation, request.GET.get("as_of", ""))


def frame(request: HttpRequest, operation: Operation, moment: Moment) -> dict[str, Any]:
    """The context of `operations/frame.html`, all of it as of the moment; what changes anything is offered now only.

    `as_of` is what every address of the page bears with it, so that a reader stays at the moment that he chose.
    """
    as_of = {"as_of": as_asked(moment.at)} if moment.is_past else {}
    query = f"?{urlencode(as_of)}" if as_of else ""
    routes = ((reverse(route, args=[operation.code]), title) for route, title in TABS)
    return {
        "operation": operation,
        "moment": moment,
        "headline": headline(spans(operation, moment.at), moment.at),
        "state_title": operation.state_at(moment.at).label,
        "tabs": [Tab(f"{url}{query}", title, url == request.path) for url, title in routes],
        "as_of": as_of,
        "now_url": address(request, "as_of", "after"),
        "may_propose": not moment.is_past and may_command(request, operation),
    }


def paged(request: HttpRequest, page: Page[Any]) -> dict[str, str]:
    """Where this page of a list begins, and where the next one does."""
    return {"after": request.GET.get("after", ""), "next": page.next}


def address(request: HttpRequest, *without: str, **more: str) -> str:
    """The address of this page, without some words of its query and with others."""
    kept = {name: value for name, value in request.GET.items() if name not in without} | more
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
