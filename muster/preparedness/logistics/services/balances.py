"""Balances kept beside the book: what each lot comes to by all its lines, written in the transaction of the lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from muster.kernel.commands import Actor, announce, command, record
from muster.preparedness.logistics.ledger import sums_of_lines
from muster.preparedness.logistics.models import StockBalance, StockEntry, Store
from muster.preparedness.logistics.permits import keeps_the_stock

TOPIC = "logistics"
Lot = tuple[int, int, str, date | None]  # keys of a store and an item, number and day of the lot


def balances_move(lines: Sequence[StockEntry]) -> None:
    """Brings the balances to what they are with these lines. The caller holds the stores of all lines."""
    moved: dict[Lot, int] = defaultdict(int)
    for line in lines:
        moved[line.store_id, line.item_id, line.lot, line.expires_on] += line.quantity
    there = _balances_of(moved)
    changed, emptied, fresh = [], [], []
    for lot, quantity in moved.items():
        row = there.get(lot)
        if row is None:
            fresh.append(_balance(lot, quantity))
        elif row.quantity + quantity:
            row.quantity += quantity
            changed.append(row)
        else:
            emptied.append(row.pk)
    StockBalance.objects.filter(pk__in=emptied).delete()
    StockBalance.objects.bulk_update(changed, ["quantity"], batch_size=500)
    StockBalance.objects.bulk_create([row for row in fresh if row.quantity], batch_size=500)


@command("logistics.balances_restate", policy=keeps_the_stock)
def balances_restate(*, by: Actor) -> int:
    """Count every balance anew from the lines of the book; returns how many lots were put right.

    For a database that was mended by hand: no movement needs it. Raises IntegrityError where the lines themselves
    leave a lot below zero; that is put right by a line first.
    """
    list(Store.objects.select_for_update().order_by("pk").values_list("pk"))
    right = {lot: quantity for lot, quantity in sums_of_lines().items() if quantity}
    kept = {(row.store_id, row.item_id, row.lot, row.expires_on): row.quantity for row in StockBalance.objects.all()}
    wrong = {lot for lot in right.keys() | kept.keys() if right.get(lot) != kept.get(lot)}
    if wrong:
        StockBalance.objects.all().delete()
        StockBalance.objects.bulk_create([_balance(*one) for one in right.items()], batch_size=500)
        announce(TOPIC)
    record(restated=len(wrong))
    return len(wrong)


def _balances_of(lots: Mapping[Lot, int]) -> dict[Lot, StockBalance]:
    rows = StockBalance.objects.filter(store_id__in={lot[0] for lot in lots}, item_id__in={lot[1] for lot in lots})
    return {lot: row for row in rows if (lot := (row.store_id, row.item_id, row.lot, row.expires_on)) in lots}


def _balance(lot: Lot, quantity: int) -> StockBalance:
    store, item, number, expires_on = lot
    return StockBalance(store_id=store, item_id=item, lot=number, expires_on=expires_on, quantity=quantity)
