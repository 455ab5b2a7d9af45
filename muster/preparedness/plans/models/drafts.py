"""A plan while it is being written: one open draft of a plan at a time, and every text that it ever had."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from muster.kernel.organisation.models import Person, Unit
from muster.kernel.organisation.models.named import kind_is_known
from muster.preparedness.plans.choices import OVER, DraftState
from muster.preparedness.plans.models.versions import PlanVersion


class Draft(models.Model):
    """A text on its way to a released version.

    `code` is the id of the plan that it is to become, `unit` whose plan that is (nobody for the bureau's). `text` is
    kept as written, up to 1 MB, and may be no plan yet. `revision` counts its texts from 1. `based_on` is the version
    that it is to follow, `released_as` the one that it became. `opened_by` is a pseudonym. `submission` counts how
    often it was put up for approval.
    """

    code = models.SlugField(max_length=64)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=16, choices=DraftState.choices, default=DraftState.DRAFT)
    based_on = models.ForeignKey(
        PlanVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts_after"
    )
    submission = models.PositiveSmallIntegerField(default=0)
    opened_by = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    released_as = models.OneToOneField(
        PlanVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="draft"
    )

    class Meta:
        ordering = ["-changed_at", "-id"]
        constraints = [
            kind_is_known(DraftState, "draft_state_is_known", field="state"),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(state__in=[str(one) for one in OVER]), name="one_open_draft_of_a_plan"
            ),
            models.CheckConstraint(
                condition=Q(state="released", released_as__isnull=False)
                | (~Q(state="released") & Q(released_as__isnull=True)),
                name="a_released_draft_has_its_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} draft {self.pk}"

    @property
    def is_over(self) -> bool:
        """Released or withdrawn: nothing changes it any more."""
        return self.state in OVER


class DraftRevision(models.Model):
    """One text that a draft had, and whose it is. It never changes: a database trigger refuses it.

    `person` is who wrote it, nobody where Muster itself did. Who wrote any text of a draft is its author and cannot
    approve it.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="revisions")
    revision = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    by = models.CharField(max_length=64)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["draft", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "revision"], name="one_text_per_revision_of_a_draft"),
        ]

    def __str__(self) -> str:
        return f"draft {self.draft_id} revision {self.revision}"
