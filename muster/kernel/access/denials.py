"""What a refusal looks like."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import get_resolver


def not_found(request: HttpRequest) -> HttpResponse:
    """The one answer for what is not there and for what this reader may not use."""
    if request.path_info.startswith("/api/"):
        return JsonResponse({"detail": "not found"}, status=404)
    page: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(404)
    return page(request, exception=Http404())
