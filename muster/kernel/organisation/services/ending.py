"""Ending what holds for a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from muster.kernel.organisation.choices import RoleScope
from muster.kernel.organisation.codes import AT_ONCE
from muster.kernel.organisation.models import Appointment, Secondment


def end(rows: QuerySet[Any], now: datetime) -> int:
    """Rows that hold or will hold end now; what had not begun before now is taken back. Returns how many."""
    holding = rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    taken_back, _ = holding.filter(starts_at__gte=now).delete()
    return taken_back + holding.filter(starts_at__lt=now).update(ends_at=now)


def leave_posts(moves: Mapping[int, int | None], now: datetime) -> dict[str, int]:
    """What ends when people, by key, move to other units (None: they leave): loans and roles tied to a unit.

    A loan to the unit to which one now belongs is over; so is a role held for another sub-bureau or station. Who
    leaves gives up everything. Returns how many roles and loans ended.
    """
    counts = {"roles_ended": 0, "loans_ended": 0}
    keys = list(moves)
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        roles = Appointment.objects.filter(person__in=part).values_list("pk", "person_id", "unit_id", "role__scope")
        over = [
            key
            for key, person, unit, scope in roles
            if moves[person] is None or (scope != RoleScope.BUREAU and unit != moves[person])
        ]
        loans = Secondment.objects.filter(person__in=part).values_list("pk", "person_id", "unit_id")
        back = [key for key, person, unit in loans if moves[person] is None or (unit and unit == moves[person])]
        counts["roles_ended"] += end(Appointment.objects.filter(pk__in=over), now)
        counts["loans_ended"] += end(Secondment.objects.filter(pk__in=back), now)
    return counts
