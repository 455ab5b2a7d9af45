"""Pages: comments at the clauses of a draft."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from muster.kernel.access.actors import actor_behind
from muster.kernel.errors import DomainError
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.models import Remark
from muster.preparedness.plans.reading import draft_or_404
from muster.preparedness.plans.studio.desk import UNPROCESSABLE, frame
from muster.preparedness.plans.studio.sheets import sheet_of


def remarks(request: HttpRequest, pk: int) -> HttpResponse:
    """Every thread of a draft, the open ones first; something new is said to one clause or to the draft."""
    draft = draft_or_404(pk)
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            said = services.remark_write(
                by=actor_behind(request),
                draft=draft,
                clause=request.POST.get("clause", "")[:16],
                text=request.POST.get("text", ""),
                answers=_remark(draft.pk, request.POST.get("answers", "")),
            )
            return HttpResponseRedirect(_back(request, pk, said))
        except DomainError as refused:
            problem = refused
    sheet = sheet_of(draft)
    clause = request.GET.get("clause")
    context = frame(
        request,
        draft,
        sheet,
        "remarks",
        threads=queries.threads(draft, clause),
        clause=clause or request.POST.get("clause", ""),
        entered=request.POST.get("text", "") if problem else "",
        known={card.key for card in sheet.cards},
        problem=problem,
    )
    return render(request, "plans/studio/remarks.html", context, status=UNPROCESSABLE if problem else 200)


def settle(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """A thread is settled, or open again."""
    found = queries.remark(draft_or_404(pk), remark)
    if found is None:
        raise Http404
    done = services.remark_settle(by=actor_behind(request), remark=found, settled=request.POST.get("settled") == "yes")
    return HttpResponseRedirect(_back(request, pk, done))


def _back(request: HttpRequest, pk: int, said: Remark) -> str:
    """To the clause from which somebody came, or to the list."""
    if request.POST.get("from") == "clause" and said.clause:
        return f"{reverse('plans:studio_clause', args=[pk, said.clause])}#remarks"
    return f"{reverse('plans:studio_remarks', args=[pk])}#remark-{said.answers_id or said.pk}"


def _remark(draft: int, asked: str) -> Remark | None:
    if not (asked.isdecimal() and len(asked) < 12):
        return None
    found = queries.draft(draft)
    return queries.remark(found, int(asked)) if found else None
