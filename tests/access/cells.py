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
NUMBER: Final = "987654321"
NOTHING: Final = {"int": NUMBER, "uuid": "00000000-0000-4000-8000-000000000000", "path": "no/such"}
PARAMETER: Final = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One route with arguments that name nothing."""

    name: str
    path: str
    names_something: bool

    @property
    def policy(self) -> Policy | None:
        return policy_table().get(self.name)

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")

    @property
    def missing(self) -> str:
        return missing_like(self.path)

    def permits(self, method: str, held: frozenset[str]) -> bool:
        return self.policy is not None and self.policy.permits(method, held)


def missing_like(path: str) -> str:
    """An address beside this one at which there is nothing."""
    return "/api/no/such/address" if path.startswith("/api/") else "/no/such/address/"


def addresses() -> list[Address]:
    """Every route of Muster."""
    return list(_addresses(get_resolver().url_patterns, "/", ""))


def _addresses(patterns: list[URLPattern | URLResolver], path: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _addresses(pattern.url_patterns, here, inner)
        else:
            named = PARAMETER.search(here) is not None
            yield Address(f"{namespace}{pattern.name}", PARAMETER.sub(_nothing, here), named)


def _nothing(found: re.Match[str]) -> str:
    kind, name = found.groups()
    return NOTHING.get(kind or "", NUMBER if name == "pk" else "no-such")
