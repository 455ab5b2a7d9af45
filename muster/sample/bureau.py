"""The units of S City's bureau, and how its people are spread over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from muster.kernel.organisation.rows import UnitRow
from muster.sample.outline import DISTRICTS
from muster.sample.places import CITY, Places
from muster.sample.shares import shares
from muster.sample.size import Size

BUREAU: Final = "PSB"
COHORTS: Final = ("A", "B")
LEAST: Final = 6  # people in an office: it may have to fill two command roles with two deputies each
LEAST_IN_FIELD: Final = 3  # a chief and two deputies


@dataclass(frozen=True, slots=True)
class Office:
    """A detachment or office under the bureau, with its share of all officers and of all auxiliaries, in per mille."""

    code: str
    kind: str
    zh: str
    en: str
    officers: float
    auxiliaries: float = 0.0


OFFICES: Final = (
    Office("CMD", "office", "指挥中心", "Command Centre", 36, 60),
    Office("ORDER", "special", "治安管理支队", "Public Order Detachment", 22, 8),
    Office("TRAFFIC", "special", "交通警察支队", "Traffic Police Detachment", 74, 124),
    Office("SWAT", "special", "特警支队", "Special Police Detachment", 40, 20),
    Office("CRIMINAL", "special", "刑事侦查支队", "Criminal Investigation Detachment", 42, 6),
    Office("ECON", "special", "经济犯罪侦查支队", "Economic Crime Detachment", 12),
    Office("FOODDRUG", "special", "食品药品环境犯罪侦查支队", "Food, Drug and Environment Crime Detachment", 10),
    Office("CYBER", "special", "网络安全保卫支队", "Cyber-security Detachment", 15, 4),
    Office("EXITENTRY", "special", "出入境管理支队", "Exit-Entry Administration", 34, 30),
    Office("CUSTODY", "special", "监所管理支队", "Detention Management Detachment", 66, 60),
    Office("LEGAL", "office", "法制支队", "Legal Affairs Detachment", 7),
    Office("LOGISTICS", "office", "警务保障处", "Police Logistics Office", 12, 16),
    Office("POLITICAL", "office", "政治部", "Political Department", 9),
    Office("INSPECTION", "office", "警务督察支队", "Police Inspection Detachment", 7),
    Office("INFO", "office", "科技信息化支队", "Science and Information Detachment", 14, 8),
    Office("GENERAL", "office", "办公室", "General Office", 7, 3),
    Office("MEDICAL", "office", "警务医疗保健中心", "Police Medical Centre", 6, 4),
    Office("TRAINING", "special", "警务训练支队", "Police Training Detachment", 9),
)
LEADERS: Final = 2  # per mille of officers in the bureau itself
SUB_BUREAUS: Final = (110, 60)  # per mille of officers, of auxiliaries; the stations have the rest


@dataclass(frozen=True)
class Station:
    """A police station, in the community where it stands."""

    code: str
    name_zh: str
    name_en: str
    sub_bureau: str
    community: int


@dataclass(frozen=True)
class Bureau:
    """Units, and for each the number of its officers and auxiliaries."""

    places: Places
    stations: Sequence[Station]
    station_of_community: Sequence[int]  # number in `stations`
    officers: Mapping[str, int]
    auxiliaries: Mapping[str, int]

    @cached_property
    def rows(self) -> list[UnitRow]:
        """Every unit, the bureau first."""
        offices = [UnitRow(office.code, office.kind, office.zh, office.en, BUREAU, CITY) for office in OFFICES]
        return [
            UnitRow(BUREAU, "bureau", "S市公安局", "S City Public Security Bureau", area=CITY),
            *offices,
            *(sub_bureau_row(number, self.places.district_code(number)) for number in range(len(DISTRICTS))),
            *(
                UnitRow(
                    station.code,
                    "station",
                    station.name_zh,
                    station.name_en,
                    station.sub_bureau,
                    self.places.codes[station.community],
                    COHORTS[number % len(COHORTS)],
                )
                for number, station in enumerate(self.stations)
            ),
        ]

    def station_at(self, community: int) -> Station:
        """The station that answers for a community."""
        return self.stations[self.station_of_community[community]]


def sub_bureau_code(district: int) -> str:
    return f"SB-{DISTRICTS[district][0].upper()}"


def sub_bureau_row(district: int, area: str) -> UnitRow:
    """The sub-bureau of a district."""
    _, zh, en, *_ = DISTRICTS[district]
    name = en.removesuffix(" District")
    return UnitRow(sub_bureau_code(district), "sub_bureau", f"{zh}公安分局", f"{name} Sub-bureau", BUREAU, area)


def make_bureau(size: Size, places: Places) -> Bureau:
    """The same units for the same size and places."""
    stations = [
        station
        for district, count in enumerate(shares(size.stations, [d[5] for d in DISTRICTS], least=1))
        for station in stations_of(district, count, places)
    ]
    return Bureau(
        places,
        stations,
        nearest_station(stations, places),
        spread(size.officers, 0, stations, places),
        spread(size.auxiliaries, 1, stations, places),
    )


def stations_of(district: int, count: int, places: Places) -> list[Station]:
    """`count` stations of a district, spread by its inhabitants from one subdistrict to the next."""
    own = np.flatnonzero(places.terrain.district == district)
    own = own[np.argsort(places.terrain.subdistrict[own], kind="stable")]
    people = np.cumsum(places.population[own])
    homes = own[np.searchsorted(people, (np.arange(count) + 0.5) / count * people[-1])].tolist()
    return [_station(district, number, home, homes[:number].count(home), places) for number, home in enumerate(homes)]


def _station(district: int, number: int, home: int, before: int, places: Places) -> Station:
    stem = places.names[home]
    more_zh, more_en = (f"第{before + 1}", f" No. {before + 1}") if before else ("", "")
    return Station(
        code=f"ST-{DISTRICTS[district][0].upper()}-{number + 1:02d}",
        name_zh=f"{stem.zh}{more_zh}派出所",
        name_en=f"{stem.en}{more_en} Police Station",
        sub_bureau=sub_bureau_code(district),
        community=home,
    )


def nearest_station(stations: Sequence[Station], places: Places) -> list[int]:
    """For each community the nearest station of its own district."""
    seeds, district = places.terrain.seeds, places.terrain.district
    homes = np.array([station.community for station in stations])
    far = np.linalg.norm(seeds[:, None] - seeds[homes][None], axis=2)
    far[district[:, None] != district[homes][None]] = np.inf
    nearest: list[int] = np.argmin(far, axis=1).tolist()
    return nearest


def spread(total: int, kind: int, stations: Sequence[Station], places: Places) -> dict[str, int]:
    """People of each unit: `kind` 0 officers, 1 auxiliaries. Stations get the rest by the people they answer for."""
    codes = [BUREAU, *(office.code for office in OFFICES), *(sub_bureau_code(d) for d in range(len(DISTRICTS)))]
    per_mille = [LEADERS * (1 - kind), *((o.officers, o.auxiliaries)[kind] for o in OFFICES)]
    inhabitants = [d[5] for d in DISTRICTS]
    per_mille += [SUB_BUREAUS[kind] * people / sum(inhabitants) for people in inhabitants]
    least = [max(round(total * share / 1000), (LEAST, 0)[kind]) for share in per_mille]
    rest = shares(total - sum(least), stations_load(stations, places), least=(LEAST_IN_FIELD, 0)[kind])
    return {**dict(zip(codes, least, strict=True)), **{s.code: n for s, n in zip(stations, rest, strict=True)}}


def stations_load(stations: Sequence[Station], places: Places) -> list[float]:
    """Inhabitants that each station answers for, drawn half-way to the mean: no station is left with a handful."""
    load = np.bincount(nearest_station(stations, places), places.population, len(stations))
    return [float(people) for people in (load + load.mean()) / 2]
