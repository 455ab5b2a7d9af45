"""A stress test in a browser: from the builder to the result."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site
from tests.journeys.visits import Visits


def answered() -> None:
    """A worker takes the run that waits, and answers."""
    from muster.kernel.commands import Actor
    from muster.preparedness.plans import services
    from muster.preparedness.plans.models import StressRun
    from tests.preparedness.plans import stressed

    run = services.stress_begin(by=Actor.system("journey"), run=StressRun.objects.get(state="waiting"))
    services.stress_finish(by=Actor.system("journey"), run=run, content=stressed.answer(run), engine=1)


@pytest.mark.parametrize(("language", "screen"), [("zh", "desktop"), ("en", "phone")])
def test_a_plan_is_put_to_the_test_and_fails_in_words(
    visits: Visits,
    city: Site,
    shot: Callable[..., None],
    axe: Callable[[Page], None],
    language: str,
    screen: str,
) -> None:
    page = visits.page_as("plans_officer", language=language, screen=screen)
    page.goto("/plans/S-PHE-01/3.0/stress/new/")
    page.select_option("[name=curve]", "typed")
    page.fill("[name=counts]", "0 0")
    page.fill("[name=days]", "6")
    page.fill("[name=first_day]", "2020-01-12")
    page.select_option("[name=people_qualification]", "patrol")
    page.click("form.ss-form .btn-primary")
    expect(page.locator("#id_counts_error")).to_be_visible()
    axe(page)
    shot(page, f"plan-stress-build-{language}-{screen}")
    page.fill("[name=counts]", "0 1 3 8")
    page.click("form.ss-form .btn-primary")
    expect(page.locator("#ss-progress")).to_be_visible()
    axe(page)
    shot(page, f"plan-stress-waiting-{language}-{screen}")
    city.prepare("tests.journeys.test_plans_stress:answered")
    expect(page.locator(".ss-verdict .ss-first")).to_contain_text("K02")
    expect(page.locator("[data-chart=fan] canvas").first).to_be_visible()
    axe(page)
    shot(page, f"plan-stress-result-{language}-{screen}")
