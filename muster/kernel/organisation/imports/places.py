"""Areas and sites: places with coordinates in a declared datum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from django.utils.translation import gettext_lazy as _

from muster.engines.geodesy import to_wgs84
from muster.kernel.organisation.choices import AreaKind
from muster.kernel.organisation.codes import AT_ONCE
from muster.kernel.organisation.imports.references import directory, resolve
from muster.kernel.organisation.imports.rows import Entry, Existing, Sheet, Values
from muster.kernel.organisation.models import Area, Site, Unit
from muster.kernel.tables import RowProblem

DECIMALS: Final = 7  # of a degree: a centimetre
SAME: Final = 2e-7
LARGER_OF: Final[dict[str, str]] = {
    AreaKind.DISTRICT: AreaKind.CITY,
    AreaKind.SUBDISTRICT: AreaKind.DISTRICT,
    AreaKind.COMMUNITY: AreaKind.SUBDISTRICT,
}


def stored(model: type[Any], codes: Sequence[str], fields: dict[str, str]) -> dict[str, Values]:
    """What is stored of rows by code: `fields` names each value's path."""
    found: dict[str, Values] = {}
    for start in range(0, len(codes), AT_ONCE):
        part = codes[start : start + AT_ONCE]
        for code, *values in model.objects.filter(code__in=part).values_list("code", *fields.values()):
            found[code] = {
                name: "" if value is None and path.endswith("__code") else value
                for (name, path), value in zip(fields.items(), values, strict=True)
            }
    return found


def existing_areas(codes: Sequence[str]) -> Existing:
    """Areas by code."""
    plain = ("kind", "name_zh", "name_en", "population", "lon", "lat")
    return stored(Area, codes, {name: name for name in plain} | {"parent": "parent__code"})


def existing_sites(codes: Sequence[str]) -> Existing:
    """Sites by code."""
    plain = ("kind", "name_zh", "name_en", "lon", "lat", "is_standing", "capacity", "is_active")
    return stored(Site, codes, {name: name for name in plain} | {"area": "area__code", "unit": "unit__code"})


def needed_of_area(values: Values) -> Sequence[str]:
    """What a new area must have."""
    return ("kind", "name_zh", "lon", "lat", *(() if values.get("kind") == AreaKind.CITY else ("parent",)))


def needed_of_site(_values: Values) -> Sequence[str]:
    """What a new site must have."""
    return ("kind", "name_zh", "area", "unit", "lon", "lat")


def resolve_areas(sheet: Sheet) -> Iterator[RowProblem]:
    """Parents by code, coordinates in WGS-84."""
    yield from resolve(sheet, "parent", directory(Area, sheet.entries))
    yield from _located(sheet)


def resolve_sites(sheet: Sheet) -> Iterator[RowProblem]:
    """Areas and units by code, coordinates in WGS-84."""
    yield from resolve(sheet, "area", directory(Area))
    yield from resolve(sheet, "unit", directory(Unit))
    yield from _located(sheet)


def _located(sheet: Sheet) -> Iterator[RowProblem]:
    located = []
    for entry in sheet.entries:
        if ("lon" in entry.values) != ("lat" in entry.values):
            missing = "lat" if "lon" in entry.values else "lon"
            yield sheet.problem(
                entry, missing, _("One coordinate is missing."), _("longitude and latitude"), _("Give both or neither.")
            )
        elif "lon" in entry.values:
            located.append(entry)
    _convert(located, sheet.datum)


def _convert(entries: Sequence[Entry], datum: str) -> None:
    if not entries:
        return
    points = np.array([(entry.values["lon"], entry.values["lat"]) for entry in entries])
    lons, lats = to_wgs84(points[:, 0], points[:, 1], datum)
    for entry, lon, lat in zip(entries, lons, lats, strict=True):
        entry.values |= {"lon": round(float(lon), DECIMALS), "lat": round(float(lat), DECIMALS)}


def differs_in_place(entry: Entry, before: Values) -> set[str]:
    """What a row changes; coordinates count as changed from two centimetres on."""
    return {name for name, value in entry.values.items() if not _same(value, before.get(name))}


def _same(value: object, before: object) -> bool:
    if isinstance(value, float) and isinstance(before, float):
        return abs(value - before) <= SAME
    return value == before


def check_areas(sheet: Sheet, existing: Existing) -> Iterator[RowProblem]:
    """Each area lies in one of the next larger kind; there is one city."""
    kinds = dict(Area.objects.values_list("code", "kind"))
    kinds |= {entry.code: entry.values["kind"] for entry in sheet.entries if "kind" in entry.values}
    cities = [code for code, kind in kinds.items() if kind == AreaKind.CITY]
    for entry in sheet.entries:
        after = {**existing.get(entry.code, {}), **entry.values}
        kind, parent = after.get("kind", ""), after.get("parent", "")
        if kind == AreaKind.CITY and (parent or len(cities) > 1):
            yield sheet.problem(
                entry, "kind", _("There is one city, and it lies in no area."), _("one city"), _("Correct the kind.")
            )
        elif parent and kinds.get(parent) not in (None, LARGER_OF.get(kind)):
            yield sheet.problem(
                entry,
                "parent",
                _("An area of this kind does not lie there."),
                _("city, district, subdistrict, community: each in the one before"),
                _("Correct the kind or the larger area."),
            )


def check_sites(_sheet: Sheet, _existing: Existing) -> Iterator[RowProblem]:
    """Sites have no rules among themselves."""
    return iter(())
