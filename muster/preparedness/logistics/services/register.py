"""What the stock book refers to: items, stores, suppliers and their terms, added and changed many at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.errors import DomainError
from muster.kernel.organisation.codes import keys_of, refuse_taken
from muster.kernel.organisation.models import Unit
from muster.kernel.organisation.models.named import CODE
from muster.kernel.texts import shown, stated
from muster.preparedness.logistics.importing import in_the_book
from muster.preparedness.logistics.models import Item, Store, Supplier, SupplyTerm
from muster.preparedness.logistics.permits import keeps_the_stock
from muster.preparedness.logistics.rows import ItemRow, StoreRow, SupplierRow, SupplyTermRow
from muster.preparedness.logistics.services.balances import TOPIC
from muster.preparedness.logistics.words import UNITS_OF_ISSUE


class UnitOfIssueInvalid(DomainError):
    """An item counted in a unit that is not known, or in another than the lines of the book are counted in."""


class RegisterInvalid(DomainError):
    """A row of the register of items and stores that cannot be entered."""


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


@command("logistics.items_set", policy=keeps_the_stock)
def items_set(*, by: Actor, rows: Sequence[ItemRow]) -> dict[str, int]:
    """Add items and change those whose code is known, all or none; returns how many of each.

    Raises RegisterInvalid for a code that is none or is given twice, TextUnreadable, UnitOfIssueInvalid.
    """
    _refuse_codes([row.code for row in rows])
    there = {item.code: item for item in Item.objects.select_for_update().filter(code__in=[row.code for row in rows])}
    _refuse_units(rows, there)
    for row in rows:
        item = there.get(row.code) or Item(code=row.code)
        item.name_zh, item.name_en = _names(row)
        item.unit_of_issue, item.expires = row.unit_of_issue, row.expires
        item.save()
    return _told(len(rows), len(there))


@command("logistics.stores_set", policy=keeps_the_stock)
def stores_set(*, by: Actor, rows: Sequence[StoreRow]) -> dict[str, int]:
    """Add stores and change those whose code is known, all or none; returns how many of each.

    A store that becomes the central one takes the place of the one before. Raises RegisterInvalid for a code that is
    none or is given twice, or two central stores; CodeUnknown for the unit; TextUnreadable.
    """
    _refuse_codes([row.code for row in rows])
    if sum(row.is_central for row in rows) > 1:
        raise RegisterInvalid(_("There is one central store."), mend=_("Write no for the others."))
    units = keys_of(Unit, [row.unit for row in rows])
    found = Store.objects.select_for_update().filter(code__in=[row.code for row in rows])
    there = {store.code: store for store in found}
    if central := [row.code for row in rows if row.is_central]:
        Store.objects.filter(is_central=True).exclude(code__in=central).update(is_central=False)
    for row in sorted(rows, key=lambda row: row.is_central):
        store = there.get(row.code) or Store(code=row.code)
        store.name_zh, store.name_en = _names(row)
        store.unit_id, store.is_central = units[row.unit], row.is_central
        store.save()
    return _told(len(rows), len(there))


def _told(rows: int, changed: int) -> dict[str, int]:
    counts = {"added": rows - changed, "changed": changed}
    record(**counts)
    announce(TOPIC)
    return counts


def _names(row: ItemRow | StoreRow) -> tuple[str, str]:
    """Both names as they may be stored; where there is no English one the Chinese one stands for it."""
    zh = stated(row.name_zh, where=_("Chinese name"), longest=120)
    en = stated(row.name_en or row.name_zh, where=_("English name"), longest=160)
    if not zh:
        raise RegisterInvalid(_("A name is missing."), where=row.code, expected=_("a Chinese name"))
    return zh, en


def _refuse_codes(codes: Sequence[str]) -> None:
    for place, code in enumerate(codes):
        if len(code) > 64 or not CODE.regex.match(code):  # type: ignore[union-attr]
            raise RegisterInvalid(
                _("This is not a code."),
                where=shown(code),
                expected=_("at most 64 letters, digits, hyphens, dots and underscores"),
                mend=_("Correct the code."),
            )
        if code in codes[:place]:
            raise RegisterInvalid(_("This code is given more than once."), where=code, expected=_("each code once"))


def _refuse_units(rows: Sequence[ItemRow], there: dict[str, Item]) -> None:
    changed = [row for row in rows if row.code in there and there[row.code].unit_of_issue != row.unit_of_issue]
    kept = in_the_book(row.code for row in changed)
    for row in rows:
        if row.unit_of_issue not in UNITS_OF_ISSUE:
            raise UnitOfIssueInvalid(
                _("This unit of issue is not known."), where=row.code, expected=", ".join(UNITS_OF_ISSUE)
            )
        if row.code in kept and row in changed:
            raise UnitOfIssueInvalid(
                _("The book counts this item in another unit."),
                where=there[row.code].name,
                expected=there[row.code].unit_of_issue,
                mend=_("Add an item of its own for the other unit."),
            )
