"""The discretised serial interval."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.engines.epidemic import SerialIntervalInvalid, serial_interval


def test_the_first_weights_of_the_domain_facts() -> None:
    assert serial_interval(4.7, 2.9, lags=30)[1:5] == pytest.approx([0.0565, 0.17807, 0.18542, 0.15573], abs=5e-6)


@given(st.floats(2.0, 12.0), st.floats(0.3, 6.0))
def test_it_is_a_distribution_over_days_from_the_first_with_the_mean_that_was_asked_for(mean: float, sd: float) -> None:
    weights = serial_interval(mean, sd)
    assert weights[0] == 0.0
    assert (weights >= 0.0).all()
    assert weights.sum() == pytest.approx(1.0, abs=1e-8)
    assert np.arange(weights.size) @ weights == pytest.approx(mean, abs=1e-4)


@pytest.mark.parametrize(("mean", "sd"), [(1.0, 2.0), (0.5, 2.0), (5.0, 0.0), (5.0, -1.0), (float("nan"), 1.0)])
def test_a_mean_within_a_day_or_no_spread_is_refused(mean: float, sd: float) -> None:
    with pytest.raises(SerialIntervalInvalid, match="expected a mean above 1"):
        serial_interval(mean, sd)


def test_an_interval_of_years_is_refused() -> None:
    with pytest.raises(SerialIntervalInvalid, match="wider than"):
        serial_interval(1_200.0, 90.0)
