"""Everything that changes the organisation: one function a business action, each a command."""

from muster.kernel.organisation.services.boundaries import area_boundaries_set
from muster.kernel.organisation.services.changes import areas_import, people_import, sites_import, units_import
from muster.kernel.organisation.services.command import (
    appointments_add,
    appointments_end,
    role_fill,
    roles_add,
    secondments_end,
    secondments_start,
    team_close,
    teams_add,
)
from muster.kernel.organisation.services.imports import import_confirm, import_prepare, imports_forget
from muster.kernel.organisation.services.leaving import people_leave, person_transfer, unit_close
from muster.kernel.organisation.services.people import partners_add, people_add, qualifications_add
from muster.kernel.organisation.services.places import areas_add, site_set, sites_add, units_add
from muster.kernel.organisation.services.presence import absence_end, absence_enter, contact_confirm

__all__ = [
    "absence_end",
    "absence_enter",
    "appointments_add",
    "appointments_end",
    "area_boundaries_set",
    "areas_add",
    "areas_import",
    "contact_confirm",
    "import_confirm",
    "import_prepare",
    "imports_forget",
    "partners_add",
    "people_add",
    "people_import",
    "people_leave",
    "person_transfer",
    "qualifications_add",
    "role_fill",
    "roles_add",
    "secondments_end",
    "secondments_start",
    "site_set",
    "sites_add",
    "sites_import",
    "team_close",
    "teams_add",
    "unit_close",
    "units_add",
    "units_import",
]
