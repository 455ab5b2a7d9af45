"""The security administrator opens an account, grants a role and takes it back; the other administrators cannot."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accounts import PASSWORD
from tests.journeys.visits import Visits, log_in

Shot = Callable[..., object]
Axe = Callable[[Page], None]


@pytest.mark.parametrize(("language", "screen"), [("zh", "desktop"), ("en", "phone"), ("zh", "phone")])
def test_the_pages_of_accounts_are_readable(visits: Visits, shot: Shot, axe: Axe, language: str, screen: str) -> None:
    page = visits.page_as("security_administrator", language=language, screen=screen)
    for name, path in (("accounts", "/access/"), ("open-account", "/access/open/"), ("purposes", "/access/purposes/")):
        page.goto(path)
        axe(page)
        shot(page, f"{name}-{language}-{screen}")
    page.goto("/access/?begins=J-commander")
    page.click("table a")
    axe(page)
    shot(page, f"account-{language}-{screen}")


def test_an_account_is_opened_granted_used_and_revoked(visits: Visits, shot: Shot, axe: Axe) -> None:
    page = visits.page_as("security_administrator", language="en")
    page.goto("/access/")
    page.get_by_role("link", name="Open an account").click()
    page.get_by_label("Login name").fill("J-new-officer")
    page.get_by_label("First password").fill(PASSWORD)
    page.get_by_role("button", name="Open an account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("J-new-officer")
    page.get_by_label("Role", exact=True).select_option("duty_officer")
    page.locator("#id_granting-reason").fill("Order 17 of the chief")
    page.get_by_role("button", name="Grant", exact=True).click()
    expect(page.locator(".m-grant")).to_contain_text("Order 17 of the chief")

    officer = visits.page(language="en")
    log_in(officer, "J-new-officer")
    expect(officer.locator("main")).to_contain_text("Duty officer")

    page.get_by_text("Revoke", exact=True).click()
    page.locator(".m-grant input[name$=reason]").fill("Transferred")
    page.get_by_role("button", name="Revoke now").click()
    expect(page.locator("main")).to_contain_text("None: the account can log in and see nothing.")
    axe(page)
    shot(page, "account-revoked-en")
    officer.goto("/")
    expect(officer.locator("main")).to_contain_text("No work area is open to you yet")


@pytest.mark.parametrize("role", ["system_administrator", "audit_administrator"])
def test_the_other_administrators_find_nothing_there(visits: Visits, role: str) -> None:
    page = visits.page_as(role, language="en")
    answer = page.goto("/access/")
    assert answer is not None
    assert answer.status == 404
    page.goto("/")
    expect(page.locator("nav a[href='/access/']")).to_have_count(0)
