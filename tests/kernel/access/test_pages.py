"""The security administrator's pages and API: accounts by login name, roles for a time and with a reason."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client

from muster.kernel.access.errors import AccountClosed, OwnFactors, ReasonMissing
from muster.kernel.access.models import Account
from muster.kernel.access.queries import accounts_page, roles_in_force
from muster.kernel.access.roles import COMMANDER, DATA_OFFICER, DUTY_OFFICER
from muster.kernel.access.services import account_close, factors_reset
from muster.kernel.audit.models import Leaf
from muster.kernel.commands import Actor, NotPermitted

from .conftest import PASSWORD

Open = Callable[[str], Account]
Grant = Callable[[Account, str], Account]
Browse = Callable[[], Client]


@pytest.fixture
def browser(security: Actor) -> Client:
    """The security administrator at his screen."""
    client = Client()
    client.force_login(Account.objects.get(pk=security.account_id))
    return client


def test_accounts_are_listed_by_login_a_page_at_a_time(security: Actor, opened: Open, granted: Grant) -> None:
    for number in range(7):
        granted(opened(f"O-{number}"), COMMANDER if number % 2 else DUTY_OFFICER)
    now = security.again().now
    first = accounts_page(now, begins="o-", limit=4)
    rest = accounts_page(now, begins="o-", after=first.after, limit=4)
    assert [account.login for account in (*first.accounts, *rest.accounts)] == [f"O-{n}" for n in range(7)]
    assert (first.after, rest.after) == ("O-3", "")
    assert [account.login for account in accounts_page(now, role=COMMANDER).accounts] == ["O-1", "O-3", "O-5"]
    assert accounts_page(now, begins="nobody").accounts == ()


def test_a_list_of_many_accounts_asks_the_database_as_often_as_one_of_few(
    security: Actor, opened: Open, granted: Grant, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(12):
        granted(opened(f"O-{number:02}"), DUTY_OFFICER)
    with django_assert_max_num_queries(2):  # type: ignore[attr-defined]
        assert len(accounts_page(security.now, begins="O-").accounts) == 12


def test_an_account_is_opened_granted_revoked_and_closed_from_the_pages(browser: Client) -> None:
    form = {"login": "O-500", "password": PASSWORD, "person": "", "command_id": str(uuid4())}
    sent = browser.post("/access/open/", form)
    account = Account.objects.get(login="O-500")
    page = f"/access/accounts/{account.pk}/"
    assert sent["Location"] == page
    assert browser.post("/access/open/", form)["Location"] == page, "the same form sent twice is one account"
    browser.post(f"{page}grant/", {"granting-role": DATA_OFFICER, "granting-reason": "list desk"})
    grant = account.grants.get()
    assert grant.ends_at - grant.starts_at == timedelta(days=14)
    assert "list desk" in browser.get(page).content.decode()
    browser.post(f"/access/grants/{grant.pk}/revoke/", {f"revoke-{grant.pk}-reason": "desk closed"})
    assert roles_in_force(account.pk, grant.ends_at - timedelta(days=1)) == frozenset()
    browser.post(f"{page}close/")
    account.refresh_from_db()
    assert not account.is_active


def test_a_grant_that_ends_too_late_is_explained_and_not_made(browser: Client, opened: Open) -> None:
    account = opened("O-1")
    late = {"granting-role": DATA_OFFICER, "granting-reason": "list desk", "granting-until": "2999-01-01"}
    answer = browser.post(f"/access/accounts/{account.pk}/grant/", late, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 422
    assert "The grant does not end in time" in answer.content.decode()
    assert not account.grants.exists()


def test_a_service_number_that_nobody_has_opens_nothing(browser: Client) -> None:
    form = {"login": "O-1", "password": PASSWORD, "person": "P-NOBODY"}
    answer = browser.post("/access/open/", form, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 422
    assert "Nobody has this service number" in answer.content.decode()
    assert not Account.objects.filter(login="O-1").exists()


def test_ones_own_roles_are_not_offered_for_change(browser: Client, security: Actor) -> None:
    page = browser.get(f"/access/accounts/{security.account_id}/").content.decode()
    assert "/revoke/" not in page
    assert "/grant/" not in page
    assert "/close/" not in page


def test_an_account_that_is_not_there_is_not_found(browser: Client) -> None:
    assert browser.get("/access/accounts/999999/").status_code == 404


def test_lost_factors_are_removed_for_another_with_a_reason(security: Actor, opened: Open) -> None:
    account = opened("O-1")
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    with pytest.raises(ReasonMissing):
        factors_reset(by=security.again(), account=account, reason=" ")
    assert factors_reset(by=security.again(), account=account, reason="phone lost, seen in person") == 1
    assert "phone lost" in Leaf.objects.get(action="access.reset_factors").content
    own = Account.objects.get(pk=security.account_id)
    with pytest.raises(OwnFactors):
        factors_reset(by=security.again(), account=own, reason="convenient")
    account_close(by=security.again(), account=account)
    with pytest.raises(AccountClosed):
        factors_reset(by=security.again(), account=account, reason="late")


def test_nobody_else_removes_factors(opened: Open) -> None:
    with pytest.raises(NotPermitted):
        factors_reset(by=Actor("account:9", frozenset({COMMANDER})), account=opened("O-1"), reason="help")


def test_the_purpose_register_is_shown_to_who_watches(browser: Client) -> None:
    page = browser.get("/access/purposes/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "Reach the people on duty during an emergency" in page
    assert "Article 13" in page


def test_the_api_answers_a_grant_with_a_receipt_that_verifies(browser: Client, opened: Open) -> None:
    account = opened("O-1")
    key = browser.get("/api/access/receipt-key").json()["public_key"]
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
    asked = {"role": DUTY_OFFICER, "reason": "appointed"}
    url, headers = f"/api/access/accounts/{account.pk}/grants", {"X-Command-Id": str(uuid4())}
    first = browser.post(url, asked, content_type="application/json", headers=headers)
    again = browser.post(url, asked, content_type="application/json", headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert json.loads(first.content)["command_id"] == headers["X-Command-Id"]
    public.verify(base64.b64decode(first["X-Receipt-Signature"]), first.content)
    with pytest.raises(InvalidSignature):
        public.verify(base64.b64decode(first["X-Receipt-Signature"]), first.content + b" ")
    other = browser.post(url, {**asked, "reason": "other"}, content_type="application/json", headers=headers)
    assert other.status_code == 409
    assert account.grants.count() == 1


def test_the_api_says_what_is_wrong_with_a_grant(browser: Client, opened: Open) -> None:
    url = f"/api/access/accounts/{opened('O-1').pk}/grants"
    answer = browser.post(url, {"role": "superuser", "reason": "because"}, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["code"] == "RoleUnknown"
    listed = browser.get("/api/access/accounts?begins=O-").json()
    assert [row["login"] for row in listed["accounts"]] == ["O-1"]


def test_nobody_closes_his_own_account_or_gives_it_a_password_without_the_one_before(
    browser: Client, security: Actor
) -> None:
    own = Account.objects.get(pk=security.account_id)
    for act, form in (("close", {}), ("password", {"password-password": "another quiet river"})):
        answer = browser.post(f"/access/accounts/{own.pk}/{act}/", form)
        assert answer.status_code == 422
    own.refresh_from_db()
    assert own.closed_at is None
    assert own.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("language", "short", "common"),
    [
        ("zh-hans", "密码至少 12 个字符。", "该密码过于常见。"),
        ("en", "A password has at least 12 characters.", "This password is in common use."),
    ],
)
def test_a_weak_password_is_refused_in_the_readers_language_alone(
    browser: Client, opened: Open, language: str, short: str, common: str
) -> None:
    page = f"/access/accounts/{opened('O-1').pk}/password/"
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    assert short in browser.post(page, {"password-password": "short"}).content.decode()
    assert common in browser.post(page, {"password-password": "administrator"}).content.decode()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"granting-role": COMMANDER, "granting-reason": "\u202eorder"}, "hidden control characters"),
        ({"granting-role": COMMANDER, "granting-reason": "r" * 10_000}, "at most 500 characters"),
        ({"granting-role": COMMANDER, "granting-reason": "x", "granting-until": "0001-01-01"}, "does not end in time"),
        ({"granting-role": COMMANDER, "granting-reason": "x", "granting-until": "9999-12-31"}, "does not end in time"),
        ({"granting-role": "emperor", "granting-reason": "x"}, "valid choice"),
    ],
)
def test_a_role_is_not_granted_with_what_makes_no_sense(
    browser: Client, opened: Open, form: dict[str, str], said: str
) -> None:
    account = opened("O-1")
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = browser.post(f"/access/accounts/{account.pk}/grant/", form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not account.grants.exists()
