"""Who may call which service of access."""

from __future__ import annotations

from typing import Any

from muster.kernel.access.models import Account
from muster.kernel.access.roles import SECURITY_ADMINISTRATOR
from muster.kernel.commands import Actor
from muster.kernel.commands.actor import SYSTEM


def manages_accounts(*, by: Actor, **_: Any) -> bool:
    """The security administrator, and the installation while it opens its first accounts."""
    return not by.roles.isdisjoint({SECURITY_ADMINISTRATOR, SYSTEM})


def manages_or_owns(*, by: Actor, account: Account, **_: Any) -> bool:
    """Whoever manages accounts, or the one whose account it is."""
    return by.account_id == account.pk or manages_accounts(by=by)
