"""Pages of the nightly checks: all plans, one plan with its last nights, and suppression."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from muster.engines.plan.hashing import finding_content
from muster.kernel.access.actors import actor_behind
from muster.kernel.access.roles import PLANS_OFFICER
from muster.kernel.errors import DomainError
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.checked.forms import Suppress
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.queries.nights import last_nights, nights_of
from muster.preparedness.plans.queries.suppressed import all_suppressions, findings_today, suppression
from muster.preparedness.plans.suppression_errors import FindingUnknown

UNPROCESSABLE = 422


def overview(request: HttpRequest) -> HttpResponse:
    """Every plan in force: what its last night said, what is new and what is gone."""
    return render(request, "plans/checked/overview.html", {"nights": last_nights()})


def plan(request: HttpRequest, code: str) -> HttpResponse:
    """One plan today, with what somebody answers for, and its last thirty nights."""
    return _page(request, _latest(code))


def suppress(request: HttpRequest, code: str) -> HttpResponse:
    """Leave a finding silent; what the form names must still be said of the plan."""
    version = _latest(code)
    form = Suppress(request.POST)
    if not form.is_valid():
        return _page(request, version, form=form)
    stated = form.cleaned_data
    said = findings_today(queries.plan_of(version), at=actor_behind(request).now)
    found = next((one.finding for one in said.said if one.key == stated["key"]), None)
    try:
        if found is None:
            raise FindingUnknown(code, stated["key"])
        named = {"rule": found.id, "clause": found.clause, "subject": found.subject}
        content = finding_content(said.plan, found)
        reason, until = stated["reason"], stated["until"]
        services.finding_suppress(
            by=actor_behind(request), code=code, content=content, reason=reason, until=until, **named
        )
    except DomainError as problem:
        return _page(request, version, form=form, problem=problem)
    messages.success(request, _("The finding is silent until then, and shown with its reason."))
    return HttpResponseRedirect(reverse("plans:checks_of", args=[code]))


def lift(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let a finding speak again."""
    found = suppression(pk)
    if found is None or found.code != code:
        raise Http404
    try:
        services.suppression_lift(by=actor_behind(request), suppression=found)
    except DomainError as problem:
        return _page(request, _latest(code), problem=problem)
    messages.success(request, _("The finding speaks again."))
    return HttpResponseRedirect(reverse("plans:checks_of", args=[code]))


def _page(
    request: HttpRequest, version: PlanVersion, form: Suppress | None = None, problem: DomainError | None = None
) -> HttpResponse:
    found = findings_today(queries.plan_of(version), at=actor_behind(request).now)
    context: dict[str, Any] = {
        "version": version,
        "said": found.said,
        "day": found.day,
        "speaking": len(found.speaking),
        "nights": nights_of(version.plan.code),
        "suppressions": all_suppressions(version.plan.code, limit=50),
        "form": form or Suppress(),
        "problem": problem,
        "may_write": PLANS_OFFICER in actor_behind(request).roles,
    }
    status = UNPROCESSABLE if problem or (form is not None and form.errors) else 200
    return render(request, "plans/checked/plan.html", context, status=status)


def _latest(code: str) -> PlanVersion:
    found = queries.latest_version(code)
    if found is None:
        raise Http404
    return found
