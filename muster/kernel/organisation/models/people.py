"""People by number, what they can do, and, in a table of its own, what they are called."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.choices import PartnerKind, PersonKind
from muster.kernel.organisation.models.named import (
    CODE,
    OPEN_ENDED,
    Lasting,
    Named,
    ends_after_it_starts,
    kind_is_known,
)
from muster.kernel.organisation.models.places import Unit


class Partner(Named):
    """A department, enterprise or body that the bureau works with."""

    called = _("partner")

    kind = models.CharField(max_length=16, choices=PartnerKind.choices)
    is_active = models.BooleanField(default=True)

    class Meta(Named.Meta):
        constraints = [kind_is_known(PartnerKind, "partner_kind_is_known")]


class Person(models.Model):
    """Somebody who can be given work, known by service number. Names and telephones are in `PersonDetails`."""

    called = _("service number")

    code = models.CharField(max_length=64, unique=True, validators=[CODE])
    kind = models.CharField(max_length=16, choices=PersonKind.choices)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    active = models.BooleanField(default=True)
    marks = models.JSONField(default=dict, blank=True)  # fingerprints of the details, by field

    class Meta:
        ordering = ("code",)
        indexes = [models.Index(fields=["unit", "code"], name="people_of_unit")]
        constraints = [
            kind_is_known(PersonKind, "person_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["officer", "auxiliary"], unit__isnull=False, partner__isnull=True)
                | Q(kind="liaison", unit__isnull=True, partner__isnull=False)
                | (Q(kind="volunteer") & (Q(unit__isnull=False) | Q(partner__isnull=False))),
                name="person_belongs_where_the_kind_says",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PersonDetails(models.Model):
    """Personal data: every read of this table is recorded before the data leaves."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="details")
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        return f"details of person {self.person_id}"


class Qualification(Named):
    """Something that a person can be qualified for; `officers_only` keeps it from auxiliaries and volunteers."""

    called = _("qualification")

    officers_only = models.BooleanField(default=False)


class PersonQualification(Lasting):
    """One person's qualification, for the time that it is valid."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="qualifications")
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="holders")

    class Meta:
        constraints = [
            ends_after_it_starts("qualification_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["person", "qualification"], condition=OPEN_ENDED, name="one_open_qualification_of_a_kind"
            ),
        ]
        indexes = [models.Index(fields=["qualification", "person"], name="holders_of_qualification")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.qualification_id}"
