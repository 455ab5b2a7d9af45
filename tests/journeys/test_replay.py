"""A recorded epidemic on the board: any past moment can be looked at, and looks as it did then."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site
from tests.journeys.test_operation import Axe, Shot
from tests.journeys.visits import Visits


def board_of_replay(page: Page, query: str = "") -> None:
    page.goto("/operations/")
    page.click(".op-operation-replay .btn >> nth=0")
    if query:
        page.goto(page.url + query)
    drawn(page)


def drawn(page: Page) -> None:
    page.wait_for_selector("html[data-board-drawn]", state="attached")


def new_cases(page: Page) -> str:
    return page.locator(".op-figures dd").first.inner_text()


def test_the_slider_shows_what_was_known_at_a_past_moment(visits: Visits, replayed: Site, axe: Axe) -> None:
    page = visits.page_as("duty_officer", language="en")
    board_of_replay(page)
    expect(page.locator(".op-level-words strong")).to_have_text("Level I response")
    assert new_cases(page) == "60"
    slider = page.locator("#op-slider")
    slider.focus()
    for _day in range(10):
        page.keyboard.press("PageDown")
    expect(page.locator(".op-past-bar")).to_contain_text("You are looking at the past")
    expect(page.locator(".op-level-words strong")).to_have_text("Level III response")
    assert "as_of=2020-01-" in page.url
    axe(page)
    page.goto(page.url)  # the address is the moment
    drawn(page)
    expect(page.locator(".op-level-words strong")).to_have_text("Level III response")
    page.click(".op-back")
    expect(page.locator(".op-level-words strong")).to_have_text("Level I response")
    expect(page.locator(".op-past-bar")).to_have_count(0)


def test_a_late_bulletin_is_marked_as_one(visits: Visits, replayed: Site) -> None:
    page = visits.page_as("duty_officer", language="zh")
    board_of_replay(page)
    page.click("#b-curve-basis summary")
    row = page.locator("#b-curve-basis tbody tr").first
    expect(row).to_contain_text("2020-01-31")
    expect(row).to_contain_text("迟报")


def test_a_replay_says_that_it_is_not_real(visits: Visits, replayed: Site) -> None:
    page = visits.page_as("duty_officer", language="zh")
    board_of_replay(page)
    expect(page.locator(".op-mode")).to_contain_text("并非实战")


@pytest.mark.parametrize(("language", "screen"), [("zh", "wall"), ("en", "wall"), ("zh", "phone"), ("en", "desktop")])
def test_a_wave_reads_on_every_screen(
    visits: Visits, replayed: Site, axe: Axe, shot: Shot, language: str, screen: str
) -> None:
    page = visits.page_as(
        "duty_officer", language=language, screen=screen, theme="dark" if screen == "wall" else "light"
    )
    board_of_replay(page, "?wall=1" if screen == "wall" else "")
    axe(page)
    shot(page, f"board-{screen}-{language}")
    expect(page.locator("#b-shortfalls")).to_contain_text(re.compile(r"\d"))
