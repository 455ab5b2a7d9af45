"""What people fill in to change the organisation. The services decide whether it may be done."""

from __future__ import annotations

import re
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.kernel.organisation.imports import KINDS
from muster.kernel.organisation.models import ImportPreview, Team, Unit
from muster.kernel.organisation.models.named import CODE, Named
from muster.kernel.organisation.rows import TeamRow
from muster.kernel.ui.fields import NamedChoice, PlainText

DATUM_TITLES: Final = [
    ("wgs84", _("WGS-84 (GPS)")),
    ("gcj02", _("GCJ-02 (maps of the mainland)")),
    ("bd09", _("BD-09 (Baidu)")),
]
MOST_TYPED: Final = 20_000  # characters of a list of service numbers
_NUMBERS: Final = re.compile(r"[\s,;，；、]+")


class Upload(forms.Form):
    """A file to look at; `key` locks it until it is confirmed."""

    kind = forms.ChoiceField(label=_("What the rows are"), choices=[(kind.name, kind.title) for kind in KINDS.values()])
    file = forms.FileField(
        label=_("File to import"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.xlsm"})
    )
    sheet = PlainText(
        label=_("Sheet"), max_length=64, required=False, help_text=_("The first visible sheet, if you leave it empty.")
    )
    datum = forms.ChoiceField(
        label=_("Coordinates are given in"), choices=DATUM_TITLES, help_text=_("For areas and sites alone.")
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)


class Confirmation(forms.Form):
    """The key of the file that was looked at."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)


class Boundaries(forms.Form):
    """A GeoJSON file with boundaries of areas."""

    file = forms.FileField(label=_("GeoJSON file"), widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json"}))
    datum = forms.ChoiceField(label=_("Coordinates are given in"), choices=DATUM_TITLES)


class CodedChoice(NamedChoice):
    """A unit or a team by its name in the reader's language and its code."""

    def label_from_instance(self, row: Named) -> str:
        """Name and code."""
        return f"{row.name} {row.code}"


class Transfer(forms.Form):
    """To which unit somebody moves for good."""

    unit = CodedChoice(label=_("To unit"), queryset=Unit.objects.filter(is_active=True))


class Loan(forms.Form):
    """To which unit or team somebody is lent."""

    unit = CodedChoice(label=_("To another unit"), queryset=Unit.objects.filter(is_active=True), required=False)
    team = CodedChoice(label=_("Or to a team"), queryset=Team.objects.filter(is_active=True), required=False)

    def place(self) -> dict[str, str]:
        """Codes for the service, empty for none."""
        return {name: self.cleaned_data[name].code if self.cleaned_data[name] else "" for name in ("unit", "team")}


class Filling(forms.Form):
    """Holder and deputies of a role, in order."""

    people = PlainText(
        label=_("Service numbers, the holder first, then the deputies in order"),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        max_length=MOST_TYPED,
        required=False,
        help_text=_("One on each line. Leave it empty to make the role vacant."),
    )

    def numbers(self) -> list[str]:
        """Service numbers in order."""
        return [number for number in _NUMBERS.split(self.cleaned_data["people"]) if number]


class NewTeam(forms.Form):
    """A team of a unit; its members come afterwards."""

    code = PlainText(label=pgettext_lazy("organisation", "Code"), max_length=64, validators=[CODE])
    name_zh = PlainText(label=_("Chinese name"), max_length=120)
    name_en = PlainText(label=_("English name"), max_length=160, required=False)
    unit = CodedChoice(label=_("Unit that leads it"), queryset=Unit.objects.filter(is_active=True))

    def row(self) -> TeamRow:
        """For the service; where there is no English name the Chinese one stands for it."""
        facts = self.cleaned_data
        name_en = facts["name_en"] or facts["name_zh"]
        return TeamRow(facts["code"], facts["name_zh"], name_en, facts["unit"].code)


class Members(forms.Form):
    """Who joins a team."""

    people = PlainText(
        label=_("Service numbers"),
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("One on each line, or separated by blanks or commas."),
    )

    def numbers(self) -> list[str]:
        """Service numbers, each once."""
        return list(dict.fromkeys(number for number in _NUMBERS.split(self.cleaned_data["people"]) if number))


class SiteFacts(forms.Form):
    """What may change about a site."""

    is_standing = forms.BooleanField(label=_("Open at all times"), required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False)
    capacity = forms.IntegerField(
        label=_("Capacity"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("Empty leaves what is stored."),
    )


class Away(forms.Form):
    """Days away, without a reason."""

    first = forms.DateField(
        label=_("First day away"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("Last day away"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Empty if it is not known yet. Why is not asked and not kept."),
    )


def confirmation_of(preview: ImportPreview, key: str) -> Confirmation | None:
    """The form that confirms a preview, where there is something to confirm and its key is at hand."""
    changes = preview.outcome["added"] + preview.outcome["changed"]
    return Confirmation(initial={"key": key}) if key and changes and preview.sealed is not None else None
