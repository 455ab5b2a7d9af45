"""Numbers for names: clauses, units, qualifications, items, stores, places, partners, kinds of event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from muster.engines.plan.types import Clause, Plan
from muster.engines.plan.words import ARISING, SITE_KINDS
from muster.engines.stress.bureau import Bureau, Site
from muster.engines.stress.kernel.model import EVENT, ONCE, SITE, Ints

UNIT, PLACE, FORCE, EACH = "unit:", "place", "force", "each:"


@dataclass(frozen=True)
class Numbering:
    """The order of everything; the same plan and bureau give the same."""

    clauses: tuple[Clause, ...]
    position: Mapping[str, int]
    units: tuple[str, ...]
    unit: Mapping[str, int]
    skills: tuple[str, ...]
    skill: Mapping[str, int]
    items: tuple[str, ...]
    item: Mapping[str, int]
    stores: tuple[str, ...]
    store: Mapping[str, int]
    sites: tuple[Site, ...]
    site_at: Ints
    partners: tuple[str, ...]
    partner: Mapping[str, int]
    kinds: tuple[str, ...] = tuple(ARISING)

    def kind_of(self, clause: Clause) -> int:
        """Number of the kind of site or of event for each of which it is done, -1 for once."""
        if scale_of(clause) == SITE:
            return SITE_KINDS.index(clause.per)
        return self.kinds.index(clause.per) if scale_of(clause) == EVENT else -1

    def places(self, clause: Clause) -> Sequence[int]:
        """The places at which it may stand; -1 for the operation, none for events."""
        if scale_of(clause) == ONCE:
            return (-1,)
        kind = self.kind_of(clause)
        return range(int(self.site_at[kind]), int(self.site_at[kind + 1])) if scale_of(clause) == SITE else ()


def scale_of(clause: Clause) -> int:
    """ONCE, SITE or EVENT."""
    return {"once": ONCE, "site": SITE}.get(clause.scales, EVENT)


def number(plan: Plan, bureau: Bureau) -> Numbering:
    """Give everything its number."""
    clauses = tuple(plan.by_id.values())
    named = (need.source.removeprefix(UNIT) for c in clauses for need in c.people if need.source.startswith(UNIT))
    units = _sorted([*bureau.units, bureau.root, *named, *(site.unit for site in bureau.sites)])
    skills = _sorted(need.qualification for clause in clauses for need in clause.people)
    stores = _sorted([bureau.central, *bureau.store_of.values(), *(lot.store for lot in bureau.lots)])
    items = _sorted([*_items(plan), *(lot.item for lot in bureau.lots), *plan.reserve_days])
    partners = _sorted(partner for clause in clauses for partner in clause.partners)
    by_kind = [[site for site in bureau.sites if site.kind == kind] for kind in SITE_KINDS]
    return Numbering(
        clauses, dict(plan.positions), units, _places(units), skills, _places(skills), items, _places(items),
        stores, _places(stores), tuple(site for sites in by_kind for site in sites),
        np.cumsum([0, *(len(sites) for sites in by_kind)]).astype(np.int64), partners, _places(partners),
    )  # fmt: skip


def _items(plan: Plan) -> Iterable[str]:
    for clause in plan.clauses:
        yield from (supply.item for supply in clause.supplies)
    for standard in plan.standards.values():
        yield from standard.per_officer_shift


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def _places(names: Sequence[str]) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(names)}
