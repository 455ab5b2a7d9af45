"""What people enter about plans."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.preparedness.plans.services.drafts import LARGEST


class PlanFile(forms.Form):
    """A plan's text as a file of at most `largest` bytes; a plan of 80 clauses has 60,000."""

    largest: ClassVar[int] = LARGEST
    file = forms.FileField(label=_("The plan's text"), help_text=_("A YAML file in the plan language, in UTF-8."))

    def clean_file(self) -> Any:
        """Refuses what is too large to be a plan."""
        file = self.cleaned_data["file"]
        if file.size > self.largest:
            raise forms.ValidationError(_("This file is too large to be a plan."))
        return file

    def text(self) -> str:
        """The file's content; bytes that are not UTF-8 become signs that no plan has, and are told by line."""
        return str(self.cleaned_data["file"].read().decode("utf-8-sig", errors="replace"))


class Release(PlanFile):
    """A plan that was approved outside Muster; it may be longer than what is written here."""

    largest = 4_000_000
    approved = forms.CharField(
        label=_("Approved outside Muster by"),
        max_length=300,
        required=False,
        help_text=_("Who approved it, with which document. What is written here goes the way of a draft instead."),
    )


class Day(forms.Form):
    """The day as of which the bureau is looked at."""

    as_of = forms.DateField(
        label=_("As of"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
