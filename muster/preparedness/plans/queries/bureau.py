"""The bureau of a day as the stress test takes it: counts by unit, store and place. No person is told apart."""

from __future__ import annotations

from datetime import date
from typing import Final

from muster.engines.rostering import Pool
from muster.engines.stress import Bureau, Lot, Site, Term
from muster.kernel.organisation import queries as organisation
from muster.kernel.organisation.queries import UnitNode
from muster.preparedness.logistics.queries import central_store, lot_balances, stores_of_units, supply_terms
from muster.preparedness.plans.queries.checking import moment_of

CITY: Final = "city"


def bureau_at(day: date) -> Bureau:
    """People by exact set of qualifications, usable stock by lot, suppliers, sites and partners at the end of a day.

    Vehicles are not in the books; the engine takes it that a unit has as many as it needs. Units, sites, suppliers and
    partners are those that are registered now, since of them no history is kept.
    """
    moment = moment_of(day)
    tree = organisation.unit_tree()
    units = {unit.code: unit.kind for unit in tree if unit.is_active}
    sets = organisation.qualification_sets(moment)
    lots = (lot for lot in lot_balances(as_of=moment) if not lot.expired)
    return Bureau(
        root=next((unit.code for unit in tree if not unit.parent), ""),
        units=units,
        people=tuple(
            Pool(unit, held, sets[unit][held])
            for unit in sorted(sets)
            if unit in units
            for held in sorted(sets[unit], key=sorted)
        ),
        inhabitants=_inhabitants(),
        sites=_sites(),
        lots=tuple(Lot(lot.store, lot.item, lot.quantity, lot.expires_on) for lot in lots),
        terms=tuple(Term(one.supplier, one.item, one.lead_days, one.per_day) for one in supply_terms()),
        central=central_store(),
        store_of=_stores(tree),
        partners=tuple(sorted(organisation.partner_names())),
        as_of=day,
    )


def _inhabitants() -> int:
    """Of the city; of all districts where the city's own figure is not known; at least 1."""
    city = [area.population or 0 for area in organisation.areas(CITY)]
    return max(sum(city) or sum(area.population or 0 for area in organisation.districts()), 1)


def _sites() -> tuple[Site, ...]:
    return tuple(
        Site(one.code, one.kind, one.unit or "", one.district, one.capacity or 0, one.is_standing)
        for one in organisation.sites()
    )


def _stores(tree: list[UnitNode]) -> dict[str, str]:
    """The store of each unit: its own, or that of the nearest unit above it that has one."""
    stores, above = stores_of_units(), organisation.ancestors(tree)
    found = {unit.code: [stores[code] for code in (unit.code, *above[unit.code]) if code in stores] for unit in tree}
    return {unit: own[0] for unit, own in found.items() if own}
