"""What the commands of the organisation are called in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMMANDS: Final[Mapping[str, Promise]] = {
    "organisation.absence_end": _("Absence ended"),
    "organisation.absence_enter": _("Absence entered"),
    "organisation.appointments_add": _("Appointments made"),
    "organisation.appointments_end": _("Appointments ended"),
    "organisation.area_boundaries_set": _("Boundaries of areas set"),
    "organisation.areas_add": _("Areas added"),
    "organisation.areas_import": _("Areas imported"),
    "organisation.contact_confirm": _("Contact confirmed"),
    "organisation.import_confirm": _("Import confirmed"),
    "organisation.import_prepare": _("Import looked at"),
    "organisation.imports_forget": _("Unconfirmed imports erased"),
    "organisation.partners_add": _("Partners added"),
    "organisation.people_add": _("People added"),
    "organisation.people_import": _("People imported"),
    "organisation.people_leave": _("People left the service"),
    "organisation.person_transfer": _("Person transferred"),
    "organisation.qualifications_add": _("Qualifications added"),
    "organisation.role_fill": _("Command role filled"),
    "organisation.roles_add": _("Command roles added"),
    "organisation.secondments_end": _("Loans ended"),
    "organisation.secondments_start": _("People lent"),
    "organisation.site_set": _("Site changed"),
    "organisation.sites_add": _("Sites added"),
    "organisation.sites_import": _("Sites imported"),
    "organisation.team_close": _("Team dissolved"),
    "organisation.teams_add": _("Teams formed"),
    "organisation.unit_close": _("Unit closed"),
    "organisation.units_add": _("Units added"),
    "organisation.units_import": _("Units imported"),
}
