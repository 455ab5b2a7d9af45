"""Roles are granted by the security administrator, to others, for a time; administrators stay apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from django.db import DatabaseError, transaction

from muster.kernel.access.errors import (
    AdministratorsApart,
    GrantEnded,
    GrantTermWrong,
    GrantToOneself,
    ReasonMissing,
    RoleUnknown,
)
from muster.kernel.access.models import Account, RoleGrant
from muster.kernel.access.queries import roles_in_force
from muster.kernel.access.roles import (
    ADMINISTRATORS,
    ALL,
    COMMANDER,
    DATA_OFFICER,
    DUTY_OFFICER,
    ROLES,
    SECURITY_ADMINISTRATOR,
)
from muster.kernel.access.services import role_grant, role_revoke
from muster.kernel.commands import Actor, NotPermitted

Open = Callable[[str], Account]
Grant = Callable[[Account, str], Account]


def test_a_granted_role_holds_for_its_term_and_not_longer(security: Actor, opened: Open) -> None:
    account = opened("O-1")
    grant = role_grant(by=security.again(), account=account, role=DATA_OFFICER, reason="list desk")
    assert grant.ends_at - grant.starts_at == ROLES[DATA_OFFICER].term
    assert roles_in_force(account.pk, grant.starts_at) == {DATA_OFFICER}
    assert roles_in_force(account.pk, grant.ends_at) == frozenset()


@pytest.mark.parametrize("role", sorted(ALL - {SECURITY_ADMINISTRATOR}))
def test_no_other_role_grants(opened: Open, role: str) -> None:
    account = opened("O-1")
    with pytest.raises(NotPermitted):
        role_grant(by=Actor("account:99", frozenset({role})), account=account, role=DUTY_OFFICER, reason="why not")
    assert not RoleGrant.objects.exists()


def test_nobody_grants_to_himself(security: Actor) -> None:
    own = Account.objects.get(pk=security.account_id)
    with pytest.raises(GrantToOneself):
        role_grant(by=security.again(), account=own, role=DUTY_OFFICER, reason="I need it")
    with pytest.raises(DatabaseError), transaction.atomic():
        _insert(own, DUTY_OFFICER, security, granted_by=own)


@pytest.mark.parametrize(("held", "wanted"), list(product(ADMINISTRATORS, ADMINISTRATORS)))
def test_the_three_administrators_are_three_accounts(
    security: Actor, opened: Open, granted: Grant, held: str, wanted: str
) -> None:
    account = granted(opened("A-1"), held)
    if held == wanted:
        role_grant(by=security.again(), account=account, role=wanted, reason="renewed")
    else:
        with pytest.raises(AdministratorsApart):
            role_grant(by=security.again(), account=account, role=wanted, reason="we are short of people")
        with pytest.raises(DatabaseError), transaction.atomic():
            _insert(account, wanted, security)
    assert roles_in_force(account.pk, security.again().now) == {held}


@pytest.mark.parametrize("administrator", ADMINISTRATORS)
def test_an_administrator_does_not_command_in_either_order(
    security: Actor, opened: Open, granted: Grant, administrator: str
) -> None:
    for held, wanted in ((administrator, COMMANDER), (COMMANDER, administrator)):
        account = granted(opened(f"{held}-first"), held)
        with pytest.raises(AdministratorsApart):
            role_grant(by=security.again(), account=account, role=wanted, reason="short of people")
        with pytest.raises(DatabaseError), transaction.atomic():
            _insert(account, wanted, security)


def test_an_administrator_may_take_another_office_when_his_term_is_over(
    security: Actor, opened: Open, granted: Grant
) -> None:
    account = granted(opened("A-1"), SECURITY_ADMINISTRATOR)
    later = security.at(security.now + ROLES[SECURITY_ADMINISTRATOR].term + timedelta(days=1))
    role_grant(by=later, account=account, role=COMMANDER, reason="moved")
    assert roles_in_force(account.pk, later.now) == {COMMANDER}


def test_a_renewal_leaves_one_grant_in_force(security: Actor, opened: Open, granted: Grant) -> None:
    account = granted(opened("O-1"), COMMANDER)
    role_grant(by=security.again(), account=account, role=COMMANDER, reason="renewed")
    assert account.grants.filter(revoked_at__isnull=True).count() == 1
    assert account.grants.count() == 2


@pytest.mark.parametrize("days", [-1, 0, 15, 400])
def test_an_elevated_grant_ends_within_its_term(security: Actor, opened: Open, days: int) -> None:
    by = security.again()
    with pytest.raises(GrantTermWrong):
        role_grant(
            by=by, account=opened("O-1"), role=DATA_OFFICER, ends_at=by.now + timedelta(days=days), reason="list desk"
        )


def test_a_grant_needs_a_role_that_exists_and_a_reason(security: Actor, opened: Open) -> None:
    account = opened("O-1")
    with pytest.raises(RoleUnknown):
        role_grant(by=security.again(), account=account, role="superuser", reason="because")
    with pytest.raises(ReasonMissing):
        role_grant(by=security.again(), account=account, role=COMMANDER, reason="  ")


def test_a_revoked_role_is_gone_at_once_and_cannot_be_revoked_again(
    security: Actor, opened: Open, granted: Grant
) -> None:
    account = granted(opened("O-1"), COMMANDER)
    grant = account.grants.get()
    revoking = security.again()
    role_revoke(by=revoking, grant=grant, reason="transferred")
    assert roles_in_force(account.pk, revoking.now) == frozenset()
    with pytest.raises(GrantEnded):
        role_revoke(by=security.again(), grant=grant, reason="again")


def test_nobody_revokes_his_own_role(security: Actor) -> None:
    grant = RoleGrant.objects.get(account_id=security.account_id)
    with pytest.raises(GrantToOneself):
        role_revoke(by=security.again(), grant=grant, reason="resigned")


def _insert(account: Account, role: str, by: Actor, granted_by: Account | None = None) -> None:
    RoleGrant.objects.create(
        account=account, role=role, starts_at=by.now, ends_at=by.now + timedelta(days=1), granted_by=granted_by
    )
