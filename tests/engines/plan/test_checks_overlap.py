"""Two conditions that can hold at once are found, and only those."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan.checks.overlap import held_at_once, possible
from muster.engines.plan.conditions import Condition, read_condition
from tests.engines.plan.faults import shipped

COUNTS = ("local_cases_7d", "local_cases_14d", "province_level")


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    """Comparisons of three counts with small figures, joined in twos."""
    comparison = st.builds(
        lambda name, operator, figure: f"{name} {operator} {figure}",
        st.sampled_from(COUNTS),
        st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]),
        st.integers(1, 3),
    )
    joined = st.builds(
        lambda left, joint, right: f"({left} {joint} {right})", comparison, st.sampled_from(["&&", "||"]), comparison
    )
    return read_condition(" && ".join(draw(st.lists(joined, min_size=1, max_size=2))))


@settings(max_examples=60, deadline=None)
@given(conditions(), conditions())
def test_the_search_says_what_trying_every_world_says(one: Condition, other: Condition) -> None:
    worlds = (
        {"local_cases_7d": week, "local_cases_14d": fortnight, "province_level": level}
        for week in range(6)
        for fortnight in range(week, 6)
        for level in range(5)
    )
    both = any(one.holds(world) and other.holds(world) for world in worlds)
    found = held_at_once(one, other)
    assert (found is not None) == both
    if found is not None:
        assert possible(found)
        assert one.holds(found)
        assert other.holds(found)


def test_no_level_of_the_shipped_plan_is_called_for_and_left_at_once() -> None:
    assert [level.id for level in shipped().levels if held_at_once(level.trigger, level.release)] == []


def test_more_cases_in_seven_days_than_in_fourteen_cannot_be() -> None:
    assert held_at_once(read_condition("local_cases_7d >= 10"), read_condition("local_cases_14d < 10")) is None


@pytest.mark.parametrize(
    ("trigger", "release"),
    [
        ("rt_q025 > 1.0", "rt_q975 < 1.0"),
        ("external_alert", "!external_alert"),
        ("incidence_7d >= 10.0", "incidence_14d < 10.0"),
    ],
)
def test_conditions_that_exclude_each_other(trigger: str, release: str) -> None:
    assert held_at_once(read_condition(trigger), read_condition(release)) is None
