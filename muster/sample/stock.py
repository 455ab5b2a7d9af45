"""What S City's stores hold, and who delivers.

A central store and one in each sub-bureau. Lots come in three ages, so that the first to expire is not the last that
came. Respirators and coveralls are scarce: S City bought for five days of the highest level, not for fourteen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np

from muster.preparedness.logistics.rows import Delivery, ItemRow, StoreRow, SupplierRow, SupplyTermRow
from muster.sample.bureau import Bureau, sub_bureau_code
from muster.sample.outline import DISTRICTS
from muster.sample.shares import shares

CENTRAL: Final = "STORE-CENTRAL"
ITEM_ROWS: Final = (
    ItemRow("surgical_mask", "医用外科口罩", "Surgical mask"),
    ItemRow("kn95", "医用防护口罩（KN95）", "Medical respirator (KN95)"),
    ItemRow("gloves_pair", "医用手套", "Examination gloves", "pair"),
    ItemRow("coverall", "医用防护服", "Medical coverall"),
    ItemRow("goggles", "护目镜", "Goggles", expires=False),
    ItemRow("boot_cover_pair", "防护鞋套", "Boot covers", "pair"),
    ItemRow("disinfectant_ml", "消毒液", "Disinfectant", "ml"),
    ItemRow("rapid_test", "快速检测试剂", "Rapid test", "test"),
    ItemRow("meal", "餐食", "Meal", "meal", expires=False),
    ItemRow("bed", "床位", "Bed", "bed", expires=False),
)
SUPPLIER_ROWS: Final = (
    SupplierRow("SUP-ANKANG", "安康医疗用品厂（虚构）", "Ankang Medical Supplies (fictional)"),
    SupplierRow("SUP-QINGHE", "清荷防护用品厂（虚构）", "Qinghe Protective Wear (fictional)"),
    SupplierRow("SUP-LIANSHENG", "联晟配餐公司（虚构）", "Liansheng Catering (fictional)"),
    SupplierRow("SUP-RESERVE", "市级应急物资储备库", "Municipal emergency reserve"),
)
# supplier, item, lead days, per day for each thousand officers
TERMS: Final = (
    ("SUP-ANKANG", "surgical_mask", 3, 2_500), ("SUP-ANKANG", "gloves_pair", 4, 1_800),
    ("SUP-ANKANG", "disinfectant_ml", 2, 90_000), ("SUP-ANKANG", "rapid_test", 10, 150),
    ("SUP-QINGHE", "kn95", 12, 500), ("SUP-QINGHE", "coverall", 14, 60), ("SUP-QINGHE", "goggles", 9, 60),
    ("SUP-QINGHE", "boot_cover_pair", 9, 120), ("SUP-LIANSHENG", "meal", 1, 2_500),
    ("SUP-RESERVE", "kn95", 9, 250), ("SUP-RESERVE", "coverall", 9, 30), ("SUP-RESERVE", "bed", 2, 120),
)  # fmt: skip
# per officer of the bureau: held in all sub-bureaus together, and in the central store
PER_OFFICER: Final[Mapping[str, tuple[float, float]]] = {
    "surgical_mask": (20.0, 10.0),
    "kn95": (2.8, 0.4),
    "gloves_pair": (13.0, 7.5),
    "coverall": (0.5, 0.3),
    "goggles": (0.8, 0.4),
    "boot_cover_pair": (1.1, 0.65),
    "disinfectant_ml": (900.0, 500.0),
    "rapid_test": (0.2, 2.2),
    "meal": (3.0, 12.0),
    "bed": (0.15, 0.05),
}
LOTS: Final = ((0.25, 95), (0.45, 330), (0.30, 760))  # share of the stock, days from RECEIVED until it expires
RECEIVED: Final = datetime(2019, 11, 4, 1, 0, tzinfo=UTC)
UNEVEN: Final = 0.12  # how unevenly the sub-bureaus bought
BOUGHT_LATE: Final[Mapping[tuple[str, str], float]] = {  # what two of them have of their share
    ("SB-JIANGBEI", "kn95"): 0.54,
    ("SB-XINQU", "kn95"): 0.54,
}


def store_rows() -> list[StoreRow]:
    """The central store and one in each sub-bureau."""
    rows = [StoreRow(CENTRAL, "市局中心仓库", "Central store", "LOGISTICS", is_central=True)]
    for number, (_, zh, en, *_rest) in enumerate(DISTRICTS):
        code = sub_bureau_code(number)
        rows.append(StoreRow(f"STORE-{code}", f"{zh}分局仓库", f"{en.removesuffix(' District')} store", code))
    return rows


def term_rows(officers: int) -> list[SupplyTermRow]:
    """What suppliers can deliver, in proportion to the bureau."""
    return [
        SupplyTermRow(supplier, item, lead, max(1, round(per_day * officers / 1000)))
        for supplier, item, lead, per_day in TERMS
    ]


def deliveries(bureau: Bureau, seed: int) -> list[Delivery]:
    """The stock as it came in on RECEIVED, lot by lot."""
    chance = np.random.default_rng([seed, 7])
    officers = sum(bureau.officers.values())
    strength = _strength(bureau)
    expires = {row.code: row.expires for row in ITEM_ROWS}
    rows: list[Delivery] = []
    for item, (outside, central) in PER_OFFICER.items():
        late = [BOUGHT_LATE.get((sub_bureau_code(number), item), 1.0) for number in range(len(strength))]
        uneven = np.array(strength) * np.array(late) * np.exp(chance.normal(0.0, UNEVEN, len(strength)))
        parts = [round(central * officers), *shares(round(outside * officers), uneven)]
        for store, quantity in zip(store_rows(), parts, strict=True):
            rows += _lots(store.code, item, quantity, expires[item])
    return rows


def _strength(bureau: Bureau) -> Sequence[float]:
    """Officers of each sub-bureau with its stations."""
    below = {sub_bureau_code(number): 0.0 for number in range(len(DISTRICTS))}
    for code in below:
        below[code] += bureau.officers[code]
    for station in bureau.stations:
        below[station.sub_bureau] += bureau.officers[station.code]
    return list(below.values())


def lot(item: str, number: int) -> str:
    """The number of a lot of an item, such as KN95-1911-2."""
    return f"{item.split('_')[0].upper()}-{RECEIVED:%y%m}-{number}"


def _lots(store: str, item: str, quantity: int, expires: bool) -> list[Delivery]:
    reason = "初始库存 / opening stock"
    if not expires:
        return [Delivery(store, item, quantity, at=RECEIVED, reason=reason)] if quantity else []
    parts = shares(quantity, [share for share, _days in LOTS])
    first: date = RECEIVED.date()
    return [
        Delivery(store, item, part, lot(item, number), first + timedelta(days), RECEIVED, reason)
        for number, (part, (_share, days)) in enumerate(zip(parts, LOTS, strict=True), start=1)
        if part
    ]
