"""Who is away from when to when, and whose number was tried."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from muster.kernel.commands import Actor, command, record
from muster.kernel.organisation.codes import keys_of
from muster.kernel.organisation.errors import AbsenceWrong
from muster.kernel.organisation.models import Absence, ContactCheck, Person
from muster.kernel.organisation.permits import keeps_the_organisation

LONGEST: Final = timedelta(days=3660)


@command("organisation.absence_enter", policy=keeps_the_organisation)
def absence_enter(*, by: Actor, person: str, first: date, last: date | None = None) -> Absence:
    """A person, by service number, is away from `first` to `last` inclusive, or until further notice.

    Raises CodeUnknown, and AbsenceWrong where the days are in the wrong order, years apart, or meet another absence.
    """
    key = keys_of(Person, [person])[person]
    if last is not None and not first <= last <= first + LONGEST:
        raise _wrong(person, _("The last day is before the first, or years after it."))
    Person.objects.select_for_update().get(pk=key)
    if any(_meet(other, first, last) for other in Absence.objects.filter(person=key)):
        raise _wrong(person, _("This person is entered as away on some of these days already."))
    made = Absence.objects.create(person_id=key, first=first, last=last)
    record(person=key, absence=made.pk)
    return made


@command("organisation.absence_end", policy=keeps_the_organisation)
def absence_end(*, by: Actor, absence: Absence, last: date) -> Absence | None:
    """A person is back: `last` was the last day away. One that then never began is taken out, and None comes back.

    Raises AbsenceWrong for a day after the end that is entered.
    """
    found = Absence.objects.select_for_update(of=("self",)).select_related("person").get(pk=absence.pk)
    record(person=found.person_id, absence=found.pk)
    if last < found.first:
        found.delete()
        return None
    if found.last is not None and last > found.last:
        raise _wrong(found.person.code, _("The absence has ended before that day."))
    found.last = last
    found.save(update_fields=["last"])
    return found


@command("organisation.contact_confirm", policy=keeps_the_organisation)
def contact_confirm(*, by: Actor, person: str) -> ContactCheck:
    """The number of a person was tried today and answered; twice a day is once. Raises CodeUnknown."""
    key = keys_of(Person, [person])[person]
    today = by.now.astimezone(settings.BUREAU_ZONE).date()
    made, _new = ContactCheck.objects.get_or_create(person_id=key, day=today, defaults={"by": by.principal})
    record(person=key)
    return made


def _meet(other: Absence, first: date, last: date | None) -> bool:
    return (last is None or other.first <= last) and (other.last is None or first <= other.last)


def _wrong(person: str, what: object) -> AbsenceWrong:
    return AbsenceWrong(
        what=str(what),
        where=person,
        expected=_("a first and a last day that meet no other absence"),
        mend=_("Correct the days, or end the other absence first."),
    )
