"""What colleagues say to the clauses of a draft while it is being written."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from muster.preparedness.plans.models.drafts import Draft
from muster.preparedness.plans.models.written import Written


class Remark(Written):
    """A comment at a clause of a draft, or an answer to one (`answers`).

    `clause` is the clause's id and goes with it when it is renamed; empty for the whole draft. A thread is settled as
    one: only a comment that answers nothing has `settled_at`.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="remarks")
    clause = models.CharField(max_length=16, blank=True)
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="answered_by")
    text = models.TextField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["draft", "id"]
        indexes = [models.Index(fields=["draft", "clause"], name="remarks_at_a_clause")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_remark_says_something"),
            models.CheckConstraint(
                condition=Q(answers__isnull=True) | Q(settled_at__isnull=True), name="a_thread_is_settled_as_one"
            ),
        ]

    def __str__(self) -> str:
        return f"remark {self.pk} at {self.clause or 'the draft'}"
