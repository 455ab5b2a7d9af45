"""The library in a browser: who has no plan, what a lower plan makes of the higher one, what contradicts it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.engines.plan.lower_plans import lower_text
from tests.journeys.site import ROOT, Site
from tests.journeys.visits import Visits

Shot = Callable[..., None]
Axe = Callable[[Page], None]
LOWER = ("S-PHE-BINHAI", "S-PHE-BINHAI-01", "S-PHE-TRAFFIC")


def load() -> None:
    """Three lower plans of the sample, once."""
    from muster.kernel.commands import Actor
    from muster.preparedness.plans.models import PlanVersion
    from muster.preparedness.plans.services import version_release

    for code in LOWER:
        if not PlanVersion.objects.filter(plan__code=code).exists():
            text = (ROOT / "muster" / "sample" / "plans" / "lower" / f"{code}.yaml").read_text("utf-8")
            version_release(by=Actor.system("journeys"), text=text, name=code)


@pytest.fixture(scope="module")
def library(city: Site) -> Site:
    city.prepare("tests.journeys.test_plans_library:load")
    return city


@pytest.mark.parametrize(("language", "screen"), [("zh", "desktop"), ("en", "phone"), ("zh", "wall")])
def test_the_units_without_a_plan_are_seen_and_found(
    visits: Visits, library: Site, shot: Shot, axe: Axe, language: str, screen: str
) -> None:
    page = visits.page_as(
        "plans_officer", language=language, screen=screen, theme="dark" if screen == "wall" else "light"
    )
    page.goto("/plans/")
    axe(page)
    shot(page, f"plans-library-{language}-{screen}")
    everything = page.locator(".lb-table tbody tr").count()
    page.locator(".lb-states .lb-bad").click()
    expect(page.locator(".lb-none").first).to_be_visible()
    assert page.locator(".lb-none").count() == page.locator(".lb-table tbody tr").count() < everything
    expect(page.locator(".lb-none button").first).to_be_visible()
    page.locator("#q").fill("binhai")
    page.locator("#kind").select_option("station")
    page.locator(".m-filter button").click()
    expect(page.locator("#q")).to_have_value("binhai")
    page.locator("#q").fill("no such unit")
    page.locator(".m-filter button").click()
    expect(page.locator(".m-empty")).to_be_visible()
    axe(page)


@pytest.mark.parametrize(("language", "screen"), [("zh", "desktop"), ("en", "phone")])
def test_a_station_reads_what_it_inherits_and_what_is_its_own(
    visits: Visits, library: Site, shot: Shot, axe: Axe, language: str, screen: str
) -> None:
    page = visits.page_as("duty_officer", language=language, screen=screen)
    page.goto("/plans/?q=S-PHE-BINHAI-01")
    page.get_by_role("link", name="1.0").click()
    extension = page.locator("#extension")
    expect(extension).to_contain_text("S-PHE-BINHAI 1.0")
    expect(extension.get_by_role("region", name="BH02")).to_be_visible()
    for clause in ("BS01", "BS02", "BS03"):
        expect(page.locator(f"#{clause}")).to_be_visible()
    axe(page)
    shot(page, f"plans-lower-{language}-{screen}")
    extension.get_by_role("link", name="1.0").click()
    below = page.locator("details.m-card")
    below.locator("summary").click()
    expect(below.get_by_role("link").first).to_be_visible()


def test_what_contradicts_the_higher_plan_is_told_with_its_repair(
    visits: Visits, library: Site, shot: Shot, axe: Axe, tmp_path: Path
) -> None:
    file = tmp_path / "xicheng.yaml"
    text = lower_text(
        ["clause: K03, due: 9h, partners: [subdistricts]"], plan="S-XICHENG", unit="SB-XICHENG", own="XC9"
    )
    page = visits.page_as("plans_officer", language="en")
    page.goto("/plans/release/")
    file.write_text(text.replace("unit: SB-XICHENG\nextends", "unit: SB-NOWHERE\nextends"), "utf-8")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_role("alert")).to_contain_text("unit that does not exist")
    axe(page)
    file.write_text(text, "utf-8")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Release").click()
    findings = page.locator(".pl-findings").first
    expect(findings).to_contain_text("P801")
    expect(findings).to_contain_text("9h here, 6h in the higher plan, which stands")
    expect(findings).to_contain_text("P805")
    axe(page)
    shot(page, "plans-contradiction-en-desktop")
