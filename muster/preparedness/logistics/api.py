"""The stock over HTTP: balances, lots, the check of the book, and the three movements."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from muster.kernel.access.actors import actor_behind
from muster.kernel.commands.http import receipt_response
from muster.preparedness.logistics import holdings, queries, services
from muster.preparedness.logistics.ledger import check_book
from muster.preparedness.logistics.models import Item, Store
from muster.preparedness.logistics.rows import Delivery, Issue, ItemRow, StoreRow, Transfer

router = Router()


class HoldingOut(Schema):
    """An item in a store, or in all together if `store` is empty; quantities in units of issue."""

    store: str
    item: str
    unit_of_issue: str
    total: int
    usable: int
    expired: int
    expiring: int
    first_expiry: date | None
    per_day: float
    days: int | None


class LotOut(Schema):
    """A lot in a store."""

    store: str
    item: str
    lot: str
    expires_on: date | None
    quantity: int
    expired: bool


class CheckOut(Schema):
    """The book recomputed; `unbalanced` is empty when all is well."""

    items: int
    entries: int
    transfers: int
    unbalanced: list[dict[str, Any]]


class ItemOut(Schema):
    """An item; `unit_of_issue` stays once the book has lines of it."""

    code: str
    name_zh: str
    name_en: str = ""
    unit_of_issue: str = "piece"
    expires: bool = True


class StoreOut(Schema):
    """A store of a unit, given by code."""

    code: str
    name_zh: str
    name_en: str = ""
    unit: str
    is_central: bool = False


class DeliveryIn(Schema):
    """What came in; `at` is left out for now."""

    store: str
    item: str
    quantity: int
    lot: str = ""
    expires_on: date | None = None
    at: datetime | None = None
    reason: str = ""


class IssueIn(Schema):
    """What goes out."""

    store: str
    item: str
    quantity: int
    reason: str = ""


class TransferIn(Schema):
    """What moves."""

    source: str
    target: str
    item: str
    quantity: int
    reason: str = ""


@router.get("/stock", url_name="logistics_stock", response=list[HoldingOut])
def stock(request: HttpRequest, store: str = "", as_of: datetime | None = None) -> list[dict[str, Any]]:
    """Items with balance, expiry and days of supply, of one store or of all together, now or at a past moment."""
    moment = _moment(request, as_of)
    names = ("total", "usable", "expired", "expiring", "first_expiry", "per_day", "days")
    return [
        {
            "store": store,
            "item": one.item.code,
            "unit_of_issue": one.item.unit_of_issue,
            **{name: getattr(one, name) for name in names},
        }
        for one in holdings.holdings(as_of=moment, store=store or None)
    ]


@router.get("/lots", url_name="logistics_lots", response=list[LotOut])
def lots(
    request: HttpRequest, store: str | None = None, item: str | None = None, as_of: datetime | None = None
) -> list[queries.LotBalance]:
    """Every lot that is not used up."""
    return queries.lot_balances(as_of=_moment(request, as_of), store=store, item=item)


@router.get("/check", url_name="logistics_check", response=CheckOut)
def check(request: HttpRequest) -> dict[str, Any]:
    """The book recomputed from its first line, as `muster ledger check`."""
    return asdict(check_book())


@router.get("/items", url_name="logistics_items", response=list[ItemOut])
def items(request: HttpRequest) -> list[dict[str, Any]]:
    """Every item."""
    return list(Item.objects.order_by("code").values(*ItemOut.model_fields))


@router.post("/items", url_name="logistics_items")
def items_set(request: HttpRequest, rows: list[ItemOut]) -> HttpResponse:
    """Add items and change those whose code is known, all or none; the answer is the receipt."""
    given = [ItemRow(**row.dict()) for row in rows]
    return receipt_response(services.items_set.receive(by=actor_behind(request), rows=given))


@router.get("/stores", url_name="logistics_stores", response=list[StoreOut])
def stores(request: HttpRequest) -> list[dict[str, Any]]:
    """Every store."""
    rows = Store.objects.order_by("code").values_list("code", "name_zh", "name_en", "unit__code", "is_central")
    return [dict(zip(StoreOut.model_fields, row, strict=True)) for row in rows]


@router.post("/stores", url_name="logistics_stores")
def stores_set(request: HttpRequest, rows: list[StoreOut]) -> HttpResponse:
    """Add stores and change those whose code is known, all or none; the answer is the receipt."""
    given = [StoreRow(**row.dict()) for row in rows]
    return receipt_response(services.stores_set.receive(by=actor_behind(request), rows=given))


@router.post("/receipts", url_name="logistics_receive")
def receive(request: HttpRequest, rows: list[DeliveryIn]) -> HttpResponse:
    """Enter what came in; the answer is the receipt."""
    given = [Delivery(**row.dict()) for row in rows]
    return receipt_response(services.stock_receive.receive(by=actor_behind(request), rows=given))


@router.post("/issues", url_name="logistics_issue")
def issue(request: HttpRequest, rows: list[IssueIn]) -> HttpResponse:
    """Enter what goes out, all rows or none; the answer is the receipt."""
    given = [Issue(**row.dict()) for row in rows]
    return receipt_response(services.stock_issue.receive(by=actor_behind(request), rows=given))


@router.post("/transfers", url_name="logistics_transfer")
def transfer(request: HttpRequest, rows: list[TransferIn]) -> HttpResponse:
    """Move stock between stores, all rows or none; the answer is the receipt."""
    given = [Transfer(**row.dict()) for row in rows]
    return receipt_response(services.stock_transfer.receive(by=actor_behind(request), rows=given))


def _moment(request: HttpRequest, as_of: datetime | None) -> datetime:
    """The moment asked for; the future and a moment without a zone are now."""
    now = actor_behind(request).now
    return holdings.then(as_of, now) if as_of is not None and as_of.tzinfo is not None else now
