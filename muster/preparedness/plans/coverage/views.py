"""The page of coverage: parse, one call, render."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from muster.kernel import clock
from muster.kernel.access.actors import actor_behind
from muster.kernel.access.roles import PLANS_OFFICER
from muster.kernel.commands import Actor
from muster.kernel.errors import DomainError
from muster.preparedness.plans import services
from muster.preparedness.plans.coverage import pages
from muster.preparedness.plans.coverage.forms import Exercise
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.reading import version_or_404

UNPROCESSABLE = 422


def coverage(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """What was tried of a version and what is stale; a plans officer notes an exercise that was held."""
    found, by = version_or_404(code, number), actor_behind(request)
    form, problem = Exercise(request.POST or None, initial={"day": clock.today()}), None
    if request.method == "POST" and form.is_valid():
        try:
            _note(by, found, form, request.POST.getlist("clause"))
            return HttpResponseRedirect(reverse("plans:coverage", args=[code, number]))
        except DomainError as refused:
            problem = refused
    context = pages.coverage(found, clock.today()) | {
        "form": form,
        "problem": problem,
        "writes": PLANS_OFFICER in by.roles,
    }
    context["ticked"] = request.POST.getlist("clause")
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "plans/coverage/coverage.html", context, status=status)


def _note(by: Actor, version: PlanVersion, form: Exercise, clauses: list[str]) -> int:
    said = form.cleaned_data
    return services.exercise_note(by=by, version=version, clauses=clauses, **said)
