"""Leaks planted on purpose: answers that tell a reader what he should not learn. Each must be caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from muster.api import api
from muster.kernel.access import actors, middleware
from muster.kernel.access.middleware import AccessMiddleware, policy_of
from muster.kernel.access.policy import Policy
from muster.kernel.commands import NotPermitted
from muster.kernel.notices import views as notices

Plant = Callable[[pytest.MonkeyPatch], None]
LEAKS: dict[str, Plant] = {}


def leak(plant: Plant) -> Plant:
    LEAKS[plant.__name__] = plant
    return plant


def betray(patch: pytest.MonkeyPatch, change: Callable[[Any], None], method: str = "") -> None:
    """What is refused at an address that exists is changed a little."""
    honest = AccessMiddleware.__call__

    def call(self: AccessMiddleware, request: HttpRequest) -> HttpResponse:
        response = honest(self, request)
        if response.status_code == 404 and policy_of(request.path_info) and method in {"", request.method}:
            change(response)
        return response

    patch.setattr(AccessMiddleware, "__call__", call)


@leak
def a_refusal_has_a_status_of_its_own(patch: pytest.MonkeyPatch) -> None:
    betray(patch, lambda response: setattr(response, "status_code", 403))


@leak
def a_refusal_is_one_byte_longer(patch: pytest.MonkeyPatch) -> None:
    betray(patch, lambda response: response.write(b" "))


@leak
def a_refusal_has_a_header_more(patch: pytest.MonkeyPatch) -> None:
    betray(patch, lambda response: response.headers.setdefault("Server-Timing", "view"))


@leak
def a_refusal_sets_a_cookie(patch: pytest.MonkeyPatch) -> None:
    betray(patch, lambda response: response.set_cookie("seen", "1"))


@leak
def only_the_rare_methods_tell(patch: pytest.MonkeyPatch) -> None:
    betray(patch, lambda response: response.headers.setdefault("Allow", "GET, POST"), method="OPTIONS")


@leak
def an_address_without_its_slash_is_sent_to_the_right_one(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(settings, "APPEND_SLASH", True)


def judge(patch: pytest.MonkeyPatch, more: Callable[[Policy, str, frozenset[str]], bool]) -> None:
    """At the door, and nowhere else, a policy permits more than it says."""

    class Loose:
        def __init__(self, policy: Policy) -> None:
            self.policy = policy

        def __getattr__(self, name: str) -> Any:
            return getattr(self.policy, name)

        def permits(self, method: str, held: frozenset[str]) -> bool:
            return self.policy.permits(method, held) or more(self.policy, method, held)

    patch.setattr(middleware, "policy_of", lambda path: Loose(found) if (found := policy_of(path)) else None)


@leak
def whoever_may_read_may_write(patch: pytest.MonkeyPatch) -> None:
    judge(patch, lambda policy, method, held: method in policy.methods and policy.permits("GET", held))


@leak
def head_is_open_to_all(patch: pytest.MonkeyPatch) -> None:
    judge(patch, lambda policy, method, held: method == "HEAD")


@leak
def a_role_that_is_over_still_counts(patch: pytest.MonkeyPatch) -> None:
    from muster.kernel.access.models import RoleGrant

    def ever(account: int, at: Any) -> frozenset[str]:
        return frozenset(RoleGrant.objects.filter(account=account).values_list("role", flat=True))

    patch.setattr(actors, "roles_in_force", ever)


@leak
def a_stranger_is_told_what_is_not_there(patch: pytest.MonkeyPatch) -> None:
    honest = middleware.ask_to_log_in
    patch.setattr(
        middleware,
        "ask_to_log_in",
        lambda request: honest(request) if policy_of(request.path_info) else HttpResponse(status=404),
    )


@leak
def what_a_service_refuses_is_explained(patch: pytest.MonkeyPatch) -> None:
    def explain(self: AccessMiddleware, request: HttpRequest, problem: Exception) -> HttpResponseBase | None:
        return HttpResponse("not yours", status=422) if isinstance(problem, NotPermitted) else None

    patch.setattr(AccessMiddleware, "process_exception", explain)


@leak
def the_api_says_not_found_in_two_ways(patch: pytest.MonkeyPatch) -> None:
    def other(request: HttpRequest, problem: Exception) -> HttpResponse:
        return JsonResponse({"detail": "Not Found"}, status=404)

    patch.setitem(api._exception_handlers, Http404, other)


@leak
def a_topic_that_is_refused_is_a_bad_request(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(notices, "not_found", lambda request: HttpResponse(status=400))


@leak
def any_topic_may_be_followed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(notices, "may_follow", lambda topics, roles: True)
