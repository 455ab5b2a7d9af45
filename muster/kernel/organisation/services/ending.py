"""Ending what holds for a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from muster.kernel.organisation.choices import RoleScope
from muster.kernel.organisation.codes import AT_ONCE
from muster.kernel.organisation.models import Appointment, Secondment

Moves = Mapping[int, int | None]  # keys of people and of the units to which they move


def end(rows: QuerySet[Any], now: datetime) -> int:
    """Rows that hold or will hold end now; what had not begun before now is taken back. Returns how many."""
    holding = rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    taken_back, _ = holding.filter(starts_at__gte=now).delete()
    return taken_back + holding.filter(starts_at__lt=now).update(ends_at=now)


def leave_posts(moves: Moves, now: datetime) -> dict[str, int]:
    """Ends what `posts_that_end` names; returns how many roles and loans ended."""
    roles, loans = posts_that_end(moves, now)
    return {
        "roles_ended": sum(end(Appointment.objects.filter(pk__in=part), now) for part in _parts(roles)),
        "loans_ended": sum(end(Secondment.objects.filter(pk__in=part), now) for part in _parts(loans)),
    }


def posts_that_end(moves: Moves, now: datetime) -> tuple[list[int], list[int]]:
    """Keys of the roles and loans that end when people, by key, move to other units (None: they leave).

    A loan to the unit to which one now belongs is over; so is a role held for another sub-bureau or station. Who
    leaves gives up everything.
    """
    roles: list[int] = []
    loans: list[int] = []
    lasting = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    for part in _parts(list(moves)):
        held = Appointment.objects.filter(lasting, person__in=part)
        roles += [
            key
            for key, person, unit, scope in held.values_list("pk", "person_id", "unit_id", "role__scope")
            if moves[person] is None or (scope != RoleScope.BUREAU and unit != moves[person])
        ]
        lent = Secondment.objects.filter(lasting, person__in=part)
        loans += [
            key
            for key, person, unit in lent.values_list("pk", "person_id", "unit_id")
            if moves[person] is None or (unit and unit == moves[person])
        ]
    return roles, loans


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
