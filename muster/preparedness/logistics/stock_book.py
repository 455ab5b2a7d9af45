"""What a store holds, lot by lot, at a moment and after it: the rule that no lot is ever below zero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from muster.preparedness.logistics.models import StockEntry

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
    """
    found: dict[Place, list[Lot]] = defaultdict(list)
    for (place, lot, expires_on), lines in _lines_by_lot(places).items():
        free = lowest_from(lines, at)
        if free > 0 and (expires_on is None or day <= expires_on):
            found[place].append(Lot(lot, expires_on, free))
    return {place: sorted(lots, key=lambda lot: lot.order) for place, lots in found.items()}


def _lines_by_lot(places: Iterable[Place]) -> dict[tuple[Place, str, date | None], list[tuple[datetime, int]]]:
    wanted = set(places)
    lines = StockEntry.objects.filter(
        store_id__in={store for store, _ in wanted}, item_id__in={item for _, item in wanted}
    ).order_by("at", "pk")
    grouped: dict[tuple[Place, str, date | None], list[tuple[datetime, int]]] = defaultdict(list)
    for store, item, lot, expires_on, at, quantity in lines.values_list(
        "store_id", "item_id", "lot", "expires_on", "at", "quantity"
    ):
        if (store, item) in wanted:
            grouped[(store, item), lot, expires_on].append((at, quantity))
    return grouped


def lowest_from(lines: Sequence[tuple[datetime, int]], at: datetime) -> int:
    """The lowest balance at `at` and after it of lines in order of time."""
    balance = sum(quantity for moment, quantity in lines if moment <= at)
    lowest = balance
    for moment, quantity in lines:
        if moment > at:
            balance += quantity
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
