"""What the stock book refers to: items, stores, suppliers and their terms, added and changed many at once."""

from __future__ import annotations

from collections.abc import Sequence

from muster.kernel.commands import Actor, command
from muster.kernel.organisation.codes import keys_of, refuse_taken
from muster.kernel.organisation.models import Unit
from muster.preparedness.logistics.models import Item, Store, Supplier, SupplyTerm
from muster.preparedness.logistics.permits import keeps_the_stock
from muster.preparedness.logistics.rows import ItemRow, StoreRow, SupplierRow, SupplyTermRow


@command("logistics.items_add", policy=keeps_the_stock)
def items_add(*, by: Actor, rows: Sequence[ItemRow]) -> int:
    """Add items; returns how many. Raises CodeTaken."""
    refuse_taken(Item, rows)
    Item.objects.bulk_create(
        Item(
            code=row.code,
            name_zh=row.name_zh,
            name_en=row.name_en,
            unit_of_issue=row.unit_of_issue,
            expires=row.expires,
        )
        for row in rows
    )
    return len(rows)


@command("logistics.stores_add", policy=keeps_the_stock)
def stores_add(*, by: Actor, rows: Sequence[StoreRow]) -> int:
    """Add stores; returns how many. Raises CodeUnknown, CodeTaken."""
    refuse_taken(Store, rows)
    units = keys_of(Unit, [row.unit for row in rows])
    Store.objects.bulk_create(
        Store(
            code=row.code,
            name_zh=row.name_zh,
            name_en=row.name_en,
            unit_id=units[row.unit],
            is_central=row.is_central,
        )
        for row in rows
    )
    return len(rows)


@command("logistics.suppliers_add", policy=keeps_the_stock)
def suppliers_add(*, by: Actor, rows: Sequence[SupplierRow]) -> int:
    """Add suppliers; returns how many. Raises CodeTaken."""
    refuse_taken(Supplier, rows)
    Supplier.objects.bulk_create(Supplier(code=row.code, name_zh=row.name_zh, name_en=row.name_en) for row in rows)
    return len(rows)


@command("logistics.supply_terms_add", policy=keeps_the_stock)
def supply_terms_add(*, by: Actor, rows: Sequence[SupplyTermRow]) -> int:
    """Add or replace what suppliers can deliver; returns how many. Raises CodeUnknown."""
    suppliers = keys_of(Supplier, [row.supplier for row in rows])
    items = keys_of(Item, [row.item for row in rows])
    SupplyTerm.objects.bulk_create(
        [
            SupplyTerm(
                supplier_id=suppliers[row.supplier],
                item_id=items[row.item],
                lead_days=row.lead_days,
                per_day=row.per_day,
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["supplier", "item"],
        update_fields=["lead_days", "per_day"],
    )
    return len(rows)
