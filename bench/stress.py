"""The stress test against SimPy: one plan of 40 clauses, the same random model; and S City's plan over its 110 days.

    python bench/stress.py [--quick] [--json]

The ratio is of processor time for one replication, on one core each, since a busy machine changes it least. S City has
8,000 officers and 4,000 auxiliaries, in a fresh SQLite database that is made before the clock starts. Goals: 100 times
SimPy; 10,000 replications of S City under 60 s on 2 cores; twice the replications at most 2.2 times the time; the same
memory. With --quick a smaller bureau and fewer replications are measured, and only the ratio counts.
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

DAYS = 60
OURS, PEER, QUICK_OURS, QUICK_PEER = 4_000, 40, 500, 4
CITY, QUICK_CITY = 10_000, 100
OFFICERS, QUICK_OFFICERS = 8_000, 2_000
GOAL, SECONDS, LINEAR, MEMORY = 100.0, 60.0, 2.2, 1.2
CORES = 2


def against_simpy(ours: int, peer: int) -> dict[str, float]:
    """Processor time of both for one replication, and how far their late tasks are apart."""
    from muster.engines.stress.running import unchecked, warm_up
    from tests.engines.stress.peer import forty_tasks, forty_tasks_bureau, forty_tasks_scenario, peer_run

    given = forty_tasks(), forty_tasks_bureau(), forty_tasks_scenario(DAYS)
    warm_up()
    begin = time.process_time()
    found = unchecked(*given, replications=ours).base
    mine = (time.process_time() - begin) / ours
    begin = time.process_time()
    seen = [peer_run(*given, seed) for seed in range(peer)]
    theirs = (time.process_time() - begin) / peer
    late = sum(sum(one.late.values()) for one in seen) / peer
    return {"ours": mine, "peer": theirs, "late_ours": found.late_tasks.mean, "late_peer": late}


def city_file(officers: int, folder: str) -> Path:
    """The bureau of S City and its scenario, read from a fresh database in a process of its own."""
    path = Path(folder) / "city.json"
    command = [sys.executable, __file__, "--make", str(path), "--officers", str(officers)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env={**os.environ, "MUSTER_VAR": folder})
    return path


def make(path: Path, officers: int) -> None:
    """Load the city and write down what the simulation needs of it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "muster.settings"
    os.environ.pop("MUSTER_DATABASE", None)
    import django

    django.setup()
    from muster.preparedness.plans.queries.bureau import bureau_at
    from muster.sample.city import city_load
    from muster.sample.size import Size
    from muster.serve import migrate, step
    from muster.stress import own_scenario

    migrate()
    city_load(size=Size.of(officers), progress=step)
    scenario = own_scenario()
    bureau = bureau_at(scenario.first_day)
    path.write_text(json.dumps({"bureau": bureau.to_plain(), "scenario": scenario.to_plain()}), "utf-8")


def city(path: Path, replications: int) -> dict[str, float]:
    """Simulate S City's plan; in this process, so that its memory is its own."""
    from muster.engines.plan import load_plan
    from muster.engines.stress import Bureau, Scenario, simulate, warm_up

    given = json.loads(path.read_text("utf-8"))
    bureau, scenario = Bureau.from_plain(given["bureau"]), Scenario.from_plain(given["scenario"])
    plan = load_plan((ROOT / "muster" / "sample" / "plans" / "S-PHE-01.yaml").read_text("utf-8"), name="S-PHE-01")
    warm_up()
    wall, before = time.perf_counter(), os.times()
    outcome = simulate(plan, bureau, scenario, replications=replications, processes=CORES)
    seconds = time.perf_counter() - wall
    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor().shutdown(wait=True)  # their processor time is known when they have ended
    after = os.times()
    cpu = sum(after[:4]) - sum(before[:4])
    used = [resource.getrusage(who).ru_maxrss * 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    tasks = sum(one.raised.mean for one in outcome.base.clauses)
    return {"seconds": seconds, "cpu_seconds": cpu, "memory": float(max(used)), "tasks": tasks}


def in_a_process(path: Path, replications: int) -> dict[str, float]:
    """One run of the city in a process of its own."""
    command = [sys.executable, __file__, "--city", str(path), "--replications", str(replications)]
    found = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    result: dict[str, float] = json.loads(found.stdout)
    return result


def measure(quick: bool) -> dict[str, Any]:
    """Both sides on the same plan, then the city once with all and once with half of the replications."""
    pair = against_simpy(QUICK_OURS if quick else OURS, QUICK_PEER if quick else PEER)
    count = QUICK_CITY if quick else CITY
    with tempfile.TemporaryDirectory() as folder:
        path = city_file(QUICK_OFFICERS if quick else OFFICERS, folder)
        half, whole = in_a_process(path, count // 2), in_a_process(path, count)
    ratio = pair["peer"] / pair["ours"]
    linear, memory = whole["cpu_seconds"] / half["cpu_seconds"], whole["memory"] / half["memory"]
    within = quick or (whole["seconds"] < SECONDS and linear <= LINEAR and memory <= MEMORY)
    return {
        "name": "stress",
        "unit": "replications per second of one core",
        "ours": round(1 / pair["ours"], 1),
        "peer": round(1 / pair["peer"], 2),
        "peer_name": f"SimPy, the same plan of 40 clauses over {DAYS} days, the same random model",
        "ratio": round(ratio, 1),
        "goal": GOAL,
        "met": ratio >= GOAL and within,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "n": QUICK_OURS if quick else OURS,
        "spread": round(whole["seconds"] / (whole["cpu_seconds"] / CORES) - 1, 3),
        "late_tasks": {"ours": round(pair["late_ours"], 2), "peer": round(pair["late_peer"], 2)},
        "city": {
            "replications": count,
            "seconds": round(whole["seconds"], 2),
            "cpu_seconds": round(whole["cpu_seconds"], 2),
            "goal_seconds": SECONDS,
            "cpu_ms_per_replication": round(1000 * whole["cpu_seconds"] / count, 2),
            "tasks_per_replication": round(whole["tasks"]),
            "twice_the_replications": round(linear, 2),
            "memory": round(whole["memory"]),
            "memory_against_half": round(memory, 3),
        },
    }


def main() -> None:
    """Print what was measured, for people or as JSON."""
    parser = argparse.ArgumentParser(description="The stress test of a plan")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_OFFICERS:,} officers, {QUICK_CITY} replications")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--officers", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--city", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--replications", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        make(options.make, options.officers)
        return
    if options.city:
        print(json.dumps(city(options.city, options.replications)))
        return
    result = measure(options.quick)
    if options.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:>14}  {value}")


if __name__ == "__main__":
    main()
