"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = {"situation_serialintervalprofile", "situation_signalrule"}  # published figures that migrations bring
OWN = [
    "DELETE FROM situation_serialintervalprofile WHERE recorded_by <> ''",
    "DELETE FROM situation_signalrule WHERE added_by <> ''",
]
LONG = ("tests/test_serve.py", "tests/access", "tests/journeys", "tests/faults")  # begun first, none ends alone
_witnesses = count()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fault-runs", type=int, default=0, help="repetitions of each fault campaign; 0 is the short run")
    parser.addoption("--every-screen", action="store_true", help="each journey in every language on every screen")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, so that several workers end together."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture(scope="session")
def fault_runs(pytestconfig: pytest.Config) -> int:
    """How often a campaign repeats itself; a suite has its own small number for 0."""
    runs: int = pytestconfig.getoption("--fault-runs")
    return runs


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Each test's audit log has a witness of its own, as each has a database of its own."""
    settings.MUSTER_WITNESS = settings.VAR / f"witness-{os.getpid()}-{next(_witnesses)}.jsonl"


def flush_past_guards(
    style: Any, connection: Any, reset_sequences: bool = True, allow_cascade: bool = False
) -> list[str]:
    """What empties the database between tests that commit: the guards on kept rows stand aside for it, and return.

    What migrations bring stays, and what a test has set beside it goes: the tests that come after begin as an
    installation does.
    """
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    kept = [table for table in tables if table not in REFERENCE]
    statements = connection.ops.sql_flush(style, kept, reset_sequences=reset_sequences, allow_cascade=allow_cascade)
    statements += OWN
    if connection.vendor == "postgresql":
        return ["SET session_replication_role = replica", *statements, "SET session_replication_role = DEFAULT"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
    return [*(f'DROP TRIGGER "{name}"' for name, _ in guards), *statements, *(sql for _, sql in guards)]


flush.sql_flush = flush_past_guards


@pytest.fixture(autouse=True)
def _no_language_left_behind() -> Iterator[None]:
    """Each test begins in the language of the settings, whatever the one before it spoke."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real figures kept beside the project; where they are absent the test is skipped by name, except in CI."""
    path = ROOT.parent / "shared" / "data"
    if not path.exists() and "CI" not in os.environ:
        pytest.skip("the shared figures are not beside this clone")
    assert path.exists(), "CI has the shared figures beside the clone"
    return path
