"""Who is behind a request: the account, its roles in force now, the purpose of the route, the id of the command."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest

from muster.kernel import clock
from muster.kernel.access.policy import WRITES, Policy
from muster.kernel.access.queries import roles_in_force
from muster.kernel.commands.actor import Actor

DEFAULT_PURPOSE = "emergency_response"


def actor_of(request: HttpRequest, policy: Policy | None) -> Actor:
    """The actor of a request. Roles are read anew each time: a revoked grant ends with the next request."""
    now = clock.now()
    account = request.user
    signed_in = account.is_authenticated and account.pk is not None
    return Actor(
        principal=f"account:{account.pk}" if signed_in else "anonymous",
        roles=roles_in_force(account.pk, now) if signed_in else frozenset(),
        account_id=account.pk if signed_in else None,
        purpose=policy.purpose if policy else DEFAULT_PURPOSE,
        command_id=_command_id(request) if signed_in else uuid4(),
        now=now,
    )


def _command_id(request: HttpRequest) -> UUID:
    """The client's own id of this command: a header, or a hidden field of the form; a new one if it sent none."""
    given = request.headers.get("X-Command-Id", "")
    if not given and request.method in WRITES:
        given = request.POST.get("command_id", "")
    try:
        return UUID(given)
    except ValueError:
        return uuid4()
