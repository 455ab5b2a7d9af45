"""Reports that came in, and what became of each row."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from muster.prevention.situation.models import RowFate
from muster.prevention.situation.queries import batch, batches, rows_of
from muster.prevention.situation.views.reading import asked, may_write, named

PAGE: Final = 50


def reports(request: HttpRequest) -> HttpResponse:
    """Reports of a feed, the last first."""
    seen, start = asked(request), _start(request)
    found = batches(feed=seen.feed, start=start, count=PAGE + 1)
    context = {
        "asked": seen,
        "reports": found[:PAGE],
        "next": start + PAGE if len(found) > PAGE else None,
        "first": start > 0,
        "may_report": may_write(request, "situation:import"),
    }
    return render(request, "situation/reports.html", context)


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: its rows with their fates, those that need a person first to choose."""
    found = batch(pk)
    if found is None:
        raise Http404
    fate = request.GET.get("fate", "")
    fate = fate if fate in RowFate.values else ""
    start = _start(request)
    rows = rows_of(pk, fate=fate, start=start, count=PAGE + 1)
    context = {
        "report": found,
        "rows": named(rows[:PAGE]),
        "fate": fate,
        "fates": [(each.value, each.label, getattr(found, each.value)) for each in RowFate],
        "next": start + PAGE if len(rows) > PAGE else None,
        "first": start > 0,
    }
    return render(request, "situation/report.html", context)


def _start(request: HttpRequest) -> int:
    text = request.GET.get("start", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
