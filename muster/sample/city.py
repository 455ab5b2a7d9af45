"""S City as one thing: made in memory, then loaded through the services that a real bureau would use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from muster.kernel.commands import Actor
from muster.kernel.organisation import services as organisation
from muster.kernel.organisation.rows import AppointmentRow, AreaRow, PersonRow, SiteRow, TeamRow, UnitRow
from muster.preparedness.logistics import services as logistics
from muster.preparedness.logistics.rows import Delivery, SupplyTermRow
from muster.sample.bureau import make_bureau
from muster.sample.command import ROLE_ROWS, appointments, teams
from muster.sample.people import PARTNER_ROWS, force, outside
from muster.sample.places import make_places
from muster.sample.presence import city_missing, refuse_production, refuse_second
from muster.sample.progress import Progress
from muster.sample.sites import make_sites
from muster.sample.size import OFFICERS, Size
from muster.sample.skills import QUALIFICATION_ROWS
from muster.sample.stock import ITEM_ROWS, SUPPLIER_ROWS, deliveries, store_rows, term_rows

__all__ = ["City", "city_load", "city_missing", "make_city"]
MADE_AT: Final = datetime(2019, 9, 1, tzinfo=UTC)  # everybody is in post before the story begins


@dataclass(frozen=True)
class City:
    """All rows of one S City, ready for the services."""

    size: Size
    areas: Sequence[AreaRow]
    units: Sequence[UnitRow]
    people: Sequence[PersonRow]
    appointments: Sequence[AppointmentRow]
    teams: Sequence[TeamRow]
    sites: Sequence[SiteRow]
    terms: Sequence[SupplyTermRow]
    stock: Sequence[Delivery]


def make_city(size: Size) -> City:
    """The same city for the same size, to the last code and name. Raises SizeInvalid."""
    size.check()
    places = make_places(size.seed)
    bureau = make_bureau(size, places)
    people = force(bureau, size.seed)
    posts = appointments(people, MADE_AT)
    commanders = frozenset(post.person for post in posts)
    return City(
        size=size,
        areas=places.rows(),
        units=bureau.rows,
        people=people + outside(size.stations, len(people), size.seed),
        appointments=posts,
        teams=teams(people, commanders, size.officers / OFFICERS, size.seed),
        sites=make_sites(bureau, size.seed),
        terms=term_rows(size.officers),
        stock=deliveries(bureau, size.seed),
    )


def city_load(*, size: Size, progress: Progress) -> dict[str, int]:
    """Make S City and load all of it or nothing; returns counts by kind.

    Raises SizeInvalid, CityPresent, NotInProduction.
    """
    refuse_production()
    refuse_second()
    with progress(_("Making S City")):
        city = make_city(size)
    with transaction.atomic():
        refuse_second()
        return _load(city, progress)


def _load(city: City, progress: Progress) -> dict[str, int]:
    counts: dict[str, int] = {}
    with progress(_("Loading areas, units and sites")):
        counts["areas"] = organisation.areas_add(by=_maker(), rows=city.areas)
        counts["units"] = organisation.units_add(by=_maker(), rows=city.units)
        counts["sites"] = organisation.sites_add(by=_maker(), rows=city.sites)
    with progress(_("Loading people")):
        counts |= _load_people(city)
    with progress(_("Loading stores and stock")):
        counts |= _load_stock(city)
    return counts


def _load_people(city: City) -> dict[str, int]:
    counts = {
        "qualifications": organisation.qualifications_add(by=_maker(), rows=QUALIFICATION_ROWS),
        "partners": organisation.partners_add(by=_maker(), rows=PARTNER_ROWS),
    }
    organisation.people_add(by=_maker(), rows=city.people)
    for kind in ("officer", "auxiliary", "liaison", "volunteer"):
        counts[KINDS[kind]] = sum(person.kind == kind for person in city.people)
    counts["roles"] = organisation.roles_add(by=_maker(), rows=ROLE_ROWS)
    counts["appointments"] = organisation.appointments_add(by=_maker(), rows=city.appointments)
    counts["teams"] = organisation.teams_add(by=_maker(), rows=city.teams)
    return counts


KINDS: Final = {"officer": "officers", "auxiliary": "auxiliaries", "liaison": "liaisons", "volunteer": "volunteers"}


def _load_stock(city: City) -> dict[str, int]:
    return {
        "items": logistics.items_add(by=_maker(), rows=ITEM_ROWS),
        "stores": logistics.stores_add(by=_maker(), rows=store_rows()),
        "suppliers": logistics.suppliers_add(by=_maker(), rows=SUPPLIER_ROWS),
        "supply_terms": logistics.supply_terms_add(by=_maker(), rows=city.terms),
        "stock_lots": logistics.stock_receive(by=_maker(), rows=city.stock),
    }


def _maker() -> Actor:
    """Muster itself, setting up the city before the story begins; each time with a command of its own."""
    return Actor.system("sample", now=MADE_AT)
