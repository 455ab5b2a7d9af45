"""Plans in a browser: read and printed, released with and without mistakes, compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.engines.plan.faults import shipped
from tests.journeys.site import Site
from tests.journeys.visits import Visits
from tests.preparedness.plans.conftest import text_of

Shot = Callable[..., None]
Axe = Callable[[Page], None]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_a_duty_officer_reads_the_plan_at_night(
    visits: Visits, city: Site, shot: Shot, axe: Axe, language: str, screen: str
) -> None:
    page = visits.page_as("duty_officer", language=language, screen=screen, theme="dark")
    page.goto("/plans/")
    axe(page)
    page.get_by_role("link", name="3.0").click()
    expect(page.locator(".pl-level")).to_have_count(4)
    axe(page)
    shot(page, f"plan-{language}-{screen}")
    page.locator(".pl-levels-filter a", has_text="IV").click()
    expect(page.locator(".pl-clause")).to_have_count(sum(4 in clause.levels for clause in shipped().clauses))
    page.locator(".pl-tabs a").nth(1).click()
    expect(page.locator(".pl-findings").first).to_contain_text("P70")  # the small city lacks something
    axe(page)
    shot(page, f"plan-findings-{language}-{screen}")


def test_a_plans_officer_releases_a_plan_after_mending_it(visits: Visits, city: Site, axe: Axe, tmp_path: Path) -> None:
    weak = text_of("S-PHE-01-v2.yaml").replace("plan: S-PHE-01", "plan: T-PHE-01", 1)
    file = tmp_path / "draft.yaml"
    page = visits.page_as("plans_officer", language="en")
    page.goto("/plans/")
    page.get_by_role("link", name="Release a version").click()
    file.write_text(weak.replace("due: 1h\n", "due: soon\n"), "utf-8")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was released")
    expect(page.locator(".m-table")).to_contain_text("soon")
    axe(page)
    file.write_text(weak, "utf-8")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Release").click()
    expect(page.locator(".pl-tabs")).to_contain_text("7 errors")
    page.get_by_role("link", name="K03").first.click()
    expect(page.locator("#K03")).to_contain_text("never expires")
    file.write_text(text_of("S-PHE-01.yaml").replace("plan: S-PHE-01", "plan: T-PHE-01", 1), "utf-8")
    page.goto("/plans/release/")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Release").click()
    page.get_by_role("link", name="What changed").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("from 2.0 to 3.0")
    expect(page.get_by_role("region", name="K03")).to_contain_text("14 days")
    axe(page)
