"""Who may use the pages and the API of the situation."""

from __future__ import annotations

from typing import Final

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow

READERS: Final = tuple(sorted(roles.BUREAU))
REPORTERS: Final = (
    roles.COMMANDER,
    roles.DUTY_OFFICER,
    roles.MEDICAL_OFFICER,
    roles.DATA_OFFICER,
    roles.EXERCISE_CONTROLLER,  # for an exercise's own feed alone; the service sees to it
)
DECIDERS: Final = (roles.COMMANDER, roles.DUTY_OFFICER, roles.PLANS_OFFICER, roles.EXERCISE_CONTROLLER)

_READ = allow(*READERS)
_REPORT = allow(*REPORTERS, methods=("GET", "POST"))

ROUTES: Routes = {
    "situation:overview": _READ,
    "situation:reports": _READ,
    "situation:report": _READ,
    "situation:by_hand": _REPORT,
    "situation:state_start": allow(*REPORTERS, methods=("POST",)),
    "situation:import": _REPORT,
    "situation:import_confirm": allow(*REPORTERS, methods=("POST",)),
    "situation:move_signal": allow(*DECIDERS, methods=("POST",)),
    "api:situation_indicators": _READ,
    "api:situation_curve": _READ,
    "api:situation_areas": _READ,
    "api:situation_signals": _READ,
    "api:situation_reports": _READ,
    "api:situation_report_rows": _READ,
    "api:situation_counts": allow(*REPORTERS, methods=("POST",)),
    "api:situation_inputs": allow(*REPORTERS, methods=("POST",)),
}
TOPICS: Final = {"situation": "situation:overview"}
