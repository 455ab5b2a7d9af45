"""The nightly checks in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from muster.kernel.commands import Actor
from muster.preparedness.plans.services import released_check
from tests.journeys.site import Site
from tests.journeys.visits import Visits


def a_night() -> None:
    released_check(by=Actor.system("journey"))


@pytest.mark.parametrize(("language", "screen"), [("zh", "desktop"), ("en", "phone")])
def test_the_plans_office_reads_what_the_night_found(
    visits: Visits,
    city: Site,
    shot: Callable[..., None],
    axe: Callable[[Page], None],
    language: str,
    screen: str,
) -> None:
    city.prepare("tests.journeys.test_plans_checks:a_night")
    page = visits.page_as("plans_officer", language=language, screen=screen, theme="dark")
    page.goto("/plans/checks/")
    axe(page)
    shot(page, f"plan-nights-{language}-{screen}")
    page.locator("tbody a").first.click()
    expect(page.locator(".pl-findings")).to_contain_text("P7")
    axe(page)
    shot(page, f"plan-checks-{language}-{screen}")
