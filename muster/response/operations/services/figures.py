"""What each day of an operation asked for, and what was not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from muster.kernel.commands import Actor, announce, command
from muster.kernel.organisation.codes import keys_of
from muster.kernel.organisation.models import Unit
from muster.response.operations.models import (
    DayFigures,
    LogEntry,
    Operation,
    StaffShortfall,
    StockDay,
    StockShortfall,
)
from muster.response.operations.permits import keeps_the_clock
from muster.response.operations.services.texts import Log


@dataclass(frozen=True, slots=True)
class StaffShort:
    """Officer-shifts of one qualification that one unit, given by code, lacks on one day."""

    unit: str
    qualification: str
    needed: int
    available: int


@dataclass(slots=True)
class StoreDay:
    """One store and item, by code, on one day: closing = opening + delivered + moved - used - expired, in units."""

    store: str
    item: str
    opening: int
    delivered: int = 0
    moved: int = 0
    used: int = 0
    expired: int = 0
    closing: int = 0
    needed: int = 0

    @property
    def is_short(self) -> bool:
        """Less there than needed."""
        return self.used < self.needed

    @property
    def moves(self) -> bool:
        """Anything worth a line."""
        return bool(self.opening or self.delivered or self.moved or self.needed or self.expired)


@dataclass(frozen=True, slots=True)
class DayKept:
    """One day in figures: officer-shifts needed and filled, people there and absent, what is short, the stores' books.

    `counts` are tasks by what became of them on the day; `places` open sites by kind.
    """

    day: date
    new_cases: int | None
    tasks_open: int
    needed: int
    filled: int
    present: int
    absent: int
    counts: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    short: Sequence[StaffShort] = ()
    stores: Sequence[StoreDay] = ()


@command("operations.day_keep", policy=keeps_the_clock)
def day_keep(*, by: Actor, operation: Operation, kept: DayKept) -> DayFigures:
    """Keep the figures of one day, with the shortfalls of people and stock; a day is kept once.

    The book of what stores held is written for exercises and replays alone: a live operation has the stock book.
    """
    figures = DayFigures.objects.create(
        operation=operation,
        day=kept.day,
        level=operation.level,
        new_cases=kept.new_cases,
        tasks_raised=kept.counts.get("raised", 0),
        tasks_done=kept.counts.get("done", 0),
        tasks_late=kept.counts.get("late", 0),
        tasks_open=kept.tasks_open,
        people_needed=kept.needed,
        people_assigned=kept.filled,
        people_present=kept.present,
        people_absent=kept.absent,
        places=dict(kept.places),
    )
    _keep_people(operation, kept)
    _keep_stock(operation, kept)
    _tell(by, operation, kept)
    announce(operation.topic, {"operation": operation.code, "day": kept.day})
    return figures


def _keep_people(operation: Operation, kept: DayKept) -> None:
    units = keys_of(Unit, [row.unit for row in kept.short])
    StaffShortfall.objects.bulk_create(
        StaffShortfall(
            operation=operation,
            day=kept.day,
            unit_id=units[row.unit],
            qualification=row.qualification,
            needed=row.needed,
            available=row.available,
        )
        for row in kept.short
    )


def _keep_stock(operation: Operation, kept: DayKept) -> None:
    stores = keys_of(_other(StockShortfall, "store"), [row.store for row in kept.stores])
    items = keys_of(_other(StockShortfall, "item"), [row.item for row in kept.stores])
    StockShortfall.objects.bulk_create(
        StockShortfall(
            operation=operation,
            day=kept.day,
            store_id=stores[row.store],
            item_id=items[row.item],
            needed=row.needed,
            available=row.used,
        )
        for row in kept.stores
        if row.is_short
    )
    if not operation.is_live:
        StockDay.objects.bulk_create(_book(operation, kept.day, row, stores, items) for row in kept.stores)


def _other(model: type[Model], field: str) -> type[Model]:
    """The model of another area that a key of ours points to."""
    return cast(type[Model], model._meta.get_field(field).related_model)


def _book(
    operation: Operation, day: date, row: StoreDay, stores: Mapping[str, int], items: Mapping[str, int]
) -> StockDay:
    return StockDay(
        operation=operation,
        day=day,
        store_id=stores[row.store],
        item_id=items[row.item],
        opening=row.opening,
        delivered=row.delivered,
        moved=row.moved,
        used=row.used,
        expired=row.expired,
        closing=row.closing,
    )


def _tell(by: Actor, operation: Operation, kept: DayKept) -> None:
    """One line for the day's shortfalls."""
    stock = sum(row.is_short for row in kept.stores)
    if kept.needed == kept.filled and not stock:
        return
    log = Log(operation, by)
    log.add(
        LogEntry.Kind.SHORTFALL,
        _("%(missing)s of %(needed)s officer-shifts were not filled; %(stock)s stores ran short of an item."),
        missing=kept.needed - kept.filled,
        needed=kept.needed,
        stock=stock,
    )
    log.store()
