"""The organisation and the stock in a browser: look, import, ask for a name, move stock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site
from tests.journeys.visits import Visits, overflow

Axe = Callable[[Page], None]
PAGES = [
    "/organisation/",
    "/organisation/units/SB-JIANGBEI/",
    "/organisation/people/?number=P0000",
    "/organisation/people/P000001/",
    "/organisation/roles/",
    "/organisation/roles/commander/PSB/",
    "/organisation/areas/",
    "/organisation/sites/",
    "/organisation/import/",
    "/logistics/",
    "/logistics/stores/STORE-CENTRAL/",
    "/logistics/book/",
]


@pytest.mark.parametrize(("language", "screen", "theme"), [("zh", "desktop", "light"), ("en", "phone", "dark")])
def test_every_page_can_be_read_on_a_desk_and_on_a_phone(
    visits: Visits, city: Site, axe: Axe, language: str, screen: str, theme: str
) -> None:
    page = visits.page_as("duty_officer", language=language, screen=screen, theme=theme)
    for address in PAGES if screen == "desktop" else PAGES[1::3]:
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        axe(page)
        assert overflow(page) == 0, address


def test_a_list_with_a_mistake_is_mended_and_then_loaded(visits: Visits, city: Site, axe: Axe, tmp_path: Path) -> None:
    page = visits.page_as("duty_officer", language="zh")
    file = tmp_path / "people.csv"
    for unit in ("某所", "CMD"):
        file.write_bytes(f"警号,身份,姓名,单位\nX0001,民警,试一,{unit}\n".encode("gbk"))
        page.goto("/organisation/import/")
        page.select_option("select[name=kind]", "people")
        page.set_input_files("input[type=file]", file)
        page.get_by_role("button", name="预览").click()
        expect(page.locator("h1")).to_have_text("people.csv")
        axe(page)
        expect(page.get_by_role("button", name="确认：全部导入")).to_have_count(0 if unit == "某所" else 1)
    expect(page.locator("main")).not_to_contain_text("试一")
    page.get_by_role("button", name="确认：全部导入").click()
    expect(page.locator(".m-messages")).to_contain_text("新增 1 条")
    page.goto("/organisation/people/X0001/")
    expect(page.locator("main")).not_to_contain_text("试一")
    page.locator(".org-details form button").first.click()
    expect(page.locator(".org-details")).to_contain_text("试一")
    axe(page)


def test_stock_is_moved_and_a_store_does_not_give_what_it_lacks(visits: Visits, city: Site, axe: Axe) -> None:
    page = visits.page_as("logistics_officer", language="en")
    page.goto("/logistics/transfer/?store=STORE-CENTRAL")
    axe(page)
    for quantity in ("99999999", "2"):
        page.select_option("select[name=source]", "STORE-CENTRAL")
        page.select_option("select[name=target]", "STORE-SB-JIANGBEI")
        page.select_option("select[name=item]", "goggles")
        page.fill("input[name=quantity]", quantity)
        page.fill("input[name=reason]", "journey")
        page.locator("form.m-form button.btn-primary").click()
        if quantity != "2":
            expect(page.locator("#problem")).to_contain_text("Central store · Goggles")
            axe(page)
    expect(page.locator(".m-messages")).to_contain_text("Moved.")
    page.goto("/logistics/book/?store=STORE-SB-JIANGBEI&item=goggles")
    expect(page.locator("tbody tr").first).to_contain_text("journey")
