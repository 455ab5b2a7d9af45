"""Official documents over HTTP."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from muster.preparedness.plans.official import views

router = Router()


@router.get("/drafts/{pk}/document.{form}", url_name="plans_draft_document")
def get_draft_document(request: HttpRequest, pk: int, form: str, language: str = "") -> HttpResponse:
    """What a draft says now as Word or PDF: `form` docx or pdf, `language` zh, en or both."""
    return views.draft(request, pk, form)


@router.get("/{code}/{number}/document.{form}", url_name="plans_document")
def get_document(request: HttpRequest, code: str, number: str, form: str, language: str = "") -> HttpResponse:
    """A version as Word or PDF: `form` docx or pdf, `language` zh, en or both. The same bytes each time."""
    return views.version(request, code, number, form)


@router.get("/{code}/{number}/cards.pdf", url_name="plans_cards_file")
def get_cards(request: HttpRequest, code: str, number: str, language: str = "") -> HttpResponse:
    """Every action card of a version as PDF, one a page; `language` zh, en or both."""
    return views.cards(request, code, number)
