"""The reproduction number, held against EpiEstim and against what must be true of any epidemic."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from muster.engines.epidemic import (
    CountsInvalid,
    EpidemicInputInvalid,
    GammaPrior,
    SerialIntervalInvalid,
    reproduction_number,
    serial_interval,
)
from tests.engines.epidemic.figures import column, farthest

CLOSE = 1e-6
SHORT = serial_interval(2.6, 1.5)
FACTS = [1, 0, 2, 1, 3, 2, 4, 5, 4, 6, 8, 9, 11, 13, 15]
SI = serial_interval(4.7, 2.9)


@pytest.fixture(scope="module")
def epidemic(shared_data: Path) -> Path:
    return shared_data / "epidemic"


def test_it_equals_epiestim_with_a_given_serial_interval(epidemic: Path) -> None:
    cases = column(epidemic / "flu2009_incidence.csv", "incidence")
    given_interval = column(epidemic / "flu2009_serial_interval.csv", "probability")
    estimate = reproduction_number(cases, given_interval)
    assert farthest(estimate, epidemic / "flu2009_expected_R_weekly_window_given_si.csv") < CLOSE
    assert farthest(estimate, epidemic / "epiestim_expected_R.csv", example="Example1") < CLOSE


def test_it_equals_epiestim_with_a_parametric_serial_interval(epidemic: Path) -> None:
    cases = column(epidemic / "flu2009_incidence.csv", "incidence")
    estimate = reproduction_number(cases, SHORT)
    assert farthest(estimate, epidemic / "flu2009_expected_R_weekly_window_parametric_si_2.6_1.5.csv") < CLOSE
    assert farthest(estimate, epidemic / "epiestim_expected_R.csv", example="Example3") < CLOSE


def test_it_equals_epiestim_where_some_cases_were_imported(epidemic: Path) -> None:
    """EpiEstim's second example: onsets on these days; which of them were local shows in the published shapes."""
    cases = np.bincount([0, 1, 1, 2, 1, 3, 4, 5, 5, 5, 5, 4, 4, 26, 6, 7, 9]).astype(float)
    local = np.zeros_like(cases)
    local[[1, 4, 5, 7, 26]] = [2, 1, 2, 1, 1]
    estimate = reproduction_number(cases, SHORT, imported=cases - local)
    assert farthest(estimate, epidemic / "epiestim_expected_R.csv", example="Example2") < CLOSE


def test_a_sampled_serial_interval_is_met_within_its_own_uncertainty(epidemic: Path) -> None:
    path = epidemic / "epiestim_expected_R.csv"
    cases = column(epidemic / "flu2009_incidence.csv", "incidence")
    means, spreads = column(path, "Mean(R)", example="Example4"), column(path, "Std(R)", example="Example4")
    assert (np.abs(reproduction_number(cases, SHORT).mean - means) < 2 * spreads).all()


def test_the_worked_example_of_the_domain_facts() -> None:
    estimate = reproduction_number(FACTS, SI)
    assert estimate.cases[-1] == 66
    assert estimate.mean[-1] == pytest.approx(2.1667, abs=5e-5)
    assert estimate.sd[-1] == pytest.approx(0.2647, abs=5e-5)
    assert estimate.p_above(1)[-1] == pytest.approx(1.0, abs=1e-5)
    assert (estimate.t_start[-1], estimate.t_end[-1]) == (9, 15)


def test_many_areas_at_once_say_what_each_says_alone() -> None:
    areas = np.random.default_rng(7).poisson(8.0, (20, 60)).astype(float)
    together = reproduction_number(areas, SI)
    alone = [reproduction_number(area, SI) for area in areas]
    for name in ("mean", "sd", "cases"):
        np.testing.assert_allclose(getattr(together, name), [getattr(each, name) for each in alone], rtol=1e-12)
    np.testing.assert_allclose(together.quantile(0.9), [each.quantile(0.9) for each in alone], rtol=1e-12)


COUNTS = arrays(np.float64, st.integers(9, 40), elements=st.integers(0, 2000).map(float))


