"""The places of S City at which the bureau may have a post."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np

from muster.kernel.organisation.rows import SiteRow
from muster.sample.bureau import Bureau
from muster.sample.size import STATIONS

RESIDENTS: Final = 0.35  # of a community's inhabitants, at the most, live in the estate that may be closed


@dataclass(frozen=True, slots=True)
class Kind:
    """Sites of one kind: `count` at full size, capacity from `low` to `high`; `unit` answers, or else a station."""

    kind: str
    prefix: str
    count: int
    zh: str
    en: str
    standing: bool = False
    low: int = 0
    high: int = 0
    unit: str = ""


KINDS: Final = (
    Kind("checkpoint", "CP", 60, "查控点", "Checkpoint"),
    Kind("closed_community", "CC", 480, "小区", "Estate", low=400, high=5_200),
    Kind("quarantine_site", "QS", 90, "集中隔离点", "Quarantine Site", low=60, high=320),
    Kind("hospital", "HO", 42, "医院", "Hospital", True, 120, 1_600),
    Kind("fever_clinic", "FC", 40, "医院发热门诊", "Hospital Fever Clinic", low=8, high=40),
    Kind("sampling_point", "SP", 60, "采样点", "Sampling Point"),
    Kind("detention_centre", "DC", 5, "看守所", "Detention Centre", True, 300, 1_500, "CUSTODY"),
    Kind("supply_corridor", "SC", 12, "物资通道", "Supply Corridor"),
    Kind("window_service", "WS", 60, "办事窗口", "Service Window", True),
    Kind("port_of_entry", "PE", 6, "口岸", "Port of Entry", unit="EXITENTRY"),
    Kind("temporary_hospital", "TH", 3, "方舱医院", "Temporary Hospital", low=400, high=1_600),
    Kind("lodging", "LO", 42, "备勤宾馆", "Duty Lodging", low=40, high=220),
)


def make_sites(bureau: Bureau, seed: int) -> list[SiteRow]:
    """About 900 sites for 120 stations, in proportion for more or fewer, at least one of each kind."""
    chance = np.random.default_rng([seed, 6])
    scale = len(bureau.stations) / STATIONS
    rows: list[SiteRow] = []
    homes: dict[str, list[int]] = {}
    for kind in KINDS:
        count = max(1, round(kind.count * scale))
        homes[kind.kind] = _communities(kind, count, bureau, homes, chance)
        rows += _rows(kind, homes[kind.kind], bureau, chance)
    return rows


def _communities(
    kind: Kind, count: int, bureau: Bureau, before: dict[str, list[int]], chance: np.random.Generator
) -> list[int]:
    """Where the sites stand: by inhabitants, each community once before any has a second."""
    if kind.kind == "fever_clinic":
        return before["hospital"][:count]
    if kind.kind == "window_service":
        return [station.community for station in bureau.stations[:: max(1, len(bureau.stations) // count)]][:count]
    people = bureau.places.population.astype(np.float64)
    chosen: list[int] = []
    while len(chosen) < count:
        round_ = min(count - len(chosen), len(people))
        chosen += chance.choice(len(people), round_, replace=False, p=people / people.sum()).tolist()
    return chosen


def _rows(kind: Kind, communities: list[int], bureau: Bureau, chance: np.random.Generator) -> list[SiteRow]:
    width = max(3, len(str(len(communities))))
    seen: Counter[int] = Counter()
    rows = []
    for number, community in enumerate(communities, start=1):
        seen[community] += 1
        rows.append(_row(kind, f"{kind.prefix}-{number:0{width}d}", community, seen[community], bureau, chance))
    return rows


def _row(kind: Kind, code: str, community: int, nth: int, bureau: Bureau, chance: np.random.Generator) -> SiteRow:
    places = bureau.places
    stem = places.names[community]
    more = (f"第{nth}", f" No. {nth}") if nth > 1 else ("", "")
    lon, lat = places.point_in(community, chance)
    return SiteRow(
        code=code,
        kind=kind.kind,
        name_zh=f"{stem.zh}{more[0]}{kind.zh}",
        name_en=f"{stem.en}{more[1]} {kind.en}",
        area=places.codes[community],
        unit=kind.unit or bureau.station_at(community).code,
        lon=lon,
        lat=lat,
        is_standing=kind.standing,
        capacity=_capacity(kind, int(places.population[community]), chance),
    )


def _capacity(kind: Kind, inhabitants: int, chance: np.random.Generator) -> int | None:
    """Between the kind's bounds, small ones more often; an estate holds a part of its community's people."""
    if not kind.high:
        return None
    drawn = kind.low + round((kind.high - kind.low) * float(chance.power(0.625)))
    return min(drawn, round(inhabitants * RESIDENTS)) if kind.kind == "closed_community" else drawn
