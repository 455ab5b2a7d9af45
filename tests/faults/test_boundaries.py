"""A crash between any two statements of a command loses nothing, doubles nothing and leaves nothing half done."""

from __future__ import annotations

import pytest

from tests.faults import scenarios_at_work
from tests.faults.crash import check_every_boundary
from tests.faults.scenarios import SCENARIOS

assert scenarios_at_work.scenario  # they have put themselves into the table
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_crash_at_any_boundary_leaves_all_or_nothing_and_the_repetition_is_done_once(name: str) -> None:
    boundaries = check_every_boundary(SCENARIOS[name])
    print(f"{name}: {boundaries + 1} boundaries, all of them tried")
    assert boundaries >= 3
