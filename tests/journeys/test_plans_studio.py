"""The plan studio in a browser: an empty draft becomes a plan; another one is looked at from all sides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.engines.plan.faults import shipped
from tests.journeys.site import Site
from tests.journeys.visits import Visits, overflow

Shot = Callable[..., None]
Axe = Callable[[Page], None]
WAIT = 30_000  # ms; the first reading of a whole plan on a busy machine


def opened(page: Page, code: str, begin: str = "") -> None:
    """A new draft, or the one that is open."""
    page.goto("/plans/drafts/")
    if (there := page.locator(".pl-draft-row", has_text=code)).count():
        there.locator("a.btn").click()
        return
    page.locator("#id_code").fill(code)
    if begin:
        page.locator("#id_based_on").select_option(label=begin)
    page.locator("form.m-form .btn-primary").click()
    expect(page.locator(".pl-tabs")).to_be_visible(timeout=WAIT)


def test_an_empty_draft_becomes_a_plan_clause_by_clause(visits: Visits, city: Site, shot: Shot, axe: Axe) -> None:
    page = visits.page_as("plans_officer", language="en")
    opened(page, "T-NEW-01")
    axe(page)
    page.get_by_role("link", name="New clause").first.click()
    page.locator("#id").fill("A01")
    page.locator("#title-zh").fill("强化值守")
    page.locator("#due").fill("soon")
    side = page.locator(".st-side aside")
    expect(side).to_contain_text("`soon` is no duration", timeout=WAIT)
    shot(page, "studio-form-wrong")
    page.locator("#due").fill("1h")
    page.get_by_label("I", exact=True).check()
    expect(side).to_contain_text("P101", timeout=WAIT)  # nobody does it yet
    page.locator("#actor").select_option("duty_chief")
    page.locator("#title-en").fill("Strengthen the watch")
    page.locator("#evidence").fill("duty_roster")
    page.locator("[name=people-0-qualification]").select_option("command_duty")
    page.locator("[name=people-0-count]").fill("4")
    page.locator("[name=people-0-shifts]").fill("3")
    page.get_by_role("button", name="Another row of people").click()
    expect(page.locator("[name=people-1-qualification]")).to_be_visible()
    expect(page.locator("[name=people-0-count]")).to_have_value("4")
    expect(side).not_to_contain_text("P101", timeout=WAIT)
    axe(page)
    shot(page, "studio-form")
    page.get_by_role("button", name="Save the clause").click()
    expect(page.locator("#A01")).to_contain_text("Strengthen the watch", timeout=WAIT)
    page.locator(".pl-tabs").get_by_role("link", name="Text").click()
    source = page.locator("#text")
    text = source.input_value()
    assert "- id: A01" in text
    source.fill(text.replace("due: 1h", "due: 45m  # as the duty office asked") + "\nclauses: []\n")
    expect(page.locator(".st-side")).to_contain_text("`clauses` stands twice", timeout=WAIT)
    source.fill(text.replace("due: 1h", "due: 45m  # as the duty office asked"))
    expect(page.locator(".st-side")).not_to_contain_text("stands twice", timeout=WAIT)
    page.get_by_role("button", name="Save the text").click()
    page.locator(".pl-tabs").get_by_role("link", name="Clauses").click()
    expect(page.locator("#A01")).to_contain_text("45m")
    page.locator("#A01").get_by_role("link", name="Edit").click()
    page.locator("#remark").fill("Why not at once?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#remarks .st-thread")).to_contain_text("Why not at once?", timeout=WAIT)
    page.locator("#id").fill("A11")
    page.get_by_role("button", name="Save the clause").click()
    expect(page.locator("#A11")).to_contain_text("1 comment", timeout=WAIT)
    page.goto(page.url.split("#")[0].replace("/studio/", "/studio/") + "text/")
    assert "# as the duty office asked" in page.locator("#text").input_value()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_a_draft_of_the_citys_plan_is_looked_at_from_all_sides(
    visits: Visits, city: Site, shot: Shot, axe: Axe, language: str, screen: str
) -> None:
    page = visits.page_as("plans_officer", language=language, screen=screen)
    opened(page, "S-PHE-01", "S-PHE-01 3.0")
    expect(page.locator(".st-card").first).to_be_visible(timeout=WAIT)
    draft = page.url.split("#")[0]
    for name, path in {
        "cards": "",
        "clause": "clause/K03/",
        "head": "head/",
        "level": "head/levels/II/",
        "authority": "head/authority/-/",
        "order": "order/?level=I",
        "text": "text/",
        "comments": "comments/",
        "word": "word/",
    }.items():
        page.goto(draft + path)
        expect(page.locator("h1")).to_be_visible(timeout=WAIT)
        axe(page)
        assert overflow(page) <= 0, name
        shot(page, f"studio-{name}-{language}-{screen}", whole=name not in ("cards", "text", "clause"))
    page.goto("/plans/drafts/")
    axe(page)
    shot(page, f"studio-list-{language}-{screen}")


def test_the_order_is_walked_through_with_the_keyboard(visits: Visits, city: Site) -> None:
    page = visits.page_as("plans_officer", language="en")
    opened(page, "S-PHE-01", "S-PHE-01 3.0")
    page.goto(page.url.split("#")[0] + "order/?level=I")
    standing = [clause for clause in shipped().clauses if 1 in clause.levels]
    expect(page.locator(".st-time .pl-id")).to_have_count(len(standing) + 2, timeout=WAIT)  # and review and report
    box = page.locator(".st-graph a").first
    box.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#clause")).to_be_visible(timeout=WAIT)


def test_two_who_write_the_same_clause_choose_between_their_texts(
    visits: Visits, city: Site, shot: Shot, axe: Axe
) -> None:
    first = visits.page_as("plans_officer", language="en")
    opened(first, "T-PHE-02", "S-PHE-01 3.0")
    draft = first.url.split("#")[0]
    first.goto(draft + "clause/K03/")
    second = first.context.new_page()
    second.goto(draft + "clause/K03/")
    second.locator("#due").fill("8h")
    second.get_by_role("button", name="Save the clause").click()
    expect(second.locator("#K03")).to_contain_text("8h", timeout=WAIT)
    first.locator("#due").fill("7h")
    first.get_by_role("button", name="Save the clause").click()
    expect(first.get_by_role("heading", level=1)).to_contain_text("Somebody saved in between", timeout=WAIT)
    axe(first)
    shot(first, "studio-conflict", whole=False)
    first.get_by_label("Take yours").check()
    first.get_by_role("button", name="Save this choice").click()
    expect(first.locator("#K03")).to_contain_text("7h", timeout=WAIT)
    first.locator(".pl-tabs").get_by_role("link", name="Compare").click()
    expect(first.get_by_role("region", name="K03")).to_contain_text("7 hours", timeout=WAIT)
    axe(first)
    shot(first, "studio-compare")
