"""Everything that changes the organisation: one function a business action, each a command."""

from muster.kernel.organisation.services.command import appointments_add, roles_add, teams_add
from muster.kernel.organisation.services.people import partners_add, people_add, qualifications_add
from muster.kernel.organisation.services.places import areas_add, sites_add, units_add

__all__ = [
    "appointments_add",
    "areas_add",
    "partners_add",
    "people_add",
    "qualifications_add",
    "roles_add",
    "sites_add",
    "teams_add",
    "units_add",
]
