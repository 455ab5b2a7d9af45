"""Where every request meets the policy table, before anything else of Muster sees it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from muster.kernel.access import factors
from muster.kernel.access.actors import actor_of
from muster.kernel.access.denials import is_for_a_program, not_found
from muster.kernel.access.policy import Policy, Reader
from muster.kernel.access.table import policy_table
from muster.kernel.commands import NotPermitted

Respond = Callable[[HttpRequest], HttpResponse]


class AccessMiddleware:
    """Sets `request.actor` and lets a request through only as its route's policy says.

    A stranger is sent to the login page from every address, existing or not. Whoever has logged in gets the very
    page of "not found" for what he may not use. A route that has no policy is refused to everybody.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        policy = policy_of(request.path_info)
        actor = request.actor = actor_of(request, policy)  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            if policy is not None and policy.reader is Reader.ANYBODY:
                return self.get_response(request)
            return ask_to_log_in(request)
        if policy is None or not policy.permits(request.method or "", actor.roles):
            return not_found(request)
        if factors.missing(request, policy):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """What a service refuses looks like what does not exist; other exceptions are not ours."""
        return not_found(request) if isinstance(problem, NotPermitted) else None


def policy_of(path: str) -> Policy | None:
    """The policy of the route at this path; None when there is no route or no row."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return policy_table().get(match.view_name)


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """The same answer for all addresses: nobody learns from outside which exist."""
    if is_for_a_program(request):
        return JsonResponse({"detail": "authentication required"}, status=401)
    target = reverse("account_login")
    if request.method == "GET" and request.path_info != "/":
        target += "?" + urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(target)
