"""The three movements of the stock book, each a command: lines are added, and balances kept with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from muster.kernel.commands import Actor, announce, command
from muster.kernel.errors import DomainError
from muster.kernel.organisation.codes import keys_of
from muster.kernel.texts import shown, stated
from muster.preparedness.logistics.models import Item, StockEntry, Store
from muster.preparedness.logistics.permits import keeps_the_stock
from muster.preparedness.logistics.rows import Delivery, Issue, Transfer
from muster.preparedness.logistics.services.balances import TOPIC, balances_move
from muster.preparedness.logistics.stock_book import Lot, Place, free_lots, take

MOST: Final = 100_000_000  # of one movement, in units of issue


class StockMissing(DomainError):
    """A store does not hold what is to be taken from it."""


class QuantityInvalid(DomainError):
    """A quantity that is not a whole number above zero."""


class TransferInvalid(DomainError):
    """A transfer that leads nowhere."""


class LotExpiryMissing(DomainError):
    """An item that expires comes in without the day on which it does."""


@command("logistics.stock_receive", policy=keeps_the_stock)
def stock_receive(*, by: Actor, rows: Sequence[Delivery]) -> int:
    """Enter what came in, many rows at once; returns how many lines.

    Raises CodeUnknown, QuantityInvalid, TextUnreadable, and LotExpiryMissing for an item that expires and has no day.
    """
    _refuse_quantities((row.store, row.item, row.quantity) for row in rows)
    stores = _locked(row.store for row in rows)
    items = keys_of(Item, [row.item for row in rows])
    _refuse_missing_expiry(rows)
    lines = [
        StockEntry(
            store_id=stores[row.store],
            item_id=items[row.item],
            lot=stated(row.lot, where=_("Lot"), longest=40),
            expires_on=row.expires_on,
            quantity=row.quantity,
            at=row.at or by.now,
            reason=row.reason,
        )
        for row in rows
    ]
    return _write(lines, stores)


@command("logistics.stock_issue", policy=keeps_the_stock)
def stock_issue(*, by: Actor, rows: Sequence[Issue], at: datetime | None = None) -> int:
    """Enter what went out at `at` (now if empty), first the lots that expire first; returns how many lines.

    Nothing is entered when any row asks for more than its store has unexpired. Raises CodeUnknown,
    QuantityInvalid, StockMissing (store, item, how much there is).
    """
    moment = at or by.now
    _refuse_quantities((row.store, row.item, row.quantity) for row in rows)
    stores = _locked(row.store for row in rows)
    items = keys_of(Item, [row.item for row in rows])
    taken = _take_all([((stores[row.store], items[row.item]), row) for row in rows], moment)
    lines = [_line(place, lot, -lot.free, moment, row.reason) for place, row, lot in taken]
    return _write(lines, stores)


@command("logistics.stock_transfer", policy=keeps_the_stock)
def stock_transfer(*, by: Actor, rows: Sequence[Transfer], at: datetime | None = None) -> int:
    """Move stock between stores at `at` (now if empty); each lot keeps its number and day; returns how many lines.

    Raises CodeUnknown, QuantityInvalid, StockMissing, TransferInvalid (from a store to itself).
    """
    moment = at or by.now
    _refuse_standing_still(rows)
    _refuse_quantities((row.source, row.item, row.quantity) for row in rows)
    stores = _locked(code for row in rows for code in (row.source, row.target))
    items = keys_of(Item, [row.item for row in rows])
    asked = [Issue(row.source, row.item, row.quantity, row.reason) for row in rows]
    targets = {id(issue): stores[row.target] for issue, row in zip(asked, rows, strict=True)}
    numbers = {id(issue): uuid5(by.command_id, str(number)) for number, issue in enumerate(asked)}
    lines: list[StockEntry] = []
    for place, issue, lot in _take_all([((stores[row.store], items[row.item]), row) for row in asked], moment):
        number = numbers[id(issue)]
        lines.append(_line(place, lot, -lot.free, moment, issue.reason, number))
        lines.append(_line((targets[id(issue)], place[1]), lot, lot.free, moment, issue.reason, number))
    return _write(lines, stores)


def _locked(codes: Iterable[str]) -> dict[str, int]:
    """Keys of stores, held until the transaction ends, always in one order: two movements wait for each other."""
    stores = keys_of(Store, codes)
    list(Store.objects.select_for_update().filter(pk__in=stores.values()).order_by("pk").values_list("pk"))
    return stores


def _take_all(asked: Sequence[tuple[Place, Issue]], moment: datetime) -> list[tuple[Place, Issue, Lot]]:
    """What each row takes from which lot; rows of one file share what a store has. Raises StockMissing."""
    free = free_lots([place for place, _row in asked], moment, bureau_day(moment))
    taken: list[tuple[Place, Issue, Lot]] = []
    for place, row in asked:
        lots = free.get(place, [])
        if (there := sum(lot.free for lot in lots)) < row.quantity:
            raise _stock_missing(row, there)
        parts = list(take(lots, row.quantity))
        taken.extend((place, row, part) for part in parts)
        free[place] = _left(lots, parts)
    return taken


def _left(lots: Sequence[Lot], taken: Sequence[Lot]) -> list[Lot]:
    gone: dict[tuple[str, date | None], int] = defaultdict(int)
    for part in taken:
        gone[part.lot, part.expires_on] += part.free
    left = (Lot(lot.lot, lot.expires_on, lot.free - gone[lot.lot, lot.expires_on]) for lot in lots)
    return [lot for lot in left if lot.free > 0]


def bureau_day(moment: datetime) -> date:
    """The day of `moment` in the bureau's zone."""
    return moment.astimezone(settings.BUREAU_ZONE).date()


