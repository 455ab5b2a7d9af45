"""What a session may do is asked anew with each request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client

from muster.kernel.access.models import Account, RoleGrant
from muster.kernel.access.roles import FIELD_OFFICER, NEED_SECOND_FACTOR, ROLES, SECURITY_ADMINISTRATOR
from muster.kernel.access.services import account_close, password_set, role_revoke
from muster.kernel.commands import Actor

Open = Callable[[str], Client]


def security() -> Actor:
    return Actor("account:0", frozenset({SECURITY_ADMINISTRATOR}))


def account_of(browser: Client) -> Account:
    found = get_user(browser)  # type: ignore[arg-type]
    assert isinstance(found, Account)
    return found


def test_a_revoked_role_is_gone_with_the_next_request(reader: Open) -> None:
    browser = reader(SECURITY_ADMINISTRATOR)
    assert browser.get("/access/").status_code == 200
    grant = RoleGrant.objects.get(account=account_of(browser))
    role_revoke(by=security(), grant=grant, reason="transferred")
    assert browser.get("/access/").status_code == 404
    assert browser.get("/").status_code == 200


def test_a_closed_account_stands_before_the_door_with_the_next_request(reader: Open) -> None:
    browser = reader(FIELD_OFFICER)
    assert browser.get("/").status_code == 200
    account_close(by=security(), account=account_of(browser))
    assert browser.get("/")["Location"] == "/login/"


def test_a_new_password_ends_the_other_sessions(reader: Open) -> None:
    browser = reader(FIELD_OFFICER)
    password_set(by=security(), account=account_of(browser), password="another-quiet-river")
    assert browser.get("/")["Location"] == "/login/"


@pytest.mark.parametrize("role", sorted(ROLES))
def test_where_a_second_factor_is_required_a_privileged_role_can_only_set_one_up(
    reader: Open, settings: Any, role: str
) -> None:
    settings.MUSTER_REQUIRE_MFA = True
    browser = reader(role)
    home = browser.get("/")
    if role not in NEED_SECOND_FACTOR:
        assert home.status_code == 200
        return
    assert home["Location"] == "/me/second-factor/"
    assert browser.get("/me/second-factor/").status_code == 200
    assert browser.post("/api/access/accounts/1/grants").status_code in {302, 404}
    assert browser.get("/no/such/address/").status_code == 404, "the demand tells nothing about what exists"


def test_the_api_of_a_session_needs_the_token_of_its_page(reader: Open) -> None:
    browser = reader(SECURITY_ADMINISTRATOR)
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = browser.cookies
    body = {"role": FIELD_OFFICER, "reason": "because"}
    target = Account.objects.create(login="T-target")
    sent = strict.post(f"/api/access/accounts/{target.pk}/grants", body, content_type="application/json")
    assert sent.status_code == 403
    assert not target.grants.exists()


def test_a_session_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(settings: Any) -> None:
    assert settings.SESSION_COOKIE_HTTPONLY is True
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
