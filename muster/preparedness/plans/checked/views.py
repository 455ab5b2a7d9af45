"""Pages of the nightly checks: all plans, one plan with its last nights, and one finding to answer for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from muster.kernel.access.actors import actor_behind
from muster.kernel.errors import DomainError
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.checked.answering import Place, content_of, place_of, told_there
from muster.preparedness.plans.checked.forms import Suppress
from muster.preparedness.plans.pages import TITLES, told
from muster.preparedness.plans.queries.nights import counted_now, last_nights, nights_of
from muster.preparedness.plans.queries.suppressed import all_suppressions, findings_today, suppression
from muster.preparedness.plans.reading import version_or_404
from muster.preparedness.plans.said import Said
from muster.preparedness.plans.suppression_errors import FindingUnknown

UNPROCESSABLE = 422


def overview(request: HttpRequest) -> HttpResponse:
    """Every plan in force: what its last night said, what is new and what is gone."""
    nights = last_nights()
    counts = counted_now([night.row for night in nights])
    return render(request, "plans/checked/overview.html", {"nights": [(one, counts[one.row.pk]) for one in nights]})


def plan(request: HttpRequest, code: str) -> HttpResponse:
    """One plan today, with what somebody answers for, and its last thirty nights."""
    version = version_or_404(code)
    found = findings_today(queries.plan_of(version), at=actor_behind(request).now)
    context: dict[str, Any] = {
        "version": version,
        "plan": found.plan,
        "said": told(found.said),
        "day": found.day,
        "speaking": len(found.speaking),
        "nights": nights_of(code),
        "suppressions": all_suppressions(code, limit=50),
    }
    return render(request, "plans/checked/plan.html", context)


def suppress(request: HttpRequest, code: str) -> HttpResponse:
    """One finding, read on any page: leave it silent with a reason, or let it speak again."""
    form = Suppress(request.POST or None, initial=request.GET.dict())
    stated = form.stated()
    place = place_of(code, stated["where"])
    moment = queries.moment_of(date.fromisoformat(stated["as_of"])) if stated["as_of"] else None
    found = told_there(place, stated["key"], moment)
    problem: DomainError | None = None if found else FindingUnknown(code, stated["key"])
    if found and request.method == "POST" and form.is_valid():
        try:
            _suppress(request, code, place, found, form)
            return HttpResponseRedirect(place.back)
        except DomainError as refused:
            problem = refused
    context = {"code": code, "plan": place.plan, "back": place.back, "one": found, "form": form, "problem": problem}
    context["rule"] = TITLES[found.finding.id] if found else None
    status = UNPROCESSABLE if problem or form.errors else 200
    return render(request, "plans/checked/finding.html", context, status=status)


def _suppress(request: HttpRequest, code: str, place: Place, found: Said, form: Suppress) -> None:
    reason, until = form.cleaned_data["reason"], form.cleaned_data["until"]
    named = content_of(place, found)
    services.finding_suppress(by=actor_behind(request), code=code, reason=reason, until=until, **named)
    messages.success(request, _("The finding is silent until then, and shown with its reason."))


def lift(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let a finding speak again."""
    found = suppression(pk)
    if found is None or found.code != code:
        raise Http404
    back = place_of(code, request.POST.get("where", "")).back
    try:
        services.suppression_lift(by=actor_behind(request), suppression=found)
        messages.success(request, _("The finding speaks again."))
    except DomainError as problem:
        messages.error(request, f"{problem.what} {problem.mend}")
    return HttpResponseRedirect(back)
