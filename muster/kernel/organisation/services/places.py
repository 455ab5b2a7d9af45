"""Areas, units and sites: adding them, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from muster.kernel.commands import Actor, command, record
from muster.kernel.organisation.choices import AreaKind
from muster.kernel.organisation.codes import keys_of, refuse_taken
from muster.kernel.organisation.models import Area, Site, Unit
from muster.kernel.organisation.permits import keeps_the_organisation
from muster.kernel.organisation.rows import AreaRow, SiteRow, UnitRow
from muster.kernel.organisation.tree import generations

AREA_ORDER = list(AreaKind.values)


@command("organisation.areas_add", policy=keeps_the_organisation)
def areas_add(*, by: Actor, rows: Sequence[AreaRow]) -> int:
    """Add areas in one go, parents and children in any order; returns how many. Raises CodeUnknown, CodeTaken."""
    refuse_taken(Area, rows)
    ordered = sorted(rows, key=lambda row: AREA_ORDER.index(row.kind))
    for _, level in groupby(ordered, key=lambda row: row.kind):
        these = list(level)
        parents = keys_of(Area, [row.parent for row in these])
        Area.objects.bulk_create([_area(row, parents) for row in these], batch_size=500)
    return len(rows)


def _area(row: AreaRow, parents: dict[str, int]) -> Area:
    return Area(
        code=row.code,
        kind=row.kind,
        name_zh=row.name_zh,
        name_en=row.name_en,
        parent_id=parents.get(row.parent),
        population=row.population,
        boundary=row.boundary,
        lon=row.lon,
        lat=row.lat,
    )


@command("organisation.units_add", policy=keeps_the_organisation)
def units_add(*, by: Actor, rows: Sequence[UnitRow]) -> int:
    """Add units in one go, parents and children in any order; returns how many.

    Raises CodeUnknown, CodeTaken, and CycleFound when a unit would stand below itself.
    """
    refuse_taken(Unit, rows)
    areas = keys_of(Area, [row.area for row in rows])
    for these in generations(rows):
        parents = keys_of(Unit, [row.parent for row in these])
        Unit.objects.bulk_create([_unit(row, parents, areas) for row in these], batch_size=500)
    return len(rows)


def _unit(row: UnitRow, parents: dict[str, int], areas: dict[str, int]) -> Unit:
    return Unit(
        code=row.code,
        kind=row.kind,
        name_zh=row.name_zh,
        name_en=row.name_en,
        parent_id=parents.get(row.parent),
        area_id=areas.get(row.area),
        cohort=row.cohort,
    )


@command("organisation.sites_add", policy=keeps_the_organisation)
def sites_add(*, by: Actor, rows: Sequence[SiteRow]) -> int:
    """Add sites in one go; returns how many. Raises CodeUnknown, CodeTaken."""
    refuse_taken(Site, rows)
    areas = keys_of(Area, [row.area for row in rows])
    units = keys_of(Unit, [row.unit for row in rows])
    Site.objects.bulk_create([_site(row, areas, units) for row in rows], batch_size=500)
    return len(rows)


def _site(row: SiteRow, areas: dict[str, int], units: dict[str, int]) -> Site:
    return Site(
        code=row.code,
        kind=row.kind,
        name_zh=row.name_zh,
        name_en=row.name_en,
        area_id=areas[row.area],
        unit_id=units[row.unit],
        lon=row.lon,
        lat=row.lat,
        is_standing=row.is_standing,
        capacity=row.capacity,
    )


@command("organisation.site_set", policy=keeps_the_organisation)
def site_set(
    *, by: Actor, site: str, is_standing: bool | None = None, is_active: bool | None = None, capacity: int | None = None
) -> Site:
    """Change whether a site is always open, whether it is in use at all, and how many it holds; None leaves a fact.

    Raises CodeUnknown.
    """
    found = Site.objects.get(pk=keys_of(Site, [site])[site])
    given = {"is_standing": is_standing, "is_active": is_active, "capacity": capacity}
    facts = {name: value for name, value in given.items() if value is not None}
    for name, value in facts.items():
        setattr(found, name, value)
    found.save(update_fields=list(facts) or None)
    record(site=site, **facts)
    return found
