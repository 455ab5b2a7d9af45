"""Pages of plans: the list, a version, its findings, its text, what changed, a release."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from muster.kernel.access.actors import actor_behind
from muster.kernel.errors import DomainError
from muster.preparedness.plans import library, pages, queries, services
from muster.preparedness.plans.errors import PlanTextInvalid
from muster.preparedness.plans.forms import Day, Release
from muster.preparedness.plans.reading import may, version_or_404

UNPROCESSABLE = 422


def plan_list(request: HttpRequest) -> HttpResponse:
    """Every unit with its plans, their state and their faults; `kind`, `state` and `q` leave fewer of them."""
    context = library.overview(request.GET.dict()) | {
        "may_release": may(request, "plans:release"),
        "may_open": may(request, "plans:drafts"),
    }
    return render(request, "plans/library.html", context)


def version(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One version, to be read and printed; `level` leaves only what stands at it."""
    found = version_or_404(code, number)
    context = pages.whole(found, request.GET.get("level", ""))
    return render(request, "plans/version.html", context | library.extension(found, context["plan"]))


def findings(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """What the checks say about a version: in itself, and against the bureau as of a day."""
    found = version_or_404(code, number)
    asked = Day(request.GET or None)
    context = pages.findings(found, asked.cleaned_data["as_of"] if asked.is_valid() else None)
    return render(request, "plans/findings.html", context | {"form": Day(initial={"as_of": context["day"]})})


def text(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """The text as it was released."""
    found = version_or_404(code, number)
    answer = HttpResponse(found.text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.plan.code}-{found.version}.yaml"'
    return answer


def difference(request: HttpRequest, code: str) -> HttpResponse:
    """What changed between two versions of a plan; without a choice the last two."""
    released = queries.versions(code)
    if not released:
        raise Http404
    by_number = {one.version: one for one in released}
    newer = by_number.get(request.GET.get("to", ""), released[0])
    older = by_number.get(request.GET.get("from", ""), released[min(1, len(released) - 1)])
    return render(request, "plans/difference.html", pages.difference(released, older, newer))


def release(request: HttpRequest) -> HttpResponse:
    """Release a text; a faulty one comes back with everything that is wrong with it, by line."""
    form = Release(request.POST or None, request.FILES or None)
    problem: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            stated = {"name": form.cleaned_data["file"].name, "approved_elsewhere": form.cleaned_data["approved"]}
            done = services.version_release(by=actor_behind(request), text=form.text(), **stated)
            return HttpResponseRedirect(reverse("plans:findings", args=[done.plan.code, done.version]))
        except DomainError as refused:
            problem = refused
    problems = problem.in_readers_language() if isinstance(problem, PlanTextInvalid) else ()
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = {"form": form, "problem": problem, "problems": problems}
    return render(request, "plans/release.html", context, status=status)
