"""Who proposed what, who decided it, and the levels that followed."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.models import Person
from muster.response.operations.models.operation import Operation
from muster.response.operations.models.record import Authored, written_by

DECISIVE = ["approved", "refused", "taken_up"]


class Proposal(models.Model):
    """Something that needs a second person: to activate, to change the level, to stand down.

    `source` "system" is a recommendation: it has no force; a person takes it up as a proposal of his own or refuses
    it. `reason` says why it was proposed, `because` why it was decided as it was: in both languages where Muster wrote
    it, twice the same where a person did. `difference` is what would change as of the moment of the proposal,
    `confirmed` what the second person saw and confirmed. `seen` are the indicators that it rests on. `written_order`
    and `government_consent` name the papers that a level above or below the government's needs.
    """

    class Kind(models.TextChoices):
        """What is proposed."""

        ACTIVATE = "activate", _("Activate")
        CHANGE_LEVEL = "change_level", _("Change the level")
        STAND_DOWN = "stand_down", _("Stand down")

    class Source(models.TextChoices):
        """Who proposes: only a person's proposal can be approved."""

        PERSON = "person", _("A person")
        SYSTEM = "system", _("The system")

    class Outcome(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waiting")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        TAKEN_UP = "taken_up", _("Taken up")
        OVERTAKEN = "overtaken", _("Overtaken")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.PERSON)
    level = models.PositiveSmallIntegerField(default=0)
    from_level = models.PositiveSmallIntegerField(default=0)
    government_level = models.PositiveSmallIntegerField(default=0)
    reason_zh = models.CharField(max_length=1000)
    reason_en = models.CharField(max_length=1000)
    rule = models.CharField(max_length=40, blank=True)
    ground = models.CharField(max_length=500, blank=True)
    written_order = models.CharField(max_length=200, blank=True)
    government_consent = models.CharField(max_length=200, blank=True)
    seen = models.JSONField(default=dict)
    difference = models.JSONField(default=dict)
    confirmed = models.JSONField(default=dict)
    recommended_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_up_as"
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    proposed_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=16, choices=Outcome.choices, default=Outcome.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    because_zh = models.CharField(max_length=1000, blank=True, default="")
    because_en = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["operation", "outcome", "proposed_at"], name="proposal_by_outcome")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["activate", "change_level", "stand_down"]), name="proposal_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(source__in=["person", "system"]), name="proposal_source_is_known"),
            models.CheckConstraint(
                condition=Q(kind="stand_down", level=0) | (~Q(kind="stand_down") & Q(level__gte=1, level__lte=4)),
                name="proposal_level_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(outcome="waiting", decided_at__isnull=True, decided_by="")
                | Q(outcome__in=[*DECISIVE, "overtaken", "withdrawn"], decided_at__gte=F("proposed_at")),
                name="proposal_is_decided_once_and_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=DECISIVE) | ~Q(decided_by=""), name="a_decided_proposal_says_by_whom"
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")), name="nobody_decides_what_he_proposed_himself"
            ),
            models.CheckConstraint(
                condition=Q(proposed_person__isnull=True)
                | Q(decided_person__isnull=True)
                | ~Q(proposed_person=F("decided_person")),
                name="two_accounts_of_one_person_are_one_person",
            ),
            models.CheckConstraint(
                condition=~Q(source="system", outcome="approved"), name="what_the_system_recommends_has_no_force"
            ),
            models.CheckConstraint(condition=~Q(outcome="refused") | ~Q(because_zh=""), name="a_refusal_says_why"),
            models.UniqueConstraint(
                fields=["operation", "source"], condition=Q(outcome="waiting"), name="one_proposal_waits_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.level} for {self.operation_id}"

    @property
    def proposer(self) -> str:
        """Who proposed it, as readers see him."""
        return written_by(self.proposed_by, self.proposed_person)

    @property
    def decider(self) -> str:
        """Who decided it, as readers see him; empty while it waits, or where nobody did."""
        return written_by(self.decided_by, self.decided_person) if self.decided_by else ""

    def outcome_at(self, at: datetime) -> Proposal.Outcome:
        """What had become of it by `at`."""
        waited = self.decided_at is None or self.decided_at > at
        return Proposal.Outcome.WAITING if waited else Proposal.Outcome(self.outcome)


class Decision(Authored):
    """What somebody decided, why, on what ground, and what was known then. Never changed.

    `known_as_of` is the moment of the knowledge; `known` has each indicator with its value and when it was measured:
    {name: {"value": ..., "taken_at": ISO 8601}}; what is not in it was unknown.
    """

    class Kind(models.TextChoices):
        """What was decided."""

        ACTIVATED = "activated", _("Plan activated")
        LEVEL_CHANGED = "level_changed", _("Level changed")
        STOOD_DOWN = "stood_down", _("Operation stood down")
        REFUSED = "refused", _("Proposal refused")
        TAKEN_UP = "taken_up", _("Recommendation taken up")
        CLAUSE = "clause", _("Decision under a clause")
        OTHER = "other", _("Other decision")

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="decisions")
    proposal = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    clause_id = models.CharField(max_length=32, blank=True)
    subject_zh = models.CharField(max_length=300, blank=True)
    subject_en = models.CharField(max_length=300, blank=True)
    reason_zh = models.CharField(max_length=1000)
    reason_en = models.CharField(max_length=1000)
    ground = models.CharField(max_length=500, blank=True)
    known_as_of = models.DateTimeField()
    known = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["operation", "-at"], name="decision_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["activated", "level_changed", "stood_down", "refused", "taken_up", "clause", "other"]
                ),
                name="decision_kind_is_known",
            ),
            models.CheckConstraint(condition=~Q(reason_zh=""), name="a_decision_says_why"),
            models.CheckConstraint(condition=Q(known_as_of__lte=F("at")), name="nothing_is_known_from_the_future"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"


class LevelPeriod(models.Model):
    """A stretch of an operation at one level, by which decision it began."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="level_periods")
    level = models.PositiveSmallIntegerField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["from_at", "pk"]
        indexes = [models.Index(fields=["operation", "from_at"], name="level_by_time")]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="period_level_is_known"),
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")), name="period_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["operation"], condition=Q(to_at__isnull=True), name="one_level_in_force_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"level {self.level} from {self.from_at:%Y-%m-%d %H:%M}"
