"""A crash between any two statements of a command loses nothing, doubles nothing and leaves nothing half done."""

from __future__ import annotations

import random
from datetime import date
from importlib import import_module
from pkgutil import walk_packages

import pytest

import muster
from muster.kernel.commands.core import Command
from tests.faults.crash import check_boundaries
from tests.faults.scenarios import SCENARIOS

SHORT = 10
TODAY = date.today().isoformat()
pytestmark = pytest.mark.django_db


def commands() -> set[tuple[str, str]]:
    """Name and function of every command of Muster, wherever it is kept."""
    modules = [found.name for found in walk_packages(muster.__path__, "muster.") if not found.name.endswith("__main__")]
    things = [thing for name in modules for thing in vars(import_module(name)).values()]
    return {(thing.name, thing.__qualname__) for thing in things if isinstance(thing, Command)}


def test_every_command_has_a_situation_in_which_it_is_crashed() -> None:
    names = [name for name, _ in commands()]
    assert len(names) == len(set(names)), "two commands of one name"
    missing = set(names) - {scenario.service.name for scenario in SCENARIOS.values()}
    assert sorted(missing) == [], "give each of these a situation in tests/faults/scenarios"


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_crash_at_any_boundary_leaves_all_or_nothing_and_the_repetition_is_done_once(
    name: str, fault_runs: int
) -> None:
    """All boundaries with --fault-runs; else the last two and some others, which are others tomorrow."""
    tried: list[int] = []

    def choose(boundaries: int) -> list[int]:
        some = random.Random(f"{TODAY} {name}").sample(range(boundaries), min(boundaries, SHORT))
        tried[:] = sorted({*range(boundaries - 2, boundaries), *some}) if not fault_runs else range(boundaries)
        return tried

    boundaries = check_boundaries(SCENARIOS[name], choose)
    print(f"{name}: {len(tried)} of {boundaries} boundaries tried, seed {TODAY}: {tried}")
    assert boundaries >= 4
