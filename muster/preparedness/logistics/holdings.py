"""What the stock pages show: items over all stores, one store lot by lot, the latest lines of the book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Max, Q, Sum

from muster.preparedness.logistics.models import Item, StockEntry, Store
from muster.preparedness.logistics.queries import Key, LotBalance, lot_balances

USE_DAYS: Final = 7  # the days of which the use is averaged
SOON_DAYS: Final = 30
KEPT: Final = timedelta(days=7)  # a book without a line for longer is not kept any more
LINES: Final = 50
FEW_DAYS: Final = 3
FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Holding:
    """An item in one store or in all together, in units of issue.

    `usable` leaves expired lots out, `expiring` are those that expire within 30 days, `per_day` is the average use of
    the last seven days.
    """

    item: Item
    total: int
    usable: int
    expired: int
    expiring: int
    first_expiry: date | None
    per_day: float
    stores: int

    @property
    def days(self) -> int | None:
        """For how many whole days the usable stock lasts at the use of the last week; None when nothing was used."""
        return int(self.usable / self.per_day) if self.per_day > 0 else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the book: codes of store and item, what moved, when and why."""

    store: str
    item: str
    lot: str
    expires_on: date | None
    quantity: int
    at: datetime
    reason: str
    is_transfer: bool


def moment_shown(now: datetime, asked: str = "") -> datetime:
    """The moment as of which stock is shown: the end of the day that was asked for, never later than `now`.

    Without one it is now, or the last line of a book that has not been kept for a week: of such a book every lot
    would seem to have expired.
    """
    if asked:
        try:
            day = date.fromisoformat(asked)
        except ValueError:
            return now
        return then(datetime.combine(day, time.max, settings.BUREAU_ZONE), now)
    last = _last_line(now)
    return last if last is not None and now - last > KEPT else now


def then(asked: datetime, now: datetime) -> datetime:
    """A moment that somebody asks for: no later than now, and no earlier than any book."""
    return min(max(asked, FIRST), now)


def is_kept(now: datetime) -> bool:
    """Was a line written within the last week?"""
    last = _last_line(now)
    return last is not None and now - last <= KEPT


def _last_line(now: datetime) -> datetime | None:
    found: datetime | None = StockEntry.objects.filter(at__lte=now).aggregate(last=Max("at"))["last"]
    return found


def use_per_day(*, as_of: datetime, days: int = USE_DAYS) -> dict[Key, float]:
    """Average issued a day over the last `days`, by (store, item); transfers between stores are no use."""
    since = as_of - timedelta(days=days)
    rows = StockEntry.objects.filter(at__gt=since, at__lte=as_of, quantity__lt=0, transfer__isnull=True).order_by()
    sums = rows.values_list("store__code", "item__code").annotate(total=Sum("quantity"))
    return {(store, item): -total / days for store, item, total in sums}


def holdings(*, as_of: datetime, store: str | None = None) -> list[Holding]:
    """Every item, by code, in one store or in all together; items of which there is nothing too, if all are asked."""
    lots: dict[str, list[LotBalance]] = defaultdict(list)
    for lot in lot_balances(as_of=as_of, store=store):
        lots[lot.item].append(lot)
    use: dict[str, float] = defaultdict(float)
    for (place, item), daily in use_per_day(as_of=as_of).items():
        if store in (None, place):
            use[item] += daily
    today = as_of.astimezone(settings.BUREAU_ZONE).date()
    return [
        _holding(item, lots[item.code], use[item.code], today)
        for item in Item.objects.order_by("code")
        if store is None or lots[item.code] or use[item.code]
    ]


def _holding(item: Item, lots: Sequence[LotBalance], per_day: float, today: date) -> Holding:
    good = [lot for lot in lots if not lot.expired]
    soon = today + timedelta(days=SOON_DAYS)
    return Holding(
        item=item,
        total=sum(lot.quantity for lot in lots),
        usable=sum(lot.quantity for lot in good),
        expired=sum(lot.quantity for lot in lots if lot.expired),
        expiring=sum(lot.quantity for lot in good if lot.expires_on is not None and lot.expires_on <= soon),
        first_expiry=min((lot.expires_on for lot in good if lot.expires_on is not None), default=None),
        per_day=per_day,
        stores=len({lot.store for lot in lots}),
    )


def stores() -> list[Store]:
    """All stores, the central one first."""
    return list(Store.objects.select_related("unit").order_by("-is_central", "code"))


def book(*, as_of: datetime, store: str = "", item: str = "", start: int = 0, limit: int = LINES) -> list[Line]:
    """Lines of the book up to `as_of`, the latest first, `limit` from `start`."""
    condition = Q(at__lte=as_of)
    if store:
        condition &= Q(store__code=store)
    if item:
        condition &= Q(item__code=item)
    rows = StockEntry.objects.filter(condition).order_by("-at", "-pk")
    fields = ("store__code", "item__code", "lot", "expires_on", "quantity", "at", "reason", "transfer")
    found = rows.values_list(*fields)[start : start + limit]
    return [
        Line(store_, item_, lot, until, quantity, at, reason, transfer is not None)
        for store_, item_, lot, until, quantity, at, reason, transfer in found
    ]


def names(rows: Iterable[Item | Store]) -> Mapping[str, str]:
    """Name by code, in the language of the reader."""
    return {row.code: row.name for row in rows}
