"""The city that the database holds, as the replay needs it: read once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from muster.kernel.organisation.queries import SiteView, UnitNode, ancestors, areas, district_of_areas, sites, unit_tree
from muster.preparedness.logistics.queries import central_store, stores_of_units
from muster.response.operations.replay.needed import Bureau
from muster.response.operations.replay.workload import Ground


@dataclass(frozen=True, slots=True)
class City:
    """Sites and stations for the script, units and stores for the needs, inhabitants of each district."""

    ground: Ground
    bureau: Bureau
    standing: frozenset[str]
    populations: dict[str, int]


def city_now() -> City:
    """Read the units, the sites and the stores."""
    found, units = sites(), unit_tree()
    return City(
        ground=_ground(found, units),
        bureau=_bureau(found, units),
        standing=frozenset(site.code for site in found if site.is_standing),
        populations={area.code: area.population or 1 for area in areas("district")},
    )


def _ground(found: list[SiteView], units: list[UnitNode]) -> Ground:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for site in found:
        by_kind[site.kind].append(site.code)
    lies_in = district_of_areas()
    stations: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        if unit.kind == "station":
            stations[lies_in.get(unit.area, "")].append(unit.code)
    return Ground(
        sites=dict(by_kind),
        capacity={site.code: site.capacity or 0 for site in found},
        district={site.code: site.district for site in found},
        stations={district: sorted(codes) for district, codes in stations.items()},
    )


def _bureau(found: list[SiteView], units: list[UnitNode]) -> Bureau:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        if unit.is_active:
            by_kind[unit.kind].append(unit.code)
    stores, above, central = stores_of_units(), ancestors(), central_store()
    of_place = {unit.code: unit.code for unit in units} | {site.code: site.unit for site in found}
    store_of = {
        unit.code: next((stores[code] for code in (unit.code, *above[unit.code]) if code in stores), central)
        for unit in units
    }
    root = next((unit.code for unit in units if not unit.parent), "")
    return Bureau(root, {kind: sorted(codes) for kind, codes in by_kind.items()}, of_place, store_of, central)
