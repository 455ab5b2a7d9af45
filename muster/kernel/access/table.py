"""The one policy table, put together from every area's `policies.ROUTES`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from muster.kernel.access.policy import Policy, Routes


@cache
def policy_table() -> dict[str, Policy]:
    """Every route's policy by route name. Raises ImproperlyConfigured when two areas rule on one route."""
    table: dict[str, Policy] = {}
    for area in areas():
        for name, policy in routes_of(area).items():
            if name in table:
                raise ImproperlyConfigured(f"route {name!r} has two policies, the second in {area}.policies")
            table[name] = policy
    return table


def areas() -> Iterator[str]:
    """The packages of Muster that are installed, in the order of the settings."""
    return (config.name for config in apps.get_app_configs() if find_spec(f"{config.name}.policies"))


def routes_of(area: str) -> Routes:
    """What one area declares."""
    routes: Routes = getattr(import_module(f"{area}.policies"), "ROUTES", {})
    return routes


def route_names() -> list[str]:
    """Names of all routes in the URL conf, namespaces included; a route without a name is given as its pattern."""
    return sorted(set(_names(get_resolver().url_patterns, "")))


def _names(patterns: list[URLPattern | URLResolver], namespace: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}" if pattern.name else f"{namespace}<{pattern.pattern}>"
