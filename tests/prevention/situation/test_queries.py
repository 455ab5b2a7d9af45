"""Indicators, curve and risk, as they were known at a moment; what is not known is absent, never 0."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from muster.engines.epidemic import reproduction_number, serial_interval
from muster.engines.plan.words import INDICATORS
from muster.kernel.commands import NotPermitted
from muster.prevention.situation import services
from muster.prevention.situation.errors import InputInvalid
from muster.prevention.situation.knowledge import day_end
from muster.prevention.situation.queries import area_figures, curve, indicators, indicators_by_day
from muster.prevention.situation.rows import CountRow, InputRow
from tests.prevention.situation.reports import (
    FIRST,
    MINUTE,
    NOON,
    day_by_day,
    days_of,
    duty,
    evening,
    receive,
    stranger,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WEEK = [3, 4, 6, 8, 9, 11, 13]


def last(values: list[int]) -> date:
    return FIRST + (len(values) - 1) * DAY


@contextmanager
def statements(most: int) -> Iterator[None]:
    with CaptureQueriesContext(
        connection,
    ) as context:
        yield
    assert len(context) <= most, [query["sql"] for query in context.captured_queries]


def test_sums_and_incidence_of_the_last_week(a_town: None) -> None:
    receive(days_of(WEEK))
    seen = indicators(area="CITY", as_of=NOON)
    assert seen.values["new_cases"] == 13
    assert seen.values["local_cases_7d"] == sum(WEEK)
    assert seen.values["incidence_7d"] == pytest.approx(sum(WEEK) / 3_000_000 * 100_000)
    assert seen.values["doubling_days"] == pytest.approx(2.9, abs=0.4)
    assert seen.last_day == last(WEEK)


def test_values_have_the_types_of_the_plan_language(a_town: None, s_city: list[int]) -> None:
    receive(days_of(s_city[:25]))
    services.inputs_record(by=duty(), rows=[InputRow("province_level", 1, NOON), InputRow("external_alert", 1, NOON)])
    values = indicators(area="CITY", as_of=NOON).values
    assert set(values) <= set(INDICATORS)
    assert {name: type(value) for name, value in values.items()} == {name: INDICATORS[name] for name in values}


def test_sums_that_reach_behind_the_first_report_are_unknown(a_town: None) -> None:
    receive(days_of(WEEK))
    seen = indicators(area="CITY", as_of=NOON)
    assert "local_cases_14d" not in seen.values
    assert "local_cases_14d" in seen.missing


def test_unless_the_source_has_stated_that_there_was_nothing_before(a_town: None) -> None:
    receive(days_of(WEEK))
    services.surveillance_start_state(by=duty(NOON + MINUTE), area="CITY", none_before=FIRST)
    assert indicators(area="CITY", as_of=NOON + MINUTE).values["local_cases_14d"] == sum(WEEK)
    assert "local_cases_14d" not in indicators(area="CITY", as_of=NOON).values


def test_a_day_that_was_not_reported_makes_its_sums_unknown(a_town: None) -> None:
    rows = days_of(WEEK)
    receive([*rows[:3], *rows[4:]])
    seen = indicators(area="CITY", as_of=NOON)
    assert "local_cases_7d" not in seen.values
    assert "incidence_7d" not in seen.values
    assert seen.missing["doubling_days"] == "unknown"
    assert seen.values["new_cases"] == 13
    assert curve(area="CITY", as_of=NOON)[3].new is None


def test_nothing_is_known_of_an_area_without_reports_or_that_is_not_there(a_town: None) -> None:
    assert indicators(area="CITY", as_of=NOON).values == {}
    assert indicators(area="ATLANTIS", as_of=NOON).values == {}
    assert curve(area="CITY", as_of=NOON) == []
    assert curve(area="ATLANTIS", as_of=NOON) == []


def test_why_there_is_no_doubling_time_is_said(a_town: None) -> None:
    receive(days_of(WEEK[::-1]))
    assert indicators(area="CITY", as_of=NOON).missing["doubling_days"] == "falling"
    receive(days_of([0] * 7, area="D-NORTH"), NOON + MINUTE)
    assert indicators(area="D-NORTH", as_of=NOON + MINUTE).missing["doubling_days"] == "zeros"


def test_imported_cases_are_not_local_and_the_unsaid_are(a_town: None) -> None:
    receive(days_of([10] * 7))
    receive([CountRow("CITY", last(WEEK), 4, "imported")], NOON + MINUTE)
    seen = indicators(area="CITY", as_of=NOON + MINUTE)
    assert seen.values["local_cases_7d"] == 66
    assert "imported_cases_7d" not in seen.values
    receive([CountRow("CITY", FIRST + i * DAY, 4, "imported") for i in range(7)], NOON + 2 * MINUTE)
    seen = indicators(area="CITY", as_of=NOON + 2 * MINUTE)
    assert (seen.values["local_cases_7d"], seen.values["imported_cases_7d"]) == (42, 28)
    assert seen.values["incidence_7d"] == pytest.approx(70 / 30)


def test_a_value_tells_of_the_last_reported_day_and_not_of_now(a_town: None) -> None:
    day_by_day(WEEK)
    much_later = evening(last(WEEK)) + 9 * DAY
    seen = indicators(area="CITY", as_of=much_later)
    assert seen.taken_at["local_cases_7d"] == evening(last(WEEK))
    receive([CountRow("CITY", last(WEEK) + DAY, 5)], much_later)
    assert indicators(area="CITY", as_of=much_later).taken_at["new_cases"] == day_end(last(WEEK) + DAY)


def test_rt_is_that_of_the_engine_and_absent_with_few_cases(a_town: None, s_city: list[int]) -> None:
    receive(days_of(s_city[:30]))
    values = indicators(area="CITY", as_of=NOON).values
    estimate = reproduction_number(s_city[:30], serial_interval(4.7, 2.9))
    assert values["rt_mean"] == pytest.approx(estimate.mean[-1])
    assert values["rt_q025"] == pytest.approx(estimate.quantile(0.025)[-1])
    assert values["rt_q975"] == pytest.approx(estimate.quantile(0.975)[-1])
    assert values["rt_p_above_1"] == pytest.approx(estimate.p_above(1.0)[-1])
    receive(days_of(s_city[:50]), NOON + MINUTE)
    assert "rt_mean" not in indicators(area="CITY", as_of=NOON + MINUTE).values


def test_many_moments_at_once_say_what_each_says_alone(a_town: None, s_city: list[int]) -> None:
    services.surveillance_start_state(by=duty(evening(FIRST) - MINUTE), area="CITY", none_before=FIRST)
    day_by_day(s_city[:30])
    receive([CountRow("CITY", FIRST + 9 * DAY, 8)], evening(FIRST + 20 * DAY) + MINUTE)
    moments = [evening(FIRST + i * DAY) + 2 * MINUTE for i in range(30)]
    assert indicators_by_day(area="CITY", moments=moments) == [indicators(area="CITY", as_of=each) for each in moments]


def test_the_curve_shows_the_late_report_as_it_was_reported_and_says_so(a_town: None, s_city: list[int]) -> None:
    day_by_day(s_city[:30])
    late = date(2020, 1, 31)
    for moment in (evening(late), evening(late + 5 * DAY), NOON):
        days = {day.day: day for day in curve(area="CITY", as_of=moment)}
        assert days[late].new == 60
        assert [day for day, shown in days.items() if shown.late_report] == [late]
        assert days[late].expected == pytest.approx(34.5, abs=0.1)
    assert late in indicators(area="CITY", as_of=evening(late + DAY)).late_reports


def test_the_curve_marks_what_was_corrected(a_town: None) -> None:
    receive(days_of(WEEK))
    receive([CountRow("CITY", FIRST, 5)], NOON + MINUTE)
    assert [day.corrected for day in curve(area="CITY", as_of=NOON + MINUTE)] == [True] + [False] * 6
    assert not any(day.corrected for day in curve(area="CITY", as_of=NOON))


def test_the_curve_has_rt_with_its_interval_where_it_can_be_relied_on(a_town: None, s_city: list[int]) -> None:
    receive(days_of(s_city))
    days = curve(area="CITY", as_of=evening(last(s_city)))
    assert [day.day for day in days] == [FIRST + i * DAY for i in range(min(len(s_city), 50))]
    known = [day for day in days if day.rt_mean is not None]
    assert len(known) > 25
    assert all(day.rt_low < day.rt_mean < day.rt_high for day in known)
    assert all(day.rt_low is None and day.rt_high is None for day in days if day.rt_mean is None)


def test_districts_have_their_figures_and_risk(a_town: None) -> None:
    services.surveillance_start_state(by=duty(), area="D-NORTH", none_before=date(2020, 2, 24))
    receive(days_of([0, 0, 5, 20, 20, 10, 4], "D-NORTH", date(2020, 2, 24)))
    figures = area_figures(as_of=NOON)
    assert set(figures) == {"D-NORTH", "D-SOUTH"}
    north, south = figures["D-NORTH"], figures["D-SOUTH"]
    assert (north.cases_7d, north.risk, south.cases_7d, south.risk) == (59, "high", None, "unknown")
    assert north.incidence_7d == pytest.approx(5.9)
    assert north.cases_14d == 59


def test_an_area_is_low_only_if_14_days_are_known(a_town: None) -> None:
    receive(days_of([0] * 10, "D-NORTH", date(2020, 2, 21)))
    receive(days_of([0] * 14, "D-SOUTH", date(2020, 2, 17)))
    figures = area_figures(as_of=NOON)
    assert (figures["D-NORTH"].risk, figures["D-SOUTH"].risk) == ("unknown", "low")


def test_figures_that_are_days_old_say_nothing_of_an_area(a_town: None) -> None:
    receive(days_of([0] * 14, "D-NORTH", date(2020, 2, 15)))
    figures = [area_figures(as_of=NOON + days * DAY)["D-NORTH"] for days in (0, 9)]
    assert [(each.risk, each.cases_7d) for each in figures] == [("low", 0), ("unknown", None)]


def test_a_cluster_that_the_health_authority_denies_lowers_the_risk(a_town: None) -> None:
    receive(days_of([0] * 7 + [5, 20, 20, 10, 4, 0, 0], "D-NORTH", date(2020, 2, 17)))
    assert area_figures(as_of=NOON)["D-NORTH"].risk == "high"
    services.inputs_record(by=duty(), rows=[InputRow("clusters_open", 0, NOON, area="D-NORTH", lasting=True)])
    assert area_figures(as_of=NOON)["D-NORTH"].risk == "medium"


def test_a_lasting_input_holds_until_the_next_one(a_town: None) -> None:
    services.inputs_record(by=duty(), rows=[InputRow("province_level", 2, NOON, lasting=True)])
    later = NOON + 30 * DAY
    seen = indicators(area="CITY", as_of=later)
    assert (seen.values["province_level"], seen.taken_at["province_level"]) == (2, later)
    services.inputs_record(by=duty(later), rows=[InputRow("province_level", 1, later, lasting=True)])
    assert indicators(area="CITY", as_of=later).values["province_level"] == 1
    assert indicators(area="CITY", as_of=later - MINUTE).values["province_level"] == 2


def test_other_inputs_age_or_end(a_town: None) -> None:
    rows = [InputRow("officer_absence_pct", 12.5, NOON), InputRow("external_alert", 1, NOON, valid_hours=24)]
    services.inputs_record(by=duty(), rows=rows)
    seen = indicators(area="CITY", as_of=NOON + DAY)
    assert seen.values == {"officer_absence_pct": 12.5, "external_alert": True}
    assert seen.taken_at["officer_absence_pct"] == NOON
    assert "external_alert" not in indicators(area="CITY", as_of=NOON + DAY + MINUTE).values


def test_what_is_said_of_an_area_goes_before_what_is_said_of_the_city(a_town: None) -> None:
    rows = [InputRow("clusters_open", 1, NOON, area="D-NORTH"), InputRow("clusters_open", 4, NOON + MINUTE)]
    services.inputs_record(by=duty(), rows=rows)
    at = NOON + 2 * MINUTE
    assert [indicators(area=area, as_of=at).values["clusters_open"] for area in ("D-NORTH", "CITY")] == [1, 4]


def test_an_input_recorded_twice_at_one_moment_is_the_later_one(a_town: None) -> None:
    services.inputs_record(by=duty(), rows=[InputRow("clusters_open", 1, NOON), InputRow("clusters_open", 2, NOON)])
    services.inputs_record(by=duty(), rows=[InputRow("clusters_open", 3, NOON)])
    assert indicators(area="CITY", as_of=NOON + MINUTE).values["clusters_open"] == 3


@pytest.mark.parametrize(
    "wrong",
    [
        InputRow("moon_phase", 1, NOON),
        InputRow("local_cases_7d", 1, NOON),
        InputRow("province_level", 5, NOON),
        InputRow("clusters_open", 1.5, NOON),
        InputRow("clusters_open", -1, NOON),
        InputRow("external_alert", 2, NOON),
        InputRow("officer_absence_pct", 101, NOON),
        InputRow("external_alert", 1, NOON.replace(tzinfo=None)),
    ],
    ids=lambda row: f"{row.name} {row.value}",
)
def test_an_input_that_no_plan_could_use_is_refused_with_all_beside_it(a_town: None, wrong: InputRow) -> None:
    good = InputRow("province_level", 1, NOON)
    with pytest.raises(InputInvalid):
        services.inputs_record(by=duty(), rows=[good, wrong])
    assert indicators(area="CITY", as_of=NOON).values == {}
    services.inputs_record(by=duty(), rows=[good])
    assert indicators(area="CITY", as_of=NOON).values == {"province_level": 1}


def test_who_reports_nothing_records_no_input(a_town: None) -> None:
    row = InputRow("province_level", 1, NOON)
    with pytest.raises(NotPermitted):
        services.inputs_record(by=stranger(), rows=[row])
    assert services.inputs_record(by=duty(), rows=[row]) == 1


def test_reading_takes_few_statements_however_much_was_reported(a_town: None, s_city: list[int]) -> None:
    receive(days_of(s_city[:50]))
    receive(days_of(s_city[:50], "D-NORTH"))
    with statements(6):
        indicators(area="CITY", as_of=NOON)
    with statements(4):
        curve(area="CITY", as_of=NOON)
    with statements(4):
        area_figures(as_of=NOON)


def test_a_severe_wave_with_its_jump_and_its_correction_is_survived(a_town: None, shared_data: Path) -> None:
    from tests.prevention.situation.reports import recorded

    values = recorded(shared_data / "epidemic" / "severe_wave_2020.csv")
    start = date(2019, 12, 1)
    end = evening(start + (len(values) - 1) * DAY)
    receive(days_of(values, first=start), end)
    begin = time.perf_counter()
    days = curve(area="CITY", as_of=end)
    assert time.perf_counter() - begin < 0.5
    flagged = {day.day for day in days if day.late_report}
    assert {date(2020, 2, 13), date(2020, 4, 17)} <= flagged
    assert len(flagged) < 8
