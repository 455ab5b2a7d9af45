"""Command roles, who holds them, and teams; people appear by service number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from muster.kernel.organisation.models import Appointment, CommandRole, Secondment, Team
from muster.kernel.organisation.models.command import HOLDER
from muster.kernel.organisation.models.named import Named, in_force


@dataclass(frozen=True, slots=True)
class Holder:
    """One appointment in force: who (service number), for which unit; rank 0 is the holder, then deputies in order."""

    id: int
    role: str
    unit: str
    person: str
    rank: int
    starts_at: datetime
    ends_at: datetime | None

    @property
    def is_holder(self) -> bool:
        """True for whoever holds the role, false for a deputy."""
        return self.rank == HOLDER


@dataclass(frozen=True, slots=True)
class RoleView:
    """A command role with everybody who holds it, by unit and rank."""

    role: CommandRole
    holders: Sequence[Holder] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team with the service numbers of its members at a moment."""

    team: Named
    unit: str
    members: Sequence[str]


def role_holders(role: str, unit: str | None, as_of: datetime) -> list[Holder]:
    """Who holds `role` at `as_of`, the holder first, then deputies in order; for all units if `unit` is None."""
    wanted = Q(role__code=role)
    if unit is not None:
        wanted &= Q(unit__code=unit)
    return _holders(wanted, as_of)


def holders_of_unit(unit: str, as_of: datetime) -> list[Holder]:
    """Every role that is held for `unit` at `as_of`, by role and rank."""
    return _holders(Q(unit__code=unit), as_of)


def _holders(wanted: Q, as_of: datetime) -> list[Holder]:
    rows = Appointment.objects.filter(wanted, in_force(as_of)).order_by("role__code", "unit__code", "rank")
    fields = ("pk", "role__code", "unit__code", "person__code", "rank", "starts_at", "ends_at")
    return [Holder(*row) for row in rows.values_list(*fields)]


def roles(as_of: datetime) -> list[RoleView]:
    """All command roles with their holders at `as_of`, by code; two statements."""
    held: dict[str, list[Holder]] = defaultdict(list)
    for holder in _holders(Q(), as_of):
        held[holder.role].append(holder)
    return [RoleView(role, held[role.code]) for role in CommandRole.objects.select_related("unit").order_by("code")]


def teams(as_of: datetime, unit: str | None = None) -> list[TeamView]:
    """Active teams with their members at `as_of`, of one unit if it is given; two statements."""
    found = Team.objects.filter(is_active=True, **({"unit__code": unit} if unit else {})).select_related("unit")
    members: dict[int, list[str]] = defaultdict(list)
    lent = Secondment.objects.filter(in_force(as_of), team__in=found).order_by("person__code")
    for team, person in lent.values_list("team_id", "person__code"):
        members[team].append(person)
    return [TeamView(team, team.unit.code, members[team.pk]) for team in found.order_by("code")]
