"""A person's mistake that no view has caught: a page that says what, where, what was expected and how to mend it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.kernel.commands import CommandConflict, CommandGone
from muster.kernel.errors import DomainError

Respond = Callable[[HttpRequest], HttpResponse]
STATUS: dict[type[DomainError], int] = {CommandConflict: 409, CommandGone: 410}


class ProblemMiddleware:
    """Turns a domain error into its page."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """None leaves it to Django: a mistake of ours gets the page with an incident number."""
        if isinstance(problem, DomainError):
            return render(request, "ui/problem.html", {"problem": problem}, status=STATUS.get(type(problem), 422))
        return None
