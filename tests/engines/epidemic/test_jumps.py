"""Late bulletins and changes of definition are named; a growing outbreak is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.epidemic import Jump, jumps
from tests.engines.epidemic.figures import column, table


def named(path: Path, upto: str = "9") -> dict[str, Jump]:
    """Jumps by date among the days up to `upto`."""
    rows = [row for row in table(path) if row["date"] <= upto]
    return {rows[each.day]["date"]: each for each in jumps([float(row["new_confirmed"]) for row in rows])}


def test_the_late_bulletin_of_s_city_is_the_only_jump_there(shared_data: Path) -> None:
    found = named(shared_data / "epidemic" / "s_city_2020.csv")
    assert list(found) == ["2020-01-31"]
    assert found["2020-01-31"].reported == 60
    assert 20 < found["2020-01-31"].expected < 40


def test_it_is_named_on_its_own_day_already(shared_data: Path) -> None:
    assert list(named(shared_data / "epidemic" / "s_city_2020.csv", upto="2020-01-31")) == ["2020-01-31"]


def test_no_day_of_s_city_is_named_and_later_taken_back(shared_data: Path) -> None:
    counts = column(shared_data / "epidemic" / "s_city_2020.csv", "new_confirmed").tolist()
    ever = {each.day for end in range(1, len(counts) + 1) for each in jumps(counts[:end])}
    assert ever == {each.day for each in jumps(counts)}


def test_a_change_of_definition_is_named(shared_data: Path) -> None:
    assert "2020-02-13" in named(shared_data / "epidemic" / "severe_wave_2020.csv", upto="2020-02-13")
    assert "2020-02-13" in named(shared_data / "epidemic" / "severe_wave_2020.csv")


def test_a_correction_among_quiet_weeks_is_named_once_the_days_after_are_known(shared_data: Path) -> None:
    path = shared_data / "epidemic" / "severe_wave_2020.csv"
    assert "2020-04-17" not in named(path, upto="2020-04-17")
    assert "2020-04-17" in named(path, upto="2020-04-20")


@settings(max_examples=60, deadline=None)
@given(st.floats(0.0, 0.35), st.integers(0, 2**32 - 1), st.integers(10, 30))
def test_a_growing_outbreak_is_not_a_jump(rate: float, seed: int, days: int) -> None:
    """Steady growth from 20 cases a day: chance alone makes few days look odd."""
    cases = np.random.default_rng(seed).poisson(20 * np.exp(rate * np.arange(days))).astype(float)
    assert len(jumps(cases.tolist())) <= 1


@pytest.mark.parametrize("first", [5.0, 30.0, 300.0])
def test_the_first_cases_of_an_outbreak_are_never_explained_away(first: float) -> None:
    assert jumps([0.0] * 20 + [first]) == ()
    assert jumps([0.0] * 20 + [first, first * 1.2, first * 1.5, first * 2]) == ()


def test_a_jump_that_stays_was_growth() -> None:
    quiet = [20.0, 22, 19, 21, 20, 23, 21, 20]
    assert [each.day for each in jumps([*quiet, 90.0])] == [8]
    assert jumps([*quiet, 90.0, 85.0, 95.0]) == ()
    assert [each.day for each in jumps([*quiet, 90.0, 22.0, 20.0])] == [8]


def test_days_without_a_report_are_no_evidence() -> None:
    gap = float("nan")
    assert [each.day for each in jumps([20.0, 22, gap, 19, 21, 20, gap, 23, 21, 20, gap, 90.0])] == [11]
    assert jumps([20.0, 22, 19, gap, gap, gap, gap, gap, gap, gap, gap, gap, gap, gap, 90.0]) == ()
    assert jumps([]) == ()
