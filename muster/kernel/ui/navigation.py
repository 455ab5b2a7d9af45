"""Navigation by phase and work area: only entries that the reader may open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from muster.kernel.access.actors import actor_behind
from muster.kernel.access.table import policy_table
from muster.kernel.commands import Actor

PHASES: Final[dict[str, Promise]] = {
    "command": _("Command"),
    "prevention": _("Prevention"),
    "preparedness": _("Preparedness"),
    "response": _("Response"),
    "recovery": _("Recovery"),
    "administration": _("Administration"),
}
TONES: Final = ("bad", "warn", "")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for its reader, in one line, with the page to go to; `tone` is bad, warn or empty."""

    text: str
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the navigation. An area lists its own in `navigation.ENTRIES`; `order` sorts inside the phase.

    `note` says in one line what the page is for, and `waiting` what waits there for a reader at his moment; the home
    page shows both. `badge` counts what is his to do there and stands beside the entry on every page, so it is cheap.
    """

    route: str
    title: Promise
    phase: str
    order: int = 50
    note: Promise | str = ""
    waiting: Callable[[Actor], Iterable[Waiting]] | None = None
    badge: Callable[[Actor], int] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one reader sees it. `current` is its aria-current: "page", "true" for a page below it, or empty."""

    url: str
    title: Promise
    note: Promise | str
    current: str
    badge: int = 0


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase with the links that the reader may open."""

    title: Promise
    entries: tuple[Link, ...]


@cache
def entries() -> tuple[Entry, ...]:
    """All entries of all areas, in order."""
    names = (config.name for config in apps.get_app_configs() if config.name.startswith("muster."))
    found = [entry for name in names if find_spec(f"{name}.navigation") for entry in _entries_of(name)]
    return tuple(sorted(found, key=lambda entry: (list(PHASES).index(entry.phase), entry.order)))


def _entries_of(area: str) -> Iterable[Entry]:
    declared: Iterable[Entry] = getattr(import_module(f"{area}.navigation"), "ENTRIES", ())
    return declared


def phases_for(request: HttpRequest | None) -> list[Phase]:
    """Phases that hold something for this reader."""
    permitted = _permitted(request)
    if request is None or not permitted:
        return []
    here = "" if getattr(request, "leads_nowhere", False) else request.path
    nearest = max((url for _entry, url in permitted if here.startswith(url)), key=len, default="")
    current = {url: "page" if url == here else "true" for url in (here, nearest)}
    reader = actor_behind(request)
    phases = [Phase(title, tuple(_links(code, permitted, current, reader))) for code, title in PHASES.items()]
    return [phase for phase in phases if phase.entries]


def waiting_for(request: HttpRequest) -> list[Waiting]:
    """What waits on the pages that this reader may open, the gravest first."""
    asked = [entry.waiting for entry, _url in _permitted(request) if entry.waiting is not None]
    reader = actor_behind(request)
    return sorted((one for tell in asked for one in tell(reader)), key=lambda one: TONES.index(one.tone))


def _permitted(request: HttpRequest | None) -> list[tuple[Entry, str]]:
    """The entries that this reader may open, with their addresses."""
    roles: frozenset[str] = getattr(getattr(request, "actor", None), "roles", frozenset())
    return [(entry, url) for entry in entries() if _may_open(entry, roles) and (url := _url(entry))]


def _may_open(entry: Entry, roles: frozenset[str]) -> bool:
    policy = policy_table().get(entry.route)
    return policy is not None and policy.permits("GET", roles)


def _url(entry: Entry) -> str:
    """Where an entry leads; empty where its area has no pages here."""
    try:
        return reverse(entry.route)
    except NoReverseMatch:
        return ""


def _links(
    phase: str, permitted: Iterable[tuple[Entry, str]], current: Mapping[str, str], reader: Actor
) -> Iterator[Link]:
    for entry, url in permitted:
        if entry.phase == phase:
            badge = entry.badge(reader) if entry.badge else 0
            yield Link(url, entry.title, entry.note, current.get(url, ""), badge)
