"""Figures of the disease that the estimates need."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class SerialIntervalProfile(models.Model):
    """Days between one case's onset and that of a case it caused.

    In force is the profile with the latest `from_day` up to the day that is asked about.
    """

    code = models.SlugField(max_length=32, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    mean_days = models.FloatField()
    sd_days = models.FloatField()
    from_day = models.DateField(unique=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["from_day"]
        constraints = [
            models.CheckConstraint(condition=Q(mean_days__gt=1, sd_days__gt=0), name="serial_interval_is_positive"),
        ]

    def __str__(self) -> str:
        return self.code
