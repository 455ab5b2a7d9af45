"""Items and stores from a table that a stranger made: what each row would do, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.imports import Change, Entry, Field, Kind, Plan, cells
from muster.kernel.organisation.imports.places import stored
from muster.kernel.organisation.imports.references import directory, resolve
from muster.kernel.organisation.imports.rows import Existing, Sheet, Unreadable, Values
from muster.kernel.organisation.models import Unit
from muster.kernel.tables import Column, RowProblem
from muster.kernel.texts import listed
from muster.preparedness.logistics.models import Item, StockEntry, Store
from muster.preparedness.logistics.rows import ItemRow, StoreRow
from muster.preparedness.logistics.words import UNITS_OF_ISSUE

ITEM: Final = {name: name for name in ("name_zh", "name_en", "unit_of_issue", "expires")}
STORE: Final = {"name_zh": "name_zh", "name_en": "name_en", "unit": "unit__code", "is_central": "is_central"}
CHINESE: Final = {
    "件": "piece",
    "双": "pair",
    "套": "set",
    "毫升": "ml",
    "份": "test",
    "餐": "meal",
    "张": "bed",
    "床": "bed",
}


def unit_of_issue(text: str) -> str:
    """In what an item is counted: its code or its word in either language."""
    words = {str(title).casefold(): code for code, title in UNITS_OF_ISSUE.items()} | CHINESE
    found = text.casefold() if text.casefold() in UNITS_OF_ISSUE else words.get(text.casefold())
    if found is None:
        raise Unreadable(
            _("This word is not known here."), listed(UNITS_OF_ISSUE.values()), _("Use one of these words.")
        )
    return found


def _differs(entry: Entry, before: Values) -> set[str]:
    return {name for name, value in entry.values.items() if value != before.get(name)}


def in_the_book(codes: Iterable[str]) -> set[str]:
    """Codes of the items of which the stock book has lines."""
    lines = StockEntry.objects.filter(item=OuterRef("pk"))
    return set(Item.objects.filter(Exists(lines), code__in=list(codes)).values_list("code", flat=True))


def _recounted(sheet: Sheet, existing: Existing) -> Iterator[RowProblem]:
    """Items with lines in the book keep the unit in which these are counted."""
    changed = [one for one in sheet.entries if "unit_of_issue" in _differs(one, existing.get(one.code, one.values))]
    kept = in_the_book(one.code for one in changed)
    for entry in changed:
        if entry.code in kept:
            yield sheet.problem(entry, "unit_of_issue", *RECOUNTED)


def _centres(sheet: Sheet, existing: Existing) -> Iterator[RowProblem]:
    """There is one central store."""
    central = {code for code, is_it in Store.objects.values_list("code", "is_central") if is_it}
    for entry in sheet.entries:
        if "is_central" in entry.values:
            (central.add if entry.values["is_central"] else central.discard)(entry.code)
    for entry in sheet.entries:
        if len(central) > 1 and entry.values.get("is_central"):
            yield sheet.problem(
                entry,
                "is_central",
                _("There is one central store."),
                _("one central store"),
                _("Write no for the others."),
            )


RECOUNTED: Final = (
    _("The book counts this item in another unit."),
    _("the unit of issue in which its lines are counted"),
    _("Add an item of its own for the other unit."),
)
_CODE: Final = Field(Column("code", required=True, synonyms=("编码", "代码", "物资编码", "仓库编码")), cells.code)
_NAME_ZH: Final = Field(Column("name_zh", synonyms=("名称", "中文名称", "chinese name", "name")), cells.words(120))
_NAME_EN: Final = Field(Column("name_en", synonyms=("英文名称", "english name")), cells.words(160))
_SAYS_UNIT: Final = ("计量单位", "发放单位", "unit of issue")


def _items(codes: Sequence[str]) -> Existing:
    return stored(Item, codes, ITEM)


def _stores(codes: Sequence[str]) -> Existing:
    return stored(Store, codes, STORE)


def _nothing_named(sheet: Sheet) -> Iterator[RowProblem]:
    yield from ()


def _units_named(sheet: Sheet) -> Iterator[RowProblem]:
    yield from resolve(sheet, "unit", directory(Unit))


ITEMS: Final = Kind(
    name="items",
    title=_("Items"),
    fields=(
        _CODE,
        _NAME_ZH,
        _NAME_EN,
        Field(Column("unit_of_issue", synonyms=_SAYS_UNIT), unit_of_issue),
        Field(Column("expires", synonyms=("有有效期", "是否有有效期", "有效期管理")), cells.truth),
    ),
    needed=lambda values: ("name_zh", "unit_of_issue", "expires"),
    existing=_items,
    resolve=_nothing_named,
    check=_recounted,
    differs=_differs,
)
STORES: Final = Kind(
    name="stores",
    title=_("Stores"),
    fields=(
        _CODE,
        _NAME_ZH,
        _NAME_EN,
        Field(Column("unit", synonyms=("单位", "所属单位", "管理单位", "unit code")), cells.reference),
        Field(Column("is_central", synonyms=("总库", "是否总库", "central")), cells.truth),
    ),
    needed=lambda values: ("name_zh", "unit"),
    existing=_stores,
    resolve=_units_named,
    check=_centres,
    differs=_differs,
)
REGISTERS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in (ITEMS, STORES)}
_ROWS: Final[Mapping[str, tuple[type[models.Model], Mapping[str, str], Callable[..., Any]]]] = {
    "items": (Item, ITEM, ItemRow),
    "stores": (Store, STORE, StoreRow),
}


def rows_of(plan: Plan) -> list[dict[str, Any]]:
    """The whole rows that a plan leads to: what is stored with what the file changes; plain values."""
    model, paths, _row = _ROWS[plan.kind]
    before = stored(model, [change.code for change in plan.changes], dict(paths))
    return [_whole(change, before.get(change.code, {})) for change in plan.changes]


def _whole(change: Change, before: Values) -> Values:
    values = {"code": change.code, **before, **change.values}
    return values | {"name_en": values.get("name_en") or values["name_zh"]}


def read_rows(kind: str, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Rows for the service, from what `rows_of` made."""
    return [_ROWS[kind][2](**row) for row in rows]
