"""What the pages of operations share: finding, asking who may, showing what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from muster.kernel.access.policy import WRITES
from muster.kernel.access.table import policy_table
from muster.kernel.commands.actor import Actor
from muster.kernel.errors import DomainError
from muster.response.operations.models import Operation
from muster.response.operations.permits import commands_in

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


def may_command(request: HttpRequest, operation: Operation) -> bool:
    """May this reader propose and decide in this operation? The services ask again."""
    return commands_in(actor(request), operation.mode)


def answered(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    form: Form,
    act: Callable[[dict[str, Any]], str],
) -> HttpResponse:
    """A page with a form: as it stands; or, once it was sent, what `act` did, at the address that it returns.

    What is wrong with what was sent is shown above it, and nothing that was typed is lost.
    """
    whole = {**context, "form": form}
    if request.method != "POST":
        return render(request, template, whole)
    if form.is_valid():
        try:
            return HttpResponseRedirect(act(dict(form.cleaned_data)))
        except DomainError as problem:
            whole["problem"] = problem
    return render(request, template, whole, status=UNPROCESSABLE)


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
