"""What a refusal looks like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import get_resolver

API: Final = "/api/"


def is_for_a_program(request: HttpRequest) -> bool:
    """Does a program ask, which is answered in JSON?"""
    return request.path_info.startswith(API)


def not_found(request: HttpRequest) -> HttpResponse:
    """The one answer for what is not there and for what this reader may not use."""
    if is_for_a_program(request):
        return JsonResponse({"detail": "not found"}, status=404)
    page: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(404)
    return page(request, exception=Http404())
