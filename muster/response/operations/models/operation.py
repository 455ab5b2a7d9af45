"""One operation: which plan version, where, in which mode, at which level."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.kernel.organisation.models import Area
from muster.kernel.organisation.models.named import CODE
from muster.preparedness.plans.models import ContingencyPlan, PlanVersion


class Mode(models.TextChoices):
    """How real it is. All three run the same services; only a live one touches what is real."""

    LIVE = "live", pgettext_lazy("mode", "Live")
    EXERCISE = "exercise", _("Exercise")
    REPLAY = "replay", _("Replay")


class Operation(models.Model):
    """A plan version at work in an area.

    `feed` is the stream of case counts that it looks at: "live" for a live operation, one of its own otherwise.
    `clock_at` is the simulated now of an exercise or a replay, empty while the wall's clock counts.
    `level` is 0 before it is activated and after it is stood down.
    """

    class State(models.TextChoices):
        """From the proposal to the end."""

        PROPOSED = "proposed", pgettext_lazy("operation", "Proposed")
        ACTIVE = "active", _("Active")
        STOOD_DOWN = "stood_down", _("Stood down")
        REFUSED = "refused", _("Refused")

    code = models.CharField(max_length=64, unique=True, validators=[CODE])
    mode = models.CharField(max_length=16, choices=Mode.choices)
    feed = models.CharField(max_length=64)
    plan = models.ForeignKey(ContingencyPlan, on_delete=models.PROTECT, related_name="operations")
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="operations")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="operations")
    matter_zh = models.CharField(max_length=200)
    matter_en = models.CharField(max_length=200)
    measures = models.TextField()
    legal_basis = models.CharField(max_length=500)
    expected_until = models.DateField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.PROPOSED)
    level = models.PositiveSmallIntegerField(default=0)
    government_level = models.PositiveSmallIntegerField(default=0)
    level_since = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    clock_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["mode", "state", "-opened_at"], name="operation_by_mode")]
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="operation_mode_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "active", "stood_down", "refused"]), name="operation_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(mode="live", feed="live") | (~Q(mode="live") & ~Q(feed="live")),
                name="only_a_live_operation_reads_the_live_feed",
            ),
            models.CheckConstraint(
                condition=Q(mode="live", clock_at__isnull=True) | ~Q(mode="live"),
                name="a_live_operation_has_no_clock_of_its_own",
            ),
            models.CheckConstraint(
                condition=Q(state="active", level__gte=1, level__lte=4) | (~Q(state="active") & Q(level=0)),
                name="an_active_operation_has_a_level",
            ),
            models.CheckConstraint(condition=Q(government_level__lte=4), name="government_level_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["active", "stood_down"], opened_at__isnull=False)
                | Q(state__in=["proposed", "refused"], opened_at__isnull=True),
                name="an_operation_opens_when_it_is_activated",
            ),
            models.CheckConstraint(
                condition=Q(state="stood_down", closed_at__gte=F("opened_at"))
                | (~Q(state="stood_down") & Q(closed_at__isnull=True)),
                name="an_operation_closes_when_it_is_stood_down",
            ),
            models.UniqueConstraint(
                fields=["plan", "area"],
                condition=Q(mode="live", state="active"),
                name="one_live_operation_per_plan_and_area",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_live(self) -> bool:
        """True when what it does is real."""
        return self.mode == Mode.LIVE

    def state_at(self, at: datetime) -> Operation.State:
        """The state that it was in at `at`."""
        if self.closed_at is not None and self.closed_at <= at:
            return Operation.State.STOOD_DOWN
        if self.opened_at is not None:
            return Operation.State.ACTIVE if self.opened_at <= at else Operation.State.PROPOSED
        return Operation.State(self.state)

    @property
    def topic(self) -> str:
        """What its followers listen to."""
        return f"operation:{self.pk}"


class EngineState(models.Model):
    """Where an operation stands in its plan, as the engine wrote it; `events` counts those that led there."""

    operation = models.OneToOneField(Operation, primary_key=True, on_delete=models.PROTECT, related_name="engine_state")
    state = models.JSONField(default=dict)
    events = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"state of {self.operation_id} after {self.events} events"
