"""Forms for rules of signals and the serial interval: they parse, and judge nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.choices import AreaKind
from muster.prevention.situation.forms import day_widget
from muster.prevention.situation.models import Comparison
from muster.prevention.situation.services.rules import THRESHOLDS
from muster.prevention.situation.wording import TITLES

REASON = forms.CharField(
    label=_("Reason"), max_length=300, help_text=_("One sentence; it is kept with the change and shown here.")
)


class RuleSetForm(forms.Form):
    """A threshold, and whether the rule is on."""

    threshold = forms.FloatField(label=_("Threshold"))
    is_active = forms.BooleanField(label=_("The rule is on"), required=False)
    reason = REASON


class RuleAddForm(forms.Form):
    """A rule of the bureau's own."""

    prefix = "rule"

    indicator = forms.ChoiceField(label=_("Indicator"), choices=[])
    comparison = forms.ChoiceField(label=_("Comparison"), choices=[])
    threshold = forms.FloatField(label=_("Threshold"), help_text=_("Yes is 1; shares in percent."))
    area_kind = forms.ChoiceField(label=_("Areas it looks at"), choices=AreaKind.choices)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["indicator"].choices = list(TITLES.items())  # type: ignore[attr-defined]
        self.fields["comparison"].choices = [(each, Comparison(each).label) for each in THRESHOLDS]  # type: ignore[attr-defined]


class IntervalForm(forms.Form):
    """A serial interval from a day on."""

    prefix = "interval"

    mean = forms.FloatField(label=_("Mean, days"), help_text=_("Above 1: nobody infects before the day he falls ill."))
    sd = forms.FloatField(label=_("Standard deviation, days"))
    from_day = forms.DateField(
        label=_("In force for days from"),
        help_text=_("Rt of days before it keeps the interval that was in force then."),
        widget=day_widget(),
    )
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=100)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("The study or the authority, so that it can be checked.")
    )
