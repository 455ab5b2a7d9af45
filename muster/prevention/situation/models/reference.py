"""Figures of the disease that the estimates need."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.db import models
from django.db.models import Q

PUBLISHED: Final = datetime(1950, 1, 1, tzinfo=UTC)  # what the installation brought was known at any moment


class SerialIntervalProfile(models.Model):
    """Days between one case's onset and that of a case it caused.

    In force for a day, as known at a moment, is among the profiles recorded by then the one with the latest `from_day`
    up to the day, and of several with that day the last recorded: a correction is a new row.
    """

    code = models.SlugField(max_length=32, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    mean_days = models.FloatField()
    sd_days = models.FloatField()
    from_day = models.DateField()
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField(default=PUBLISHED)
    recorded_by = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["from_day", "recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(mean_days__gt=1, sd_days__gt=0), name="serial_interval_is_positive"),
            models.UniqueConstraint(fields=["from_day", "recorded_at"], name="one_serial_interval_per_day_and_moment"),
        ]

    def __str__(self) -> str:
        return self.code