@settings(max_examples=60, deadline=None)
@given(COUNTS, st.sampled_from([0.025, 0.5, 0.975]), st.floats(0.3, 6.0), st.floats(0.5, 8.0))
def test_every_posterior_is_the_gamma_distribution_of_the_paper(
    cases: np.ndarray, q: float, prior_mean: float, prior_sd: float
) -> None:
    prior = GammaPrior.of(prior_mean, prior_sd)
    estimate = reproduction_number(cases, SI, prior=prior)
    for j in range(estimate.mean.size):
        window = range(j + 1, j + 8)
        pressure = sum(SI[s] * cases[t - s] for t in window for s in range(1, min(t, SI.size - 1) + 1))
        shape, scale = prior.shape + sum(cases[t] for t in window), 1 / (1 / prior.scale + pressure)
        posterior = stats.gamma(shape, scale=scale)
        assert estimate.mean[j] == pytest.approx(posterior.mean(), rel=1e-9)
        assert estimate.sd[j] == pytest.approx(posterior.std(), rel=1e-9)
        assert estimate.quantile(q)[j] == pytest.approx(posterior.ppf(q), rel=1e-7)
        assert estimate.p_above(1.0)[j] == pytest.approx(posterior.sf(1.0), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(COUNTS, st.data())
def test_what_happens_later_never_changes_an_earlier_estimate(cases: np.ndarray, data: st.DataObject) -> None:
    cut = data.draw(st.integers(8, cases.size))
    whole, part = reproduction_number(cases, SI), reproduction_number(cases[:cut], SI)
    np.testing.assert_allclose(whole.mean[: part.mean.size], part.mean, rtol=1e-9)


def test_more_imported_cases_never_raise_the_number() -> None:
    cases = np.array(FACTS, dtype=float)
    base = reproduction_number(cases, SI).mean
    half = reproduction_number(cases, SI, imported=np.floor(cases / 2)).mean
    assert (half < base).all()


def test_a_missing_day_makes_its_windows_unknown_and_nothing_else_zero() -> None:
    cases = np.full(60, 20.0)
    cases[20] = np.nan
    estimate = reproduction_number(cases, SI)
    holds_it = (estimate.t_start <= 21) & (estimate.t_end >= 21)
    assert np.isnan(estimate.mean[holds_it]).all()
    assert np.isnan(estimate.quantile(0.5)[holds_it]).all()
    assert not estimate.reliable[holds_it].any()
    assert not np.isnan(estimate.mean[estimate.t_end < 21]).any()
    assert not np.isnan(estimate.mean[estimate.t_start > 21 + SI.size]).any()


def test_few_cases_are_flagged_but_not_dropped() -> None:
    cases = np.zeros(30)
    cases[10], cases[14] = 1, 9
    estimate = reproduction_number(cases, SI)
    assert not estimate.reliable.any()
    assert np.isfinite(estimate.mean).all()
    cases[15] = 1
    assert reproduction_number(cases, SI).reliable.any()


def test_a_window_inside_the_first_serial_interval_is_not_relied_on() -> None:
    estimate = reproduction_number(np.full(20, 30.0), serial_interval(9.5, 3.0))
    assert estimate.reliable.tolist() == [bool(end > 9.4) for end in estimate.t_end]


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ([0.1, 0.9], "lag 0"),
        ([0.0, 1.2, -0.2], "lag 2 is negative"),
        ([0.0, 0.5, 0.4], "sum to 0.9"),
        ([0.0], "one probability"),
        ([0.0, float("nan")], "one probability"),
    ],
)
def test_a_serial_interval_that_is_none_is_refused(weights: list[float], says: str) -> None:
    with pytest.raises(SerialIntervalInvalid, match=says):
        reproduction_number(FACTS, weights)


@pytest.mark.parametrize(
    ("cases", "says"),
    [([1.0] * 7, "7 days"), ([1.0, -1.0] * 5, "negative"), ([1.0, float("inf")] * 5, "infinite"), ([], "0 days")],
)
def test_counts_that_are_none_are_refused(cases: list[float], says: str) -> None:
    with pytest.raises(CountsInvalid, match=says):
        reproduction_number(cases, SI)


def test_more_imported_cases_than_cases_are_refused() -> None:
    with pytest.raises(CountsInvalid, match="imported"):
        reproduction_number([1.0] * 10, SI, imported=[2.0] * 10)


@pytest.mark.parametrize("wrong", [0.0, -1.0, float("nan")])
def test_a_prior_without_mean_or_spread_is_refused(wrong: float) -> None:
    with pytest.raises(EpidemicInputInvalid):
        GammaPrior.of(wrong, 1.0)
    with pytest.raises(EpidemicInputInvalid):
        GammaPrior.of(1.0, wrong)
