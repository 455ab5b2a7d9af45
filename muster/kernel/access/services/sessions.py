"""What happens at the door, for the record: logins, refusals, second factors."""

from __future__ import annotations

from typing import Any

from muster.kernel.access.models import Account
from muster.kernel.commands import Actor, command, record


def _anybody(*, by: Actor, **_: Any) -> bool:
    """The door records everybody who comes to it."""
    return True


@command("access.record_login", policy=_anybody)
def login_record(*, by: Actor, account: Account) -> None:
    """Somebody logged in."""
    record(account=account.pk)


@command("access.record_logout", policy=_anybody)
def logout_record(*, by: Actor, account: Account) -> None:
    """Somebody logged out."""
    record(account=account.pk)


@command("access.record_refused_login", policy=_anybody)
def refused_login_record(*, by: Actor, account: Account | None) -> None:
    """A login was refused; what was typed is not kept, only which account it meant, if any."""
    record(account=account.pk if account else None)


@command("access.record_factor", policy=_anybody)
def factor_record(*, by: Actor, account: Account, factor: str, change: str) -> None:
    """A second factor was `added`, `removed` or `reset`."""
    record(account=account.pk, factor=factor, change=change)
