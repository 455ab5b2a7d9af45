"""A durable command (idempotency, policy, row, audit leaf, outbox, signed receipt) against a bare Django insert of the
same row with the same durability settings; 4 writers at once, on SQLite and on PostgreSQL.

    python bench/commands.py [--quick] [--json] [--only sqlite|postgresql]

Both sides run in turns, in rounds of some seconds, by the same processes on the same file or server. The ratio is the
median of the rounds' ratios; the headline is that of the database that does worse.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WRITERS = 4
GOAL = 0.5
SERVER = os.environ.get("MUSTER_BENCH_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/muster_bench")
SIDES = ("bare", "command")


def prepare(url: str, folder: str) -> None:
    """Django with the probe's tables in a fresh database."""
    os.environ.update(MUSTER_DATABASE=url, MUSTER_VAR=folder, DJANGO_SETTINGS_MODULE="tests.settings")
    import django

    django.setup()


def migrate() -> None:
    """The tables that both sides write to, and no others."""
    from django.core.management import call_command
    from django.db import connection

    from tests.faults.probe.models import Line

    for app in ("audit", "commands"):
        call_command("migrate", app, verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Line)


def writes() -> dict[str, Callable[[int], object]]:
    """One write of each side; `number` makes the rows differ."""
    from muster.kernel import clock
    from muster.kernel.commands import Actor
    from tests.faults.probe.models import Line
    from tests.faults.probe.services import line_add

    me = Actor("account:17", frozenset({"duty_officer", "commander"}), account_id=17, device="desk-3")

    def bare(number: int) -> object:
        return Line.objects.create(place="ST-JIANGBEI-01", text=f"delivery {number}", at=clock.now(), quantity=number)

    def durable(number: int) -> object:
        return line_add(by=me.again(), place="ST-JIANGBEI-01", text=f"delivery {number}", quantity=number)

    return {"bare": bare, "command": durable}


def writer(url: str, folder: str, plan: list[tuple[str, float]], start: Barrier, counts: Any, own: int) -> None:
    """One process: for each turn of the plan, write as often as it can until the time is over."""
    prepare(url, folder)
    sides = writes()
    for warm in SIDES:
        sides[warm](0)
    for turn, (side, seconds) in enumerate(plan):
        write, done = sides[side], 0
        start.wait()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            write(done)
            done += 1
        counts[turn * WRITERS + own] = done


def measure(url: str, folder: str, rounds: int, seconds: float) -> dict[str, Any]:
    """Writes per second of both sides on one database."""
    plan = [(side, seconds) for number in range(rounds) for side in (SIDES if number % 2 else SIDES[::-1])]
    context = multiprocessing.get_context("spawn")
    start, counts = context.Barrier(WRITERS), context.Array("l", len(plan) * WRITERS, lock=False)
    writers = [context.Process(target=writer, args=(url, folder, plan, start, counts, own)) for own in range(WRITERS)]
    for process in writers:
        process.start()
    for process in writers:
        process.join()
    if any(process.exitcode for process in writers):
        sys.exit(f"a writer failed on {urlsplit(url).scheme}")
    rates: dict[str, list[float]] = {side: [] for side in SIDES}
    for turn, (side, length) in enumerate(plan):
        rates[side].append(sum(counts[turn * WRITERS : (turn + 1) * WRITERS]) / length)
    return summary(rates, sum(counts))


def summary(rates: dict[str, list[float]], writes_done: int) -> dict[str, Any]:
    ratios = [ours / peer for ours, peer in zip(rates["command"], rates["bare"], strict=True)]
    ratio = statistics.median(ratios)
    return {
        "ours": round(statistics.median(rates["command"]), 1),
        "peer": round(statistics.median(rates["bare"]), 1),
        "ratio": round(ratio, 3),
        "met": ratio >= GOAL,
        "n": writes_done,
        "spread": [round(min(ratios), 3), round(max(ratios), 3)],
    }


def on_sqlite(rounds: int, seconds: float) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(
        prefix="muster-bench-", dir=ROOT / "var" if (ROOT / "var").exists() else None
    ) as folder:
        url = f"sqlite:///{folder}/bench.sqlite3"
        in_a_process(set_up, url, folder)
        return {"database": "SQLite", **measure(url, folder, rounds, seconds)}


def on_postgresql(rounds: int, seconds: float) -> dict[str, Any]:
    """Raises psycopg.OperationalError when no server answers."""
    name = urlsplit(SERVER).path.lstrip("/")
    admin(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    try:
        with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
            in_a_process(set_up, SERVER, folder)
            return {"database": "PostgreSQL", **measure(SERVER, folder, rounds, seconds)}
    finally:
        admin(f'DROP DATABASE IF EXISTS "{name}"')


def admin(*statements: str) -> None:
    import psycopg

    with psycopg.connect(SERVER.rsplit("/", 1)[0] + "/postgres", autocommit=True, connect_timeout=3) as server:
        for statement in statements:
            server.execute(statement)


def set_up(url: str, folder: str) -> None:
    prepare(url, folder)
    migrate()


def in_a_process(target: Callable[..., None], *arguments: str) -> None:
    """Django can be set up once in a process."""
    process = multiprocessing.get_context("spawn").Process(target=target, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit("the database could not be prepared")


def run(quick: bool, only: str) -> dict[str, Any]:
    rounds, seconds = (5, 1.0) if quick else (9, 4.0)
    parts = []
    if only in {"", "sqlite"}:
        parts.append(on_sqlite(rounds, seconds))
    if only in {"", "postgresql"}:
        import psycopg

        with suppress(psycopg.OperationalError):
            parts.append(on_postgresql(rounds, seconds))
    if not parts:
        sys.exit("no PostgreSQL answers")
    worst = min(parts, key=lambda part: part["ratio"])
    return {
        "name": "durable command",
        "unit": "writes/s",
        **{key: worst[key] for key in ("ours", "peer")},
        "peer_name": f"bare Django insert, same durability settings, {WRITERS} writers ({worst['database']})",
        "ratio": worst["ratio"],
        "goal": GOAL,
        "met": all(part["met"] for part in parts),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "n": sum(part["n"] for part in parts),
        "spread": worst["spread"],
        "databases": parts,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.add_argument("--quick", action="store_true", help="under 50 seconds")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), default="")
    arguments = parser.parse_args()
    result = run(arguments.quick, arguments.only)
    if arguments.json:
        print(json.dumps(result))
        return
    for part in result["databases"]:
        low, high = part["spread"]
        print(
            f"{part['database']}: command {part['ours']:,.0f}/s, bare insert {part['peer']:,.0f}/s, "
            f"ratio {part['ratio']:.2f} ({low:.2f} to {high:.2f}), goal {GOAL}: {'met' if part['met'] else 'NOT met'}"
        )


if __name__ == "__main__":
    main()
