"""Who is behind a request: the account, its roles in force now, the purpose of the route, the id of the command."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest

from muster.kernel import clock
from muster.kernel.access.models import Account
from muster.kernel.access.policy import WRITES, Policy
from muster.kernel.access.queries import roles_in_force
from muster.kernel.commands.actor import Actor
from muster.kernel.organisation.models import Person

DEFAULT_PURPOSE = "emergency_response"


def actor_of(request: HttpRequest, policy: Policy | None) -> Actor:
    """The actor of a request. Roles are read anew each time: a revoked grant ends with the next request."""
    account = request.user
    if not isinstance(account, Account) or not account.is_authenticated:
        return Actor("anonymous")
    now = clock.now()
    return Actor(
        principal=f"account:{account.pk}",
        roles=roles_in_force(account.pk, now),
        account_id=account.pk,
        **_person(account),
        purpose=policy.purpose if policy else DEFAULT_PURPOSE,
        command_id=_command_id(request),
        device=request.headers.get("X-Device", "")[:64],
        device_time=parse_device_time(request.headers.get("X-Device-Time", "")),
        now=now,
    )


def actor_behind(request: HttpRequest) -> Actor:
    """Who acts in this request, as the middleware found it: what views give to services as `by`."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def _person(account: Account) -> dict[str, int | None]:
    """Where the account's person belongs; an account without a person belongs nowhere."""
    unit, partner = None, None
    if account.person_id is not None:
        unit, partner = Person.objects.values_list("unit_id", "partner_id").get(pk=account.person_id)
    return {"person_id": account.person_id, "unit_id": unit, "partner_id": partner}


def parse_device_time(text: str) -> datetime | None:
    """The client's own clock in ISO 8601 with its zone; None when it sent none or nonsense. Kept, never trusted."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _command_id(request: HttpRequest) -> UUID:
    """The client's own id of this command: a header, or a hidden field of the form; a new one if it sent none."""
    given = request.headers.get("X-Command-Id", "")
    if not given and request.method in WRITES:
        given = request.POST.get("command_id", "")
    try:
        return UUID(given)
    except ValueError:
        return uuid4()
