"""Signals: what a rule saw in the figures. They propose that somebody looks; they change nothing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.kernel.organisation.choices import AreaKind
from muster.kernel.organisation.models import Area
from muster.prevention.situation.models.reports import LIVE


class Comparison(models.TextChoices):
    """How an indicator is compared with the threshold."""

    AT_LEAST = ">=", "≥"
    ABOVE = ">", ">"
    AT_MOST = "<=", "≤"
    BELOW = "<", "<"
    LATE_REPORT = "late_report", _("A jump that looks like a late report")


class SignalState(models.TextChoices):
    """From open to closed; each step is somebody's decision."""

    OPEN = "open", pgettext_lazy("signal", "Open")
    LOOKED_AT = "looked_at", _("Looked at")
    DISMISSED = "dismissed", _("Dismissed")
    CLOSED = "closed", _("Closed")


class SignalRule(models.Model):
    """When a signal is raised: an indicator of an area of this kind crosses the threshold. Rules are data, not code.

    `threshold` and `is_active` are those with which the rule began; what is in force is its last setting, if it has
    one. `added_by` is empty for the rules that the installation brought.
    """

    code = models.SlugField(max_length=64, unique=True)
    indicator = models.SlugField(max_length=64)
    comparison = models.CharField(max_length=16, choices=Comparison.choices)
    threshold = models.FloatField()
    area_kind = models.CharField(max_length=16, choices=AreaKind.choices)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    text_zh = models.CharField(max_length=500)
    text_en = models.CharField(max_length=500)
    is_active = models.BooleanField(default=True)
    added_by = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(comparison__in=Comparison.values), name="rule_comparison_is_known"),
            models.CheckConstraint(condition=Q(area_kind__in=AreaKind.values), name="rule_area_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.code


class SignalRuleSetting(models.Model):
    """A threshold that was set, or a rule that was switched on or off: from when, by whom, and why."""

    rule = models.ForeignKey(SignalRule, on_delete=models.PROTECT, related_name="settings")
    threshold = models.FloatField()
    is_active = models.BooleanField()
    reason = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=64)

    class Meta:
        ordering = ["set_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "set_at"], name="one_setting_of_a_rule_per_moment"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_setting_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.threshold} {self.set_at:%Y-%m-%d %H:%M}"


class Signal(models.Model):
    """A rule that held in an area for a day, with the figures it saw then."""

    feed = models.CharField(max_length=64, default=LIVE)
    rule = models.ForeignKey(SignalRule, on_delete=models.PROTECT, related_name="signals")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="signals")
    day = models.DateField()
    raised_at = models.DateTimeField()
    values = models.JSONField(default=dict)
    text_zh = models.CharField(max_length=600)
    text_en = models.CharField(max_length=600)
    state = models.CharField(max_length=16, choices=SignalState.choices, default=SignalState.OPEN)

    class Meta:
        ordering = ["-day", "-raised_at", "-id"]
        indexes = [models.Index(fields=["feed", "state", "-day"], name="signal_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["feed", "rule", "area", "day"], name="one_signal_per_rule_area_and_day"),
            models.CheckConstraint(condition=Q(state__in=SignalState.values), name="signal_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.area_id} {self.day}"

    def is_waiting(self) -> bool:
        """Whether nobody has said yet what it means."""
        return self.state in {SignalState.OPEN, SignalState.LOOKED_AT}


class SignalDecision(models.Model):
    """Who moved a signal on, when, and why."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="decisions")
    before = models.CharField(max_length=16, choices=SignalState.choices)
    after = models.CharField(max_length=16, choices=SignalState.choices)
    reason = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64)

    class Meta:
        ordering = ["decided_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(after="dismissed") | ~Q(reason=""), name="a_dismissed_signal_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.signal_id} {self.before} to {self.after}"
