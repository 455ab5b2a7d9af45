"""Something that somebody did to a plan at a moment."""

from __future__ import annotations

from django.db import models

from muster.kernel.organisation.models import Person


class Written(models.Model):
    """Who and when: `by` is a pseudonym, `person` who that is, nobody where Muster itself acted."""

    by = models.CharField(max_length=64)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def who(self) -> str:
        """What readers see of him: his service number, or what he is to the machine; never a name."""
        return self.person.code if self.person else self.by
