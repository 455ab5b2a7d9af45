"""Everything that is read of the organisation; nothing here touches personal details."""

from muster.kernel.organisation.queries.areas import District, SiteView, areas, district_of_areas, districts, sites
from muster.kernel.organisation.queries.command import (
    Holder,
    RoleView,
    TeamView,
    holders_of_unit,
    role_holders,
    roles,
    teams,
)
from muster.kernel.organisation.queries.force import headcount, headcount_by_kind, qualification_sets, strength
from muster.kernel.organisation.queries.names import (
    area_names,
    partner_names,
    place_names,
    qualification_names,
    unit_names,
)
from muster.kernel.organisation.queries.people import PersonView, people_of_unit, people_search, person
from muster.kernel.organisation.queries.presence import (
    PresentHolder,
    absences_of_person,
    contacts_confirmed,
    last_confirmed,
    present_holders,
)
from muster.kernel.organisation.queries.units import UnitNode, ancestors, children_of, descendants, unit, unit_tree

__all__ = [
    "District",
    "Holder",
    "PersonView",
    "PresentHolder",
    "RoleView",
    "SiteView",
    "TeamView",
    "UnitNode",
    "absences_of_person",
    "ancestors",
    "area_names",
    "areas",
    "children_of",
    "contacts_confirmed",
    "descendants",
    "district_of_areas",
    "districts",
    "headcount",
    "headcount_by_kind",
    "holders_of_unit",
    "last_confirmed",
    "partner_names",
    "people_of_unit",
    "people_search",
    "person",
    "place_names",
    "present_holders",
    "qualification_names",
    "qualification_sets",
    "role_holders",
    "roles",
    "sites",
    "strength",
    "teams",
    "unit",
    "unit_names",
    "unit_tree",
]
