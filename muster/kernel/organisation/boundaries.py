"""Boundaries of areas from GeoJSON in a declared datum: checked, converted to WGS-84, put in the order of RFC 7946."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from muster.engines.geodesy import DATUMS, check_polygons, interior_point, oriented, to_wgs84
from muster.engines.geodesy.boundaries import Ring
from muster.kernel.organisation.errors import BoundaryInvalid
from muster.kernel.organisation.models import Area

LARGEST_BYTES: Final = 20 * 1024 * 1024
MOST_POINTS: Final = 20_000  # in one boundary
DECIMALS: Final = 7
NAMED_BY: Final = ("code", "adcode", "name", "name_zh", "name_en")
FAULTS: Final = {
    "open": _("a ring whose last point is its first"),
    "short": _("a ring of at least four points"),
    "range": _("longitude from -180 to 180 first, then latitude from -90 to 90"),
    "flat": _("a ring that encloses something"),
    "crossing": _("a ring that does not cross itself"),
}


@dataclass(frozen=True, slots=True)
class BoundaryRow:
    """The boundary of an area, by code, as GeoJSON Polygon or MultiPolygon in `datum` (wgs84, gcj02, bd09)."""

    area: str
    geometry: dict[str, Any]
    datum: str = "wgs84"


@dataclass(frozen=True, slots=True)
class Boundary:
    """A boundary as it is stored: GeoJSON in WGS-84 and a point inside it."""

    geometry: dict[str, Any]
    lon: float
    lat: float


def boundary_of(row: BoundaryRow) -> Boundary:
    """The checked and converted boundary of a row. Raises BoundaryInvalid with the place of the first fault."""
    if row.datum not in DATUMS:
        raise _invalid(row.area, ", ".join(DATUMS), _("Declare the datum in which the boundary was drawn."))
    polygons = list(_polygons(row))
    if faults := check_polygons(polygons):
        fault = faults[0]
        where = f"{row.area}: {fault.polygon + 1}.{fault.ring + 1}.{fault.point + 1}"
        raise _invalid(where, FAULTS[fault.kind], _("Correct the boundary; the place is polygon, ring and point."))
    converted = [[np.column_stack(to_wgs84(ring[:, 0], ring[:, 1], row.datum)) for ring in rings] for rings in polygons]
    ordered = oriented(converted)
    lon, lat = interior_point(ordered)
    parts = [[np.round(ring, DECIMALS).tolist() for ring in rings] for rings in ordered]
    single = row.geometry["type"] == "Polygon"
    geometry = {"type": row.geometry["type"], "coordinates": parts[0] if single else parts}
    return Boundary(geometry, round(lon, DECIMALS), round(lat, DECIMALS))


def _polygons(row: BoundaryRow) -> Iterator[list[Ring]]:
    """The rings as arrays; heights are left out."""
    kind, coordinates = row.geometry.get("type"), row.geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not coordinates:
        raise _invalid(row.area, _("a Polygon or MultiPolygon"), _("Export the boundary as polygons."))
    points = 0
    for rings in [coordinates] if kind == "Polygon" else coordinates:
        try:
            arrays = [np.array([point[:2] for point in ring], dtype=np.float64).reshape(-1, 2) for ring in rings]
        except (TypeError, ValueError, IndexError) as problem:
            raise _invalid(
                row.area, _("points of longitude and latitude"), _("Export the boundary again.")
            ) from problem
        points += sum(map(len, arrays))
        if not arrays or points > MOST_POINTS:
            expected = format_lazy(_("at least one ring, and at most {most} points"), most=MOST_POINTS)
            raise _invalid(row.area, expected, _("Simplify the boundary; a district needs some hundred points."))
        yield arrays


def boundaries_in(content: bytes, *, file_name: str, datum: str) -> list[BoundaryRow]:
    """The features of a GeoJSON file by the areas whose code or name their properties give.

    Raises BoundaryInvalid when it is no GeoJSON, or a feature belongs to no area or to the same as another.
    """
    known = _areas()
    rows: dict[str, BoundaryRow] = {}
    for number, feature in enumerate(_features(content, file_name), start=1):
        where = f"{file_name}: {number}"
        properties = feature.get("properties") or {}
        words = [str(properties[name]) for name in NAMED_BY if properties.get(name)]
        area = next((known[word] for word in words if word in known), None)
        if area is None or area in rows:
            shown = f"{where} ({', '.join(words)})"
            raise _invalid(shown, _("the code or name of an area, each once"), _("Add the area first, or correct it."))
        rows[area] = BoundaryRow(area, feature.get("geometry") or {}, datum)
    return list(rows.values())


def _features(content: bytes, file_name: str) -> Sequence[Mapping[str, Any]]:
    wrong = _invalid(file_name, _("a GeoJSON FeatureCollection"), _("Export the boundaries as GeoJSON."))
    if len(content) > LARGEST_BYTES:
        raise wrong
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise wrong from problem
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not features or not all(isinstance(one, dict) for one in features):
        raise wrong
    return features


def _areas() -> dict[str, str]:
    """Codes by code and by name; a name that several areas have leads nowhere."""
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    several: set[str] = set()
    for code, zh, en in Area.objects.values_list("code", "name_zh", "name_en"):
        codes[code] = code
        for name in {zh, en}:
            several |= {name} & names.keys()
            names[name] = code
    return {name: code for name, code in names.items() if name not in several} | codes


def _invalid(where: str, expected: Any, mend: Any) -> BoundaryInvalid:
    return BoundaryInvalid(what=_("This is no boundary of an area."), where=where, expected=expected, mend=mend)
