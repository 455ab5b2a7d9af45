"""Command roles, who holds them, and teams: adding them, many at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from muster.kernel.commands import Actor, command, record
from muster.kernel.errors import Text
from muster.kernel.organisation.choices import RoleScope
from muster.kernel.organisation.codes import keys_of, refuse_taken
from muster.kernel.organisation.errors import AppointmentInvalid, SecondmentInvalid
from muster.kernel.organisation.models import Appointment, CommandRole, Person, Secondment, Team, Unit
from muster.kernel.organisation.models.named import in_force
from muster.kernel.organisation.permits import appoints, keeps_the_organisation
from muster.kernel.organisation.rows import AppointmentRow, RoleRow, TeamRow
from muster.kernel.organisation.services.ending import end
from muster.kernel.texts import shown, stated


@command("organisation.roles_add", policy=keeps_the_organisation)
def roles_add(*, by: Actor, rows: Sequence[RoleRow]) -> int:
    """Add command roles; returns how many. Raises CodeUnknown, CodeTaken."""
    refuse_taken(CommandRole, rows)
    units = keys_of(Unit, [row.unit for row in rows])
    CommandRole.objects.bulk_create(
        CommandRole(
            code=row.code,
            name_zh=row.name_zh,
            name_en=row.name_en,
            unit_id=units[row.unit],
            scope=row.scope,
            deputies_required=row.deputies_required,
        )
        for row in rows
    )
    return len(rows)


@command("organisation.appointments_add", policy=appoints)
def appointments_add(*, by: Actor, rows: Sequence[AppointmentRow]) -> int:
    """Appoint holders and deputies, many at once; returns how many. Raises CodeUnknown."""
    roles = keys_of(CommandRole, [row.role for row in rows])
    units = keys_of(Unit, [row.unit for row in rows])
    people = keys_of(Person, [row.person for row in rows])
    Appointment.objects.bulk_create(
        [
            Appointment(
                role_id=roles[row.role],
                unit_id=units[row.unit],
                person_id=people[row.person],
                rank=row.rank,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
            )
            for row in rows
        ],
        batch_size=500,
    )
    return len(rows)


@command("organisation.role_fill", policy=appoints)
def role_fill(*, by: Actor, role: str, unit: str, people: Sequence[str]) -> int:
    """From now on `people`, by service number, hold a role for a unit: the first holds it, the others deputise.

    Deputies stand in in the order given. Whoever is not among them gives it up; whoever keeps his rank keeps his
    appointment. An empty list leaves the role vacant. Returns how many appointments began. Raises CodeUnknown,
    AppointmentInvalid.
    """
    keys = keys_of(Person, people)
    found = CommandRole.objects.select_related("unit").get(pk=keys_of(CommandRole, [role])[role])
    of_unit = Unit.objects.get(pk=keys_of(Unit, [unit])[unit])
    _refuse_filling(found, of_unit, people)
    ranks = {keys[code]: rank for rank, code in enumerate(people)}
    held = Appointment.objects.filter(in_force(by.now), role=found, unit=of_unit)
    kept = {row.person_id for row in held if ranks.get(row.person_id) == row.rank and row.ends_at is None}
    ended = end(held.exclude(person__in=kept), by.now)
    fresh = [person for person in ranks if person not in kept]
    Appointment.objects.bulk_create(
        Appointment(role=found, unit=of_unit, person_id=person, rank=ranks[person], starts_at=by.now)
        for person in fresh
    )
    record(role=role, unit=unit, people=[keys[code] for code in people], ended=ended)
    return len(fresh)


def _refuse_filling(role: CommandRole, unit: Unit, people: Sequence[str]) -> None:
    fits = unit.pk == role.unit_id if role.scope == RoleScope.BUREAU else unit.kind == role.scope
    if not fits or not unit.is_active:
        raise _appointment_invalid(f"{role.code} {unit.code}", _("a unit for which this role is held"))
    if len(set(people)) < len(people):
        raise _appointment_invalid(role.code, _("each person once"))
    serving = Person.objects.filter(code__in=people, active=True, unit__isnull=False).values_list("code", flat=True)
    if absent := sorted(set(people) - set(serving)):
        raise _appointment_invalid(", ".join(absent), _("people of the bureau who serve"))


def _appointment_invalid(where: str, expected: Text) -> AppointmentInvalid:
    return AppointmentInvalid(
        what=_("This role cannot be held like that."), where=where, expected=expected, mend=_("Correct the list.")
    )


@command("organisation.appointments_end", policy=appoints)
def appointments_end(*, by: Actor, appointments: Sequence[Appointment]) -> int:
    """Appointments end now; returns how many were in force. The ranks of the others stay."""
    ended = end(Appointment.objects.filter(pk__in=[row.pk for row in appointments]), by.now)
    record(appointments=[row.pk for row in appointments])
    return ended


@command("organisation.secondments_start", policy=keeps_the_organisation)
def secondments_start(*, by: Actor, people: Sequence[str], team: str = "", unit: str = "") -> int:
    """Lend people, by service number, to a team or to another unit, from now; returns how many were not there yet.

    One may be in several teams, and lent to one unit at a time: a new loan to a unit ends the one before. Raises
    CodeUnknown, SecondmentInvalid (no place or two, somebody's own unit).
    """
    if bool(team) == bool(unit):
        raise _secondment_invalid(f"{team} {unit}".strip(), _("a team or a unit"))
    keys = keys_of(Person, people)
    place = {"team_id": keys_of(Team, [team])[team]} if team else {"unit_id": keys_of(Unit, [unit])[unit]}
    if not (Team if team else Unit).objects.filter(code=team or unit, is_active=True).exists():
        raise _secondment_invalid(team or unit, _("a team or a unit that is not closed"))
    rows = Person.objects.filter(pk__in=keys.values())
    if unit and (home := rows.filter(unit__code=unit).values_list("code", flat=True).first()):
        raise _secondment_invalid(f"{home} {unit}", _("another unit than one's own"))
    _refuse_absent(rows)
    there = set(Secondment.objects.filter(in_force(by.now), **place).values_list("person_id", flat=True))
    fresh = [key for key in keys.values() if key not in there]
    if unit:
        end(Secondment.objects.filter(person__in=fresh, unit__isnull=False), by.now)
    Secondment.objects.bulk_create(Secondment(person_id=key, starts_at=by.now, **place) for key in fresh)
    record(team=team, unit=unit, people=sorted(fresh))
    return len(fresh)


@command("organisation.secondments_end", policy=keeps_the_organisation)
def secondments_end(*, by: Actor, people: Sequence[str], team: str = "", unit: str = "") -> int:
    """People come back from a team or a unit; returns how many were there. Raises CodeUnknown, SecondmentInvalid."""
    if bool(team) == bool(unit):
        raise _secondment_invalid(f"{team} {unit}".strip(), _("a team or a unit"))
    keys = keys_of(Person, people)
    place = {"team__code": team} if team else {"unit__code": unit}
    ended = end(Secondment.objects.filter(person__in=keys.values(), **place), by.now)
    record(team=team, unit=unit, people=sorted(keys.values()))
    return ended


def _refuse_absent(people: QuerySet[Person]) -> None:
    if gone := people.filter(active=False).values_list("code", flat=True).first():
        raise _secondment_invalid(gone, _("people of the bureau who serve"))


def _secondment_invalid(where: str, expected: Text) -> SecondmentInvalid:
    return SecondmentInvalid(
        what=_("Nobody can be lent like that."),
        where=shown(where),
        expected=expected,
        mend=_("Correct the people or the place."),
    )


@command("organisation.team_close", policy=keeps_the_organisation)
def team_close(*, by: Actor, team: str) -> int:
    """A team is dissolved; its members return. Returns how many. Raises CodeUnknown."""
    key = keys_of(Team, [team])[team]
    Team.objects.filter(pk=key).update(is_active=False)
    return end(Secondment.objects.filter(team=key), by.now)


@command("organisation.teams_add", policy=keeps_the_organisation)
def teams_add(*, by: Actor, rows: Sequence[TeamRow]) -> int:
    """Add teams and second their members from now; returns how many teams.

    Raises CodeUnknown, CodeTaken, SecondmentInvalid (a unit that is closed, people who do not serve), TextUnreadable.
    """
    refuse_taken(Team, rows)
    units = keys_of(Unit, [row.unit for row in rows])
    people = keys_of(Person, [code for row in rows for code in row.members])
    if closed := Unit.objects.filter(pk__in=units.values(), is_active=False).first():
        raise _secondment_invalid(closed.code, _("a team or a unit that is not closed"))
    _refuse_absent(Person.objects.filter(pk__in=people.values()))
    Team.objects.bulk_create(
        Team(
            code=row.code,
            name_zh=stated(row.name_zh, where=row.code, longest=120),
            name_en=stated(row.name_en, where=row.code, longest=160),
            unit_id=units[row.unit],
        )
        for row in rows
    )
    teams = keys_of(Team, [row.code for row in rows])
    Secondment.objects.bulk_create(
        Secondment(person_id=people[code], team_id=teams[row.code], starts_at=by.now)
        for row in rows
        for code in row.members
    )
    return len(rows)
