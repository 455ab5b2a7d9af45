"""Who is away, and whose number was tried."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from muster.kernel.commands import NotPermitted
from muster.kernel.organisation import queries, services
from muster.kernel.organisation.codes import CodeUnknown
from muster.kernel.organisation.errors import AbsenceWrong
from muster.kernel.organisation.models import Absence, ContactCheck, Person
from muster.kernel.organisation.rows import AppointmentRow, PartnerRow, PersonRow
from tests.kernel.organisation import town

pytestmark = pytest.mark.django_db
FIRST = date(2020, 1, 20)
LAST = date(2020, 1, 26)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def small_town(db: None) -> None:
    town.build()


def away(first: date = FIRST, last: date | None = LAST, person: str = "P0001") -> Absence:
    return services.absence_enter(by=town.keeper(), person=person, first=first, last=last)


def test_an_officer_on_leave_is_away_from_the_first_day_to_the_last() -> None:
    absence = away()
    assert [absence.covers(day) for day in (FIRST - DAY, FIRST, LAST, LAST + DAY)] == [False, True, True, False]


def test_until_further_notice_ends_on_the_day_before_the_return() -> None:
    absence = away(last=None)
    assert absence.covers(date(2021, 1, 1))
    services.absence_end(by=town.keeper(), absence=absence, last=LAST)
    assert not Absence.objects.get().covers(LAST + DAY)


def test_leave_that_never_began_is_taken_out() -> None:
    assert services.absence_end(by=town.keeper(), absence=away(), last=FIRST - DAY) is None
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("first", "last"),
    [(LAST, None), (FIRST - DAY, FIRST), (FIRST + DAY, FIRST + DAY), (FIRST - DAY, None)],
)
def test_nobody_is_away_twice_on_one_day(first: date, last: date | None) -> None:
    away()
    with pytest.raises(AbsenceWrong):
        away(first, last)
    assert Absence.objects.count() == 1


def test_the_days_on_either_side_of_a_leave_are_free_for_another() -> None:
    away()
    away(LAST + DAY, None)
    away(FIRST - 3 * DAY, FIRST - DAY)
    assert Absence.objects.count() == 3


def test_a_leave_that_ends_before_it_begins_is_refused_by_service_and_database() -> None:
    with pytest.raises(AbsenceWrong):
        away(LAST, FIRST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(person=Person.objects.get(code="P0001"), first=LAST, last=FIRST)


def test_a_stranger_enters_nobody_as_away_and_confirms_no_number() -> None:
    with pytest.raises(NotPermitted):
        services.absence_enter(by=town.stranger(), person="P0001", first=FIRST)
    with pytest.raises(NotPermitted):
        services.contact_confirm(by=town.stranger(), person="P0001")
    with pytest.raises(CodeUnknown):
        away(person="P9999")


def test_holders_come_in_order_with_what_they_can_do_and_when_they_are_away() -> None:
    rows = [AppointmentRow("R-CHIEF", "PSB", code, rank, town.NOON) for rank, code in enumerate(["P0005", "P0001"])]
    services.appointments_add(by=town.keeper(), rows=rows)
    away()
    holder, deputy = queries.present_holders(town.NOON)["R-CHIEF", "PSB"]
    assert (holder.person, holder.qualifications, holder.away) == ("P0005", {"command_duty"}, ())
    assert (deputy.person, deputy.away) == ("P0001", ((FIRST, LAST),))


def test_a_partner_was_reached_when_one_of_its_liaisons_was() -> None:
    services.partners_add(by=town.keeper(), rows=[PartnerRow("customs", "department", "海关", "Customs")])
    liaisons = [PersonRow(code, "liaison", "某人", partner="customs") for code in ("L1", "L2")]
    services.people_add(by=town.keeper(), rows=liaisons)
    assert queries.contacts_confirmed(FIRST) == {"customs": None}
    services.contact_confirm(by=town.keeper(), person="L1")
    services.contact_confirm(by=town.keeper(), person="L1")
    assert ContactCheck.objects.count() == 1
    assert queries.contacts_confirmed(FIRST) == {"customs": FIRST}
    services.people_leave(by=town.keeper(town.NOON + town.HOUR), people=["L1"])
    assert queries.contacts_confirmed(FIRST) == {"customs": None}
