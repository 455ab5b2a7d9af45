"""A live page: it fills itself when something happens, and says so when it is not live."""

from __future__ import annotations

import json
import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime
from itertools import count

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.site import Site
from tests.journeys.visits import Visits

POLL, RETRY = 5_500, 11_000  # ms of the page's clock
TEXTS = {
    "zh": ("实时", "每 5 秒更新一次", "已断开，最后更新于"),
    "en": ("Live", "Renewed every 5 seconds", "Not live since"),
}


def announce(site: Site, topic: str) -> None:
    row = (topic, json.dumps({}), uuid.uuid4().hex, datetime.now(UTC).isoformat(" "))
    with closing(sqlite3.connect(site.folder / "muster.sqlite3", timeout=30)) as database, database:
        database.execute("INSERT INTO commands_outboxrow (topic, payload, command_id, at) VALUES (?, ?, ?, ?)", row)


PART = """document.addEventListener("DOMContentLoaded", () => {
  const part = document.createElement("div");
  Object.assign(part, {id: "part"});
  Object.assign(part.dataset, {live: "operation:1", liveUrl: "/part/"});
  if (location.pathname === "/") document.querySelector("main").append(part);
})"""


def a_live_page(page: Page) -> None:
    """The home page with one live part in it, which counts how often it was filled."""
    number = count(1)
    page.add_init_script(PART)
    page.clock.install()
    page.route("**/part/", lambda route: route.fulfill(body=f"filled {next(number)}", content_type="text/html"))
    page.goto("/")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_part_is_filled_anew_when_its_topic_is_announced(visits: Visits, site: Site, language: str) -> None:
    page = visits.page_as("duty_officer", language=language)
    a_live_page(page)
    expect(page.locator("[data-live-status]")).to_have_text(TEXTS[language][0])
    expect(page.locator("#part")).to_contain_text("filled")
    filled = int(page.locator("#part").inner_text().split()[1])  # 2 where the stream came after the first poll
    announce(site, "operation:2")
    announce(site, "operation:1")
    expect(page.locator("#part")).to_have_text(f"filled {filled + 1}", timeout=4_000)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_the_stream_it_is_renewed_every_5_seconds_and_says_so(visits: Visits, language: str) -> None:
    page = visits.page_as("duty_officer", language=language)
    page.route("**/events/*", lambda route: route.abort())
    a_live_page(page)
    expect(page.locator("[data-live-status]")).to_have_text(TEXTS[language][1])
    for _ in range(2):
        before = page.locator("#part").inner_text()
        page.clock.run_for(POLL)
        expect(page.locator("#part")).not_to_have_text(before)


def test_when_nothing_answers_it_says_since_when_and_recovers_by_itself(visits: Visits) -> None:
    page = visits.page_as("duty_officer", language="en", screen="phone")
    page.route("**/events/*", lambda route: route.abort())
    a_live_page(page)

    def down(route: Route) -> None:
        route.fulfill(status=409, body="")

    page.route("**/part/", down)
    sign = page.locator("[data-live-status]")
    page.clock.run_for(POLL)
    expect(sign).to_contain_text(TEXTS["en"][2])
    assert sign.evaluate("(sign) => getComputedStyle(sign).fontSize") != "0px", "a phone must show the words too"
    page.unroute("**/events/*")
    page.unroute("**/part/", down)
    page.clock.run_for(RETRY)
    expect(sign).to_have_text(TEXTS["en"][0], timeout=10_000)


def test_a_part_of_an_ended_session_does_not_become_a_login_form_inside_the_page(visits: Visits) -> None:
    page = visits.page_as("duty_officer", language="en")
    page.route("**/events/*", lambda route: route.abort())
    a_live_page(page)
    page.unroute("**/part/")
    page.context.clear_cookies(name="sessionid")
    page.clock.run_for(POLL)
    page.wait_for_url("**/login/**")
    expect(page.locator("#part")).to_have_count(0)
