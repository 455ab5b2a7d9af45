"""What the stores hold, hold usable, and for how long it lasts; always as of a moment."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from django.conf import settings
from django.db.models import Q, QuerySet, Sum

from muster.preparedness.logistics.models import Item, StockBalance, StockEntry, Store, SupplyTerm

Row = TypeVar("Row", StockBalance, StockEntry)
Key = tuple[str, str]  # codes of a store and an item
LOT: Final = ("store__code", "item__code", "lot", "expires_on")


@dataclass(frozen=True, slots=True)
class Term:
    """What a supplier delivers to the central store, at most `per_day`, `lead_days` after it is ordered."""

    supplier: str
    item: str
    lead_days: int
    per_day: int


@dataclass(frozen=True, slots=True)
class LotBalance:
    """A lot in a store at a moment; `quantity` in units of issue, `expired` by the bureau's day of that moment."""

    store: str
    item: str
    lot: str
    expires_on: date | None
    quantity: int
    expired: bool


def balances(*, as_of: datetime, store: str | None = None, item: str | None = None) -> dict[Key, int]:
    """What the book says at `as_of`, by (store code, item code), in units of issue; nothing that is zero."""
    held: dict[Key, int] = defaultdict(int)
    for lot in lot_balances(as_of=as_of, store=store, item=item):
        held[lot.store, lot.item] += lot.quantity
    return {place: total for place, total in held.items() if total}


def usable_balances(*, as_of: datetime, store: str | None = None, item: str | None = None) -> dict[Key, int]:
    """As `balances`, without lots that have expired by the bureau's day of `as_of`: what an issue may take."""
    usable: dict[Key, int] = defaultdict(int)
    for lot in lot_balances(as_of=as_of, store=store, item=item):
        if not lot.expired:
            usable[lot.store, lot.item] += lot.quantity
    return dict(usable)


def lot_balances(*, as_of: datetime, store: str | None = None, item: str | None = None) -> list[LotBalance]:
    """Every lot that is not used up at `as_of`, by store, item and day of expiry.

    Reads what the lots come to and the lines after `as_of`: for now that is what the stores hold, however long the
    book is, and for a past moment what has moved since.
    """
    today = as_of.astimezone(settings.BUREAU_ZONE).date()
    held: dict[tuple[str, str, str, date | None], int] = defaultdict(int)
    for *lot, quantity in _chosen(StockBalance.objects.all(), store, item).values_list(*LOT, "quantity"):
        held[tuple(lot)] += quantity
    later = _chosen(StockEntry.objects.filter(at__gt=as_of), store, item).values_list(*LOT)
    for *lot, moved in later.annotate(moved=Sum("quantity")):
        held[tuple(lot)] -= moved
    found = [
        LotBalance(place, what, lot, expires_on, total, expires_on is not None and expires_on < today)
        for (place, what, lot, expires_on), total in held.items()
        if total
    ]
    return sorted(found, key=lambda lot: (lot.store, lot.item, lot.expires_on or date.max, lot.lot))


def _chosen(rows: QuerySet[Row], store: str | None, item: str | None) -> QuerySet[Row]:
    """Of one store and item where they are given, in no order."""
    condition = Q()
    if store is not None:
        condition &= Q(store__code=store)
    if item is not None:
        condition &= Q(item__code=item)
    return rows.filter(condition).order_by()


def supply_terms() -> list[Term]:
    """What suppliers can deliver, by item, soonest first."""
    rows = SupplyTerm.objects.order_by("item__code", "lead_days", "supplier__code")
    return [Term(*row) for row in rows.values_list("supplier__code", "item__code", "lead_days", "per_day")]


def stores_of_units() -> dict[str, str]:
    """The store of each unit that has one, by unit code; the first by code where there are several."""
    pairs = Store.objects.order_by("-code").values_list("unit__code", "code")
    return dict(pairs)


def central_store() -> str:
    """Code of the central store, empty when there is none."""
    return Store.objects.filter(is_central=True).values_list("code", flat=True).first() or ""


def item_names() -> dict[str, str]:
    """Name of each item by code, in the language of the reader."""
    return {item.code: item.name for item in Item.objects.all()}


def last_movement() -> datetime | None:
    """When the stock book was last written for; None while it is empty."""
    return StockEntry.objects.order_by("-at").values_list("at", flat=True).first()
