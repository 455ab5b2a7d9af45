"""The cells of the access matrix, read from the URL conf: routes that others add appear by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

from muster.kernel.access.policy import Policy
from muster.kernel.access.table import policy_table

METHODS: Final = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
NOTHING: Final = {"int": "987654321", "uuid": "00000000-0000-4000-8000-000000000000", "path": "no/such"}
PARAMETER: Final = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One route with arguments that name nothing."""

    name: str
    path: str

    @property
    def policy(self) -> Policy | None:
        return policy_table().get(self.name)

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")


def addresses() -> list[Address]:
    """Every route of Muster."""
    return list(_addresses(get_resolver().url_patterns, "/", ""))


def _addresses(patterns: list[URLPattern | URLResolver], path: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        here = path + PARAMETER.sub(lambda found: NOTHING.get(found[1] or "", "no-such"), str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _addresses(pattern.url_patterns, here, inner)
        else:
            yield Address(f"{namespace}{pattern.name}", here)


def missing_like(path: str) -> str:
    """An address beside this one at which there is nothing."""
    return "/api/no/such/address" if path.startswith("/api/") else "/no/such/address/"
