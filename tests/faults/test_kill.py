"""kill -9 of real processes on real databases: nothing acknowledged is lost, nothing doubled, nothing half done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings

SERVER = os.environ.get("MUSTER_FAULTS_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
SEED = 20200123
SHORT = {"boundaries": 1, "random": 8, "crowd": 10, "threads": 2}


def sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder}/station.sqlite3"


def postgresql(folder: Path) -> Iterator[str]:
    import psycopg

    name = f"muster_faults_{os.getpid()}"
    try:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=3) as server:
            server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    except psycopg.OperationalError:
        assert "CI" not in os.environ, "CI has PostgreSQL on 127.0.0.1:5432"
        pytest.skip("no PostgreSQL answers")
    yield f"{SERVER}/{name}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=[sqlite, postgresql], ids=["SQLite", "PostgreSQL"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from request.param(tmp_path_factory.mktemp("victim"))


def campaigns(url: str, folder: Path, runs: dict[str, int]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.victim", url, str(folder), str(SEED)]
        + [f"{name}={count}" for name, count in runs.items()],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_nothing_is_lost_doubled_or_half_done(database: str, tmp_path: Path, fault_runs: int) -> None:
    """Between any two statements, at random moments, and when processes and threads send the same id at once."""
    runs = {name: max(short, fault_runs // 20 if name == "boundaries" else fault_runs) for name, short in SHORT.items()}
    for found in campaigns(database, tmp_path, runs):
        tried = found["kills"] or found["commands"]
        print(f"{urlsplit(database).scheme}: {found}, bound {3 / tried:.1e}")
        assert found["wrong"] == []
        if found["campaign"] == "boundaries":  # begin, rows and counts of two notes, the command's rows, commit, reply
            assert found["boundaries"] >= 9
