"""Which topics there are, and who may follow them: whoever may open the page that shows the same."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from muster.kernel.access.policy import Policy
from muster.kernel.access.table import areas, policy_table


@cache
def topic_routes() -> dict[str, str]:
    """Kind of topic ("operation" in "operation:17") to the name of the route whose readers may follow it.

    Each area declares its own as `TOPICS` in its `policies.py`.
    """
    return {
        kind: route
        for area in areas()
        for kind, route in getattr(import_module(f"{area}.policies"), "TOPICS", {}).items()
    }


def policy_of_topic(topic: str) -> Policy | None:
    """None for a topic that nobody announces, or whose route has no policy."""
    route = topic_routes().get(topic.partition(":")[0])
    return policy_table().get(route) if route else None


def may_follow(topics: list[str], roles: frozenset[str]) -> bool:
    """May a reader with these roles follow all of them?"""
    policies = [policy_of_topic(topic) for topic in topics]
    return bool(policies) and all(policy is not None and policy.permits("GET", roles) for policy in policies)
