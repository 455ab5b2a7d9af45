"""What a storekeeper fills in. The services decide whether the book can take it."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from muster.kernel import clock
from muster.kernel.ui.fields import NamedChoice, PlainText
from muster.preparedness.logistics.models import Item, Store
from muster.preparedness.logistics.rows import Delivery, Issue, Transfer
from muster.preparedness.logistics.services import MOST, bureau_day
from muster.preparedness.logistics.words import unit_title


class ItemChoice(NamedChoice):
    """An item by its name."""

    def label_from_instance(self, row: Item) -> str:
        """The name, with the unit in which it is counted."""
        return f"{row.name} ({unit_title(row.unit_of_issue)})"


def _store(label: Promise) -> NamedChoice:
    return NamedChoice(label=label, queryset=Store.objects.order_by("-is_central", "code"))


class Move(forms.Form):
    """Any movement: how much of what, and why."""

    item = ItemChoice(label=_("Item"), queryset=Item.objects.order_by("code"))
    quantity = forms.IntegerField(label=_("Quantity, in units of issue"), min_value=1, max_value=MOST)
    reason = PlainText(label=_("Reason"), max_length=200, help_text=_("Order, delivery note or occasion."))


class Receiving(Move):
    """What came in."""

    field_order = ["store", "item", "quantity", "lot", "expires_on", "reason"]
    store = _store(_("Store"))
    lot = PlainText(label=_("Lot"), max_length=40, required=False)
    expires_on = forms.DateField(
        label=_("May be used until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Needed for an item that expires."),
    )

    def clean_expires_on(self) -> date | None:
        """A day that is over is a slip of the year, or stock that is of no use."""
        day: date | None = self.cleaned_data["expires_on"]
        if day is not None and day < bureau_day(clock.now()):
            raise forms.ValidationError(_("This day is over: check the year. Expired stock is not received."))
        return day

    def row(self) -> Delivery:
        """For the service."""
        facts = self.cleaned_data
        return Delivery(
            store=facts["store"].code,
            item=facts["item"].code,
            quantity=facts["quantity"],
            lot=facts["lot"],
            expires_on=facts["expires_on"],
            reason=facts["reason"],
        )


class Issuing(Move):
    """What goes out; the lots that expire first go first."""

    field_order = ["store", "item", "quantity", "reason"]
    store = _store(_("Store"))

    def row(self) -> Issue:
        """For the service."""
        facts = self.cleaned_data
        return Issue(facts["store"].code, facts["item"].code, facts["quantity"], facts["reason"])


class Transferring(Move):
    """What moves from one store to another."""

    field_order = ["source", "target", "item", "quantity", "reason"]
    source = _store(_("From store"))
    target = _store(_("To store"))

    def row(self) -> Transfer:
        """For the service."""
        facts = self.cleaned_data
        return Transfer(
            facts["source"].code, facts["target"].code, facts["item"].code, facts["quantity"], facts["reason"]
        )
