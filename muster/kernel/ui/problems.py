"""What goes wrong before a view or past it: requests that no page sends, and mistakes that no view has caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from muster.kernel.access.denials import is_for_a_program
from muster.kernel.commands import CommandConflict, CommandGone, Overtaken
from muster.kernel.errors import DomainError
from muster.kernel.ui.views import bad_request, came_from

Respond = Callable[[HttpRequest], HttpResponse]
NUL: Final = "\0"
NUL_IN_IT: Final = "a value holds the character U+0000, which no text can have; send it without"
FORMS: Final = {"application/x-www-form-urlencoded", "multipart/form-data"}
STATUS: dict[type[DomainError], int] = {CommandConflict: 409, CommandGone: 410, Overtaken: 409}


class ProblemMiddleware:
    """Refuses what cannot be understood, and turns a domain error into its page."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not holds_nul(request):
            return self.get_response(request)
        return JsonResponse({"detail": NUL_IN_IT}, status=422) if is_for_a_program(request) else bad_request(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """None leaves it to Django: a mistake of ours gets the page with an incident number."""
        if isinstance(problem, DomainError):
            told = {"problem": problem, "back": came_from(request)}
            return render(request, "ui/problem.html", told, status=STATUS.get(type(problem), 422))
        return None


def holds_nul(request: HttpRequest) -> bool:
    """Does an address or a form hold the character that no keyboard types and no text in PostgreSQL can have?"""
    if "%00" in request.META.get("QUERY_STRING", ""):
        return True
    typed = request.POST.lists() if request.content_type in FORMS else ()
    return any(NUL in value for _name, values in typed for value in values)
