"""What a storekeeper fills in about an item or a store, and the file from which many come."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.kernel.organisation.forms import CodedChoice
from muster.kernel.organisation.models import Unit
from muster.kernel.organisation.models.named import CODE
from muster.kernel.ui.fields import PlainText
from muster.preparedness.logistics.importing import REGISTERS
from muster.preparedness.logistics.models import Item, Store
from muster.preparedness.logistics.rows import ItemRow, StoreRow
from muster.preparedness.logistics.words import UNITS_OF_ISSUE


class Named(forms.Form):
    """What items and stores have in common; the code of one that exists stays."""

    code = PlainText(label=pgettext_lazy("organisation", "Code"), max_length=64, validators=[CODE])
    name_zh = PlainText(label=_("Chinese name"), max_length=120)
    name_en = PlainText(label=_("English name"), max_length=160, required=False)


class ItemForm(Named):
    """An item."""

    unit_of_issue = forms.ChoiceField(
        label=_("Unit of issue"),
        choices=list(UNITS_OF_ISSUE.items()),
        help_text=_("A piece, never a box. It stays once the book has lines of the item."),
    )
    expires = forms.BooleanField(label=_("Has a day until which it may be used"), required=False)

    def row(self) -> ItemRow:
        """For the service."""
        return ItemRow(**self.cleaned_data)

    @staticmethod
    def facts(item: Item) -> dict[str, object]:
        """What is stored of an item."""
        return {name: getattr(item, name) for name in ItemForm.base_fields}


class StoreForm(Named):
    """A store."""

    unit = CodedChoice(label=_("Unit that keeps it"), queryset=Unit.objects.filter(is_active=True))
    is_central = forms.BooleanField(
        label=_("Central store"),
        required=False,
        help_text=_("Suppliers deliver there. There is one; the one before steps back."),
    )

    def row(self) -> StoreRow:
        """For the service."""
        return StoreRow(**{**self.cleaned_data, "unit": self.cleaned_data["unit"].code})

    @staticmethod
    def facts(store: Store) -> dict[str, object]:
        """What is stored of a store."""
        return {name: getattr(store, name) for name in Named.base_fields} | {
            "unit": store.unit.code,
            "is_central": store.is_central,
        }


class Upload(forms.Form):
    """A file to look at."""

    kind = forms.ChoiceField(
        label=_("What the rows are"), choices=[(kind.name, kind.title) for kind in REGISTERS.values()]
    )
    file = forms.FileField(
        label=_("File to import"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.xlsm"})
    )
