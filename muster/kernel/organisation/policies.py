"""Who may use the pages and the API of the organisation. Names and telephone numbers have routes of their own."""

from __future__ import annotations

from typing import Final

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow
from muster.kernel.access.purposes import EMERGENCY_RESPONSE, KEEP_ORGANISATION, PURPOSES

READERS: Final = tuple(sorted(roles.BUREAU))
KEEPERS: Final = (roles.DUTY_OFFICER, roles.PLANS_OFFICER)
APPOINTERS: Final = (roles.COMMANDER, roles.DUTY_OFFICER)

_READ = allow(*READERS)
_KEEP = allow(*KEEPERS, methods=("POST",))
_KEEP_FORM = allow(*KEEPERS, methods=("GET", "POST"))
_READ_OR_KEEP = allow(*READERS, methods=("GET", "POST"), writers=KEEPERS)
_REACH = allow(*PURPOSES[EMERGENCY_RESPONSE].readers, methods=("POST",), purpose=EMERGENCY_RESPONSE)
_CORRECT = allow(*PURPOSES[KEEP_ORGANISATION].readers, methods=("POST",), purpose=KEEP_ORGANISATION)

ROUTES: Routes = {
    "organisation:units": _READ,
    "organisation:unit": _READ,
    "organisation:close_unit": _KEEP,
    "organisation:people": _READ,
    "organisation:person": _READ,
    "organisation:reach_person": _REACH,
    "organisation:correct_person": _CORRECT,
    "organisation:transfer_person": _KEEP,
    "organisation:lend_person": _KEEP,
    "organisation:return_person": _KEEP,
    "organisation:person_leaves": _KEEP,
    "organisation:person_away": _KEEP,
    "organisation:person_back": _KEEP,
    "organisation:person_reached": _KEEP,
    "organisation:roles": _READ,
    "organisation:role": allow(*READERS, methods=("GET", "POST"), writers=APPOINTERS),
    "organisation:teams": _READ_OR_KEEP,
    "organisation:team": _READ_OR_KEEP,
    "organisation:release_member": _KEEP,
    "organisation:close_team": _KEEP,
    "organisation:areas": _READ,
    "organisation:set_boundaries": _KEEP,
    "organisation:sites": _READ,
    "organisation:site": _READ_OR_KEEP,
    "organisation:row": _KEEP_FORM,
    "organisation:import": _KEEP_FORM,
    "organisation:import_template": allow(*KEEPERS),
    "organisation:import_preview": allow(*KEEPERS),
    "organisation:import_confirm": _KEEP,
    "api:organisation_units": _READ,
    "api:organisation_unit": _READ,
    "api:organisation_people": _READ,
    "api:organisation_person": _READ,
    "api:organisation_reach": _REACH,
    "api:organisation_correct": _CORRECT,
    "api:organisation_roles": _READ,
    "api:organisation_teams": allow(*READERS, methods=("GET", "POST"), writers=KEEPERS),
    "api:organisation_close_team": _KEEP,
    "api:organisation_areas": _READ,
    "api:organisation_sites": _READ,
    "api:organisation_import": _KEEP,
    "api:organisation_import_confirm": _KEEP,
    "api:organisation_boundaries": _KEEP,
    "api:organisation_role_fill": allow(*APPOINTERS, methods=("POST",)),
    "api:organisation_transfer": _KEEP,
    "api:organisation_lend": _KEEP,
    "api:organisation_return": _KEEP,
    "api:organisation_leave": _KEEP,
    "api:organisation_site_set": _KEEP,
}
