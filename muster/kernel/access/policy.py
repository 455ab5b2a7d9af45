"""What a route asks of its reader: one row of the policy table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

READS: Final = frozenset({"GET", "HEAD"})
WRITES: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Reader(StrEnum):
    """Whom a route is for before any role is asked."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed_in"
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may use a route, how, and what for; which of its objects he may change is asked by the service.

    `roles` may read (GET, HEAD) and `writers` may change (POST, PUT, PATCH, DELETE), each limited to `methods`.
    `purpose` is what personal data may be read for on this route. `second_factor` overrules what the reader's
    roles ask for: None leaves it to them, False is for the pages on which a factor is set up.
    """

    reader: Reader
    roles: frozenset[str] = frozenset()
    writers: frozenset[str] = frozenset()
    methods: frozenset[str] = READS
    purpose: str = "emergency_response"
    second_factor: bool | None = None

    def permits(self, method: str, held: Iterable[str]) -> bool:
        """May a signed-in reader who holds these roles use this method here?"""
        if method not in self.methods:
            return False
        if self.reader is not Reader.ROLES:
            return True
        return not self._for(method).isdisjoint(held)

    def _for(self, method: str) -> frozenset[str]:
        return self.roles if method in READS else self.writers


Routes = Mapping[str, Policy]


def allow(
    *roles: str,
    writers: Iterable[str] | None = None,
    methods: Iterable[str] = READS,
    purpose: str = "emergency_response",
) -> Policy:
    """A route for these roles; who may change things there are `writers`, by default the same roles.

    GET and HEAD go together. Example: `allow(DUTY_OFFICER, COMMANDER, methods=("GET", "POST"), writers=(COMMANDER,))`.
    """
    asked = frozenset(methods)
    return Policy(
        reader=Reader.ROLES,
        roles=frozenset(roles),
        writers=frozenset(roles if writers is None else writers),
        methods=asked | READS if "GET" in asked else asked,
        purpose=purpose,
    )


def signed_in(*, methods: Iterable[str] = READS, second_factor: bool | None = None) -> Policy:
    """A route for everybody who has logged in, whatever the role."""
    return Policy(reader=Reader.SIGNED_IN, methods=frozenset(methods) | READS, second_factor=second_factor)


def public(*, methods: Iterable[str] = READS) -> Policy:
    """A route for anybody, logged in or not."""
    return Policy(reader=Reader.ANYBODY, methods=frozenset(methods) | READS, second_factor=False)
