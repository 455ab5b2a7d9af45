"""What is not known is said with its reason, and a statement that there was nothing can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from muster.kernel.organisation import services as organisation
from muster.kernel.organisation.rows import AreaRow
from muster.prevention.situation import services
from muster.prevention.situation.errors import ReportInvalid
from muster.prevention.situation.models import SurveillanceStart
from muster.prevention.situation.queries import corrections, curve, indicators
from muster.prevention.situation.rows import CountRow
from tests.kernel.organisation import town
from tests.prevention.situation.reports import FIRST, MINUTE, NOON, days_of, duty, receive

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MANY = [20, 24, 18, 22, 25, 21, 23, 20, 22]
LAST = FIRST + (len(MANY) - 1) * DAY


def why(name: str, area: str = "CITY") -> str | None:
    """The reason for which an indicator is missing; None if it is known."""
    return indicators(area=area, as_of=NOON + MINUTE).missing.get(name)


def test_a_day_without_a_report_is_the_reason_for_what_rests_on_it(a_town: None) -> None:
    receive([row for row in days_of(MANY) if row.day != LAST - DAY])
    for name in ("local_cases_7d", "incidence_7d", "rt_mean", "doubling_days"):
        assert why(name) == "unknown", name
    assert why("new_cases") is None


def test_a_day_within_the_serial_interval_is_the_reason_for_a_missing_rt_too(a_town: None) -> None:
    receive([row for row in days_of([20] * 12) if row.day != FIRST + 3 * DAY])  # before the last week
    assert (why("rt_mean"), why("local_cases_7d")) == ("unknown", None)


def test_days_before_the_first_report_are_such_days(a_town: None) -> None:
    receive(days_of(MANY))
    assert (why("local_cases_14d"), why("incidence_14d"), why("incidence_7d")) == ("unknown", "unknown", None)


def test_an_area_without_inhabitants_has_no_incidence(a_town: None) -> None:
    nowhere = AreaRow("D-NEW", "district", "新设区", "New district", 120.0, 30.0, parent="CITY")
    organisation.areas_add(by=town.keeper(), rows=[nowhere])
    receive(days_of(MANY, "D-NEW"))
    assert (why("incidence_7d", "D-NEW"), why("local_cases_7d", "D-NEW")) == ("population", None)


def test_imported_cases_of_which_nobody_speaks_are_not_none(a_town: None) -> None:
    receive(days_of(MANY))
    assert why("imported_cases_7d") == "unsaid"
    receive([CountRow("CITY", LAST - i * DAY, 0, "imported") for i in range(7)], NOON + MINUTE)
    assert why("imported_cases_7d") is None


def test_few_cases_are_the_reason_for_a_missing_rt(a_town: None) -> None:
    receive(days_of([1] * 9))
    assert (why("rt_mean"), why("rt_q025"), why("local_cases_7d")) == ("few", "few", None)


def start(before: date, at: timedelta = timedelta()) -> SurveillanceStart:
    return services.surveillance_start_state(by=duty(NOON + at), area="CITY", none_before=before)


def known(at: timedelta = timedelta()) -> list[int | None]:
    return [day.new for day in curve(area="CITY", as_of=NOON + at)]


def test_a_statement_that_went_too_far_is_taken_back_by_the_next_one(a_town: None) -> None:
    """Somebody writes February for January: the day that was never reported would be a day without cases for ever."""
    receive([CountRow("CITY", FIRST, 3), CountRow("CITY", FIRST + 2 * DAY, 5)])
    start(FIRST + 31 * DAY, MINUTE)
    start(FIRST, 2 * MINUTE)
    assert [known(i * MINUTE) for i in range(3)] == [[3, None, 5], [3, 0, 5], [3, None, 5]]


def test_nobody_knows_today_that_there_will_be_no_case(a_town: None) -> None:
    today = NOON.date()
    with pytest.raises(ReportInvalid):
        start(today + 2 * DAY)
    assert start(today + DAY).none_before == today + DAY


def test_the_page_says_what_is_wrong_with_a_statement(a_town: None, browse: Callable[[str], Client]) -> None:
    client = browse("duty_officer")
    fields: dict[str, Any] = {"start-area": "CITY", "start-none_before": "2099-01-01", "start-source": "x"}
    answer = client.post("/situation/by-hand/start/", {**fields, "command_id": str(uuid4())})
    assert (answer.status_code, "in the future" in answer.content.decode()) == (422, True)
    assert 'value="2099-01-01"' in answer.content.decode()
    assert SurveillanceStart.objects.count() == 0


def test_corrections_are_found_in_one_statement_however_long_their_reports(a_town: None) -> None:
    receive(days_of([3] * 40))
    receive(
        [*days_of([3] * 20), *days_of([4] * 20, first=FIRST + 20 * DAY), *days_of([1] * 5, "D-NORTH")], NOON + MINUTE
    )
    receive([CountRow("CITY", FIRST + 39 * DAY, 9)], NOON + 2 * MINUTE)
    with CaptureQueriesContext(connection) as asked:
        found = corrections(as_of=NOON + 2 * MINUTE, count=3)
    assert len(asked) == 1
    assert [(each.day, each.before, each.after) for each in found] == [
        (FIRST + 39 * DAY, 4, 9),
        (FIRST + 20 * DAY, 3, 4),
        (FIRST + 21 * DAY, 3, 4),
    ]
    assert {each.area for each in corrections(as_of=NOON + 2 * MINUTE)} == {"CITY"}
