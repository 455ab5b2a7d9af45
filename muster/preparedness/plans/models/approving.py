"""Who looked at a draft before it was released: the lawyers, and two people with authority."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from muster.kernel.organisation.models import Person
from muster.kernel.organisation.models.named import kind_is_known
from muster.preparedness.plans.choices import Opinion, Verdict
from muster.preparedness.plans.models.drafts import Draft
from muster.preparedness.plans.models.written import Written

PLACES = (1, 2)


class LegalOpinion(Written):
    """The written opinion on exactly the text whose plan has `plan_hash`. Final."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="opinions")
    revision = models.PositiveIntegerField()
    plan_hash = models.CharField(max_length=64)
    outcome = models.CharField(max_length=16, choices=Opinion.choices)
    advice = models.TextField()

    class Meta:
        ordering = ["draft", "-id"]
        constraints = [
            kind_is_known(Opinion, "opinion_outcome_is_known", field="outcome"),
            models.CheckConstraint(condition=~Q(advice=""), name="a_legal_opinion_is_written"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} draft {self.draft_id}"


class Approval(models.Model):
    """One person's word on exactly the text whose plan has `plan_hash`. Final.

    `submission` counts how often the draft was put up for approval: what was said before a draft went back counts no
    more. `place` is 1 or 2 for an approval, empty for a refusal. A trigger keeps out whoever wrote any of its texts.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="approvals")
    submission = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField()
    plan_hash = models.CharField(max_length=64)
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    by = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["draft", "submission", "id"]
        constraints = [
            kind_is_known(Verdict, "verdict_is_known", field="verdict"),
            models.UniqueConstraint(
                fields=["draft", "submission", "person"], name="two_accounts_of_an_approver_are_one_person"
            ),
            models.UniqueConstraint(fields=["draft", "submission", "place"], name="one_approver_in_each_place"),
            models.CheckConstraint(
                condition=Q(verdict="approved", place__in=PLACES) | Q(verdict="refused", place__isnull=True),
                name="an_approval_has_a_place",
            ),
            models.CheckConstraint(condition=~Q(verdict="refused", reason=""), name="a_refused_draft_hears_why"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} draft {self.draft_id}"

    @property
    def who(self) -> str:
        """His service number; never a name."""
        return self.person.code
