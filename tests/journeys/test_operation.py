"""An operation from its proposal to its end, by two people in a browser, and a live board that follows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site
from tests.journeys.visits import Visits

Shot = Callable[..., None]
Axe = Callable[[Page], None]


def fill_activation(page: Page, level: str = "3") -> None:
    page.goto("/operations/activate/")
    page.select_option("[name=level]", level)
    page.select_option("[name=government_level]", level)
    page.locator("[name=area]").select_option(index=1)
    page.fill("[name=matter_zh]", "呼吸道传染病疫情")
    page.fill("[name=matter_en]", "Respiratory epidemic")
    page.fill("[name=expected_until]", "2030-03-31")
    page.fill("[name=measures]", "Checkpoints, verification of lists, protection of posts")
    page.fill("[name=legal_basis]", "Emergency Response Law 72, 73")
    page.fill("[name=reason]", "The government declared level III after the first case.")


def test_an_operation_by_two_people(visits: Visits, city: Site, shot: Shot, axe: Axe) -> None:
    duty = visits.page_as("city_duty", language="en")
    fill_activation(duty)
    axe(duty)
    duty.click("main form button.btn-primary")
    expect(duty.locator("main")).to_contain_text("You proposed this yourself; another person decides it.")
    expect(duty.locator("main")).not_to_contain_text("Approve")
    proposal = duty.url

    commander = visits.page_as("city_commander", language="en")
    commander.goto(proposal)
    begins = int(commander.locator(".op-change-starts .op-count").inner_text())
    axe(commander)
    shot(commander, "operation-proposal-en")
    commander.fill("[name=accept-reason]", "The first case is confirmed.")
    commander.click("form:has([value=accept]) button")
    expect(commander.locator("h1")).to_have_text("Respiratory epidemic")
    commander.click(".op-states a:last-child")
    expect(commander.locator(".op-states a[aria-current]")).to_have_text(f"All {begins}")
    axe(commander)
    code = commander.url.split("/operations/")[1].split("/")[0]

    board = visits.page_as("city_duty_2", language="zh")
    board.goto("/board/")
    expect(board.locator(".op-level-words strong")).to_have_text("三级响应")
    axe(board)

    raise_the_level(duty, commander, code)
    expect(board.locator(".op-level-words strong")).to_have_text("一级响应", timeout=8_000)  # nobody reloaded it
    axe(board)

    for tab in ("log", "decisions", "proposals", "places"):
        board.goto(f"/operations/{code}/{tab}/")
        axe(board)
    expect(board.locator("main")).to_contain_text(code)


def raise_the_level(duty: Page, commander: Page, code: str) -> None:
    duty.goto(f"/operations/{code}/level/?level=1")
    duty.fill("[name=reason]", "The province declared level I.")
    duty.select_option("[name=government_level]", "1")
    duty.click("form.op-wide-form button.btn-primary")
    commander.goto(duty.url)
    commander.fill("[name=accept-reason]", "As declared.")
    commander.click("form:has([value=accept]) button")
    expect(commander.locator(".op-page-level strong")).to_have_text("Level I response")


def test_a_level_above_the_governments_needs_its_paper(visits: Visits, city: Site) -> None:
    page = visits.page_as("city_duty", language="en")
    fill_activation(page)
    page.select_option("[name=mode]", "exercise")
    page.select_option("[name=level]", "2")
    page.click("main form button.btn-primary")
    problem = page.locator("#problem")
    expect(problem).to_contain_text("This level is above the one that the government declared.")
    expect(page.locator("[name=measures]")).to_have_value("Checkpoints, verification of lists, protection of posts")
    page.fill("[name=written_order]", "S-PSB 2020/17")
    page.click("main form button.btn-primary")
    expect(page.locator("main")).to_contain_text("S-PSB 2020/17")


@pytest.mark.parametrize(("language", "screen"), [("zh", "phone"), ("en", "phone"), ("zh", "wall"), ("en", "desktop")])
def test_the_board_reads_on_every_screen(
    visits: Visits, city: Site, shot: Shot, axe: Axe, language: str, screen: str
) -> None:
    page = visits.page_as(
        "city_duty_2", language=language, screen=screen, theme="dark" if screen == "wall" else "light"
    )
    page.goto("/board/?wall=1" if screen == "wall" else "/board/")
    page.wait_for_selector("html[data-board-drawn]", state="attached")
    axe(page)
    shot(page, f"board-live-{screen}-{language}")


def test_a_task_is_taken_on_and_closed_with_its_evidence(visits: Visits, city: Site, axe: Axe) -> None:
    page = visits.page_as("city_commander", language="en")
    page.goto("/operations/")
    page.click(".op-operation-live .op-operation-name a >> nth=0")
    page.click(".op-states a:has-text('Open')")
    page.click(".op-more-filters summary")
    page.select_option(".op-more-filters [name=unit]", "CMD")
    page.click(".op-more-filters button")
    page.click(".m-table tbody a >> nth=0")
    page.click("form[action$='/acknowledge/'] button")
    page.click("form[action$='/complete/'] button")
    asked = page.locator("form[action$='/complete/'] :is(input, textarea):invalid")
    expect(asked.first).to_be_focused()  # nothing was sent: the browser asks for the evidence
    axe(page)
    for field in page.locator("form[action$='/complete/'] input[type=text]").all():
        field.fill("Seen and filed, no. 14")
    page.click("form[action$='/complete/'] button")
    expect(page.locator(".m-card-head .m-badge").first).to_have_text("Done")
    expect(page.locator("main")).to_contain_text("Seen and filed, no. 14")
