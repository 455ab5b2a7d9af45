"""What a service of the stock is given: plain values that name other rows by code; all quantities in units of issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item; `unit_of_issue` is a piece, pair, ml, test, meal or bed."""

    code: str
    name_zh: str
    name_en: str
    unit_of_issue: str = "piece"
    expires: bool = True


@dataclass(frozen=True, slots=True)
class StoreRow:
    """A store of `unit`, given by code."""

    code: str
    name_zh: str
    name_en: str
    unit: str
    is_central: bool = False


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """Somebody who delivers."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class SupplyTermRow:
    """`supplier` delivers at most `per_day` of `item`, `lead_days` whole days after it is ordered."""

    supplier: str
    item: str
    lead_days: int
    per_day: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """Stock that comes in: one lot of an item at a store; `at` is empty for the moment of the command."""

    store: str
    item: str
    quantity: int
    lot: str = ""
    expires_on: date | None = None
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """Stock that goes out of a store; lots go in the order in which they expire."""

    store: str
    item: str
    quantity: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Stock that goes from one store to another, lot by lot."""

    source: str
    target: str
    item: str
    quantity: int
    reason: str = ""
