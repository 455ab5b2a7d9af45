"""What others report to the bureau: levels of the province, alerts, clusters, absence of officers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.models import Area
from muster.prevention.situation.models.reports import LIVE


class InputKind(models.TextChoices):
    """What values an input takes."""

    NUMBER = "number", _("Number")
    COUNT = "count", _("Whole number")
    FLAG = "flag", _("Yes or no")


class ExternalInput(models.Model):
    """One value of one input as it was told at one moment.

    The value that holds at a moment T is, among the rows with `recorded_at` <= T, the one with the latest `valid_from`
    <= T, of those the last recorded. A `lasting` value holds until the next one (a level that was declared stays
    declared); any other holds for `valid_hours` from `valid_from`, or as long as the asking plan calls an input fresh.
    """

    feed = models.CharField(max_length=64, default=LIVE)
    name = models.SlugField(max_length=64)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="external_inputs")
    kind = models.CharField(max_length=8, choices=InputKind.choices, default=InputKind.NUMBER)
    value = models.FloatField()
    valid_from = models.DateTimeField()
    lasting = models.BooleanField(default=False)
    valid_hours = models.PositiveIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["name", "valid_from", "recorded_at"]
        indexes = [models.Index(fields=["feed", "name", "valid_from"], name="input_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "name", "area", "valid_from", "recorded_at"],
                condition=Q(area__isnull=False),
                name="one_input_value_per_moment_and_area",
            ),
            models.UniqueConstraint(  # SQLite has no NULLS NOT DISTINCT
                fields=["feed", "name", "valid_from", "recorded_at"],
                condition=Q(area__isnull=True),
                name="one_input_value_per_moment",
            ),
            models.CheckConstraint(condition=Q(kind__in=InputKind.values), name="input_kind_is_known"),
            models.CheckConstraint(condition=~Q(kind="flag") | Q(value__in=[0.0, 1.0]), name="a_flag_is_yes_or_no"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.value}"

    def scalar(self) -> float | int | bool:
        """The value in the type that trigger conditions compare with."""
        if self.kind == InputKind.FLAG:
            return bool(self.value)
        return int(self.value) if self.kind == InputKind.COUNT else self.value
