"""Forms of the situation: they parse, and judge nothing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.choices import AreaKind
from muster.kernel.organisation.queries import areas
from muster.prevention.situation.models import ReportMode


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
        places = [*areas(AreaKind.CITY), *areas(AreaKind.DISTRICT)]
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("as the file says")), *((place.code, place.name) for place in places)]

    def options(self) -> dict[str, str]:
        """What was chosen, as plain text."""
        return {name: str(self.cleaned_data[name]) for name in ("source", "mode", "area")}
