"""What a store holds, lot by lot, at a moment and after it: the rule that no lot is ever below zero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import QuerySet

from muster.preparedness.logistics.models import StockBalance, StockEntry

Row = TypeVar("Row", StockBalance, StockEntry)
Place = tuple[int, int]  # keys of a store and an item


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot in a store and how much of it may still be taken, in units of issue."""

    lot: str
    expires_on: date | None
    free: int

    @property
    def order(self) -> tuple[date, str]:
        """First the lot that expires first; what never expires goes last."""
        return (self.expires_on or date.max, self.lot)


def free_lots(places: Iterable[Place], at: datetime, day: date) -> dict[Place, list[Lot]]:
    """Lots with something to take at `at`, not expired on `day`, in the order in which they are to be used.

    What is taken at `at` is missing from then on, so a lot gives no more than its lowest balance from `at` onwards.
    Reads what the lots come to and the lines after `at`, never the book before it.
    """
    wanted = set(places)
    rows, later = _of(StockBalance.objects.all(), wanted), _later(wanted, at)
    found: dict[Place, list[Lot]] = defaultdict(list)
    for store, item, lot, expires_on, balance in rows.values_list(
        "store_id", "item_id", "lot", "expires_on", "quantity"
    ):
        free = lowest_from(balance, later[(store, item), lot, expires_on])
        if (store, item) in wanted and free > 0 and (expires_on is None or day <= expires_on):
            found[store, item].append(Lot(lot, expires_on, free))
    return {place: sorted(lots, key=lambda lot: lot.order) for place, lots in found.items()}


def _later(places: set[Place], at: datetime) -> dict[tuple[Place, str, date | None], list[int]]:
    """What each lot's lines after `at` move, in order of time."""
    lines = _of(StockEntry.objects.filter(at__gt=at), places).order_by("at", "pk")
    moved: dict[tuple[Place, str, date | None], list[int]] = defaultdict(list)
    for store, item, lot, expires_on, quantity in lines.values_list(
        "store_id", "item_id", "lot", "expires_on", "quantity"
    ):
        moved[(store, item), lot, expires_on].append(quantity)
    return moved


def _of(rows: QuerySet[Row], places: set[Place]) -> QuerySet[Row]:
    """Of these stores and items; a few pairs that were not asked for may be among them."""
    return rows.filter(store_id__in={store for store, _ in places}, item_id__in={item for _, item in places})


def lowest_from(balance: int, later: Sequence[int]) -> int:
    """The lowest that a lot ever holds from a moment on: `balance` after its last line, `later` the lines since."""
    lowest = balance
    for quantity in reversed(later):
        balance -= quantity
        lowest = min(lowest, balance)
    return lowest


def take(lots: Sequence[Lot], quantity: int) -> Iterator[Lot]:
    """How much to take from each lot, in order, to reach `quantity`; the caller has checked that there is enough."""
    for lot in lots:
        taken = min(lot.free, quantity)
        if taken:
            yield Lot(lot.lot, lot.expires_on, taken)
        quantity -= taken
    assert quantity == 0, "the caller checks that the lots hold enough"
