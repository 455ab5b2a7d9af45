"""Accounts for the tests of access."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from muster.kernel.access.models import Account
from muster.kernel.access.roles import SECURITY_ADMINISTRATOR
from muster.kernel.access.services import account_open, role_grant
from muster.kernel.commands import Actor

PASSWORD = "quiet-river-crossing"


@pytest.fixture
def installation(db: None) -> Actor:
    """Muster itself, setting up its first accounts."""
    return Actor.system("set-up")


@pytest.fixture
def opened(installation: Actor) -> Callable[[str], Account]:
    """Opens an account under a login name."""
    return lambda login: account_open(by=installation.again(), login=login, password=PASSWORD)


@pytest.fixture
def granted(installation: Actor) -> Callable[[Account, str], Account]:
    """Gives an account a role, as the installation does at set-up."""

    def grant(account: Account, role: str) -> Account:
        role_grant(by=installation.again(), account=account, role=role, reason="set-up")
        return account

    return grant


@pytest.fixture
def security(opened: Callable[[str], Account], granted: Callable[[Account, str], Account]) -> Actor:
    """The security administrator."""
    account = granted(opened("S-0001"), SECURITY_ADMINISTRATOR)
    return Actor(f"account:{account.pk}", frozenset({SECURITY_ADMINISTRATOR}), account_id=account.pk)
