"""What every journey may ask for.

`visits.page_as("duty_officer", language="en", screen="phone")` is a page of somebody logged in; `shot(page, "board")`
keeps a picture where MUSTER_SHOTS names a folder; `axe(page)` fails on a serious fault;
`site.prepare("tests.journeys.mine:load")` loads data once (use a session fixture of your own). Nothing may leave the
machine: each test fails if a page asks another one.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.journeys.site import Site, new_site
from tests.journeys.visits import AXE, Visits, axe_faults, file_name, overflow, shots_folder

# the shell draws as Chromium does and needs half its processor time
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HERE = Path(__file__).parent
expect.set_options(timeout=15_000)  # ms; a machine that does other work is slow, not wrong


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser; `--every-screen` takes each journey in all its variants."""
    journeys = [item for item in items if HERE in item.path.parents]
    for item in journeys:
        item.add_marker(pytest.mark.journey)
    if not config.getoption("--every-screen"):
        spared = set(journeys) - set(one_of_each(journeys))
        config.hook.pytest_deselected(items=[item for item in items if item in spared])
        items[:] = [item for item in items if item not in spared]


def one_of_each(journeys: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Of the variants of a journey as few as show every language and every screen once."""
    variants: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in journeys:
        variants[item.nodeid.partition("[")[0]].append(item)
    for several in variants.values():
        missing = {word for item in several for word in shown_in(item)}
        if not missing:
            yield from several
        while missing:
            best = max(several, key=lambda item: len(missing & shown_in(item)))
            missing -= shown_in(best)
            yield best


def shown_in(item: pytest.Item) -> set[str]:
    """Language and screen of a variant, where it has both."""
    stated: dict[str, Any] = item.callspec.params if hasattr(item, "callspec") else {}
    return {stated["language"], stated["screen"]} if {"language", "screen"} <= stated.keys() else set()


def installed_browser() -> str:
    """The path of a browser of this machine; without one the journeys are skipped by name, and fail in CI."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None or not AXE.exists():
        missing = "no Chromium on this machine" if found is None else "axe-core is not installed"
        if os.environ.get("CI"):
            pytest.fail(f"{missing}; CI must have it", pytrace=False)
        pytest.skip(missing)
    return found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, without a head."""
    path = installed_browser()
    # Playwright keeps an event loop on this thread while it is open; Django would take it for asynchronous code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running Muster with an account for each role and nothing else."""
    installed_browser()
    running = new_site(tmp_path_factory, "site")
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def city(site: Site) -> Site:
    """The same with a small S City, its plan, and people who decide."""
    site.prepare("tests.journeys.small_city:load")
    return site


@pytest.fixture(scope="session")
def replayed(city: Site) -> Site:
    """The same with the first weeks of the wave played."""
    city.prepare("tests.journeys.small_city:replay")
    return city


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """Cookies of those who have logged in, by role: each logs in once."""
    return {}


@pytest.fixture
def visits(browser: Browser, site: Site, sessions: dict[str, Any]) -> Iterator[Visits]:
    """The pages that this test opens."""
    opened = Visits(browser, site, sessions)
    yield opened
    opened.close()


@pytest.fixture
def page_as(visits: Visits) -> Callable[..., Page]:
    """`page_as(role, language="zh"|"en", screen="desktop"|"phone"|"wall")`."""
    return visits.page_as


@pytest.fixture
def shot() -> Callable[..., None]:
    """Keeps a picture of the page in the folder MUSTER_SHOTS, where one is set: drawing them all takes a minute."""
    folder = shots_folder()

    def keep(page: Page, name: str, *, whole: bool = True) -> None:
        if folder is not None:
            page.screenshot(path=folder / file_name(name), full_page=whole)

    return keep


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fails when the page has a serious fault of accessibility or is wider than its screen."""

    def check(page: Page) -> None:
        assert axe_faults(page) == []
        assert overflow(page) == 0, f"{page.url} is wider than the screen"

    return check
