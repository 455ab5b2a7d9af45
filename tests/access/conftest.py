"""Readers of every kind, with an open session each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from muster.kernel import clock
from muster.kernel.access.models import Account, RoleGrant
from muster.kernel.access.roles import COMMANDER, ROLES

NO_ROLE = "no role"
EXPIRED = "a role that has expired"
REVOKED = "a role that was revoked"
FUTURE = "a role that begins tomorrow"
READERS = (*ROLES, NO_ROLE, EXPIRED, REVOKED, FUTURE)
WITHOUT_ROLE = (NO_ROLE, EXPIRED, REVOKED, FUTURE)


@pytest.fixture
def reader(db: None) -> Callable[[str], Client]:
    """A browser in which somebody of this kind has logged in."""

    def log_in(kind: str) -> Client:
        account = Account.objects.create(login=f"T-{kind.replace(' ', '-')}")
        account.set_password("quiet-river-crossing")
        account.save()
        now, day = clock.now(), timedelta(days=1)
        times = {EXPIRED: (now - 2 * day, now - day), FUTURE: (now + day, now + 2 * day)}
        if kind != NO_ROLE:
            starts, ends = times.get(kind, (now - day, now + day))
            RoleGrant.objects.create(
                account=account,
                role=kind if kind in ROLES else COMMANDER,
                starts_at=starts,
                ends_at=ends,
                revoked_at=now - day / 2 if kind == REVOKED else None,
            )
        browser = Client(raise_request_exception=False)
        browser.force_login(account)
        return browser

    return log_in


def roles_of(kind: str) -> frozenset[str]:
    """The roles that a reader of this kind holds now."""
    return frozenset({kind}) if kind in ROLES else frozenset()
