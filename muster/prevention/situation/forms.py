"""Forms of the situation: they parse, and judge nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.choices import AreaKind
from muster.kernel.organisation.queries import areas
from muster.prevention.situation.models import ReportMode
from muster.prevention.situation.rows import InputRow
from muster.prevention.situation.services.inputs import RECORDED
from muster.prevention.situation.wording import MEANINGS

Choices = list[tuple[str, Any]]


def _places() -> Choices:
    """The city and its districts."""
    return [(place.code, place.name) for kind in (AreaKind.CITY, AreaKind.DISTRICT) for place in areas(kind)]


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _moment_widget() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def day_widget() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ImportForm(forms.Form):
    """A file of counts, and what it does not say of itself."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or .xlsx with a day and a count in each row; Chinese or English headings."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm"}),
    )
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Who counted, such as the health commission.")
    )
    mode = forms.ChoiceField(label=_("What the figures are"), choices=ReportMode.choices)
    area = forms.ChoiceField(
        label=_("Area"), required=False, help_text=_("For a file without a column of areas."), choices=[]
    )

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        _choose(self, "area", [("", _("as the file says")), *_places()])

    def options(self) -> dict[str, str]:
        """What was chosen, as plain text."""
        return {name: str(self.cleaned_data[name]) for name in ("source", "mode", "area")}


class InputForm(forms.Form):
    """A value that is not counted here: a level, an alert, clusters, absence."""

    name = forms.ChoiceField(label=_("What is told"), choices=[])
    value = forms.FloatField(label=_("Value"), help_text=_("Yes is 1, no is 0; a level is 1 to 4, none is 0."))
    valid_from = forms.DateTimeField(
        label=_("Holds from"), required=False, help_text=_("Empty: from now on."), widget=_moment_widget()
    )
    lasting = forms.BooleanField(
        label=_("Until the next value"), required=False, help_text=_("A level that was declared stays declared.")
    )
    valid_hours = forms.IntegerField(label=_("Or for so many hours"), required=False, min_value=1, max_value=8760)
    area = forms.ChoiceField(label=_("Area"), required=False, choices=[])
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("Who told it."))

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        _choose(self, "name", [(name, MEANINGS[name].title) for name in RECORDED])
        _choose(self, "area", [("", _("the whole city")), *_places()[1:]])

    def row(self, now: datetime) -> InputRow:
        """What was entered, as the service takes it."""
        given = self.cleaned_data
        return InputRow(
            name=given["name"],
            value=given["value"],
            valid_from=given["valid_from"] or now,
            area=given["area"],
            lasting=given["lasting"],
            valid_hours=None if given["lasting"] else given["valid_hours"],
            source=given["source"],
        )


class StartForm(forms.Form):
    """A source's statement that there was no case before a day."""

    prefix = "start"  # both forms stand on one page

    area = forms.ChoiceField(label=_("Area"), choices=[])
    none_before = forms.DateField(label=_("No case before"), widget=day_widget())
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("Who told it."))

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        _choose(self, "area", _places())
