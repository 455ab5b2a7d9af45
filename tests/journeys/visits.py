"""Visits of one test to a site: pages by role, language and screen; nothing may leave the machine."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.journeys.accounts import PASSWORD, login_of
from tests.journeys.site import ROOT, Site

SCREENS: Final = {
    "desktop": {"width": 1366, "height": 820},
    "phone": {"width": 390, "height": 844},
    "wall": {"width": 3840, "height": 2160},
}
LANGUAGES: Final = {"zh": "zh-hans", "en": "en"}
AXE: Final = ROOT / "node_modules" / "axe-core" / "axe.min.js"
GRAVE: Final = ("serious", "critical")
SERVER_FAULT: Final = 500
LOCAL: Final = {"127.0.0.1", "localhost", ""}


@dataclass
class Visits:
    """What one test opens. `close` fails it if a page asked another machine, or anything of ours had a fault."""

    browser: Browser
    site: Site
    sessions: dict[str, Any]
    contexts: list[BrowserContext] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def page(self, *, language: str = "zh", screen: str = "desktop", state: Any = None, theme: str = "light") -> Page:
        """A page of a new visitor who has not logged in; `language` zh or en, `screen` desktop, phone or wall."""
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport=SCREENS[screen],
            has_touch=screen == "phone",
            is_mobile=screen == "phone",
            device_scale_factor=1,
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
            storage_state=state,
        )
        context.add_cookies([{"name": "django_language", "value": LANGUAGES[language], "url": self.site.url}])
        context.set_default_timeout(15_000)
        context.on("request", self._note_request)
        context.on("response", self._note_response)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", self._note_console)
        return page

    def page_as(self, role: str, *, language: str = "zh", screen: str = "desktop", theme: str = "light") -> Page:
        """A page of somebody who holds `role` and has logged in through the form, before or now."""
        if role not in self.sessions:
            door = self.page(language=language)
            log_in(door, login_of(role))
            assert urlsplit(door.url).path == "/", f"{role} could not log in: {door.inner_text('main')}"
            self.sessions[role] = door.context.storage_state()
        return self.page(language=language, screen=screen, state=self.sessions[role], theme=theme)

    def close(self) -> None:
        """Closes everything; nothing may have left the machine, nothing of ours may have failed."""
        for context in self.contexts:
            context.close()
        assert self.strangers == [], "a page asked another machine"
        assert not self.faults, "a fault of the server or of a script:\n" + "\n".join(self.faults)

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.hostname not in LOCAL:
            self.strangers.append(request.url)

    def _note_response(self, response: Response) -> None:
        """A fault of the server fails the test, with the end of the server's log."""
        if response.status >= SERVER_FAULT and response.url.startswith(self.site.url):
            self.faults.append(f"{response.status} at {response.url}\n{self.site.end_of_log()}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.faults.append(message.text)


def log_in(page: Page, login: str, password: str = PASSWORD, at: str = "") -> None:
    """Fills in the login form and sends it, as a person does; `at` is another name of the site than its own."""
    page.goto(f"{at}/login/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    with page.expect_navigation():
        page.click("form.m-form button.btn-primary")


def axe_faults(page: Page) -> list[str]:
    """Serious and critical faults of the page's accessibility: rule, what to do, where."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']}: " + "; ".join(_places(fault))
        for fault in found
        if fault["impact"] in GRAVE
    ]


def _places(fault: dict[str, Any]) -> list[str]:
    return [f"{json.dumps(node['target'])} {node['html'][:160]}" for node in fault["nodes"][:6]]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its screen; 0 when nobody must scroll sideways."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return max(wide, 0)


def shots_folder() -> Path | None:
    """Where screenshots go: the folder MUSTER_SHOTS (docs/images, to renew those of the documents), else nowhere."""
    if "MUSTER_SHOTS" not in os.environ:
        return None
    folder = Path(os.environ["MUSTER_SHOTS"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def file_name(name: str) -> str:
    """A screenshot's name as the name of a file."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-") + ".png"
