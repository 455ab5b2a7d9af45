"""Risk of an area by the rule in force on the day, and thresholds that unknown figures never cross."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from muster.engines.epidemic import AreaCases, EpidemicInputInvalid, Risk, area_risk, crosses, held_for, rule_on

IN_2020 = date(2020, 2, 20)


@pytest.mark.parametrize(
    ("cases", "risk"),
    [
        (AreaCases(total=0, recent=0, ever=False), Risk.LOW),
        (AreaCases(total=80, recent=0, quiet_days=14), Risk.LOW),
        (AreaCases(total=1, recent=1), Risk.MEDIUM),
        (AreaCases(total=50, recent=40, cluster=True), Risk.MEDIUM),
        (AreaCases(total=51, recent=40, cluster=True), Risk.HIGH),
        (AreaCases(total=51, recent=40, cluster=False), Risk.MEDIUM),
        (AreaCases(total=51, recent=40), Risk.HIGH),
        (AreaCases(total=51, recent=1), Risk.MEDIUM),
        (AreaCases(total=None, recent=40), Risk.UNKNOWN),
        (AreaCases(total=None, at_least=50, recent=40), Risk.UNKNOWN),
        (AreaCases(total=None, at_least=51, recent=40), Risk.HIGH),
        (AreaCases(total=None, recent=0), Risk.LOW),
        (AreaCases(total=90, recent=None), Risk.UNKNOWN),
        (AreaCases(), Risk.UNKNOWN),
    ],
)
def test_the_county_rule_of_2020(cases: AreaCases, risk: Risk) -> None:
    assert area_risk(cases, IN_2020) is risk


@pytest.mark.parametrize(
    ("quiet", "risk"), [(0, Risk.HIGH), (6, Risk.HIGH), (7, Risk.MEDIUM), (9, Risk.MEDIUM), (10, Risk.LOW)]
)
def test_the_ninth_edition_steps_down_after_7_and_10_days(quiet: int, risk: Risk) -> None:
    assert area_risk(AreaCases(total=9, recent=9, quiet_days=quiet, ever=True), date(2022, 7, 1)) is risk


@pytest.mark.parametrize(("quiet", "risk"), [(0, Risk.HIGH), (4, Risk.HIGH), (5, Risk.LOW)])
def test_the_twenty_measures_know_no_medium_risk(quiet: int, risk: Risk) -> None:
    assert area_risk(AreaCases(total=9, recent=9, quiet_days=quiet, ever=True), date(2022, 11, 20)) is risk


def test_an_area_of_which_nothing_is_known_is_never_low() -> None:
    for day in (IN_2020, date(2022, 7, 1), date(2022, 11, 20), date(2026, 1, 1)):
        assert area_risk(AreaCases(), day) is Risk.UNKNOWN


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2019, 12, 31), "county-2020"),
        (date(2022, 6, 27), "county-2020"),
        (date(2022, 6, 28), "ninth-edition"),
        (date(2022, 11, 11), "twenty-measures"),
        (date(2023, 1, 8), "bureau"),
    ],
)
def test_the_rule_is_that_of_the_day(day: date, code: str) -> None:
    assert rule_on(day).code == code


def test_an_unknown_figure_crosses_no_threshold_and_is_not_below_it_either() -> None:
    assert crosses(10.0, ">=", 10) is True
    assert crosses(10.0, ">", 10) is False
    assert crosses(3.0, "<", 4) is True
    assert crosses(4.0, "<=", 4) is True
    for comparison in (">=", ">", "<=", "<"):
        assert crosses(None, comparison, 1) is None
        assert crosses(float("nan"), comparison, 1) is None
    with pytest.raises(EpidemicInputInvalid):
        crosses(1.0, "==", 1)


def test_an_unknown_day_never_counts_towards_days_that_must_hold() -> None:
    truth = [1, 1, 1, np.nan, 1, 1, 1, 0, 1]
    assert held_for(truth, 3).tolist() == [False, False, True, False, False, False, True, False, False]
