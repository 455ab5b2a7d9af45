"""A central store and a store of one sub-bureau, with two items."""

from __future__ import annotations

import pytest

from muster.preparedness.logistics import services
from muster.preparedness.logistics.rows import ItemRow, StoreRow, SupplierRow
from tests.kernel.organisation import town
from tests.preparedness.logistics.stock import storekeeper


@pytest.fixture
def stores(db: None) -> None:
    town.build()
    services.items_add(
        by=storekeeper(),
        rows=[
            ItemRow("kn95", "口罩", "KN95 mask"),
            ItemRow("goggles", "护目镜", "Goggles", expires=False),
        ],
    )
    services.stores_add(
        by=storekeeper(),
        rows=[
            StoreRow("STORE-CENTRAL", "总库", "Central store", "PSB", is_central=True),
            StoreRow("STORE-NORTH", "北库", "North store", "SB-NORTH"),
        ],
    )
    services.suppliers_add(by=storekeeper(), rows=[SupplierRow("S1", "甲厂", "Maker A")])
