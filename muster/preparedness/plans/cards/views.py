"""The pages of action cards: parse, one call, render."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from muster.preparedness.plans.cards import pages
from muster.preparedness.plans.reading import version_or_404


def cards(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Every card of a version, and the roles and kinds of place that have none."""
    return render(request, "plans/cards/cards.html", pages.overview(version_or_404(code, number)))


def every(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """All cards of a version, to be printed in one go."""
    return render(request, "plans/cards/all.html", pages.every(version_or_404(code, number)))


def role(request: HttpRequest, code: str, number: str, role: str) -> HttpResponse:
    """The card of one role."""
    context = pages.of_role(version_or_404(code, number), role)
    return _card(request, context)


def site(request: HttpRequest, code: str, number: str, kind: str) -> HttpResponse:
    """The card of one kind of place."""
    context = pages.of_site(version_or_404(code, number), kind)
    return _card(request, context)


def _card(request: HttpRequest, context: pages.Context | None) -> HttpResponse:
    if context is None:
        raise Http404
    return render(request, "plans/cards/card.html", context)
