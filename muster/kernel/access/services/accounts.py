"""Opening and closing accounts, setting passwords."""

from __future__ import annotations

import re
from typing import Final

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from muster.kernel.access.errors import (
    AccountClosed,
    LoginMalformed,
    LoginTaken,
    OwnAccount,
    OwnFactors,
    PasswordTooWeak,
    PersonHasAccount,
    ReasonMissing,
)
from muster.kernel.access.models import Account
from muster.kernel.access.rules import manages_accounts, manages_or_owns
from muster.kernel.access.secret import Secret
from muster.kernel.commands import Actor, command, record
from muster.kernel.organisation.models import Person

LOGIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def account_open(*, by: Actor, login: str, password: str, person: Person | None = None) -> Account:
    """Open an account under a login name that nobody has or had. It holds no role yet.

    Raises LoginMalformed, LoginTaken, PersonHasAccount, PasswordTooWeak.
    """
    return account_open_command(by=by, login=login, password=Secret(password), person=person)


@command("access.open_account", policy=manages_accounts)
def account_open_command(*, by: Actor, login: str, password: Secret, person: Person | None = None) -> Account:
    """What `account_open` does; the write path never sees the password itself."""
    _refuse_login(login)
    if person is not None and (other := Account.objects.filter(person=person, closed_at__isnull=True).first()):
        raise PersonHasAccount(person.code, other.login)
    account = Account(login=login, person=person)
    account.set_password(_strong(password, account))
    account.save()
    record(account=account.pk)
    return account


@command("access.close_account", policy=manages_accounts)
def account_close(*, by: Actor, account: Account) -> Account:
    """Close an account for good: its sessions and its roles end with the next request.

    Raises AccountClosed, and OwnAccount: whoever closes his own may be the last who can open another.
    """
    account = open_account(account)
    if account.pk == by.account_id:
        raise OwnAccount(account.login)
    account.grants.filter(revoked_at__isnull=True).update(revoked_at=by.now, revoked_by=by.account_id)
    account.is_active, account.closed_at = False, by.now
    account.set_unusable_password()
    account.save()
    record(account=account.pk)
    return account


def password_set(*, by: Actor, account: Account, password: str) -> Account:
    """Give an account a new password; its other sessions end. Raises AccountClosed, PasswordTooWeak."""
    return password_set_command(by=by, account=account, password=Secret(password))


@command("access.set_password", policy=manages_or_owns)
def password_set_command(*, by: Actor, account: Account, password: Secret) -> Account:
    """What `password_set` does; the write path never sees the password itself."""
    account = open_account(account)
    account.set_password(_strong(password, account))
    account.save(update_fields=["password"])
    record(account=account.pk)
    return account


@command("access.reset_factors", policy=manages_accounts)
def factors_reset(*, by: Actor, account: Account, reason: str) -> int:
    """Remove all second factors of somebody who lost them; returns how many. Raises AccountClosed, ReasonMissing.

    Nobody removes his own this way: a stolen session could.
    """
    account = open_account(account)
    if not reason.strip():
        raise ReasonMissing
    if account.pk == by.account_id:
        raise OwnFactors(account.login)
    removed, _ = Authenticator.objects.filter(user=account).delete()
    record(account=account.pk, removed=removed, reason=reason.strip())
    return removed


def open_account(account: Account) -> Account:
    """The account as the database has it now, locked. Raises AccountClosed."""
    fresh = Account.objects.select_for_update().get(pk=account.pk)
    if fresh.closed_at is not None:
        raise AccountClosed(fresh.login)
    return fresh


def _refuse_login(login: str) -> None:
    if not LOGIN.fullmatch(login):
        raise LoginMalformed(login)
    if Account.objects.filter(login__iexact=login).exists():
        raise LoginTaken(login)


def _strong(password: Secret, account: Account) -> str:
    try:
        validate_password(password.reveal(), account)
    except ValidationError as weak:
        raise PasswordTooWeak(list(weak.messages)) from weak
    return password.reveal()
