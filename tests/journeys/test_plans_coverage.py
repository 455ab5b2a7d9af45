"""Coverage in a browser: what was tried, how stale it is, which exercise is proposed, and noting one that was held."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site
from tests.journeys.visits import Visits

PAGE = "/plans/S-PHE-01/3.0/"


@pytest.mark.parametrize(("language", "screen"), [("zh", "desktop"), ("en", "phone")])
def test_the_plans_office_notes_an_exercise_and_sees_what_it_is_worth(
    visits: Visits,
    city: Site,
    shot: Callable[..., Path],
    axe: Callable[[Page], None],
    language: str,
    screen: str,
) -> None:
    clause = "K10" if language == "zh" else "K16"
    page = visits.page_as("plans_officer", language=language, screen=screen)
    page.goto(PAGE)
    page.locator(".pl-tabs a[href$='/coverage/']").click()
    expect(page.locator("#proposal")).to_be_visible()
    axe(page)
    shot(page, f"plan-coverage-{language}-{screen}")
    row = page.locator("tbody tr", has_text=clause).first
    expect(row.locator("meter")).to_have_attribute("value", "100")
    page.locator("details summary", has_text={"zh": "登记", "en": "Note an exercise"}[language]).click()
    page.locator("#id_way").select_option("full")
    row.locator("input[type=checkbox]").check()
    axe(page)
    page.locator("#exercise .btn-primary").click()
    expect(page.locator("tbody tr", has_text=clause).first.locator("meter")).to_have_attribute("value", "0")
    shot(page, f"plan-coverage-noted-{language}-{screen}", whole=False)
