"""Accounts are opened and closed by the security administrator alone, and passwords leave no trace."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from muster.kernel.access.errors import AccountClosed, LoginMalformed, LoginTaken, PasswordTooWeak, PersonHasAccount
from muster.kernel.access.models import Account
from muster.kernel.access.queries import roles_in_force
from muster.kernel.access.roles import COMMANDER, DUTY_OFFICER, SYSTEM_ADMINISTRATOR
from muster.kernel.access.services import account_close, account_open, password_set
from muster.kernel.audit.models import Leaf
from muster.kernel.commands import Actor, CommandConflict, NotPermitted
from muster.kernel.commands.models import CommandRecord, Conflict
from muster.kernel.organisation.models import Partner, Person

from .conftest import PASSWORD

Open = Callable[[str], Account]
Grant = Callable[[Account, str], Account]


def test_a_new_account_can_log_in_and_holds_no_role(security: Actor) -> None:
    account = account_open(by=security.again(), login="O-1234", password=PASSWORD)
    assert account.check_password(PASSWORD)
    assert roles_in_force(account.pk, security.now) == frozenset()


@pytest.mark.parametrize("role", [COMMANDER, DUTY_OFFICER, SYSTEM_ADMINISTRATOR])
def test_nobody_else_opens_accounts(db: None, role: str) -> None:
    with pytest.raises(NotPermitted):
        account_open(by=Actor("account:1", frozenset({role})), login="O-1234", password=PASSWORD)
    assert not Account.objects.exists()


@pytest.mark.parametrize("login", ["", " O-1", "O 1", "张三", "-x", "x" * 65, "a/b"])
def test_a_login_name_can_be_typed_on_every_keyboard(security: Actor, login: str) -> None:
    with pytest.raises(LoginMalformed):
        account_open(by=security.again(), login=login, password=PASSWORD)


def test_a_login_name_is_never_given_twice_even_in_other_letters(security: Actor, opened: Open) -> None:
    account_close(by=security.again(), account=opened("O-1234"))
    with pytest.raises(LoginTaken):
        account_open(by=security.again(), login="o-1234", password=PASSWORD)


@pytest.mark.parametrize("password", ["short", "password1234", ""])
def test_a_weak_password_opens_nothing(security: Actor, password: str) -> None:
    with pytest.raises(PasswordTooWeak):
        account_open(by=security.again(), login="O-1234", password=password)
    assert not Account.objects.filter(login="O-1234").exists()


def test_one_person_has_one_open_account(security: Actor) -> None:
    partner = Partner.objects.create(code="market", name_zh="市场监管局", name_en="Market", kind="department")
    person = Person.objects.create(code="L-77", kind="liaison", partner=partner)
    first = account_open(by=security.again(), login="L-77", password=PASSWORD, person=person)
    with pytest.raises(PersonHasAccount, match="L-77"):
        account_open(by=security.again(), login="L-77b", password=PASSWORD, person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(login="L-77c", person=person)
    account_close(by=security.again(), account=first)
    assert account_open(by=security.again(), login="L-77d", password=PASSWORD, person=person).person == person


def test_closing_an_account_ends_its_roles_and_its_password(security: Actor, opened: Open, granted: Grant) -> None:
    account = granted(opened("O-1234"), COMMANDER)
    closed = account_close(by=security.again(), account=account)
    assert not closed.is_active
    assert not closed.has_usable_password()
    assert roles_in_force(account.pk, security.again().now) == frozenset()
    with pytest.raises(AccountClosed):
        password_set(by=security.again(), account=account, password=PASSWORD)


def test_a_person_changes_his_own_password_and_nobody_elses(opened: Open) -> None:
    mine, yours = opened("O-1"), opened("O-2")
    me = Actor(f"account:{mine.pk}", frozenset({DUTY_OFFICER}), account_id=mine.pk)
    assert password_set(by=me.again(), account=mine, password="another-quiet-river").check_password(
        "another-quiet-river"
    )
    with pytest.raises(NotPermitted):
        password_set(by=me.again(), account=yours, password="another-quiet-river")


def test_a_repeated_opening_is_one_account(security: Actor) -> None:
    by = security.again()
    first = account_open(by=by, login="O-1234", password=PASSWORD)
    assert account_open(by=by, login="O-1234", password=PASSWORD) == first
    assert Account.objects.filter(login="O-1234").count() == 1


def test_a_password_stands_nowhere_but_in_its_own_hash(security: Actor) -> None:
    by = security.again()
    account_open(by=by, login="O-1234", password=PASSWORD)
    with pytest.raises(CommandConflict):
        account_open(by=by, login="O-9999", password=PASSWORD)
    kept = [str(vars(row)) for model in (CommandRecord, Conflict, Leaf) for row in model.objects.all()]
    assert kept
    assert not any(PASSWORD in text for text in kept)
