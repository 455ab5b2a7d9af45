"""Pages of stress tests: all runs, those of a version, the builder, one run with its progress and its result."""

from __future__ import annotations

from base64 import b64encode
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from muster.kernel.access.actors import actor_behind
from muster.kernel.errors import DomainError
from muster.preparedness.plans import services
from muster.preparedness.plans.models import PlanVersion, StressRun
from muster.preparedness.plans.pages import frame
from muster.preparedness.plans.queries import last_known
from muster.preparedness.plans.queries.stress import how_far, result_json, stress_run, stress_runs
from muster.preparedness.plans.reading import may, version_or_404
from muster.preparedness.plans.stress import pages
from muster.preparedness.plans.stress.forms import Builder, initial
from muster.preparedness.plans.stress.scenarios import scenario_of, variants_of
from muster.preparedness.plans.stress_errors import StressImpossible, StressTooLarge

UNPROCESSABLE: Final = 422
PAGE: Final = 50


def runs(request: HttpRequest) -> HttpResponse:
    """Every run, the newest first."""
    asked = request.GET.get("start", "")
    start = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    found = stress_runs(start=start, count=PAGE + 1)
    context = {"runs": found[:PAGE], "start": start, "onward": start + PAGE if len(found) > PAGE else ""}
    return render(request, "plans/stress/runs.html", context)


def of_version(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """What the last run of a version said, and all its runs."""
    context = pages.of_version(version_or_404(code, number)) | {"may_ask": may(request, "plans:stress_new")}
    return render(request, "plans/stress/version.html", context)


def build(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """State a scenario and ask for a run; what is refused comes back at its field."""
    version = version_or_404(code, number)
    day = last_known().astimezone(settings.BUREAU_ZONE).date()
    form = Builder(request.POST or None, initial=initial(day))
    if request.method == "POST" and form.is_valid() and (made := _asked(request, version, form)):
        return HttpResponseRedirect(reverse("plans:stress_run", args=[made.pk]))
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "plans/stress/build.html", frame(version) | {"tab": "stress", "form": form}, status=status)


def _asked(request: HttpRequest, version: PlanVersion, form: Builder) -> StressRun | None:
    by, said = actor_behind(request), form.cleaned_data
    try:
        return services.stress_request(
            by=by,
            version=version,
            scenario=scenario_of(said, by.now).to_plain(),
            variants=[one.to_plain() for one in variants_of(said)],
            data_date=said["data_date"],
            replications=said["replications"],
            seed=said["seed"],
            title=said["title"],
        )
    except (StressImpossible, StressTooLarge) as refused:
        form.refused(refused, refused.path)
    except DomainError as refused:
        form.refused(refused, "")
    return None


def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: how far it is, why it failed, or what it says."""
    context = pages.of_run(_run_or_404(pk))
    context |= {"may_cancel": may(request, "plans:stress_cancel"), "may_take": may(request, "plans:stress_repair")}
    return render(request, "plans/stress/run.html", context)


def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run is, to be put in the place of what the page shows."""
    found = _run_or_404(pk)
    context = {"run": found, "progress": how_far(found), "may_cancel": may(request, "plans:stress_cancel")}
    return render(request, "plans/stress/_progress.html", context)


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody wants the run any more."""
    try:
        services.stress_cancel(by=actor_behind(request), run=_run_or_404(pk))
        messages.success(request, _("The run is cancelled."))
    except DomainError as refused:
        messages.error(request, f"{refused.what} {refused.mend}")
    return HttpResponseRedirect(reverse("plans:stress_run", args=[pk]))


def repair(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a repair into a draft of the plan, and go there."""
    place = request.POST.get("repair", "")
    try:
        draft = services.repair_take(
            by=actor_behind(request), run=_run_or_404(pk), repair=int(place) if place.isdecimal() else -1
        )
    except DomainError as refused:
        messages.error(request, f"{refused.what} {refused.expected} {refused.mend}")
        return HttpResponseRedirect(reverse("plans:stress_run", args=[pk]))
    messages.success(request, _("The repair is in the draft: edits in its text, the rest as comments at the clauses."))
    return HttpResponseRedirect(reverse("plans:studio_draft", args=[draft.pk]))


def result(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored answer, byte for byte, with its SHA-256 (RFC 9530)."""
    found = result_json(_run_or_404(pk))
    if found is None:
        raise Http404
    content, digest = found
    answer = HttpResponse(content, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="stress-{pk}.json"'
    answer["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(digest)).decode()}:"
    return answer


def _run_or_404(pk: int) -> StressRun:
    found = stress_run(pk)
    if found is None:
        raise Http404
    return found
