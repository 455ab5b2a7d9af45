"""What every page of one operation has: its head, its tabs, the moment it shows, its address for the next page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from muster.response.operations.models import Operation
from muster.response.operations.queries.pages import Page
from muster.response.operations.views.reading import may_write

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


def frame(request: HttpRequest, operation: Operation) -> dict[str, Any]:
    """The context of `operations/frame.html`."""
    return {
        "operation": operation,
        "tabs": [
            Tab(url := reverse(route, args=[operation.code]), title, url == request.path) for route, title in TABS
        ],
        "may_propose": may_write(request, "operations:change_level"),
    }


def paged(request: HttpRequest, page: Page[Any]) -> dict[str, str]:
    """Addresses of the next page and, beyond the first, of the first."""
    kept = {name: value for name, value in request.GET.items() if name != "after"}
    following = urlencode(kept | {"after": page.next}) if page.next else ""
    return {
        "next_url": f"{request.path}?{following}" if following else "",
        "first_url": f"{request.path}?{urlencode(kept)}" if "after" in request.GET else "",
    }
