"""Pages: the order of the clauses, and any two texts side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import log
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from muster.engines.plan import Plan, PlanInvalid, Problem, load_plan
from muster.engines.plan.ordering import Bar, layers, timeline
from muster.engines.plan.words import ROMAN
from muster.preparedness.plans import queries
from muster.preparedness.plans.pages import comparison, meaning
from muster.preparedness.plans.reading import draft_or_404
from muster.preparedness.plans.studio.desk import frame
from muster.preparedness.plans.studio.drafts import side
from muster.preparedness.plans.studio.graph import drawing
from muster.preparedness.plans.studio.sheets import sheet_of

WIDTH: Final = 600  # of the line of time, in its own units
SHORTEST: Final = timedelta(minutes=15)
END: Final = timedelta(days=90)
MARKS: Final = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7), timedelta(days=30))


@dataclass(frozen=True, slots=True)
class Row:
    """A bar of the line of time, from `x` on, `width` wide."""

    bar: Bar
    x: float
    width: float


def order(request: HttpRequest, pk: int) -> HttpResponse:
    """When each clause starts and is due at a level, and what waits for what."""
    draft = draft_or_404(pk)
    sheet = sheet_of(draft, whole=True)
    numeral = request.GET.get("level", "I")
    context = frame(request, draft, sheet, "order", level=numeral, levels=[*reversed(ROMAN), "0"], **side(sheet))
    if sheet.plan is not None:
        known = {level.number for level in sheet.plan.levels}
        level = ROMAN.get(numeral, 0)
        bars = timeline(sheet.plan, level) if level in known or not level else ()
        context |= {
            "rows": [Row(bar, *_place(bar)) for bar in bars],
            "marks": [(_at(mark), mark) for mark in MARKS],
            "layers": layers(sheet.plan),
            "graph": drawing(sheet.plan),
            "width": WIDTH,
        }
    return render(request, "plans/studio/order.html", context)


def _place(bar: Bar) -> tuple[float, float]:
    x = _at(bar.start)
    return x, max(3.0, _at(bar.due if bar.due is not None else END) - x)


def _at(moment: timedelta) -> float:
    """Logarithmic: the first hour is as wide as the last weeks."""
    return round(WIDTH * log(1 + moment / SHORTEST) / log(1 + END / SHORTEST), 1)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts: what the address calls it, what people call it, and the plan that it is."""

    name: str
    label: str
    plan: Plan | None
    problems: tuple[Problem, ...] = ()


def compare(request: HttpRequest) -> HttpResponse:
    """Any two versions, drafts or earlier texts of drafts: what differs and what that means."""
    choices = _choices()
    names = [request.GET.get("from", ""), request.GET.get("to", "")]
    older, newer = (_side(name, choices) for name in names)
    unreadable = [one for one in (older, newer) if one and not one.plan]
    context: dict[str, Any] = {"choices": choices, "older": older, "newer": newer, "unreadable": unreadable}
    if older and newer and older.plan and newer.plan:
        context |= comparison(older.plan, newer.plan) | meaning(older.plan, newer.plan)
    return render(request, "plans/studio/compare.html", context)


def _choices() -> list[tuple[str, str]]:
    drafts = [(f"draft:{one.pk}", _text_of_draft(one.code, one.revision)) for one in queries.drafts()]
    versions = [one for row in queries.plans() for one in row.versions]
    released = [(f"version:{one.pk}", f"{one.plan.code} {one.version}") for one in versions]
    return [*drafts, *released]


def _text_of_draft(code: str, revision: int) -> str:
    return _("draft %(code)s, revision %(n)d") % {"code": code, "n": revision}


def _side(name: str, choices: list[tuple[str, str]]) -> Side | None:
    """ "draft:3", "draft:3:2" (its second text) or "version:7"; None for what there is not."""
    kind, *numbers = name.split(":")
    if not numbers or not all(one.isdecimal() and len(one) < 12 for one in numbers):
        return None
    label = dict(choices).get(name, name)
    if kind == "version":
        released = (one for row in queries.plans() for one in row.versions)
        found = next((one for one in released if str(one.pk) == numbers[0]), None)
        return Side(name, label, queries.plan_of(found)) if found else None
    draft = queries.draft(int(numbers[0]))
    if draft is None:
        return None
    if len(numbers) == 1:
        return _loaded(name, label, draft.text, draft.code)
    kept = queries.draft_revision(draft, int(numbers[1]))
    earlier = _text_of_draft(draft.code, int(numbers[1]))
    return _loaded(name, earlier, kept.text, draft.code) if kept else None


def _loaded(name: str, label: str, text: str, code: str) -> Side:
    try:
        return Side(name, label, load_plan(text, name=code, higher=queries.released_plan))
    except PlanInvalid as invalid:
        return Side(name, label, None, invalid.problems)
