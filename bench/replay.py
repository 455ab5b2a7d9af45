"""The 110 recorded days of S City through its plan, against the same with twice the officers.

    python bench/replay.py [--quick] [--json]

Each side runs in a process of its own on a fresh city in a fresh SQLite database with full durability; the city is
made before the clock starts. Goals: under 60 s and under 1 GiB for 8,000 officers, at most 2.2 times the time for
16,000. The ratio is of processor time, which a busy machine does not change; the 60 s are of the wall's clock. With
--quick fewer days and a smaller bureau are played, and only the ratio counts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

OFFICERS, QUICK_OFFICERS = 8_000, 2_000
QUICK_DAYS = 21
SECONDS, MEMORY, RATIO = 60.0, 1 << 30, 2.2
KIB = 1024


def one_side(officers: int, days: int) -> dict[str, float]:
    """Make a city, play, and say how long the playing took; in this process."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(MUSTER_VAR=folder, DJANGO_SETTINGS_MODULE="muster.settings")
        os.environ.pop("MUSTER_DATABASE", None)
        import django

        django.setup()
        return _played(officers, days)


def _played(officers: int, days: int) -> dict[str, float]:
    from dataclasses import replace

    from muster.kernel.commands import Actor
    from muster.response.operations.replay.command import PLAN, own_epidemic
    from muster.response.operations.replay.files import read_plan, released
    from muster.response.operations.replay.playing import play
    from muster.sample.city import city_load
    from muster.sample.size import Size
    from muster.serve import migrate, step

    migrate()
    city_load(size=Size.of(officers), progress=step)
    version = released(*read_plan(PLAN), Actor.system("bench"))
    epidemic = own_epidemic(None)
    epidemic = replace(epidemic, days=epidemic.days[:days])
    wall, cpu = time.perf_counter(), time.process_time()
    report, _operations = play(version=version, epidemic=epidemic)
    return {
        "seconds": time.perf_counter() - wall,
        "cpu_seconds": time.process_time() - cpu,
        "memory": float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB),
        "tasks": report["tasks"]["raised"],
        "days": len(epidemic.days),
    }


def in_a_process(officers: int, days: int) -> dict[str, float]:
    """One side in a process of its own, so that its memory is its own."""
    arguments = [sys.executable, __file__, "--side", str(officers), "--days", str(days)]
    found = subprocess.run(arguments, check=True, capture_output=True, text=True, cwd=ROOT)
    result: dict[str, float] = json.loads(found.stdout)
    return result


def measure(quick: bool) -> dict[str, Any]:
    """Both sides, one after the other."""
    officers, days = (QUICK_OFFICERS, QUICK_DAYS) if quick else (OFFICERS, 1_000)
    once, twice = in_a_process(officers, days), in_a_process(2 * officers, days)
    ratio = twice["cpu_seconds"] / once["cpu_seconds"]
    within = quick or (once["seconds"] < SECONDS and once["memory"] < MEMORY)
    return {
        "name": "replay",
        "unit": "seconds",
        "ours": round(once["seconds"], 2),
        "peer": round(twice["seconds"], 2),
        "peer_name": f"the same {once['days']:.0f} days with {2 * officers:,} officers instead of {officers:,}",
        "ratio": round(ratio, 2),
        "goal": RATIO,
        "met": ratio <= RATIO and within,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "n": round(once["days"]),
        "spread": round(once["seconds"] / once["cpu_seconds"] - 1, 3),
        "goal_seconds": SECONDS,
        "goal_memory": MEMORY,
        "memory": round(once["memory"]),
        "cpu_seconds": {"ours": round(once["cpu_seconds"], 2), "peer": round(twice["cpu_seconds"], 2)},
        "tasks": {"ours": once["tasks"], "peer": twice["tasks"]},
    }


def main() -> None:
    """Print what was measured, for people or as JSON; a ratio at most the goal is met."""
    parser = argparse.ArgumentParser(description="The replay of S City's wave")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_DAYS} days and {QUICK_OFFICERS:,} officers")
    parser.add_argument("--side", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--days", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        print(json.dumps(one_side(options.side, options.days)))
        return
    result = measure(options.quick)
    if options.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:>14}  {value}")


if __name__ == "__main__":
    main()
