"""Who came in, went out, or was refused is in the log; what he typed is not."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.test import Client

from muster.kernel.access.models import Account
from muster.kernel.access.services import account_open
from muster.kernel.audit.models import Leaf
from muster.kernel.commands import Actor

pytestmark = pytest.mark.django_db
PASSWORD = "quiet-river-crossing"


@pytest.fixture
def account() -> Account:
    opened = account_open(by=Actor.system("tests"), login="A-DOOR", password=PASSWORD)
    return Account.objects.get(pk=opened.pk)


def entries(action: str) -> list[Leaf]:
    return list(Leaf.objects.filter(action=f"access.record_{action}"))


def come_in(login: str, password: str) -> Client:
    browser = Client()
    browser.post("/login/", {"login": login, "password": password})
    return browser


def test_who_logs_in_and_out_is_in_the_log(account: Account) -> None:
    browser = come_in("A-DOOR", PASSWORD)
    (entry,) = entries("login")
    assert entry.principal == f"account:{account.pk}"
    assert entries("logout") == []
    browser.post("/logout/")
    (entry,) = entries("logout")
    assert entry.principal == f"account:{account.pk}"


@pytest.mark.parametrize("login", ["A-DOOR", "a-door", "A-NOBODY"])
def test_a_refused_login_names_the_account_that_was_meant_and_nothing_that_was_typed(
    account: Account, login: str
) -> None:
    come_in(login, "a-guess-at-it")
    (entry,) = entries("refused_login")
    assert entries("login") == []
    meant = str(account.pk) if login.upper() == account.login else "null"
    assert f'"account":{meant}' in entry.content
    assert login not in entry.content
    assert "a-guess-at-it" not in entry.content


@pytest.mark.parametrize(
    ("signal", "change"),
    [(authenticator_added, "added"), (authenticator_removed, "removed"), (authenticator_reset, "reset")],
)
def test_each_change_of_a_second_factor_is_in_the_log(account: Account, signal: object, change: str) -> None:
    factor = Authenticator(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    signal.send(sender=Authenticator, request=None, user=account, authenticator=factor)  # type: ignore[attr-defined]
    (entry,) = entries("factor")
    assert entry.principal == f"account:{account.pk}"
    assert f'"change":"{change}"' in entry.content
    assert '"factor":"totp"' in entry.content
