"""The bureau as the simulation sees it: who there is, what lies in store, which places there are. Codes and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from muster.engines.rostering import Pool
from muster.engines.stress.plain import Plain


@dataclass(frozen=True, slots=True)
class Lot:
    """Usable units of issue of an item in a store, until a day; None where it does not expire."""

    store: str
    item: str
    quantity: int
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """What a supplier delivers of an item to the central store: at most `per_day`, `lead_days` after the order."""

    supplier: str
    item: str
    lead_days: int
    per_day: int


@dataclass(frozen=True, slots=True)
class Site:
    """A place where the bureau may have a post; `unit` answers for it, a `standing` one is always open."""

    code: str
    kind: str
    unit: str
    area: str = ""
    capacity: int = 0
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Bureau(Plain):
    """Data of one day.

    Attributes
    ----------
    root : code of the bureau itself, the unit that answers for what no other answers for.
    units : kind of each unit ("bureau", "sub_bureau", "station", "special", "office"), by code.
    people : how many in a unit hold exactly a set of qualifications.
    inhabitants : of the city.
    lots, terms : stock and suppliers; `central` is the store that suppliers deliver to and that fills the others.
    store_of : the store that a unit draws on; the central one for a unit that is not named.
    sites : in the order in which they are opened.
    vehicles : how many a unit has for escorts, by unit; a unit that is not named has as many as it needs.
    partners : those that are in the register.
    """

    root: str
    units: Mapping[str, str]
    people: tuple[Pool, ...]
    inhabitants: int
    sites: tuple[Site, ...] = ()
    lots: tuple[Lot, ...] = ()
    terms: tuple[Term, ...] = ()
    central: str = ""
    store_of: Mapping[str, str] = field(default_factory=dict)
    vehicles: Mapping[str, int] = field(default_factory=dict)
    partners: tuple[str, ...] = ()
    as_of: date | None = None

    def to_plain(self) -> dict[str, Any]:
        """What people hold is in the order of its codes: a set has another order in each process."""
        plain = Plain.to_plain(self)
        for pool in plain["people"]:
            pool["holds"].sort()
        return plain

    @property
    def strength(self) -> int:
        """Everybody."""
        return sum(pool.people for pool in self.people)
