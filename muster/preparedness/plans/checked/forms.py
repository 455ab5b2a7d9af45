"""What somebody states who leaves a finding silent."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class Suppress(forms.Form):
    """Which finding, why, and until when."""

    key = forms.CharField(max_length=200, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=1000, help_text=_("Shown wherever the finding is shown."))
    until = forms.DateField(
        label=_("Silent until"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("At most 180 days from today; then it speaks again."),
    )
