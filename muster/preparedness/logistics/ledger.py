"""The stock book recomputed from its first line: whatever does not balance is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Sum

from muster.preparedness.logistics.models import Item, StockBalance, StockEntry, Store

BELOW_ZERO = "below zero"
TRANSFER = "transfer"
BALANCE = "balance"
Lot = tuple[int, int, str, date | None]  # keys of a store and an item, number and day of the lot


@dataclass(frozen=True, slots=True)
class Unbalanced:
    """One thing that does not balance.

    `what` is "below zero" (a lot of a store gave more than it had; `quantity` is its lowest balance), "transfer" (what
    went out is not what came in; `quantity` is the difference), or "balance" (what is kept for a lot is not what its
    lines come to; `quantity` is how much too much is kept). Codes of item and store, units of issue.
    """

    what: str
    item: str
    store: str
    lot: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, and what does not balance."""

    items: int
    entries: int
    transfers: int
    unbalanced: list[Unbalanced] = field(default_factory=list)


def check_book() -> Check:
    """Looks at every line of the book, and whether the balances kept beside it are what its lines come to."""
    lines = StockEntry.objects.all()
    items = set(lines.order_by().values_list("item__code", flat=True).distinct())
    transfers, wrong = _transfers()
    return Check(len(items), lines.count(), transfers, [*_below_zero(lines), *wrong, *_kept_wrongly()])


def sums_of_lines() -> dict[Lot, int]:
    """What each lot comes to by all its lines, those that are used up too."""
    lines = StockEntry.objects.order_by().values_list("store_id", "item_id", "lot", "expires_on")
    return {tuple(lot): total for *lot, total in lines.annotate(total=Sum("quantity"))}


def _kept_wrongly() -> Iterator[Unbalanced]:
    """Balances that are not what the lines come to."""
    right = sums_of_lines()
    rows = StockBalance.objects.values_list("store_id", "item_id", "lot", "expires_on", "quantity")
    kept: dict[Lot, int] = {tuple(lot): quantity for *lot, quantity in rows}  # type: ignore[misc]
    codes = {model: dict(model._default_manager.values_list("pk", "code")) for model in (Store, Item)}
    for lot in sorted(right.keys() | kept.keys(), key=str):
        if too_much := kept.get(lot, 0) - right.get(lot, 0):
            yield Unbalanced(BALANCE, codes[Item][lot[1]], codes[Store][lot[0]], lot[2], too_much)


def _below_zero(lines: Any) -> Iterator[Unbalanced]:
    """Lots whose balance was below zero at any moment; what happens at one moment counts together."""
    ordered = lines.order_by("store_id", "item_id", "lot", "expires_on", "at", "pk")
    fields = ("store__code", "item__code", "lot", "expires_on", "at", "quantity")
    balance, lowest = 0, 0
    here: tuple[str, str, str, date | None] | None = None
    moment = None
    for store, item, lot, expires_on, at, quantity in ordered.values_list(*fields).iterator(chunk_size=10_000):
        if here != (store, item, lot, expires_on):
            yield from _told(here, min(lowest, balance))
            here, moment, balance, lowest = (store, item, lot, expires_on), at, 0, 0
        elif at != moment:
            moment, lowest = at, min(lowest, balance)
        balance += quantity
    yield from _told(here, min(lowest, balance))


def _told(lot: tuple[str, str, str, date | None] | None, lowest: int) -> Iterator[Unbalanced]:
    if lot is not None and lowest < 0:
        yield Unbalanced(BELOW_ZERO, lot[1], lot[0], lot[2], lowest)


def _transfers() -> tuple[int, list[Unbalanced]]:
    """How many transfers there are, and those of which not every lot came in as it went out."""
    sums: dict[UUID, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    rows = StockEntry.objects.filter(transfer__isnull=False).order_by()
    for transfer, item, lot, quantity in rows.values_list("transfer", "item__code", "lot", "quantity").iterator():
        if transfer is not None:
            sums[transfer][item, lot] += quantity
    wrong = [
        Unbalanced(TRANSFER, item, str(transfer), lot, total)
        for transfer, lots in sums.items()
        for (item, lot), total in lots.items()
        if total
    ]
    return len(sums), wrong
