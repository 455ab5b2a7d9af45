"""The full check of the audit log: every entry, every checkpoint and the witness, on an SQLite file.

    python bench/audit.py [--quick] [--json]

A log of a million entries (50,000 with --quick), a checkpoint for each hundred, is checked by `muster audit verify` and
by the independent verifier in docs/. The goal is a million entries in 30 seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

FULL, QUICK = 1_000_000, 50_000
PER_CHECKPOINT = 100
GOAL = FULL / 30  # entries per second
TURNS = 3


def prepare(folder: str, count: int) -> None:
    """A sealed and witnessed log of so many entries."""
    os.environ.update(
        MUSTER_DATABASE=f"sqlite:///{folder}/log.sqlite3", MUSTER_VAR=folder, DJANGO_SETTINGS_MODULE="muster.settings"
    )
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from muster.kernel.audit import sealing
    from tests.kernel.audit.log import entries

    call_command("migrate", "audit", verbosity=0)
    for first in range(0, count, 50_000):
        with transaction.atomic():
            entries(50_000, first)
    sealing.BATCH = PER_CHECKPOINT  # type: ignore[misc]
    sealing.seal()


def ours(folder: str) -> float:
    """Seconds of Muster's own full check."""
    from muster.kernel.audit.verification import verify

    begun = time.perf_counter()
    assert verify(Path(folder) / "witness.jsonl").ok
    return time.perf_counter() - begun


def theirs(folder: str) -> float:
    """Seconds of the verifier that knows nothing of Muster."""
    begun = time.perf_counter()
    verifier = [sys.executable, "-I", str(ROOT / "docs" / "verify_audit.py")]
    subprocess.run([*verifier, f"{folder}/log.sqlite3", f"{folder}/witness.jsonl"], check=True, capture_output=True)
    return time.perf_counter() - begun


def measure(count: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
        prepare(folder, count)
        pairs = [(ours(folder), theirs(folder)) for _ in range(TURNS)]
    best, peer = min(one for one, _ in pairs), min(other for _, other in pairs)
    rate = count / best
    return {
        "name": "full check of the audit log",
        "unit": "entries/s",
        "ours": round(rate),
        "peer": round(count / peer),
        "peer_name": "docs/verify_audit.py, written apart, standard library alone",
        "ratio": round(peer / best, 2),
        "goal": round(GOAL),
        "met": rate >= GOAL,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "n": count,
        "spread": [round(min(pair[0] for pair in pairs), 2), round(max(pair[0] for pair in pairs), 2)],
        "seconds": round(best, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} entries")
    arguments = parser.parse_args()
    result = measure(QUICK if arguments.quick else FULL)
    if arguments.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:>10}  {value}")


if __name__ == "__main__":
    main()
