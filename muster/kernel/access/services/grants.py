"""Granting and revoking roles."""

from __future__ import annotations

from datetime import datetime

from muster.kernel.access.errors import (
    AdministratorsApart,
    GrantEnded,
    GrantTermWrong,
    GrantToOneself,
    ReasonMissing,
    RoleUnknown,
)
from muster.kernel.access.models import Account, RoleGrant
from muster.kernel.access.roles import ADMINISTRATORS, ROLES
from muster.kernel.access.rules import manages_accounts
from muster.kernel.access.services.accounts import open_account
from muster.kernel.commands import Actor, command, record
from muster.kernel.commands.actor import SYSTEM


@command("access.grant_role", policy=manages_accounts)
def role_grant(*, by: Actor, account: Account, role: str, ends_at: datetime | None = None, reason: str) -> RoleGrant:
    """Give an account a role until `ends_at`, by default for the role's term. A role already held is renewed.

    Raises RoleUnknown, ReasonMissing, AccountClosed, GrantToOneself, GrantTermWrong, AdministratorsApart.
    """
    account = _grantee(by, account, role, reason)
    ends_at = _end(by, role, ends_at)
    _keep_administrators_apart(account, role, by.now)
    _end_what_this_replaces(by, account, role)
    grant = RoleGrant.objects.create(
        account=account,
        role=role,
        starts_at=by.now,
        ends_at=ends_at,
        granted_by_id=by.account_id,
        reason=reason.strip(),
    )
    record(account=account.pk, role=role, ends_at=ends_at)
    return grant


@command("access.revoke_role", policy=manages_accounts)
def role_revoke(*, by: Actor, grant: RoleGrant, reason: str) -> RoleGrant:
    """End a grant now. Raises ReasonMissing, GrantToOneself, GrantEnded."""
    grant = RoleGrant.objects.select_for_update().select_related("account").get(pk=grant.pk)
    if not reason.strip():
        raise ReasonMissing
    if grant.account_id == by.account_id:
        raise GrantToOneself(grant.account.login)
    if not grant.is_in_force(by.now):
        raise GrantEnded(grant.account.login, grant.role)
    grant.revoked_at, grant.revoked_by_id, grant.revoked_because = by.now, by.account_id, reason.strip()
    grant.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
    record(account=grant.account_id, role=grant.role)
    return grant


def _grantee(by: Actor, account: Account, role: str, reason: str) -> Account:
    if role not in ROLES:
        raise RoleUnknown(role)
    if not reason.strip():
        raise ReasonMissing
    if account.pk == by.account_id:
        raise GrantToOneself(account.login)
    return open_account(account)


def _end(by: Actor, role: str, ends_at: datetime | None) -> datetime:
    """The end of the grant. People are held to the role's term; the installation's own first accounts are not."""
    latest = by.now + ROLES[role].term
    ends_at = latest if ends_at is None else ends_at
    if ends_at <= by.now or (ends_at > latest and SYSTEM not in by.roles):
        raise GrantTermWrong(role, ends_at, latest)
    return ends_at


def _keep_administrators_apart(account: Account, role: str, now: datetime) -> None:
    """An administrator holds nothing else; the database refuses it too."""
    held = account.grants.filter(revoked_at__isnull=True, ends_at__gt=now).exclude(role=role)
    clashing = held if role in ADMINISTRATORS else held.filter(role__in=ADMINISTRATORS)
    if (other := clashing.first()) is not None:
        raise AdministratorsApart(account.login, role, other.role)


def _end_what_this_replaces(by: Actor, account: Account, role: str) -> None:
    """The earlier grant of the same role, and administrators' grants that ran out: one at a time may stand open."""
    replaced = account.grants.filter(revoked_at__isnull=True)
    replaced.filter(role=role, ends_at__gt=by.now).update(revoked_at=by.now, revoked_by=by.account_id)
    replaced.filter(role__in=ADMINISTRATORS, ends_at__lte=by.now).update(revoked_at=by.now, revoked_by=by.account_id)
