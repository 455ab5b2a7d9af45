"""Action cards in a browser and on paper: every card of the bureau's plan is one sheet of A4, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site
from tests.journeys.visits import Visits

Shot = Callable[..., None]
Axe = Callable[[Page], None]
VERSION = "/plans/S-PHE-01/3.0/"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_card_is_found_from_the_version_and_prints_on_one_sheet(
    visits: Visits, city: Site, shot: Shot, axe: Axe, language: str
) -> None:
    page = visits.page_as("plans_officer", language=language)
    page.goto(VERSION)
    page.locator(".pl-tabs a[href$='/cards/']").click()
    axe(page)
    shot(page, f"cards-{language}")
    cards = page.locator("#main a[href*='/cards/role/'], #main a[href*='/cards/site/']")
    addresses = [str(card.get_attribute("href")) for card in cards.all()]
    assert f"{VERSION}cards/role/station_chief/" in addresses
    assert f"{VERSION}cards/site/closed_community/" in addresses
    sheets = {}
    for address in addresses:
        page.goto(address)
        sheets[address] = len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))
    assert {address: count for address, count in sheets.items() if count != 1} == {}
    page.goto(f"{VERSION}cards/")
    page.locator("a[href$='/cards/all/']").click()
    expect(page.locator(".pl-card")).to_have_count(len(addresses))
    axe(page)
    shot(page, f"cards-all-{language}", whole=False)
    assert len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True))) == len(addresses)
    page.goto(f"{VERSION}cards/role/station_chief/")
    axe(page)
    shot(page, f"card-{language}")
    page.set_viewport_size({"width": 1062, "height": 733})
    page.emulate_media(media="print")
    expect(page.locator(".pl-head")).to_be_hidden()
    expect(page.locator(".pl-card-stamp")).to_be_visible()
    shot(page, f"card-print-{language}")


def test_a_card_is_read_on_a_phone(visits: Visits, city: Site, shot: Shot, axe: Axe) -> None:
    page = visits.page_as("plans_officer", language="zh", screen="phone")
    page.goto(f"{VERSION}cards/site/closed_community/")
    axe(page)
    shot(page, "card-phone")
