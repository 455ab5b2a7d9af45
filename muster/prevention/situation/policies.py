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
SETTERS: Final = (roles.COMMANDER, roles.DUTY_OFFICER, roles.PLANS_OFFICER, roles.MEDICAL_OFFICER)
DECIDERS: Final = (roles.COMMANDER, roles.DUTY_OFFICER, roles.PLANS_OFFICER, roles.EXERCISE_CONTROLLER)

_READ = allow(*READERS)
_SET = allow(*SETTERS, methods=("POST",))
_READ_AND_SET = allow(*READERS, methods=("GET", "POST"), writers=SETTERS)
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
    "situation:rules": _READ,
    "situation:rule_set": _SET,
    "situation:rule_add": _SET,
    "situation:interval_record": _SET,
    "api:situation_indicators": _READ,
    "api:situation_curve": _READ,
    "api:situation_areas": _READ,
    "api:situation_signals": _READ,
    "api:situation_reports": _READ,
    "api:situation_report_rows": _READ,
    "api:situation_rules": _READ_AND_SET,
    "api:situation_rule": _SET,
    "api:situation_intervals": _READ_AND_SET,
    "api:situation_counts": allow(*REPORTERS, methods=("POST",)),
    "api:situation_inputs": allow(*REPORTERS, methods=("POST",)),
}
TOPICS: Final = {"situation": "situation:overview"}
