"""What follows a release: filing, publication, and the call to look at the plan again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from muster.kernel.organisation.models import Person
from muster.kernel.organisation.models.named import kind_is_known
from muster.preparedness.plans.choices import ReviewReason
from muster.preparedness.plans.models.versions import ContingencyPlan, PlanVersion
from muster.preparedness.plans.models.written import Written


class ApprovedElsewhere(Written):
    """A version that was released directly was approved outside Muster: by whom, with which document. Final."""

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="approved_elsewhere")
    reference = models.CharField(max_length=300)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reference=""), name="an_approval_elsewhere_says_whose")]

    def __str__(self) -> str:
        return self.reference


class Filing(Written):
    """A version was put on file (Measures for the Management of Emergency Plans, filing). Final."""

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="filing")
    number = models.CharField(max_length=80)
    authority = models.CharField(max_length=200)
    day = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(number="") & ~Q(authority=""), name="a_filing_has_number_and_authority")
        ]

    def __str__(self) -> str:
        return self.number


class Publication(Written):
    """The public clauses of a version are open to anybody from `at` on. Final."""

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="publication")

    def __str__(self) -> str:
        return f"publication of {self.version_id}"


class ReviewDue(models.Model):
    """A plan is to be looked at again, why, and since when; closed by its next version or by a reasoned decision.

    `source` names what called for it (an operation's code, a role, a legal ground with the version): called twice from
    one source it is one row. `clauses` are the ids that depend on it, empty for the whole plan.
    """

    plan = models.ForeignKey(ContingencyPlan, on_delete=models.PROTECT, related_name="reviews_due")
    reason = models.CharField(max_length=16, choices=ReviewReason.choices)
    source = models.CharField(max_length=120)
    note = models.CharField(max_length=500, blank=True)
    clauses = models.JSONField(default=list)
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=64)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=64, blank=True)
    closed_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_because = models.CharField(max_length=1000, blank=True)
    closed_with = models.ForeignKey(PlanVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["plan__code", "raised_at", "id"]
        constraints = [
            kind_is_known(ReviewReason, "review_reason_is_known", field="reason"),
            models.UniqueConstraint(fields=["plan", "reason", "source"], name="one_review_from_one_source"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="")
                | (
                    Q(closed_at__isnull=False)
                    & ~Q(closed_by="")
                    & (~Q(closed_because="") | Q(closed_with__isnull=False))
                ),
                name="a_review_is_closed_by_a_version_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.reason} {self.source}"
