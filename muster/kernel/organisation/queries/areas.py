"""Areas with their boundaries, and the sites in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from muster.kernel.organisation.choices import AreaKind, SiteKind
from muster.kernel.organisation.models import Area, Site
from muster.kernel.organisation.models.named import in_readers_language


@dataclass(frozen=True, slots=True)
class District:
    """An area; `boundary` is GeoJSON in WGS-84 or None, `lon`, `lat` a point inside it, `parent` a code."""

    code: str
    kind: str
    name_zh: str
    name_en: str
    parent: str
    population: int | None
    boundary: dict[str, Any] | None
    lon: float
    lat: float

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return in_readers_language(self.name_zh, self.name_en)


@dataclass(frozen=True, slots=True)
class SiteView:
    """A site with the codes of its area, its district (empty if it lies in none) and the unit that answers for it."""

    code: str
    kind: str
    name_zh: str
    name_en: str
    area: str
    district: str
    unit: str
    lon: float
    lat: float
    is_standing: bool
    capacity: int | None

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return in_readers_language(self.name_zh, self.name_en)

    @property
    def kind_title(self) -> str:
        """What it is, in the language of the reader."""
        return str(SiteKind(self.kind).label)


def areas(kind: str) -> list[District]:
    """All areas of one kind, by code."""
    rows = Area.objects.filter(kind=kind).order_by("code")
    return [
        District(code, kind, name_zh, name_en, parent or "", population, boundary, lon, lat)
        for code, name_zh, name_en, parent, population, boundary, lon, lat in rows.values_list(
            "code", "name_zh", "name_en", "parent__code", "population", "boundary", "lon", "lat"
        )
    ]


def districts() -> list[District]:
    """The districts of the city, by code, with boundaries."""
    return areas(AreaKind.DISTRICT)


def district_of_areas() -> dict[str, str]:
    """For each area code, the code of the district in which it lies; a district is its own, the city has none."""
    kinds_and_parents = {
        code: (kind, parent or "") for code, kind, parent in Area.objects.values_list("code", "kind", "parent__code")
    }
    return {code: found for code in kinds_and_parents if (found := _district(code, kinds_and_parents))}


def _district(code: str, rows: dict[str, tuple[str, str]]) -> str:
    while code:
        kind, parent = rows[code]
        if kind == AreaKind.DISTRICT:
            return code
        code = parent
    return ""


def sites(kind: str | None = None, district: str | None = None) -> list[SiteView]:
    """Active sites by code, of one kind and in one district if these are given."""
    wanted = Q(is_active=True)
    if kind is not None:
        wanted &= Q(kind=kind)
    if district is not None:
        wanted &= Q(area__code=district) | Q(area__parent__code=district) | Q(area__parent__parent__code=district)
    lies_in = district_of_areas()
    fields = ("code", "kind", "name_zh", "name_en", "area__code", "unit__code", "lon", "lat", "is_standing", "capacity")
    return [
        SiteView(code, what, zh, en, area, lies_in.get(area, ""), unit, lon, lat, standing, capacity)
        for code, what, zh, en, area, unit, lon, lat, standing, capacity in Site.objects.filter(wanted)
        .order_by("code")
        .values_list(*fields)
    ]
