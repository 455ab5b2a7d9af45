"""What stands beside a draft, and what partners say to the clauses that name them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from muster.kernel.organisation.models import Partner
from muster.kernel.organisation.models.named import kind_is_known
from muster.preparedness.plans.choices import AttachmentKind, Stance
from muster.preparedness.plans.models.drafts import Draft
from muster.preparedness.plans.models.written import Written


class Attachment(Written):
    """A document beside a draft: a file as it was uploaded, or what Muster itself knew on a day.

    `content` are its bytes, which nothing in Muster ever opens, and `sha256` their hash in hexadecimal. `source` says
    which books it was taken from ("stock 2019-11-15"), empty for an upload. It never changes.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=16, choices=AttachmentKind.choices)
    file_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    source = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["draft", "kind", "-at", "-id"]
        constraints = [
            kind_is_known(AttachmentKind, "attachment_kind_is_known"),
            models.UniqueConstraint(fields=["draft", "kind", "sha256"], name="a_document_is_attached_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of draft {self.draft_id}"


class Consultation(models.Model):
    """A partner is asked about the clauses of a draft that name it, until `deadline`.

    Which clauses those are is read from the draft's text; what was said to a clause counts as long as it says the same.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="consultations")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="plan_consultations")
    opened_at = models.DateTimeField()
    deadline = models.DateTimeField()

    class Meta:
        ordering = ["draft", "partner__code"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "partner"], name="a_partner_is_asked_once_about_a_draft"),
            models.CheckConstraint(condition=Q(deadline__gt=F("opened_at")), name="a_partner_has_time_to_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} about draft {self.draft_id}"


class ClauseAnswer(Written):
    """What a partner said to one clause as it read then (`clause_hash`); the last answer to a reading counts. Final."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="answers")
    clause = models.CharField(max_length=16)
    clause_hash = models.CharField(max_length=64)
    stance = models.CharField(max_length=16, choices=Stance.choices)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["consultation", "-id"]
        indexes = [models.Index(fields=["consultation", "clause", "-id"], name="answers_to_a_clause")]
        constraints = [
            kind_is_known(Stance, "stance_is_known", field="stance"),
            models.CheckConstraint(condition=~Q(stance="objected", reason=""), name="an_objection_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.stance}"


class ObjectionReply(Written):
    """The plans office's reasoned answer to one objection; the partner has the last word. Final."""

    objection = models.OneToOneField(ClauseAnswer, on_delete=models.PROTECT, related_name="reply")
    reason = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_reply_says_why")]

    def __str__(self) -> str:
        return f"reply to {self.objection_id}"
