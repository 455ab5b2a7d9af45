"""The map: districts with their risk, the sites that are open, the units, as of a moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import get_language

from muster.kernel.organisation.choices import SiteKind, UnitKind
from muster.kernel.organisation.queries import district_of_areas, districts, unit_tree
from muster.prevention.situation import queries as situation
from muster.response.operations.board import tasks
from muster.response.operations.board.shape import District, OpenSite, UnitMark
from muster.response.operations.models import Operation, PlaceOpening
from muster.response.operations.queries.pages import still_open

ON_THE_MAP: Final = frozenset({UnitKind.SUB_BUREAU, UnitKind.STATION})


def features() -> list[dict[str, Any]]:
    """The districts' boundaries as GeoJSON features, named by code."""
    return [
        {"type": "Feature", "properties": {"code": each.code}, "geometry": each.boundary}
        for each in districts()
        if each.boundary
    ]


def open_sites(operation: Operation, at: datetime) -> tuple[OpenSite, ...]:
    """Sites that the operation had open at `at`, by code."""
    openings = PlaceOpening.objects.filter(still_open(at), operation=operation, opened_at__lte=at)
    late = tasks.late_by_site(operation, at)
    lies_in = district_of_areas()
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    fields = ("code", f"name_{language}", "kind", "area__code", f"unit__name_{language}", "lon", "lat")
    rows = openings.order_by("site__code", "opened_at").values_list(
        *[f"site__{name}" for name in fields], "opened_at", "site_id"
    )
    titles = {str(kind.value): str(kind.label) for kind in SiteKind}
    return tuple(
        OpenSite(code, name, kind, titles[kind], lies_in.get(area, ""), unit, lon, lat, opened_at, late.get(key, 0))
        for code, name, kind, area, unit, lon, lat, opened_at, key in rows
    )


def district_risks(
    operation: Operation, at: datetime, sites: Iterable[OpenSite], unit_names: Mapping[str, tuple[str, ...]]
) -> tuple[District, ...]:
    """Districts with the figures that were known at `at`."""
    figures = situation.area_figures(feed=operation.feed, as_of=at)
    sites = list(sites)
    counts = Counter(site.district for site in sites)
    late: Counter[str] = Counter()
    for site in sites:
        late[site.district] += site.late
    return tuple(
        District(
            code=each.code,
            name=each.name,
            **_known(figures.get(each.code)),
            sites=counts[each.code],
            late=late[each.code],
            lon=each.lon,
            lat=each.lat,
            units=unit_names.get(each.code, ()),
        )
        for each in districts()
    )


def _known(figures: situation.AreaFigures | None) -> dict[str, Any]:
    if figures is None:
        return {"risk": "unknown", "cases_7d": None, "incidence_7d": None, "cases_14d": None}
    return {name: getattr(figures, name) for name in ("risk", "cases_7d", "incidence_7d", "cases_14d")}


def units(operation: Operation, at: datetime) -> tuple[UnitMark, ...]:
    """Sub-bureaus and stations where their area is, with what they owe."""
    from muster.kernel.organisation.models import Unit

    owed = tasks.owed_by_unit(operation, at)
    found = Unit.objects.filter(kind__in=ON_THE_MAP, is_active=True, area__isnull=False).select_related("area")
    return tuple(
        UnitMark(
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            lon=unit.area.lon,
            lat=unit.area.lat,
            open_tasks=owed.get(unit.pk, (0, 0))[0],
            late=owed.get(unit.pk, (0, 0))[1],
        )
        for unit in found.order_by("code")
        if unit.area
    )


def units_of_districts() -> dict[str, tuple[str, ...]]:
    """The sub-bureaus of each district, by the district's code."""
    lies_in = district_of_areas()
    names: dict[str, list[str]] = defaultdict(list)
    for node in unit_tree():
        if node.kind == UnitKind.SUB_BUREAU and node.area:
            names[lies_in.get(node.area, "")].append(node.name)
    return {district: tuple(found) for district, found in names.items()}
