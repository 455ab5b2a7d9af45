"""What people enter about an exercise that was held."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation import queries as organisation
from muster.preparedness.plans.coverage.wording import WAYS
from muster.preparedness.plans.services.trying import LONGEST


class Exercise(forms.Form):
    """An exercise outside Muster; the clauses are ticked in the table."""

    way = forms.ChoiceField(label=_("How"), choices=[(way, title) for way, title in WAYS.items() if way != "live"])
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    unit = forms.ChoiceField(label=_("By which unit"), required=False)
    note = forms.CharField(label=_("Note"), max_length=LONGEST, required=False)

    def __init__(self, *given: Any, **stated: Any) -> None:
        super().__init__(*given, **stated)
        self.units = {unit.code: unit.name for unit in organisation.unit_tree() if unit.is_active}
        self.fields["unit"].choices = [("", _("several units")), *self.units.items()]  # type: ignore[attr-defined]
