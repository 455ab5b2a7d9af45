"""The situation in a browser: the late report, the past, a signal that is decided, a file that is imported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site
from tests.journeys.visits import Visits

Shot = Callable[..., None]
Axe = Callable[[Page], None]
LATE = "/situation/?as_of=2020-01-31T21:00"
PEAK = "/situation/?as_of=2020-02-05T21:00"


@pytest.fixture(scope="session")
def wave(site: Site) -> Site:
    site.prepare("tests.journeys.situation_data:load")
    return site


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("screen", ["desktop", "phone", "wall"])
def test_the_situation_at_its_peak_in_one_look(
    visits: Visits, wave: Site, shot: Shot, axe: Axe, language: str, screen: str
) -> None:
    theme = "dark" if screen == "wall" else "light"
    page = visits.page_as("duty_officer", language=language, screen=screen, theme=theme)
    page.goto(PEAK)
    expect(page.locator(".si-curve rect.si-bar-late")).to_have_count(1)
    expect(page.locator(".si-figure").first).to_be_visible()
    axe(page)
    shot(page, f"situation-{language}-{screen}")


def test_the_late_report_is_named_on_its_own_evening(visits: Visits, wave: Site) -> None:
    page = visits.page_as("commander", language="en")
    page.goto(LATE)
    expect(page.locator(".si-past")).to_contain_text("2020-01-31 21:00")
    expect(page.locator(".si-late")).to_contain_text("60 reported")
    expect(page.locator(".si-signal", has_text="Looks like a late report").first).to_be_visible()
    expect(page.locator(".si-signal-form")).to_have_count(0)


def test_a_signal_is_dismissed_with_a_reason(visits: Visits, wave: Site, axe: Axe) -> None:
    page = visits.page_as("duty_officer", language="en")
    page.goto("/situation/")
    count = page.locator(".si-place-signals .m-badge").first
    before = int(count.inner_text())
    signal = page.locator(".si-signal").first
    signal.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".m-messages")).to_contain_text("needs a reason")
    signal.locator("input[name=reason]").fill("The source has been asked: it is known.")
    signal.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".m-messages")).to_contain_text("has been decided")
    expect(count).to_have_text(str(before - 1))
    axe(page)


def test_a_file_is_looked_at_and_received_without_its_wrong_rows(
    visits: Visits, wave: Site, shot: Shot, axe: Axe, tmp_path: Path
) -> None:
    file = tmp_path / "bulletin.csv"
    file.write_text("区域,日期,新增确诊\n江北区,2020-05-01,2\n江北区,2020-05-02,-1\n某区,2020-05-01,3\n", "utf-8")
    page = visits.page_as("data_officer", language="zh")
    page.goto("/situation/reports/")
    axe(page)
    page.get_by_role("link", name="导入文件").click()
    axe(page)
    page.set_input_files("input[type=file]", file)
    page.fill("input[name=source]", "卫生健康委员会")
    page.get_by_role("button", name="查看文件").click()
    expect(page.locator("main")).to_contain_text("人数为负。")
    expect(page.locator("main")).to_contain_text("没有这个区域。")
    axe(page)
    shot(page, "situation-import-zh")
    page.get_by_role("button", name="接收其余各行").click()
    expect(page.locator("h1")).to_have_text("卫生健康委员会")
    expect(page.locator(".si-fates")).to_contain_text("已拒收 2")
    axe(page)


def test_the_curve_is_reached_by_keyboard_and_read_as_a_table(visits: Visits, wave: Site) -> None:
    page = visits.page_as("duty_officer", language="en")
    page.goto(PEAK)
    page.locator("#situation-panels .si-more summary", has_text="table").press("Enter")
    row = page.locator("tr", has=page.get_by_role("rowheader", name="2020-01-31"))
    expect(row).to_contain_text("looks like a late report")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_value_is_entered_by_hand(visits: Visits, wave: Site, shot: Shot, axe: Axe, language: str) -> None:
    page = visits.page_as("duty_officer", language=language)
    page.goto("/situation/by-hand/")
    axe(page)
    shot(page, f"situation-by-hand-{language}")
    page.select_option("#id_name", "external_alert")
    page.fill("#id_value", "1")
    page.fill("#id_source", "province")
    page.locator("form:has(#id_name) button.btn-primary").click()
    expect(page.locator(".m-messages")).to_contain_text({"zh": "已记录该值", "en": "has been recorded"}[language])
    axe(page)


@pytest.mark.parametrize(
    ("language", "screen"), [("zh", "desktop"), ("en", "desktop"), ("zh", "phone"), ("en", "wall")]
)
def test_the_rules_in_force_and_the_serial_interval_are_read_with_their_sources(
    visits: Visits, wave: Site, shot: Shot, axe: Axe, language: str, screen: str
) -> None:
    page = visits.page_as("duty_officer", language=language, screen=screen)
    page.goto("/situation/")
    page.get_by_role("link", name={"zh": "规则与代际间隔", "en": "Rules and serial interval"}[language]).first.click()
    expect(page.locator(".si-rules tbody tr")).to_have_count(12)
    expect(page.locator("main")).to_contain_text("Jusot et al. 2022")
    expect(page.locator(".si-lags rect").first).to_be_visible()
    axe(page)
    shot(page, f"situation-rules-{language}-{screen}")


def test_a_threshold_is_changed_with_a_reason_and_by_keyboard(visits: Visits, wave: Site, axe: Axe) -> None:
    page = visits.page_as("duty_officer", language="en")
    page.goto("/situation/rules/")
    rule = page.locator("tr", has=page.get_by_role("rowheader", name="Many local cases"))
    rule.locator("summary", has_text="Change").press("Enter")
    axe(page)
    rule.get_by_label("Threshold").fill("-5")
    rule.get_by_label("Reason").fill("Fifty is too late for this city.")
    rule.get_by_label("Reason").press("Enter")
    expect(page.locator("#problem")).to_contain_text("cannot cross this threshold")
    expect(rule.get_by_label("Reason")).to_have_value("Fifty is too late for this city.")
    axe(page)
    rule.get_by_label("Threshold").fill("30")
    rule.get_by_role("button", name="Change the rule").click()
    expect(page.locator(".m-messages")).to_contain_text("holds from now on")
    expect(rule).to_contain_text("≥ 30")
    expect(rule).to_contain_text("Fifty is too late for this city.")


def test_who_only_reads_finds_no_form_among_the_rules(visits: Visits, wave: Site, axe: Axe) -> None:
    page = visits.page_as("data_officer", language="zh")
    page.goto("/situation/rules/")
    expect(page.locator(".si-rules tbody tr").first).to_be_visible()
    expect(page.locator("main form")).to_have_count(0)
    axe(page)
