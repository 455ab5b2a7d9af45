"""What the checks said: night after night of every version in force, and what somebody answers for meanwhile."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from muster.kernel.organisation.models import Person
from muster.preparedness.plans.models.versions import PlanVersion
from muster.preparedness.plans.models.written import Written


class Suppression(Written):
    """Somebody answers, with a reason and until a day, for leaving a finding as it is.

    It names the finding by plan, rule, clause and subject, and the content that the finding is about by its hash
    (`finding_content`): when that content changes, or after `until`, the finding speaks again. `lifted_at` ends it
    before its time.
    """

    code = models.SlugField(max_length=64)
    rule = models.CharField(max_length=8)
    clause = models.CharField(max_length=16, blank=True)
    subject = models.CharField(max_length=100, blank=True)
    content = models.CharField(max_length=64)
    reason = models.CharField(max_length=1000)
    since = models.DateField()
    until = models.DateField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=64, blank=True)
    lifted_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["code", "until", "id"]
        indexes = [models.Index(fields=["code", "until"], name="suppressions_of_a_plan")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_suppression_has_a_reason"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="a_suppression_ends"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by="") | (Q(lifted_at__isnull=False) & ~Q(lifted_by="")),
                name="a_suppression_is_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.rule} {self.clause or self.subject}"

    def speaks_again(self, today: date) -> bool:
        """Whether it is over on a day: run out, or lifted."""
        return self.lifted_at is not None or self.until < today


class NightlyCheck(models.Model):
    """What the checks said about a version in force on one day, against the bureau of that day.

    `findings` are plain values, the gravest first, each with `key` and, where it is suppressed, until when and why.
    `new` and `gone` are the keys that the day before (of the plan, perhaps of an earlier version) had not or had; both
    are empty for the first night of a plan. `suppressed` counts the findings that somebody answers for.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="nights")
    day = models.DateField()
    at = models.DateTimeField()
    errors = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField()
    notes = models.PositiveIntegerField()
    suppressed = models.PositiveIntegerField()
    findings = models.JSONField(default=list)
    new = models.JSONField(default=list)
    gone = models.JSONField(default=list)

    class Meta:
        ordering = ["-day", "version__plan__code"]
        constraints = [models.UniqueConstraint(fields=["version", "day"], name="one_night_of_a_version")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.day:%Y-%m-%d}"
