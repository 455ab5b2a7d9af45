"""Every row of a report has a fate, and what was known before stays known."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from muster.kernel.commands import Actor, NotPermitted
from muster.kernel.organisation.codes import CodeUnknown
from muster.prevention.situation import problems, services
from muster.prevention.situation.errors import ReportInvalid
from muster.prevention.situation.models import CaseCount, ReportBatch, ReportRow
from muster.prevention.situation.queries import corrections, curve, indicators
from muster.prevention.situation.queries.records import rows_of
from muster.prevention.situation.rows import CountRow
from tests.kernel.organisation import town
from tests.prevention.situation.reports import FIRST, MINUTE, NOON, controller, days_of, duty, receive, stranger

pytestmark = pytest.mark.django_db


def fates(batch: ReportBatch) -> list[str]:
    return [row.fate for row in rows_of(batch.pk, count=10_000)]


def counted(at: datetime = NOON, area: str = "CITY", feed: str = "live") -> list[int | None]:
    return [day.new for day in curve(feed=feed, area=area, as_of=at)]


def test_a_report_of_new_cases_is_received(a_town: None) -> None:
    batch = receive(days_of([0, 3, 5]))
    assert (batch.rows, batch.new) == (3, 3)
    assert counted() == [0, 3, 5]


def test_the_same_report_again_changes_nothing(a_town: None) -> None:
    receive(days_of([0, 3, 5]))
    again = receive(days_of([0, 3, 5]), NOON + MINUTE)
    assert (again.same, again.new, again.corrected) == (3, 0, 0)
    assert CaseCount.objects.count() == 3


def test_the_same_command_sent_twice_is_one_report(a_town: None) -> None:
    by = Actor("account:1", frozenset({"duty_officer"}), command_id=uuid4(), now=NOON)
    first = services.counts_receive.receive(by=by, rows=days_of([1, 2]), source="health commission")
    second = services.counts_receive.receive(by=by, rows=days_of([1, 2]), source="health commission")
    assert (first.status, second.status) == (201, 200)
    assert first.body == second.body
    assert ReportBatch.objects.count() == 1


def test_a_correction_is_a_new_row_and_the_old_one_stays_answerable(a_town: None) -> None:
    receive(days_of([4, 6]))
    later = NOON + timedelta(days=1)
    batch = receive([CountRow("CITY", FIRST, 9)], later)
    assert batch.corrected == 1
    assert rows_of(batch.pk)[0].previous == 4
    assert counted(NOON) == [4, 6]
    assert counted(later) == [9, 6]
    found = corrections(as_of=later)
    assert [(each.day, each.before, each.after) for each in found] == [(FIRST, 4, 9)]
    assert corrections(as_of=NOON) == []


def test_a_correction_at_the_very_same_moment_is_kept_beside_the_first(a_town: None) -> None:
    receive(days_of([4]))
    assert receive([CountRow("CITY", FIRST, 9)]).corrected == 1
    assert receive([CountRow("CITY", FIRST, 11)]).corrected == 1
    assert counted(NOON + MINUTE) == [11]


def test_of_two_rows_for_one_day_the_last_counts_and_both_are_kept(a_town: None) -> None:
    rows = [CountRow("CITY", FIRST, 4), CountRow("CITY", FIRST, 7), CountRow("CITY", FIRST, 7)]
    batch = receive(rows)
    assert fates(batch) == ["superseded", "superseded", "new"]
    assert counted() == [7]


WRONG = [
    (CountRow("", FIRST, 1), problems.AREA_MISSING),
    (CountRow("ATLANTIS", FIRST, 1), problems.AREA_UNKNOWN),
    (CountRow("CITY", FIRST, 1, "rumours"), problems.MEASURE_UNKNOWN),
    (CountRow("CITY", "", 1), problems.DAY_MISSING),
    (CountRow("CITY", "2020-02-30", 1), problems.DAY_UNREADABLE),
    (CountRow("CITY", "yesterday", 1), problems.DAY_UNREADABLE),
    (CountRow("CITY", date(2020, 3, 2), 1), problems.DAY_IN_FUTURE),
    (CountRow("CITY", "0202-01-12", 1), problems.DAY_TOO_OLD),
    (CountRow("CITY", "1920-01-12", 1), problems.DAY_TOO_OLD),
    (CountRow("CI\x00TY", FIRST, 1), problems.AREA_UNKNOWN),
    (CountRow("CITY", FIRST, "1\x00"), problems.VALUE_UNREADABLE),
    (CountRow("X" * 500, "Y" * 500, "Z" * 500, "V" * 500), problems.AREA_UNKNOWN),
    (CountRow("CITY", FIRST, ""), problems.VALUE_MISSING),
    (CountRow("CITY", FIRST, "many"), problems.VALUE_UNREADABLE),
    (CountRow("CITY", FIRST, "1.5"), problems.VALUE_FRACTION),
    (CountRow("CITY", FIRST, -3), problems.VALUE_NEGATIVE),
    (CountRow("CITY", FIRST, "-3"), problems.VALUE_NEGATIVE),
    (CountRow("CITY", FIRST, 10**12), problems.VALUE_TOO_LARGE),
    (CountRow("CITY", FIRST, "1000000000000"), problems.VALUE_TOO_LARGE),
]


@pytest.mark.parametrize(("wrong", "problem"), WRONG, ids=lambda each: each if isinstance(each, str) else "")
def test_a_wrong_row_is_rejected_by_name_and_the_others_are_received(
    a_town: None, wrong: CountRow, problem: str
) -> None:
    batch = receive([CountRow("CITY", FIRST + timedelta(days=1), 2), wrong])
    assert (batch.new, batch.rejected) == (1, 1)
    row = ReportRow.objects.get(batch=batch, fate="rejected")
    assert (row.number, row.problem) == (2, problem)
    assert str(problems.told(problem).what)
    assert counted() == [2]


def test_every_problem_has_words_in_both_languages() -> None:
    from django.utils.translation import override

    for code, told in problems.PROBLEMS.items():
        with override("en"):
            english = str(told.what), str(told.expected)
        with override("zh-hans"):
            assert (str(told.what), str(told.expected)) != english, code


@pytest.mark.parametrize("written", ["2020-01-12", "2020/1/12", "2020年1月12日", "20200112", "2020-01-12 19:22:29.404"])
def test_a_day_is_understood_as_people_write_it(a_town: None, written: str) -> None:
    assert receive([CountRow("CITY", written, "12.0")]).new == 1
    assert curve(area="CITY", as_of=NOON)[0].day == FIRST


def totals(values: list[int], area: str = "CITY") -> list[CountRow]:
    return days_of(values, area)


def test_totals_become_new_cases_of_each_day(a_town: None) -> None:
    receive(totals([2, 2, 7, 12]), mode="cumulative")
    assert counted() == [2, 0, 5, 5]


def test_a_total_that_decreases_is_rejected_by_name_and_never_a_negative_count(a_town: None) -> None:
    batch = receive(totals([2, 9, 7, 12]), mode="cumulative")
    rejected = ReportRow.objects.get(batch=batch, fate="rejected")
    assert (rejected.number, rejected.problem, rejected.previous) == (3, problems.TOTAL_DECREASES, 9)
    assert counted() == [2, 7, None, 3]


def test_a_later_report_of_totals_goes_on_from_what_is_known(a_town: None) -> None:
    receive(totals([2, 5]), mode="cumulative")
    receive([CountRow("CITY", FIRST + timedelta(days=2), 11)], NOON + MINUTE, mode="cumulative")
    assert counted(NOON + MINUTE) == [2, 3, 6]


def test_a_total_after_a_gap_counts_on_its_own_day_and_the_gap_stays_unknown(a_town: None) -> None:
    receive(totals([2]), mode="cumulative")
    receive([CountRow("CITY", FIRST + timedelta(days=3), 11)], NOON + MINUTE, mode="cumulative")
    assert counted(NOON + MINUTE) == [2, None, None, 9]


def test_totals_respect_days_that_another_report_has_counted_between(a_town: None) -> None:
    receive([CountRow("CITY", FIRST + timedelta(days=1), 4)])
    later = [CountRow("CITY", FIRST, 2), CountRow("CITY", FIRST + timedelta(days=2), 10)]
    receive(later, NOON + MINUTE, mode="cumulative")
    assert counted(NOON + MINUTE) == [2, 4, 4]


def test_a_feed_of_an_exercise_never_mixes_with_the_real_one(a_town: None) -> None:
    services.counts_receive(by=controller(), rows=days_of([50]), source="inject", feed="exercise:1")
    assert counted() == []
    assert counted(feed="exercise:1") == [50]


def test_the_controller_of_an_exercise_cannot_write_to_the_real_epidemic(a_town: None) -> None:
    with pytest.raises(NotPermitted):
        services.counts_receive(by=controller(), rows=days_of([50]), source="inject")
    assert CaseCount.objects.count() == 0


def test_who_reports_nothing_may_report_nothing(a_town: None) -> None:
    rows = days_of([1])
    with pytest.raises(NotPermitted):
        services.counts_receive(by=stranger(), rows=rows, source="health commission")
    with pytest.raises(NotPermitted):
        services.surveillance_start_state(by=stranger(), area="CITY", none_before=FIRST)
    assert ReportBatch.objects.count() == 0
    services.surveillance_start_state(by=duty(), area="CITY", none_before=FIRST)
    assert receive(rows).new == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"rows": []},
        {"source": "  "},
        {"mode": "weekly"},
        {"feed": "x" * 65},
        {"feed": "a\x00b"},
        {"feed": ""},
        {"reported_at": NOON + MINUTE},
    ],
)
def test_a_report_that_is_none_is_refused_whole(a_town: None, wrong: dict[str, object]) -> None:
    given_rows = {"rows": days_of([1]), "source": "health commission", **wrong}
    with pytest.raises(ReportInvalid):
        services.counts_receive(by=duty(), **given_rows)
    assert ReportBatch.objects.count() == 0


def test_a_statement_about_an_unknown_area_or_measure_is_refused(a_town: None) -> None:
    with pytest.raises(CodeUnknown):
        services.surveillance_start_state(by=duty(), area="ATLANTIS", none_before=FIRST)
    with pytest.raises(ReportInvalid):
        services.surveillance_start_state(by=duty(), area="CITY", none_before=FIRST, measure="rumours")


def test_the_database_itself_refuses_to_change_what_was_reported(a_town: None) -> None:
    receive(days_of([4]))
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseCount.objects.update(value=1)
    assert counted() == [4]


ROWS = st.lists(
    st.builds(
        CountRow,
        area=st.sampled_from(["CITY", "D-NORTH", "NOWHERE", ""]),
        day=st.sampled_from([f"{FIRST + timedelta(days=i)}" for i in range(6)] + ["2020-13-01", "2031-01-01", ""]),
        value=st.one_of(st.integers(-3, 60), st.sampled_from(["", "x", "2.5", "7"])),
        measure=st.sampled_from(["confirmed", "imported", "rumours"]),
    ),
    min_size=1,
    max_size=25,
)


class EveryRowHasAFate(TestCase):
    """Whatever comes in: received rows are new, same, corrected, superseded or rejected, and no count is negative."""

    @classmethod
    def setUpTestData(cls) -> None:
        town.build()

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(ROWS, st.sampled_from(["daily", "cumulative"])), min_size=1, max_size=3))
    def test_of_rows_received_each_has_one_fate(self, sent: list[tuple[list[CountRow], str]]) -> None:
        for place, (rows, mode) in enumerate(sent):
            batch = receive(rows, NOON + place * MINUTE, mode=mode)
            assert batch.rows == len(rows) == batch.report_rows.count()
            assert batch.counts.count() == batch.new + batch.corrected
            assert all(count.value >= 0 for count in batch.counts.all())

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.integers(0, 60), min_size=1, max_size=30))
    def test_totals_and_daily_counts_of_one_epidemic_are_the_same(self, values: list[int]) -> None:
        sums = [sum(values[: i + 1]) for i in range(len(values))]
        receive(days_of(values), feed="a")
        receive(days_of(sums), feed="b", mode="cumulative")
        assert counted(feed="a") == counted(feed="b") == values

    @settings(max_examples=25, deadline=None)
    @given(st.lists(ROWS, min_size=2, max_size=4))
    def test_what_was_known_at_a_moment_is_never_changed_by_what_comes_later(self, sent: list[list[CountRow]]) -> None:
        then = []
        for place, rows in enumerate(sent):
            moment = NOON + place * MINUTE
            receive(rows, moment)
            then.append((moment, curve(area="CITY", as_of=moment), indicators(area="CITY", as_of=moment)))
        for moment, days, seen in then:
            assert curve(area="CITY", as_of=moment) == days
            assert indicators(area="CITY", as_of=moment) == seen
