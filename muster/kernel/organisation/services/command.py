"""Command roles, who holds them, and teams: adding them, many at once."""

from __future__ import annotations

from collections.abc import Sequence

from muster.kernel.commands import Actor, command
from muster.kernel.organisation.codes import keys_of, refuse_taken
from muster.kernel.organisation.models import Appointment, CommandRole, Person, Secondment, Team, Unit
from muster.kernel.organisation.permits import appoints, keeps_the_organisation
from muster.kernel.organisation.rows import AppointmentRow, RoleRow, TeamRow


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


@command("organisation.teams_add", policy=keeps_the_organisation)
def teams_add(*, by: Actor, rows: Sequence[TeamRow]) -> int:
    """Add teams and second their members from now; returns how many teams. Raises CodeUnknown, CodeTaken."""
    refuse_taken(Team, rows)
    units = keys_of(Unit, [row.unit for row in rows])
    people = keys_of(Person, [code for row in rows for code in row.members])
    Team.objects.bulk_create(
        Team(code=row.code, name_zh=row.name_zh, name_en=row.name_en, unit_id=units[row.unit]) for row in rows
    )
    teams = keys_of(Team, [row.code for row in rows])
    Secondment.objects.bulk_create(
        Secondment(person_id=people[code], team_id=teams[row.code], starts_at=by.now)
        for row in rows
        for code in row.members
    )
    return len(rows)
