"""The areas of S City: what they are called, who lives there, and which station answers for which community."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np

from muster.kernel.organisation.rows import AreaRow
from muster.sample.names import Word, stems
from muster.sample.outline import DISTRICTS, Points, inside, to_wgs84
from muster.sample.presence import CITY
from muster.sample.shares import shares
from muster.sample.terrain import CELLS, SUBDISTRICTS, Labels, Terrain, make_terrain

__all__ = ["CITY", "Places", "make_places"]
NEAR: Final = 0.8  # km: a site lies at most this far from the middle of its community


@dataclass(frozen=True)
class Places:
    """S City's terrain with names, codes and inhabitants; communities by number, as the terrain's cells."""

    terrain: Terrain
    names: Sequence[Word]  # of communities
    subdistrict_names: Sequence[Word]
    population: Labels  # of communities

    def district_code(self, number: int) -> str:
        return f"D-{DISTRICTS[number][0].upper()}"

    def subdistrict_code(self, number: int) -> str:
        return f"{self.district_code(number // SUBDISTRICTS)}-{number % SUBDISTRICTS + 1:02d}"

    @cached_property
    def codes(self) -> list[str]:
        """The code of each community: its subdistrict's, and its number there."""
        seen = [0] * len(self.subdistrict_names)
        codes = []
        for subdistrict in self.terrain.subdistrict.tolist():
            seen[subdistrict] += 1
            codes.append(f"{self.subdistrict_code(subdistrict)}-{seen[subdistrict]:02d}")
        return codes

    @cached_property
    def rings(self) -> list[list[list[float]]]:
        """The border of each community in degrees, closed, counter-clockwise."""
        return [self.terrain.ring([cell]) for cell in range(CELLS)]

    def point_in(self, community: int, chance: np.random.Generator) -> tuple[float, float]:
        """Longitude and latitude of a place inside a community, not far from its middle."""
        middle: Points = self.terrain.seeds[community]
        away = chance.normal(0.0, NEAR / 2, (16, 2)).clip(-NEAR, NEAR)
        tried = to_wgs84(np.vstack([middle + away, middle]))
        found = tried[inside(tried, np.array(self.rings[community][:-1]))]
        lon, lat = (found[0] if len(found) else tried[-1]).tolist()
        return lon, lat

    def rows(self) -> list[AreaRow]:
        """Every area, the city first."""
        return [self._city(), *self._districts(), *self._subdistricts(), *self._communities()]

    def _city(self) -> AreaRow:
        return self._joined(CITY, "city", Word("S市", "S City"), "", np.arange(CELLS))

    def _districts(self) -> list[AreaRow]:
        return [
            self._joined(self.district_code(number), "district", Word(zh, en), CITY, self._cells(district=number))
            for number, (_code, zh, en, *_) in enumerate(DISTRICTS)
        ]

    def _subdistricts(self) -> list[AreaRow]:
        return [
            self._joined(
                self.subdistrict_code(number),
                "subdistrict",
                Word(f"{name.zh}街道", f"{name.en} Subdistrict"),
                self.district_code(number // SUBDISTRICTS),
                self._cells(subdistrict=number),
            )
            for number, name in enumerate(self.subdistrict_names)
        ]

    def _communities(self) -> list[AreaRow]:
        lonlat = to_wgs84(self.terrain.seeds).tolist()
        return [
            AreaRow(
                code=self.codes[cell],
                kind="community",
                name_zh=f"{self.names[cell].zh}社区",
                name_en=f"{self.names[cell].en} Community",
                lon=lonlat[cell][0],
                lat=lonlat[cell][1],
                parent=self.subdistrict_code(subdistrict),
                population=int(self.population[cell]),
                boundary=polygon(self.rings[cell]),
            )
            for cell, subdistrict in enumerate(self.terrain.subdistrict.tolist())
        ]

    def _cells(self, *, district: int | None = None, subdistrict: int | None = None) -> Labels:
        chosen = self.terrain.district == district if district is not None else self.terrain.subdistrict == subdistrict
        return np.flatnonzero(chosen)

    def _joined(self, code: str, kind: str, name: Word, parent: str, cells: Labels) -> AreaRow:
        """An area made of communities; its label stands in the community nearest to its middle."""
        seeds = self.terrain.seeds[cells]
        middle = seeds[np.argmin(np.linalg.norm(seeds - seeds.mean(axis=0), axis=1))]
        lon, lat = to_wgs84(middle).tolist()
        people = int(self.population[cells].sum())
        boundary = polygon(self.terrain.ring(cells.tolist()))
        return AreaRow(code, kind, name.zh, name.en, lon, lat, parent, people, boundary)


def polygon(ring: list[list[float]]) -> dict[str, object]:
    """A GeoJSON polygon without holes."""
    return {"type": "Polygon", "coordinates": [ring]}


@lru_cache(maxsize=1)
def make_places(seed: int) -> Places:
    """The same places for the same seed."""
    terrain = make_terrain(seed)
    chance = np.random.default_rng([seed, 2])
    names = stems(CELLS + len(DISTRICTS) * SUBDISTRICTS, chance)
    return Places(terrain, names[:CELLS], names[CELLS:], _inhabitants(terrain.district, chance))


def _inhabitants(district: Labels, chance: np.random.Generator) -> Labels:
    """Inhabitants of each community, which add up to those of the districts."""
    crowd = chance.lognormal(0.0, 0.45, CELLS)
    population = np.zeros(CELLS, dtype=np.int64)
    for number, (*_, people) in enumerate(DISTRICTS):
        cells = np.flatnonzero(district == number)
        population[cells] = shares(people, crowd[cells])
    return population
