"""Contingency plans and their released versions."""

from __future__ import annotations

from django.db import models

from muster.kernel.organisation.models import Unit


class ContingencyPlan(models.Model):
    """A plan through all its versions; what it says stands in the versions."""

    code = models.SlugField(max_length=64, unique=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class PlanVersion(models.Model):
    """One released text of a plan. It never changes: a database trigger refuses UPDATE and DELETE.

    `hash` is the SHA-256 of the plan's canonical content (64 hexadecimal figures), so the same content cannot be
    released twice. `unit` is whose plan it is, nobody for the bureau's own. `higher` is the very version that it
    extends: whatever is released later, this one means what it meant.
    """

    plan = models.ForeignKey(ContingencyPlan, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=32)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_versions")
    higher = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="lower")
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    text = models.TextField()
    hash = models.CharField(max_length=64, unique=True)
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=64)

    class Meta:
        ordering = ["-released_at", "-id"]
        indexes = [models.Index(fields=["plan", "-released_at"], name="version_in_force")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "version"], name="one_text_per_version_of_a_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.version}"
