"""Page: a Word document's headings and lists come into a draft as clauses."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from muster.kernel.errors import DomainError
from muster.preparedness.plans.reading import draft_or_404
from muster.preparedness.plans.studio.desk import UNPROCESSABLE, frame, save
from muster.preparedness.plans.studio.sheets import sheet_of
from muster.preparedness.plans.studio.word import clauses_in_word, with_clauses


def word(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a document; its clauses stand behind those that are there."""
    draft = draft_or_404(pk)
    problem: DomainError | None = None
    if request.method == "POST" and (file := request.FILES.get("file")):
        try:
            found = clauses_in_word(file.read(), file.name or "")
            answer = save(
                request, draft, lambda text: with_clauses(text, found), reverse("plans:studio_draft", args=[pk])
            )
            told = ngettext("%(n)d clause came from the document.", "%(n)d clauses came from the document.", len(found))
            messages.success(request, told % {"n": len(found)})
            return answer
        except DomainError as refused:
            problem = refused
    context = frame(request, draft, sheet_of(draft), "word", problem=problem)
    return render(request, "plans/studio/word.html", context, status=UNPROCESSABLE if problem else 200)