def _line(place: Place, lot: Lot, quantity: int, at: datetime, reason: str, transfer: UUID | None = None) -> StockEntry:
    return StockEntry(
        store_id=place[0],
        item_id=place[1],
        lot=lot.lot,
        expires_on=lot.expires_on,
        quantity=quantity,
        at=at,
        reason=reason,
        transfer=transfer,
    )


def _write(lines: Sequence[StockEntry], stores: Iterable[str]) -> int:
    """Enters the lines, each with its reason as it may be stored, and tells who follows the stock."""
    for line in lines:
        line.reason = stated(line.reason, where=_("Reason"), longest=200)
    StockEntry.objects.bulk_create(lines, batch_size=500)
    balances_move(lines)
    announce(TOPIC, {"stores": sorted(stores)})
    return len(lines)


def _refuse_quantities(rows: Iterable[tuple[str, str, int]]) -> None:
    for store, item, quantity in rows:
        if type(quantity) is not int or not 0 < quantity <= MOST:
            raise QuantityInvalid(
                what=_("This quantity cannot be entered."),
                where=f"{_place(store, item)}: {shown(str(quantity))}",
                expected=format_lazy(_("a whole number from 1 to {most}, in units of issue"), most=f"{MOST:,}"),
                mend=_("Correct the quantity; what went out wrongly is put right by a line of its own."),
            )


def _refuse_standing_still(rows: Sequence[Transfer]) -> None:
    if still := next((row for row in rows if row.source == row.target), None):
        raise TransferInvalid(
            what=_("This transfer leads nowhere."),
            where=_place(still.source, still.item),
            expected=_("two different stores"),
            mend=_("Choose another store to move it to."),
        )


def _refuse_missing_expiry(rows: Sequence[Delivery]) -> None:
    expiring = set(
        Item.objects.filter(expires=True, code__in={row.item for row in rows}).values_list("code", flat=True)
    )
    for row in rows:
        if row.item in expiring and row.expires_on is None:
            raise LotExpiryMissing(
                what=_("This lot has no expiry day."),
                where=f"{_place(row.store, row.item)} {shown(row.lot)}".rstrip(),
                expected=_("the day until which the lot may be used"),
                mend=_("Enter the day printed on the box."),
            )


def _stock_missing(row: Issue, there: int) -> StockMissing:
    return StockMissing(
        what=_("The store does not hold that much."),
        where=_place(row.store, row.item),
        expected=_("at most %(there)s; %(asked)s were asked for") % {"there": there, "asked": row.quantity},
        mend=_("Take less, or receive or transfer stock first."),
    )


def _place(store: str, item: str) -> str:
    """Which store and which item, as people call them; what nobody knows by its code."""
    found = [model.objects.filter(code=code).first() for model, code in ((Store, store), (Item, item))]
    return " · ".join(row.name if row else shown(code) for row, code in zip(found, (store, item), strict=True))
