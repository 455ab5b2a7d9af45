"""The suite itself is tested: each planted bug is caught by at least one of the tests of the write path."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from tests.faults import crash
from tests.faults.bugs import BUGS
from tests.faults.scenarios import SCENARIOS
from tests.kernel.commands import test_write_path

pytestmark = pytest.mark.django_db
DRIVEN = ("a_note", "several_notes_inside_one_command")


def suite() -> Iterator[tuple[str, Callable[[], object]]]:
    """The tests of the write path that need nothing, and the crashes of two probe commands."""
    for name, test in inspect.getmembers(test_write_path, inspect.isfunction):
        if name.startswith("test_") and not is_for_another_database(test):
            needs = list(inspect.signature(test).parameters)
            yield name, (lambda test=test: with_patch(test)) if needs == ["monkeypatch"] else test
    for name in DRIVEN:
        yield name, lambda name=name: crash.check_boundaries(SCENARIOS[name])


def is_for_another_database(test: Callable[..., object]) -> bool:
    return any(mark.name == "skipif" and mark.args[0] for mark in getattr(test, "pytestmark", []))


def with_patch(test: Callable[[pytest.MonkeyPatch], object]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        test(patch)


def caught_by() -> list[str]:
    """Names of the tests that fail now; each starts from the same empty database."""
    return [name for name, test in suite() if fails(test)]


def fails(test: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            test()
            transaction.set_rollback(True)
    except (Exception, pytest.fail.Exception, crash.Crash):
        return True
    return False


def test_without_a_bug_nothing_is_caught() -> None:
    assert caught_by() == []


@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_caught(name: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        BUGS[name](patch)
        found = caught_by()
    print(f"{name}: caught by {len(found)}")
    assert found
