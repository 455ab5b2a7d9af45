"""Case counts as they were reported: a correction is a new row, nothing is ever overwritten."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.models import Area

LIVE: Final = "live"  # the real epidemic; an exercise or a replay writes to a feed of its own, so that they never mix


class Measure(models.TextChoices):
    """What is counted, persons per day. Imported cases are part of the confirmed ones."""

    CONFIRMED = "confirmed", _("Confirmed")
    RECOVERED = "recovered", _("Recovered")
    DEATHS = "deaths", _("Deaths")
    IMPORTED = "imported", _("Imported")
    ASYMPTOMATIC = "asymptomatic", _("Asymptomatic")
    SUSPECTED = "suspected", _("Suspected")


class ReportMode(models.TextChoices):
    """How the source counts."""

    DAILY = "daily", _("New cases of each day")
    CUMULATIVE = "cumulative", _("Totals so far")


class RowFate(models.TextChoices):
    """What became of one row of a report."""

    NEW = "new", _("New")
    SAME = "same", _("Same as known")
    CORRECTED = "corrected", _("Corrects what was known")
    SUPERSEDED = "superseded", _("Overtaken by a later row")
    REJECTED = "rejected", _("Rejected")


class ReportBatch(models.Model):
    """One report as it came in: where from, when, how many rows and what became of them."""

    source = models.CharField(max_length=200)
    feed = models.CharField(max_length=64, default=LIVE)
    mode = models.CharField(max_length=16, choices=ReportMode.choices, default=ReportMode.DAILY)
    file_name = models.CharField(max_length=255, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    reported_at = models.DateTimeField()
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    new = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    superseded = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [models.Index(fields=["feed", "-received_at"], name="batch_by_feed")]
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=ReportMode.values), name="batch_mode_is_known"),
            models.CheckConstraint(
                condition=Q(rows=F("new") + F("same") + F("corrected") + F("superseded") + F("rejected")),
                name="every_row_of_a_batch_has_a_fate",
            ),
            models.CheckConstraint(
                condition=Q(reported_at__lte=F("received_at")), name="batch_is_received_after_it_is_reported"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.received_at:%Y-%m-%d %H:%M}"


class CaseCount(models.Model):
    """Persons of one measure in one area on one day, as reported at one moment.

    What was known at T is the row with the latest `reported_at` <= T; earlier rows stay as they are: a trigger refuses
    to change one.
    """

    feed = models.CharField(max_length=64, default=LIVE)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="case_counts")
    measure = models.CharField(max_length=16, choices=Measure.choices, default=Measure.CONFIRMED)
    day = models.DateField()
    value = models.IntegerField()
    reported_at = models.DateTimeField()
    batch = models.ForeignKey(ReportBatch, on_delete=models.PROTECT, related_name="counts")

    class Meta:
        ordering = ["day", "reported_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "area", "measure", "day", "reported_at"], name="one_count_per_moment_of_report"
            ),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="count_of_a_known_measure"),
            models.CheckConstraint(condition=Q(value__gte=0), name="count_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.day} {self.measure} {self.value}"


class ReportRow(models.Model):
    """One row of a report as it was written, and what became of it; `number` is its line in the file."""

    batch = models.ForeignKey(ReportBatch, on_delete=models.CASCADE, related_name="report_rows")
    number = models.PositiveIntegerField()
    area_code = models.CharField(max_length=64, blank=True)
    day = models.CharField(max_length=32, blank=True)
    measure = models.CharField(max_length=32, blank=True)
    value = models.CharField(max_length=64, blank=True)
    fate = models.CharField(max_length=16, choices=RowFate.choices)
    previous = models.IntegerField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number", "id"]
        indexes = [models.Index(fields=["batch", "fate"], name="report_row_by_fate")]
        constraints = [
            models.CheckConstraint(condition=Q(fate__in=RowFate.values), name="report_row_fate_is_known"),
            models.CheckConstraint(condition=Q(fate="rejected") ^ Q(problem=""), name="a_rejected_row_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"


class SurveillanceStart(models.Model):
    """A source's statement that an area had no case of a measure before a day, from the moment it was stated.

    Without it the days before the first report are unknown, and so are sums over them.
    """

    feed = models.CharField(max_length=64, default=LIVE)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="surveillance_starts")
    measure = models.CharField(max_length=16, choices=Measure.choices, default=Measure.CONFIRMED)
    none_before = models.DateField()
    stated_at = models.DateTimeField()
    batch = models.ForeignKey(ReportBatch, on_delete=models.PROTECT, related_name="surveillance_starts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "area", "measure", "stated_at"], name="one_surveillance_start_per_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.measure} none before {self.none_before}"
