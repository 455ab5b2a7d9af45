"""What the pages of operations share: finding, asking who may, showing what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from muster.kernel.access.policy import WRITES
from muster.kernel.access.table import policy_table
from muster.kernel.commands.actor import Actor
from muster.kernel.errors import DomainError
from muster.response.operations.models import Operation

View = Callable[..., HttpResponse]
UNPROCESSABLE = 422


def actor(request: HttpRequest) -> Actor:
    """Who asks; the access middleware put him there."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def operation_of(code: str) -> Operation:
    """One operation by code; nothing there is the 404 page."""
    return get_object_or_404(Operation.objects.select_related("plan_version", "area"), code=code)


def may(request: HttpRequest, route: str, method: str = "GET") -> bool:
    """May this reader use a route? Pages offer only what the policy table permits."""
    policy = policy_table().get(route)
    return policy is not None and policy.permits(method, actor(request).roles)


def may_write(request: HttpRequest, route: str) -> bool:
    """May this reader change something there?"""
    return any(may(request, route, method) for method in WRITES)


def told(view: View) -> View:
    """A domain error becomes a page that says what, where, expected and how to mend it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as problem:
            context = {"problem": problem, "now_url": request.path if "as_of" in request.GET else ""}
            return render(request, "operations/problem.html", context, status=UNPROCESSABLE)

    return wrapped
