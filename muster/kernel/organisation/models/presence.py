"""Who is away, and whose number was tried: by service number, without names, and never with a reason."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from muster.kernel.organisation.models.people import Person


class Absence(models.Model):
    """A person is away from `first` to `last`, both included; without a last day until further notice.

    Leave, illness, a course: why is nobody's business here, so there is no column for it. It is kept for 400 days
    after its last day.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    first = models.DateField()
    last = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-first", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="absence_ends_after_it_begins"
            ),
            models.UniqueConstraint(fields=["person", "first"], name="one_absence_from_a_day"),
        ]
        indexes = [models.Index(fields=["last"], name="absences_by_last_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.first}"

    def covers(self, day: date) -> bool:
        """Whether the person is away on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


class ContactCheck(models.Model):
    """A number was tried and somebody answered: when, and who tried (a pseudonym). The number stands elsewhere."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_checks")
    day = models.DateField()
    by = models.CharField(max_length=64)

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_contact_check_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"
