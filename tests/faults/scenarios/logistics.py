"""The stock and what it refers to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from muster.preparedness.logistics import services as logistics
from muster.preparedness.logistics.models import StockBalance
from muster.preparedness.logistics.rows import Delivery, Issue, ItemRow, StoreRow, SupplierRow, SupplyTermRow, Transfer
from tests.faults.crash import Arguments, scenario
from tests.kernel.organisation import town
from tests.preparedness.logistics.stock import storekeeper


def delivery(lot: str, days: int = 400) -> Delivery:
    return Delivery("STORE-CENTRAL", "kn95", 50, lot, expires_on=(town.NOON + timedelta(days=days)).date())


def in_stock(**arguments: Any) -> Arguments:
    """Two stores, one of which holds two lots of masks; its keeper's."""
    town.build()
    logistics.items_add(by=storekeeper(), rows=[ItemRow("kn95", "口罩", "KN95 mask")])
    stores = [
        StoreRow("STORE-CENTRAL", "总库", "Central store", "PSB", is_central=True),
        StoreRow("STORE-NORTH", "北库", "North store", "SB-NORTH"),
    ]
    logistics.stores_add(by=storekeeper(), rows=stores)
    logistics.suppliers_add(by=storekeeper(), rows=[SupplierRow("S1", "甲厂", "Maker A")])
    logistics.stock_receive(by=storekeeper(), rows=[delivery("L1"), delivery("L2")])
    return {"by": storekeeper(), **arguments}


@scenario(logistics.items_add)
def an_item_is_added() -> Arguments:
    return in_stock(rows=[ItemRow("goggles", "护目镜", "Goggles", expires=False)])


@scenario(logistics.stores_add)
def a_store_is_added() -> Arguments:
    return in_stock(rows=[StoreRow("STORE-SOUTH", "南库", "South store", "SB-SOUTH")])


@scenario(logistics.items_set)
def an_item_is_added_and_another_renamed() -> Arguments:
    return in_stock(rows=[ItemRow("kn95", "防护口罩", "Respirator"), ItemRow("tape", "警戒带", "Tape", expires=False)])


@scenario(logistics.stores_set)
def the_central_store_moves() -> Arguments:
    rows = [StoreRow("STORE-NORTH", "北库", "North store", "SB-NORTH", is_central=True)]
    return in_stock(rows=[*rows, StoreRow("STORE-SOUTH", "南库", "South store", "SB-SOUTH")])


@scenario(logistics.suppliers_add)
def a_supplier_is_added() -> Arguments:
    return in_stock(rows=[SupplierRow("S2", "乙厂", "Maker B")])


@scenario(logistics.supply_terms_add)
def a_supplier_can_deliver_more() -> Arguments:
    arguments = in_stock(rows=[SupplyTermRow("S1", "kn95", lead_days=2, per_day=500)])
    logistics.supply_terms_add(by=storekeeper(), rows=[SupplyTermRow("S1", "kn95", lead_days=3, per_day=100)])
    return arguments


@scenario(logistics.balances_restate)
def balances_are_counted_anew() -> Arguments:
    arguments = in_stock()
    StockBalance.objects.filter(lot="L1").update(quantity=7)
    return arguments


@scenario(logistics.stock_receive)
def a_delivery_is_received() -> Arguments:
    return in_stock(rows=[delivery("L3", days=300)])


@scenario(logistics.stock_issue)
def masks_are_issued_from_two_lots() -> Arguments:
    return in_stock(rows=[Issue("STORE-CENTRAL", "kn95", 80)])


@scenario(logistics.stock_transfer)
def masks_go_to_another_store() -> Arguments:
    return in_stock(rows=[Transfer("STORE-CENTRAL", "STORE-NORTH", "kn95", 60)])
