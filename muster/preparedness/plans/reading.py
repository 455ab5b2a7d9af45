"""What the pages and the API of plans ask first: who reads, what he may, and the thing that an address names."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from muster.kernel.access.actors import actor_behind
from muster.kernel.access.table import policy_table
from muster.preparedness.plans import queries
from muster.preparedness.plans.models import Draft, PlanVersion


def may(request: HttpRequest, route: str, method: str = "POST") -> bool:
    """May the reader do this?"""
    policy = policy_table().get(route)
    return policy is not None and policy.permits(method, actor_behind(request).roles)


def draft_or_404(pk: int) -> Draft:
    """The draft. Raises Http404."""
    found = queries.draft(pk)
    if found is None:
        raise Http404
    return found


def version_or_404(code: str, number: str = "") -> PlanVersion:
    """A version of a plan, without a number the one in force. Raises Http404."""
    found = queries.version(code, number) if number else queries.latest_version(code)
    if found is None:
        raise Http404
    return found
