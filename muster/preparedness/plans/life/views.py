"""Pages of a version's life: parse, one call, render."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from muster.kernel.access.actors import actor_behind
from muster.kernel.access.roles import PLANS_OFFICER
from muster.kernel.commands import Actor
from muster.kernel.errors import DomainError
from muster.preparedness.plans import services
from muster.preparedness.plans.errors import PlanTextInvalid
from muster.preparedness.plans.life import forms, pages
from muster.preparedness.plans.life.judging import judged
from muster.preparedness.plans.life.steps import STEPS
from muster.preparedness.plans.models import Consultation, Draft
from muster.preparedness.plans.queries.consulting import consultation as consultation_row
from muster.preparedness.plans.queries.consulting import consultations_of_partner
from muster.preparedness.plans.queries.life import attachment, life_of
from muster.preparedness.plans.queries.public import published, published_plans
from muster.preparedness.plans.queries.reviews import review, reviews_closed, reviews_due
from muster.preparedness.plans.reading import draft_or_404, version_or_404
from muster.preparedness.plans.studio.beginning import draft_begin

UNPROCESSABLE = 422
JUDGED = ("opine", "approve", "refuse")  # done on the page on which the whole plan is read


def drafts(request: HttpRequest) -> HttpResponse:
    """Open drafts with what each waits for; a plans officer opens another."""
    by = actor_behind(request)
    form, problem = forms.Open(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_begin(by=by, **form.begun())
            return HttpResponseRedirect(reverse("plans:studio_draft", args=[made.pk]))
        except DomainError as refused:
            problem = refused
    context = {"lines": pages.overview(), "form": form, "problem": problem, "writes": PLANS_OFFICER in by.roles}
    return render(request, "plans/life/drafts.html", context, status=_status(request))


def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft: where it stands, what is missing, who is waited for, and what the reader may do."""
    return _draft_page(request, draft_or_404(pk))


def draft_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole plan of a draft with all that belongs to it; lawyers and approvers give their word here."""
    return _read_page(request, draft_or_404(pk))


def draft_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Do one step with a draft; what hinders it comes back on the page from which it was done."""
    found = draft_or_404(pk)
    if step not in STEPS:
        raise Http404
    form, page = STEPS[step].form(request.POST, request.FILES), _read_page if step in JUDGED else _draft_page
    if not form.is_valid():
        return page(request, found, failed=form)
    try:
        STEPS[step].do(actor_behind(request), found, form)
    except DomainError as refused:
        return page(request, draft_or_404(pk), problem=refused)
    return HttpResponseRedirect(reverse("plans:draft", args=[pk]))


def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A document that stands beside a draft, as it was uploaded; a browser saves it and never opens it."""
    found = attachment(pk)
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = _saved_as(found.file_name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def consultations(request: HttpRequest) -> HttpResponse:
    """What the reader's department is asked about."""
    by = actor_behind(request)
    rows = [pages.part(one, by.now) for one in consultations_of_partner(by.partner_id)]
    return render(request, "plans/life/consultations.html", {"rows": rows})


def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """The clauses that name the reader's department: he acknowledges or objects, clause by clause."""
    by = actor_behind(request)
    found = consultation_row(pk)
    if found is None or found.partner_id != by.partner_id:
        raise Http404
    problem = None
    if request.method == "POST":
        try:
            _answer(request, by, found)
            return HttpResponseRedirect(request.path)
        except DomainError as refused:
            problem = refused
            found = consultation_row(pk) or found
    context = pages.part(found, by.now) | {"problem": problem, "kept": request.POST.get("reason", "")}
    context["kept_at"] = request.POST.get("clause", "")
    return render(request, "plans/life/consultation.html", context, status=_status(request))


def reviews(request: HttpRequest) -> HttpResponse:
    """Plans that are to be looked at again, and what was decided; a plans officer decides with reasons."""
    problem = None
    form = forms.Decide(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = review(form.cleaned_data["review"])
        if found is None:
            raise Http404
        try:
            services.review_decide(by=actor_behind(request), review=found, reason=form.cleaned_data["reason"])
            return HttpResponseRedirect(request.path)
        except DomainError as refused:
            problem = refused
    context = {
        "due": reviews_due(),
        "closed": reviews_closed()[:20],
        "problem": problem,
        "failed": form if request.method == "POST" else None,
        "writes": PLANS_OFFICER in actor_behind(request).roles,
    }
    return render(request, "plans/life/reviews.html", context, status=_status(request))


def life(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """How a version came to be and what became of it; a plans officer files and publishes it."""
    version = version_or_404(code, number)
    problem, by = None, actor_behind(request)
    form = forms.Filed(request.POST if "number" in request.POST else None)
    if request.method == "POST":
        try:
            if "publish" in request.POST:
                services.version_publish(by=by, version=version)
                return HttpResponseRedirect(request.path)
            if form.is_valid():
                services.version_file(by=by, version=version, **form.cleaned_data)
                return HttpResponseRedirect(request.path)
        except DomainError as refused:
            problem = refused
    context: dict[str, Any] = {"version": version, "life": life_of(version), "form": form, "problem": problem}
    context |= {"writes": PLANS_OFFICER in by.roles, "due": reviews_due(code)}
    return render(request, "plans/life/life.html", context, status=_status(request))


def public_plans(request: HttpRequest) -> HttpResponse:
    """The plans that anybody may read."""
    return render(request, "plans/life/public_plans.html", {"versions": published_plans()})


def public_plan(request: HttpRequest, code: str) -> HttpResponse:
    """The public part of one plan: its clauses that are marked public, and nothing else."""
    version = published(code)
    if version is None:
        raise Http404
    return render(request, "plans/life/public.html", pages.public_part(version))


def _answer(request: HttpRequest, by: Actor, found: Consultation) -> None:
    if "all" in request.POST or "acknowledge" in request.POST:
        clauses = dict(zip(request.POST.getlist("clause"), request.POST.getlist("seen"), strict=False))
        services.clauses_acknowledge(by=by, consultation=found, clauses=clauses)
        return
    stated = {name: request.POST.get(name, "") for name in ("clause", "seen", "reason")}
    services.clause_object(by=by, consultation=found, **stated)


def _draft_page(request: HttpRequest, found: Draft, **shown: Any) -> HttpResponse:
    problem = shown.get("problem")
    if isinstance(problem, PlanTextInvalid):
        shown["mistakes"] = problem.in_readers_language()
    context = pages.whole(found, actor_behind(request)) | shown
    return render(request, "plans/life/draft.html", context, status=_status(request))


def _read_page(request: HttpRequest, found: Draft, **shown: Any) -> HttpResponse:
    context = judged(found, actor_behind(request)) | shown
    if isinstance(failed := shown.get("failed"), forms.LegalOpinion) and context["plan"]:
        context["opinion_form"] = failed
    return render(request, "plans/life/read.html", context, status=_status(request))


def _saved_as(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _status(request: HttpRequest) -> int:
    return UNPROCESSABLE if request.method == "POST" else 200
