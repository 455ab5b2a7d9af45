"""What somebody states who leaves a finding silent."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

NAMED: Final = ("key", "where", "as_of")


class Suppress(forms.Form):
    """Which finding of which text, why, and until when; the first three come from the page where it was read."""

    key = forms.CharField(max_length=200, widget=forms.HiddenInput)
    where = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    as_of = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=1000, help_text=_("Shown wherever the finding is shown."))
    until = forms.DateField(
        label=_("Silent until"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("At most 180 days from today; then it speaks again."),
    )

    def stated(self) -> dict[str, str]:
        """Which finding, as the address or the form says; a day that is none is left out."""
        given = self.data if self.is_bound else self.initial
        found = {name: str(given.get(name, ""))[:200] for name in NAMED}
        day = found.pop("as_of")
        with suppress(ValueError):
            return {**found, "as_of": date.fromisoformat(day).isoformat()}
        return {**found, "as_of": ""}
