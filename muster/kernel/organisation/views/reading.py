"""What the pages of the organisation share."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from muster.kernel.access.actors import actor_behind
from muster.kernel.access.policy import WRITES
from muster.kernel.access.table import policy_table
from muster.kernel.errors import DomainError, Text
from muster.kernel.organisation import queries
from muster.kernel.organisation.queries import PersonView, UnitNode

UNPROCESSABLE = 422


def now_of(request: HttpRequest) -> datetime:
    """The moment of the request."""
    return actor_behind(request).now


def may_write(request: HttpRequest, route: str) -> bool:
    """May this reader change something there? Pages offer only what the policy table permits."""
    policy = policy_table().get(route)
    roles = actor_behind(request).roles
    return policy is not None and any(policy.permits(method, roles) for method in WRITES)


def unit_of(code: str) -> UnitNode:
    """One unit, or the page of what is not there."""
    found = queries.unit(code)
    if found is None:
        raise Http404
    return found


def person_of(code: str, now: datetime) -> PersonView:
    """One person by the exact service number, or the page of what is not there."""
    found = queries.person(code, now)
    if found is None:
        raise Http404
    return found


def start_of(request: HttpRequest) -> int:
    """From which row on a list is shown."""
    text = request.GET.get("start", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def status_of(problem: DomainError | None) -> int:
    """422 where something could not be done."""
    return 200 if problem is None else UNPROCESSABLE


def say(request: HttpRequest, done: object, said: Text) -> None:
    """What was done; where a service counted nothing, that it was so already."""
    if done == 0:
        messages.warning(request, gettext("Nothing changed: it was so already."))
    else:
        messages.success(request, str(said))
