"""The discretised serial interval."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from muster.engines.epidemic import SerialIntervalInvalid, reproduction_number, serial_interval


def test_the_first_weights_of_the_domain_facts() -> None:
    assert serial_interval(4.7, 2.9)[1:5] == pytest.approx([0.0565, 0.17807, 0.18542, 0.15573], abs=5e-6)


@example(2.0, 6.0)
@given(st.floats(2.0, 12.0), st.floats(0.3, 6.0))
def test_it_is_a_distribution_over_days_from_the_first_with_the_mean_that_was_asked_for(mean: float, sd: float) -> None:
    weights = serial_interval(mean, sd)
    assert weights[0] == 0.0
    assert (weights >= 0.0).all()
    assert weights.sum() == pytest.approx(1.0, abs=1e-8)
    assert np.arange(weights.size) @ weights == pytest.approx(mean, abs=1e-4)


@settings(deadline=None)
@given(st.floats(1.0, 500.0, exclude_min=True), st.floats(1e-3, 500.0))
def test_whatever_is_not_refused_can_be_estimated_with(mean: float, sd: float) -> None:
    try:
        weights = serial_interval(mean, sd)
    except SerialIntervalInvalid:
        return
    assert weights.sum() == pytest.approx(1.0, abs=1e-12)
    assert np.arange(weights.size) @ weights == pytest.approx(mean, abs=1e-4)
    assert np.isfinite(reproduction_number(np.full(10, 5.0), weights).mean).all()


@pytest.mark.parametrize(("mean", "sd"), [(4.7, 2.9), (2.6, 1.5), (2.0, 6.0), (12.0, 0.3)])
def test_each_weight_is_the_part_of_the_gamma_that_the_paper_gives_to_its_day(mean: float, sd: float) -> None:
    """A case between two days counts for both, for each the more the nearer; the paper's formula is this integral."""
    weights = serial_interval(mean, sd)
    later = stats.gamma(((mean - 1) / sd) ** 2, scale=sd**2 / (mean - 1))
    for day in range(2, min(weights.size - 1, 40)):
        near = sum(
            integrate.quad(lambda x, day=day: (1 - abs(x - (day - 1))) * later.pdf(x), start, start + 1, limit=200)[0]
            for start in (day - 2, day - 1)
        )
        assert weights[day] == pytest.approx(near, abs=1e-7)


def test_what_lies_beyond_the_last_day_counts_at_the_last_day() -> None:
    """For mean 2 and sd 6 more than 1e-8 lies beyond 400 days: the integral of the survival function over a day."""
    weights = serial_interval(2.0, 6.0)
    later = stats.gamma(1 / 36, scale=36.0)
    beyond = integrate.quad(later.sf, 399, 400)[0]
    own = integrate.quad(lambda x: later.sf(x - 1) - later.sf(x), 399, 400)[0]
    assert weights.size == 401
    assert beyond > 1e-8
    assert weights[-1] == pytest.approx(beyond + own, rel=1e-3)


@pytest.mark.parametrize(
    ("mean", "sd"), [(1.0, 2.0), (0.5, 2.0), (5.0, 0.0), (5.0, -1.0), (5.0, 1e-200), (float("nan"), 1.0)]
)
def test_a_mean_within_a_day_or_no_spread_is_refused(mean: float, sd: float) -> None:
    with pytest.raises(SerialIntervalInvalid, match="expected a mean above 1"):
        serial_interval(mean, sd)


@pytest.mark.parametrize(("mean", "sd"), [(380.0, 90.0), (1.5, 40.0), (5.0, 1e200), (1e300, 3.0)])
def test_an_interval_of_years_is_refused(mean: float, sd: float) -> None:
    with pytest.raises(SerialIntervalInvalid, match="wider than"):
        serial_interval(mean, sd)
