"""Word and PDF of a version or a draft to take away; the API gives the same answers."""

from __future__ import annotations

import hashlib
from base64 import b64encode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from muster.engines.documents import CHINESE, ENGLISH, Document
from muster.preparedness.plans import queries
from muster.preparedness.plans.official import composing


def version(request: HttpRequest, code: str, number: str, form: str) -> HttpResponse:
    """The document of a released version; `?language=` zh, en or both, else the reader's."""
    found = queries.version(code, number)
    if found is None:
        raise Http404
    language = asked_language(request)
    return _file(composing.of_version(found, language), form, f"{code}-{number}-{language}")


def draft(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The document of what a draft says now."""
    found = queries.draft(pk)
    if found is None:
        raise Http404
    language = asked_language(request)
    return _file(composing.of_draft(found, language), form, f"{found.code}-draft-{found.revision}-{language}")


def cards(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Every action card of a version as PDF, one a page."""
    found = queries.version(code, number)
    if found is None:
        raise Http404
    language = asked_language(request)
    content = composing.written_cards(composing.cards_of_version(found, language))
    return _answer(content, composing.PDF, f"{code}-{number}-cards-{language}")


def asked_language(request: HttpRequest) -> str:
    """The language that the address asks for."""
    own = CHINESE if (get_language() or CHINESE).startswith(CHINESE) else ENGLISH
    return request.GET.get("language", own)


def _file(document: Document, form: str, name: str) -> HttpResponse:
    if form not in composing.FORMS:
        raise Http404
    return _answer(composing.written(document, form), form, name)


def _answer(content: bytes, form: str, name: str) -> HttpResponse:
    """The file with its SHA-256 (RFC 9530), by which a copy can be known again."""
    answer = HttpResponse(content, content_type=composing.FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Repr-Digest"] = f"sha-256=:{b64encode(hashlib.sha256(content).digest()).decode()}:"
    return answer
