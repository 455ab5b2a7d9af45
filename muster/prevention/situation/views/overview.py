"""The situation at one look: signals that wait, indicators with their age, curve, risk of the areas."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from muster.engines.epidemic import rule_on
from muster.kernel.errors import DomainError
from muster.kernel.organisation.queries.areas import District
from muster.prevention.situation import drawing, wording
from muster.prevention.situation.knowledge import bureau_day
from muster.prevention.situation.models import Signal
from muster.prevention.situation.queries import (
    AreaFigures,
    area_figures,
    batches,
    corrections,
    curve,
    indicators,
    interval_in_force,
    rules,
    signals,
)
from muster.prevention.situation.queries.records import last_heard
from muster.prevention.situation.services import signal_move
from muster.prevention.situation.views.reading import Asked, actor, asked, may_write

DRAWN: Final = 200  # days
SILENCE: Final = timedelta(days=2)
MINUTE: Final = timedelta(minutes=1)
RANK: Final = {"high": 0, "medium": 1, "unknown": 2, "low": 3}


def overview(request: HttpRequest) -> HttpResponse:
    """What is known of an area at a moment; the panels alone for a page that is open."""
    seen = asked(request)
    if seen.area is None:
        return render(request, "situation/empty.html")
    template = "situation/_panels.html" if request.headers.get("HX-Request") else "situation/overview.html"
    return render(request, template, _context(request, seen, seen.area))


def _context(request: HttpRequest, seen: Asked, area: District) -> dict[str, Any]:
    days = curve(feed=seen.feed, area=area.code, as_of=seen.at)
    known = indicators(feed=seen.feed, area=area.code, as_of=seen.at)
    raised = signals(feed=seen.feed, as_of=seen.at, days=30)
    return {
        "asked": seen,
        "area": area,
        "here": request.get_full_path(),
        "days": days,
        "picture": drawing.picture(drawing.last_days(days, DRAWN)) if days else None,
        "late": [day for day in days if day.late_report],
        "figures": list(wording.figures(known, seen.at)) if days or known.values else [],
        "known": known,
        "waiting": signals(feed=seen.feed, as_of=seen.at, waiting=True),
        "decided": [signal for signal in raised if not signal.is_waiting],
        "rules_off": sum(not rule.is_active for rule in rules(as_of=seen.at)),
        "interval": interval_in_force(day=known.last_day or bureau_day(seen.at), as_of=seen.at),
        "risks": _risks(seen),
        "rule": wording.RULES[rule_on(bureau_day(seen.at)).code].title,
        "reports": batches(feed=seen.feed, as_of=seen.at, count=5),
        "corrections": corrections(feed=seen.feed, as_of=seen.at, area=area.code, count=10),
        "silent_since": _silent_since(seen),
        "may_decide": may_write(request, "situation:move_signal") and not seen.is_past,
        "may_report": may_write(request, "situation:import"),
    }


def _silent_since(seen: Asked) -> datetime | None:
    """When something was last reported, if that is so long ago that now tells nothing; a minute is rounded up."""
    heard = last_heard(seen.feed)
    return heard + MINUTE if heard and not seen.is_past and seen.now - heard > SILENCE else None


def _risks(seen: Asked) -> list[tuple[District, AreaFigures]]:
    """Districts with their figures, those at high risk first."""
    figures = area_figures(feed=seen.feed, as_of=seen.at)
    rows = [(place, figures[place.code]) for place in seen.areas if place.code in figures]
    return sorted(rows, key=lambda row: (RANK[row[1].risk], -(row[1].cases_7d or 0), row[0].code))


@require_POST
def move_signal(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody says what a signal means."""
    signal = Signal.objects.filter(pk=pk).first()
    if signal is None:
        raise Http404
    try:
        signal_move(
            by=actor(request),
            signal=signal,
            state=request.POST.get("state", ""),
            reason=request.POST.get("reason", ""),
        )
        messages.success(request, _("The signal has been decided; the record keeps who, when and why."))
    except DomainError as problem:
        messages.error(request, f"{problem.what} {problem.mend}".strip())
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe else "/situation/")
