"""People who move or leave, units that close."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from muster.kernel.commands import Actor, command, record
from muster.kernel.organisation.closing import in_use
from muster.kernel.organisation.codes import keys_of
from muster.kernel.organisation.errors import TransferRefused, UnitInUse
from muster.kernel.organisation.models import Person, Unit
from muster.kernel.organisation.permits import keeps_the_organisation
from muster.kernel.organisation.services.ending import leave_posts


@command("organisation.person_transfer", policy=keeps_the_organisation)
def person_transfer(*, by: Actor, person: str, unit: str) -> dict[str, int]:
    """Move a person to another unit for good; his loan there and the roles tied to the old unit end.

    Returns how many roles and loans ended. Raises CodeUnknown, UnitInUse when the unit is closed, TransferRefused for
    a partner's liaison.
    """
    key, target = keys_of(Person, [person])[person], keys_of(Unit, [unit])[unit]
    if Person.objects.filter(pk=key, unit__isnull=True).exists():
        raise TransferRefused(
            what=_("This person belongs to a partner."),
            where=person,
            expected=_("somebody who belongs to a unit"),
            mend=_("Lend him instead, or change his kind by an import."),
        )
    if not Unit.objects.filter(pk=target, is_active=True).exists():
        raise UnitInUse(
            what=_("This unit is closed."),
            where=unit,
            expected=_("an active unit"),
            mend=_("Choose another unit, or reopen it."),
        )
    Person.objects.filter(pk=key).update(unit=target)
    ended = leave_posts({key: target}, by.now)
    record(person=key, unit=unit, **ended)
    return ended


@command("organisation.people_leave", policy=keeps_the_organisation)
def people_leave(*, by: Actor, people: Sequence[str]) -> dict[str, int]:
    """People, by service number, leave the service: their roles and loans end now; their history stays.

    Returns how many roles and loans ended. Raises CodeUnknown.
    """
    keys = keys_of(Person, people)
    Person.objects.filter(pk__in=keys.values()).update(active=False)
    ended = leave_posts(dict.fromkeys(keys.values()), by.now)
    record(people=sorted(keys.values()), **ended)
    return ended


@command("organisation.unit_close", policy=keeps_the_organisation)
def unit_close(*, by: Actor, unit: str) -> None:
    """Close a unit that has nobody and nothing left. Raises CodeUnknown, UnitInUse (what it still has)."""
    key = keys_of(Unit, [unit])[unit]
    if has := in_use([unit], by.now).get(unit):
        raise UnitInUse(
            what=_("This unit cannot be closed yet."),
            where=f"{unit}: {has}",
            expected=_("a unit without people, units, sites and roles"),
            mend=_("Move them to other units first."),
        )
    Unit.objects.filter(pk=key).update(is_active=False)
