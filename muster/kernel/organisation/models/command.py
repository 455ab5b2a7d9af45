"""Command roles with holders and deputies in order, teams, and secondment to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.choices import RoleScope
from muster.kernel.organisation.models.named import OPEN_ENDED, Lasting, Named, ends_after_it_starts, kind_is_known
from muster.kernel.organisation.models.people import Person
from muster.kernel.organisation.models.places import Unit

HOLDER = 0


class CommandRole(Named):
    """A part in the command of an emergency; plans name it by code, and it stands in `unit`."""

    called = _("command role")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="command_roles")
    scope = models.CharField(max_length=16, choices=RoleScope.choices, default=RoleScope.BUREAU)
    deputies_required = models.PositiveSmallIntegerField(default=2)

    class Meta(Named.Meta):
        constraints = [kind_is_known(RoleScope, "role_scope_is_known", field="scope")]


class Appointment(Lasting):
    """One person in one command role: rank 0 is the holder, 1, 2, ... the deputies in order.

    `unit` is for which unit the role is held: the role's own for a role held once in the bureau, else a
    sub-bureau or a station.
    """

    role = models.ForeignKey(CommandRole, on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    rank = models.PositiveSmallIntegerField(default=HOLDER)

    class Meta:
        ordering = ("role", "unit", "rank", "starts_at")
        constraints = [
            ends_after_it_starts("appointment_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["role", "unit", "rank"], condition=OPEN_ENDED, name="one_person_per_rank_of_a_role"
            ),
            models.UniqueConstraint(
                fields=["role", "unit", "person"], condition=OPEN_ENDED, name="one_rank_per_person_in_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} rank {self.rank}: {self.person_id}"


class Team(Named):
    """People drawn together for one job, from several units if need be."""

    called = _("team")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="teams")
    is_active = models.BooleanField(default=True)


class Secondment(Lasting):
    """A person lent to a team or to another unit for a time; one person may be in several teams at once."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="secondments")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="secondments")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="secondments")

    class Meta:
        constraints = [
            ends_after_it_starts("secondment_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(team__isnull=False, unit__isnull=True) | Q(team__isnull=True, unit__isnull=False),
                name="seconded_to_a_team_or_a_unit",
            ),
            models.UniqueConstraint(
                fields=["person", "team"], condition=OPEN_ENDED & Q(team__isnull=False), name="once_in_a_team"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=OPEN_ENDED & Q(unit__isnull=False), name="lent_to_one_unit_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} lent to {self.team_id or self.unit_id}"
