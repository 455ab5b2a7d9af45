"""Items, stores, and the stock book: what came in and what went out, never a balance that could be overwritten."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.models.named import Named


class Item(Named):
    """Something that is used up or lent; `unit_of_issue` is a piece, pair, ml, test, meal or bed, never a box."""

    called = _("item")

    unit_of_issue = models.CharField(max_length=16)
    expires = models.BooleanField(default=True)


class Store(Named):
    """A place where stock is kept, of one unit of the bureau."""

    called = _("store")

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="stores")
    is_central = models.BooleanField(default=False)

    class Meta(Named.Meta):
        constraints = [
            models.UniqueConstraint(fields=["is_central"], condition=Q(is_central=True), name="one_central_store")
        ]


class Supplier(Named):
    """Somebody who delivers."""

    called = _("supplier")


class SupplyTerm(models.Model):
    """How soon, and how much a day at most, a supplier delivers of an item to the central store."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="terms")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="terms")
    lead_days = models.PositiveSmallIntegerField()
    per_day = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supplier", "item"], name="one_term_per_supplier_and_item")]

    def __str__(self) -> str:
        return f"{self.supplier_id} delivers {self.item_id} in {self.lead_days} days"


class StockEntry(models.Model):
    """One line of the stock book: `quantity` in units of issue, positive in, negative out.

    Lines are never changed or removed: a mistake is put right by another line.
    """

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="entries")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="entries")
    lot = models.CharField(max_length=40, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    quantity = models.BigIntegerField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    transfer = models.UUIDField(null=True, blank=True)  # the lines of one transfer share it, and add up to nothing

    class Meta:
        indexes = [
            models.Index(fields=["store", "item", "at"], name="stock_book"),
            models.Index(fields=["at"], name="stock_book_by_time"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(quantity=0), name="a_line_moves_something")]

    def __str__(self) -> str:
        return f"{self.quantity:+d} of item {self.item_id} at store {self.store_id}"


class StockBalance(models.Model):
    """What a lot in a store comes to by all lines of the book, in units of issue; a lot that is used up has no row.

    Written with the lines in one transaction, and never the source of anything: `muster ledger check` counts the lines
    and names each balance that differs. What the lot held at a moment is this less the lines after it.
    """

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="balances")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="balances")
    lot = models.CharField(max_length=40, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    quantity = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_balance_is_never_below_zero"),
            models.UniqueConstraint(fields=["store", "item", "lot", "expires_on"], name="one_balance_per_lot"),
            models.UniqueConstraint(
                fields=["store", "item", "lot"], condition=Q(expires_on=None), name="one_balance_per_lasting_lot"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of item {self.item_id} at store {self.store_id}"
