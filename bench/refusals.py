"""What is refused against what is not there: does the time of an answer tell them apart?

    python bench/refusals.py [--quick] [--json]

Each pair is asked in turns, in an order that chance decides, in one process that does everything itself; the figure is
the difference of the medians of its processor time, which other work on the machine does not change. The goal is under
5 ms for every pair.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

GOAL_MS = 5.0
ROUNDS, QUICK = 400, 60
PASSWORDS = 20  # a password is hashed on purpose slowly
Ask = Callable[[], object]


def prepare(folder: str) -> None:
    os.environ.update(
        MUSTER_DATABASE=f"sqlite:///{folder}/bench.sqlite3", MUSTER_VAR=folder, DJANGO_SETTINGS_MODULE="muster.settings"
    )
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def browser_of(role: str) -> Any:
    """A browser in which somebody with this role has logged in."""
    from django.test import Client

    from muster.kernel import clock
    from muster.kernel.access.models import Account, RoleGrant

    account = Account.objects.create(login=f"B-{role}")
    now, day = clock.now(), timedelta(days=1)
    RoleGrant.objects.create(account=account, role=role, starts_at=now - day, ends_at=now + day)
    browser = Client(raise_request_exception=False)
    browser.force_login(account)
    return browser


def pairs(things: dict[str, str]) -> dict[str, tuple[Ask, Ask]]:
    """What is refused, and beside it what is not there."""
    from django.test import Client

    from muster.kernel.access.roles import EXERCISE_CONTROLLER, PARTNER_LIAISON, STATION_CHIEF
    from tests.access.cells import NUMBER
    from tests.access.objects import ASKED, there

    partner, controller, chief = map(browser_of, (PARTNER_LIAISON, EXERCISE_CONTROLLER, STATION_CHIEF))
    stranger = Client(raise_request_exception=False)

    def both(ask: Callable[[str], object], path: str, missing: str = "") -> tuple[Ask, Ask]:
        return lambda: ask(there(path, things)), lambda: ask(missing or path)

    def form(browser: Any) -> Callable[[str], object]:
        return lambda path: browser.post(path, ASKED)

    def body(browser: Any) -> Callable[[str], object]:
        return lambda path: browser.post(path, ASKED, "application/json")

    return {
        "a page, to another role": both(partner.get, "/operations/no-such/", "/no/such/address/"),
        "a thing on a page, to another role": both(partner.get, "/operations/no-such/"),
        "an answer of the API, to another role": both(
            partner.get, "/api/operations/no-such/log", "/api/no/such/address"
        ),
        "a page, to a stranger": both(stranger.get, "/operations/no-such/", "/no/such/address/"),
        "a real operation's level, by API": both(body(controller), "/api/operations/no-such/level"),
        "a real operation's level, by page": both(form(controller), "/operations/no-such/level/"),
        "another unit's task, by API": both(body(chief), f"/api/operations/no-such/tasks/{NUMBER}/begin"),
        "another unit's task, by page": both(form(chief), f"/operations/no-such/tasks/{NUMBER}/begin/"),
        "another unit's person": both(form(chief), "/organisation/people/no-such/reach/"),
    }


def passwords() -> tuple[Ask, Ask]:
    """A wrong password of an account that there is, and of one that there is not."""
    from django.contrib.auth import authenticate

    return (
        lambda: authenticate(None, username="T-somebody", password="wrong"),
        lambda: authenticate(None, username="T-nobody", password="wrong"),
    )


def difference(refused: Ask, missing: Ask, rounds: int) -> dict[str, Any]:
    """Medians in milliseconds of both, and how far they are apart."""
    chance = random.Random(7)
    times: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(5):
        refused(), missing()
    for _ in range(rounds):
        for first in chance.sample([True, False], 2):
            began = time.process_time()
            (refused if first else missing)()
            times[first].append((time.process_time() - began) * 1000)
    ours, other = statistics.median(times[True]), statistics.median(times[False])
    return {
        "refused_ms": round(ours, 2),
        "missing_ms": round(other, 2),
        "apart_ms": round(ours - other, 2),
        "n": rounds,
        "met": abs(ours - other) < GOAL_MS,
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
        prepare(folder)
        from tests.access import objects

        things = dict(objects.build())
        rounds = QUICK if options.quick else ROUNDS
        found = {name: difference(*pair, rounds) for name, pair in pairs(things).items()}
        found["a wrong password"] = difference(*passwords(), PASSWORDS)
    worst = max(abs(row["apart_ms"]) for row in found.values())
    report = {"goal_ms": GOAL_MS, "worst_ms": worst, "pairs": found, "machine": platform.machine()}
    if options.json:
        print(json.dumps(report))
    else:
        for name, row in found.items():
            print(f"{name}: refused {row['refused_ms']} ms, missing {row['missing_ms']} ms, apart {row['apart_ms']} ms")
        print(f"worst {worst} ms, goal under {GOAL_MS} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
