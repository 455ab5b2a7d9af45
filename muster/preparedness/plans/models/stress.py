"""Stress tests of a version: what was asked, of which bureau, and what came of it."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q

from muster.kernel.organisation.models.named import kind_is_known
from muster.preparedness.plans.choices import StressState
from muster.preparedness.plans.models.versions import PlanVersion
from muster.preparedness.plans.models.written import Written

OVER: Final = (StressState.DONE, StressState.CANCELLED, StressState.FAILED)


class BureauSnapshot(models.Model):
    """The bureau of one day as plain counts: what a simulation is of, kept so that it can be repeated years later.

    `content` is the canonical JSON of `engines.stress.Bureau`, `hash` its SHA-256. It never changes: a database
    trigger refuses it.
    """

    hash = models.CharField(max_length=64, unique=True)
    as_of = models.DateField()
    content = models.TextField()

    class Meta:
        ordering = ["-as_of", "-id"]

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d} {self.hash[:12]}"


class StressRun(Written):
    """A simulation of a version that somebody asked for.

    With `plan_hash`, `scenario`, `variants`, `bureau`, `seed` and `replications` it can be repeated to the byte; the
    database refuses to change any of them, and anything at all once it is over. `engine` is the version of the engine
    that did it, 0 before. `reason` says why it failed: texts in both languages by "what", "where", "expected", "mend".
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="stress_runs")
    plan_hash = models.CharField(max_length=64)
    title = models.CharField(max_length=100, blank=True)
    scenario = models.JSONField()
    variants = models.JSONField(default=list)
    bureau = models.ForeignKey(BureauSnapshot, on_delete=models.PROTECT, related_name="runs")
    seed = models.PositiveBigIntegerField()
    replications = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=StressState.choices, default=StressState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    engine = models.PositiveIntegerField(default=0)
    reason = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["state", "at"], name="stress_runs_that_wait"),
            models.Index(fields=["version", "-ended_at"], name="last_stress_run"),
        ]
        constraints = [
            kind_is_known(StressState, "stress_state_is_known", field="state"),
            models.CheckConstraint(
                condition=Q(state__in=[str(one) for one in OVER], ended_at__isnull=False)
                | (~Q(state__in=[str(one) for one in OVER]) & Q(ended_at__isnull=True)),
                name="a_stress_run_that_is_over_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"stress run {self.pk}"

    @property
    def is_over(self) -> bool:
        """Done, cancelled or failed: nothing changes it any more."""
        return self.state in OVER


class StressResult(models.Model):
    """What a run answered: JSON with `outcome`, `differences`, `repairs` and `tornado`; `hash` is its SHA-256.

    It never changes: a database trigger refuses it.
    """

    run = models.OneToOneField(StressRun, on_delete=models.PROTECT, related_name="result")
    hash = models.CharField(max_length=64)
    content = models.TextField()

    def __str__(self) -> str:
        return f"{self.run_id} {self.hash[:12]}"


class StressProgress(models.Model):
    """How far a running simulation is, from 0 to 1, and when its worker was last heard of.

    Written several times a minute by the worker, past the write path: it is a sign of life, which nobody answers for,
    and goes when the run is over.
    """

    run = models.OneToOneField(StressRun, on_delete=models.PROTECT, related_name="progress")
    share = models.FloatField(default=0.0)
    heard_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.run_id} {self.share:.0%}"
