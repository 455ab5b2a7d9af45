"""People and stock that were not there, on the last day that was counted at a moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db.models import F, Max

from muster.kernel.organisation.queries import qualification_names
from muster.response.operations.board.shape import PeopleShort, Shortfalls, StockShort
from muster.response.operations.models import DayFigures, Operation, StaffShortfall, StockShortfall

LIMIT: Final = 6


def shortfalls(operation: Operation, at: datetime) -> Shortfalls:
    """The worst shortfalls of the last day that was counted by then; none while nothing was counted."""
    today = at.astimezone(settings.BUREAU_ZONE).date()
    day = DayFigures.objects.filter(operation=operation, day__lte=today).aggregate(day=Max("day"))["day"]
    if day is None:
        return Shortfalls(None, (), 0, (), 0)
    people, people_total = _people(operation, day)
    stock, stock_total = _stock(operation, day)
    return Shortfalls(day, people, people_total, stock, stock_total)


def _people(operation: Operation, day: date) -> tuple[tuple[PeopleShort, ...], int]:
    rows = StaffShortfall.objects.filter(operation=operation, day=day, available__lt=F("needed"))
    worst = rows.select_related("unit").order_by(F("available") - F("needed"), "pk")[:LIMIT]
    names = qualification_names()
    shown = (
        PeopleShort(row.unit.name, names.get(row.qualification, row.qualification), row.needed, row.available)
        for row in worst
    )
    return tuple(shown), rows.count()


def _stock(operation: Operation, day: date) -> tuple[tuple[StockShort, ...], int]:
    rows = StockShortfall.objects.filter(operation=operation, day=day, available__lt=F("needed"))
    worst = rows.select_related("store", "item").order_by(F("available") * 1.0 / F("needed"), "-needed", "pk")[:LIMIT]
    return tuple(_stock_row(row) for row in worst), rows.count()


def _stock_row(row: StockShortfall) -> StockShort:
    days = row.available / row.needed if row.needed else None
    return StockShort(row.store.name, row.item.name, row.needed, row.available, days)
