"""One edit in the running studio: from the key to the findings on the screen, in a browser, thirty times.

`python bench/studio.py --draft N [--address http://127.0.0.1:8000] [--clause C01] [--json]`, where N is a draft of the
city plan (77 clauses) on a server that `./run` started. Nothing is saved. Peer: the tenth of a second within which an
answer is felt to be immediate (Miller, "Response time in man-computer conversational transactions", AFIPS 1968).
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, sync_playwright

IMMEDIATE: Final = 100  # ms
ROUNDS: Final = 30
BROWSER: Final = "/usr/bin/chromium"
WATCH: Final = """() => {
  window.t = {};
  document.addEventListener('input', () => { t.key = performance.now(); }, true);
  document.body.addEventListener('htmx:beforeRequest', () => { t.sent = performance.now(); });
  document.body.addEventListener('htmx:afterRequest', () => { t.answered = performance.now(); });
  document.body.addEventListener('htmx:afterSettle', () => {
    requestAnimationFrame(() => { t.shown = performance.now(); });
  });
}"""


def main() -> int:
    """One run; exit 1 where the median edit takes more than a tenth of a second."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--draft", type=int, required=True)
    parser.add_argument("--clause", default="C01")
    parser.add_argument("--password", type=Path, default=Path("var/demo_password"))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    spans = measured(asked.address, asked.password.read_text("utf-8").strip(), asked.draft, asked.clause)
    facts = {"name": "studio", "unit": "milliseconds from a key to the findings of the whole plan, in a browser"}
    facts |= {f"{name}_{what}": value for name, found in spans.items() for what, value in told(found).items()}
    facts |= {"goal": str(IMMEDIATE), "met": str(statistics.median(spans["whole"]) < IMMEDIATE), "n": str(ROUNDS)}
    facts |= {"machine": f"{platform.machine()} {platform.python_version()}"}
    print(json.dumps(facts) if asked.json else "\n".join(f"{k}: {v}" for k, v in facts.items()))
    return 0 if statistics.median(spans["whole"]) < IMMEDIATE else 1


def told(found: list[float]) -> dict[str, str]:
    """Median and worst."""
    return {"median": f"{statistics.median(found):.0f}", "worst": f"{max(found):.0f}"}


def measured(address: str, password: str, draft: int, clause: str) -> dict[str, list[float]]:
    """Of each edit: until it is sent, until the server has answered, until the findings are shown, and all of it."""
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_page(locale="en-GB")
        page.goto(f"{address}/login/")
        page.fill("input[name=login]", "plans")
        page.fill("input[name=password]", password)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "login" not in url)
        page.goto(f"{address}/plans/studio/{draft}/clause/{clause}/")
        page.evaluate(WATCH)
        rounds = [_edit(page, minutes) for minutes in range(20, 21 + ROUNDS)][1:]
        browser.close()
    steps = (("waits", "key", "sent"), ("server", "sent", "answered"), ("shows", "answered", "shown"))
    return {name: [one[end] - one[start] for one in rounds] for name, start, end in (*steps, ("whole", "key", "shown"))}


def _edit(page: Page, minutes: int) -> dict[str, Any]:
    page.evaluate("() => { t = {}; }")
    page.fill("#due", f"{minutes}m")
    page.wait_for_function("() => t.shown", timeout=30_000)
    moments: dict[str, Any] = page.evaluate("() => t")
    return moments


if __name__ == "__main__":
    sys.exit(main())
