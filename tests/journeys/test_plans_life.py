"""From an empty draft to a released, filed and published version, by those who would do it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site
from tests.journeys.visits import Visits
from tests.preparedness.plans.office import TEXT

Shot = Callable[..., None]
Axe = Callable[[Page], None]
CODE = "T-LIFE-01"
PLAN = TEXT.replace("plan: S-SMALL-01", f"plan: {CODE}").replace("    data_class: personal", "    public: true")


@pytest.fixture
def office(city: Site) -> Site:
    city.prepare("tests.journeys.plans_office:load")
    return city


def open_draft(page: Page) -> None:
    page.goto("/plans/drafts/")
    page.locator("a.pl-draft-line", has_text=CODE).click()


def test_a_plan_goes_from_an_empty_draft_to_a_version(
    visits: Visits, office: Site, shot: Shot, axe: Axe, tmp_path: Path
) -> None:
    author = visits.page_as("office_author", language="en")
    begin(author, tmp_path, axe, shot)
    consult(visits, author, axe, shot)
    judge(visits, author, axe, shot)
    open_draft(author)
    author.get_by_role("button", name="Release the version").click()
    author.get_by_role("link", name="The released version").click()
    author.get_by_label("Number").fill("备〔2026〕3号")
    author.get_by_label("Authority").fill("市应急管理局")
    author.get_by_label("Day").fill("2026-06-01")
    author.get_by_role("button", name="Record the filing").click()
    expect(author.locator("main")).to_contain_text("备〔2026〕3号")
    author.get_by_role("button", name="Open the public part").click()
    expect(author.get_by_role("link", name="Public page")).to_be_visible()
    axe(author)
    shot(author, "plan-life-version")
    anybody = visits.page(language="zh", screen="phone")
    anybody.goto(f"/plans/public/{CODE}/")
    expect(anybody.locator(".pl-clause")).to_have_count(1)
    expect(anybody.locator("main")).to_contain_text("转运押运")
    expect(anybody.locator("main")).not_to_contain_text("封控小区外围值守")
    axe(anybody)
    shot(anybody, "plan-life-public-phone")


def begin(author: Page, tmp_path: Path, axe: Axe, shot: Shot) -> None:
    """An empty draft gets its text and its papers."""
    author.goto("/plans/drafts/")
    author.get_by_label("Code of the plan").fill(CODE)
    author.get_by_role("button", name="Open the draft").click()
    author.get_by_role("link", name="On the way to a version").click()
    expect(author.locator(".pl-next")).to_contain_text("The text is no plan yet.")
    axe(author)
    shot(author, "plan-life-empty-draft")
    text, paper = tmp_path / "plan.yaml", tmp_path / "风险评估.pdf"
    text.write_text(PLAN, "utf-8")
    paper.write_bytes(b"%PDF-1.4 assessment")
    author.get_by_text("Replace the text by a file").click()
    author.get_by_label("The plan's text").set_input_files(text)
    author.get_by_role("button", name="Save the text").click()
    expect(author.locator(".pl-next")).not_to_contain_text("no plan yet")
    author.get_by_label("Document").set_input_files(paper)
    author.get_by_role("button", name="Attach the document").click()
    expect(author.locator(".pl-next")).not_to_contain_text("risk assessment")
    author.locator("#books_kind").select_option("resource_survey")
    author.get_by_role("button", name="Attach the books").click()
    expect(author.locator(".pl-next")).to_contain_text("The partners can be asked.")
    shot(author, "plan-life-ready")
    author.get_by_role("button", name="Ask the partners").click()
    expect(author.locator(".pl-way-now")).to_have_text("with the partners")


def consult(visits: Visits, author: Page, axe: Axe, shot: Shot) -> None:
    """Two partners acknowledge on their telephones; one objects, is answered, and acknowledges."""
    for name in ("office_subdistricts", "office_property"):
        answer_at_once(visits.page_as(name, language="zh", screen="phone"), axe)
    doctor = visits.page_as("office_disease_control", language="en", screen="phone")
    doctor.goto("/plans/consultations/")
    doctor.locator("a.pl-draft-line", has_text=CODE).click()
    expect(doctor.locator(".pl-asked")).to_have_count(1)
    axe(doctor)
    shot(doctor, "plan-life-liaison-phone")
    doctor.locator("summary", has_text="Object").click()
    doctor.get_by_label("Why").fill("The ambulances are ours to dispatch.")
    doctor.get_by_role("button", name="Send the objection").click()
    expect(doctor.locator(".pl-said")).to_contain_text("ambulances")
    open_draft(author)
    expect(author.locator(".pl-next")).to_contain_text("1 objection waits for an answer.")
    axe(author)
    shot(author, "plan-life-objection")
    author.get_by_label("Answer with reasons, or change the clause").fill("The bureau only clears the way.")
    author.get_by_role("button", name="Answer").click()
    expect(author.locator(".pl-said-back")).to_be_visible()
    doctor.reload()
    expect(doctor.locator(".pl-said-back")).to_contain_text("only clears the way")
    shot(doctor, "plan-life-liaison-answered-phone")
    doctor.get_by_role("button", name="Acknowledge the clause").click()
    expect(doctor.locator(".pl-done")).to_be_visible()
    author.reload()
    author.get_by_role("button", name="Hand it to the lawyers").click()
    expect(author.locator(".pl-way-now")).to_have_text("in legal review")


def answer_at_once(page: Page, axe: Axe) -> None:
    page.goto("/plans/consultations/")
    page.locator("a.pl-draft-line", has_text=CODE).click()
    page.get_by_role("button", name="确认").first.click()
    expect(page.locator(".pl-done")).to_be_visible()
    axe(page)


def judge(visits: Visits, author: Page, axe: Axe, shot: Shot) -> None:
    """The lawyer passes it; two people approve, one of them not twice."""
    lawyer = visits.page_as("office_lawyer", language="zh")
    open_draft(lawyer)
    lawyer.get_by_role("link", name="阅读全文并决定").click()
    expect(lawyer.locator("#whole .pl-clause").first).to_be_visible()
    lawyer.get_by_label("意见", exact=True).fill("合法，通过。")
    axe(lawyer)
    shot(lawyer, "plan-life-legal-zh")
    lawyer.get_by_role("button", name="出具意见").click()
    expect(lawyer.locator(".pl-way-now")).to_have_text("待审批")
    chief = visits.page_as("office_chief", language="zh", screen="phone")
    open_draft(chief)
    chief.get_by_role("link", name="阅读全文并决定").click()
    expect(chief.locator("#papers")).to_contain_text("风险评估")
    axe(chief)
    shot(chief, "plan-life-approval-phone-zh")
    chief.get_by_role("button", name="批准", exact=True).click()
    expect(chief.get_by_role("button", name="批准", exact=True)).to_have_count(0)
    deputy = visits.page_as("office_deputy", language="en")
    open_draft(deputy)
    deputy.get_by_role("link", name="Read the plan and decide").click()
    axe(deputy)
    shot(deputy, "plan-life-read-en")
    deputy.get_by_role("button", name="Approve", exact=True).click()
    expect(deputy.locator(".pl-next")).to_contain_text("Approved by two people")
    shot(deputy, "plan-life-approved")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_reviews_and_empty_pages_say_what_there_is(
    visits: Visits, office: Site, shot: Shot, axe: Axe, language: str
) -> None:
    page = visits.page_as("plans_officer", language=language, theme="dark")
    page.goto("/plans/reviews/")
    axe(page)
    shot(page, f"plan-reviews-{language}")
    page.goto("/plans/drafts/")
    axe(page)
    shot(page, f"plan-drafts-{language}")
    stranger = visits.page(language=language)
    stranger.goto("/plans/public/")
    axe(stranger)
    shot(stranger, f"plan-public-{language}")
