"""Coming in: the door in both languages, on each screen, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accounts import NOBODY, PASSWORD, login_of
from tests.journeys.visits import Visits, log_in

Shot = Callable[..., object]
Axe = Callable[[Page], None]


@pytest.mark.parametrize(("language", "title"), [("zh", "登录"), ("en", "Log in")])
@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_the_door_is_in_both_languages_and_fits_the_screen(
    visits: Visits, shot: Shot, axe: Axe, language: str, title: str, screen: str
) -> None:
    page = visits.page(language=language, screen=screen)
    page.goto("/")
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    axe(page)
    shot(page, f"login-{language}-{screen}")


@pytest.mark.parametrize("screen", ["desktop", "phone", "wall"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_home_page_shows_what_a_role_works_with(
    visits: Visits, shot: Shot, axe: Axe, language: str, screen: str
) -> None:
    page = visits.page_as("duty_officer", language=language, screen=screen)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text({"zh": "我的工作", "en": "Your work"}[language])
    axe(page)
    shot(page, f"home-{language}-{screen}")


def test_an_account_without_a_role_is_told_whom_to_ask(visits: Visits, axe: Axe) -> None:
    page = visits.page_as(NOBODY, language="en")
    page.goto("/")
    expect(page.locator("main")).to_contain_text("security administrator")
    axe(page)


@pytest.mark.parametrize(("language", "said"), [("zh", "登录名"), ("en", "login name")])
def test_a_refused_login_says_so_and_not_which_half_was_wrong(
    visits: Visits, axe: Axe, language: str, said: str
) -> None:
    answers = set()
    for login, password in ((login_of("commander"), "not-the-password"), ("J-unknown", PASSWORD)):
        page = visits.page(language=language)
        log_in(page, login, password)
        assert urlsplit(page.url).path == "/login/"
        expect(page.get_by_role("alert")).to_contain_text(said)
        answers.add(page.get_by_role("alert").inner_text())
        axe(page)
    assert len(answers) == 1


def test_one_switch_changes_the_language_and_keeps_the_page(visits: Visits) -> None:
    page = visits.page_as("commander", language="zh")
    page.goto("/me/password/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert urlsplit(page.url).path == "/me/password/"
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_one_can_log_in_and_out_with_the_keyboard_alone(visits: Visits) -> None:
    page = visits.page(language="en")
    page.goto("/login/")
    expect(page.locator("input[name=login]")).to_be_focused()
    page.keyboard.type(login_of("plans_officer"))
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
    menu = page.locator("details.m-menu > summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Log out").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log out")
    page.get_by_role("button", name="Log out").press("Enter")
    page.wait_for_url("**/login/**")


def test_the_first_stop_of_the_keyboard_leads_past_the_navigation(visits: Visits) -> None:
    page = visits.page_as("commander", language="en")
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_one_may_not_open_looks_like_what_does_not_exist(
    visits: Visits, shot: Shot, axe: Axe, language: str
) -> None:
    page = visits.page_as("audit_administrator", language=language)
    missing = page.goto("/no/such/page/")
    assert missing is not None
    assert missing.status == 404
    there_is_none = missing.body()
    axe(page)
    shot(page, f"not-found-{language}")
    refused = page.goto("/access/")
    assert refused is not None
    assert (refused.status, refused.body()) == (404, there_is_none)
