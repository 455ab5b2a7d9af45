"""Sums, incidence and growth; what is not known stays not known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.engines.epidemic import CountsInvalid, growth, incidence_per_100_000, rolling_sum

LAST_WEEK = [4, 6, 8, 9, 11, 13, 15]


def test_the_growth_of_the_domain_facts() -> None:
    grown = growth(LAST_WEEK)
    assert float(grown.rate) == pytest.approx(0.2082, abs=5e-5)
    assert float(grown.doubling_days) == pytest.approx(3.329, abs=5e-4)
    assert str(grown.why) == ""


@given(st.floats(0.01, 0.7), st.floats(1.0, 100.0), st.integers(2, 14))
def test_an_exponential_epidemic_doubles_in_ln_2_over_its_rate(rate: float, start: float, days: int) -> None:
    grown = growth(start * np.exp(rate * np.arange(days)))
    assert float(grown.doubling_days) == pytest.approx(math.log(2) / rate, rel=1e-6)


@pytest.mark.parametrize(
    ("cases", "why"),
    [
        ([9, 8, 7, 6, 5, 4, 3], "falling"),
        ([5, 5, 5, 5, 5, 5, 5], "falling"),
        ([1, 2, 0, 4, 5, 6, 7], "zeros"),
        ([1, 2, float("nan"), 4, 5, 0, 7], "unknown"),
    ],
)
def test_where_there_is_no_doubling_time_it_says_why(cases: list[float], why: str) -> None:
    grown = growth(cases)
    assert math.isnan(float(grown.doubling_days))
    assert str(grown.why) == why


def test_many_areas_are_judged_one_by_one() -> None:
    grown = growth([LAST_WEEK, [0.0] * 7, LAST_WEEK[::-1]])
    assert grown.why.tolist() == ["", "zeros", "falling"]


def test_a_sum_is_unknown_if_one_of_its_days_is() -> None:
    sums = rolling_sum([1, 2, 3, float("nan"), 5, 6, 7], 3)
    assert np.isnan(sums).tolist() == [True, True, False, True, True, True, False]
    assert sums[2] == 6
    assert sums[6] == 18


def test_a_sum_over_more_days_than_there_are_is_unknown() -> None:
    assert np.isnan(rolling_sum([1, 2, 3], 7)).all()
    with pytest.raises(CountsInvalid):
        rolling_sum([1, 2], 0)


def test_incidence_needs_cases_and_people() -> None:
    rates = incidence_per_100_000([70.0, float("nan"), 70.0, 70.0], [700_000, 700_000, 0, float("nan")])
    assert rates[0] == pytest.approx(10.0)
    assert np.isnan(rates[1:]).all()
