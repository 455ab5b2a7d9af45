"""Who may use the pages of operations. The second person of a decision is checked again by the service itself."""

from __future__ import annotations

from typing import Final

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow

READERS: Final = tuple(sorted(roles.BUREAU))
DECIDERS: Final = (roles.COMMANDER, roles.DUTY_OFFICER)
WORKERS: Final = (
    roles.COMMANDER,
    roles.DUTY_OFFICER,
    roles.LOGISTICS_OFFICER,
    roles.STATION_CHIEF,
    roles.FIELD_OFFICER,
    roles.MEDICAL_OFFICER,
    roles.DATA_OFFICER,
)
CONTROLLERS: Final = (*DECIDERS, roles.EXERCISE_CONTROLLER)

_READ = allow(*READERS)
_PROPOSE = allow(*CONTROLLERS, methods=("GET", "POST"))
_WORK = allow(*WORKERS, methods=("POST",))

_WRITE_WORK = allow(*WORKERS, *CONTROLLERS, methods=("POST",))
_WRITE_COMMAND = allow(*CONTROLLERS, methods=("POST",))
ROUTES: Routes = {
    "operations:board": _READ,
    "operations:list": _READ,
    "operations:operation_board": _READ,
    "operations:board_panels": _READ,
    "operations:detail": allow(*READERS, methods=("GET", "POST"), writers=(*WORKERS, *CONTROLLERS)),
    "operations:log": allow(*READERS, methods=("GET", "POST"), writers=(*WORKERS, *CONTROLLERS)),
    "operations:decisions": allow(*READERS, methods=("GET", "POST"), writers=CONTROLLERS),
    "operations:places": allow(*READERS, methods=("GET", "POST"), writers=CONTROLLERS),
    "operations:proposals": _READ,
    "operations:task": _READ,
    "operations:acknowledge_task": _WORK,
    "operations:begin_task": _WORK,
    "operations:complete_task": _WORK,
    "operations:activate": _PROPOSE,
    "operations:change_level": _PROPOSE,
    "operations:stand_down": _PROPOSE,
    "operations:proposal": allow(*READERS, methods=("GET", "POST"), writers=CONTROLLERS),
    "api:operations": allow(*READERS, methods=("GET", "POST"), writers=CONTROLLERS),
    "api:operation": _READ,
    "api:operation_tasks": _READ,
    "api:operation_log": _READ,
    "api:operation_level": _WRITE_COMMAND,
    "api:operation_proposal": _READ,
    "api:operation_proposal_approve": _WRITE_COMMAND,
    "api:operation_proposal_refuse": _WRITE_COMMAND,
    "api:operation_task_acknowledge": _WRITE_WORK,
    "api:operation_task_begin": _WRITE_WORK,
    "api:operation_task_complete": _WRITE_WORK,
    "api:operation_place_open": _WRITE_COMMAND,
    "api:operation_place_close": _WRITE_COMMAND,
    "api:operation_arising": _WRITE_WORK,
    "api:operation_note": _WRITE_WORK,
}

# Whoever may see the board may follow its operation.
TOPICS: Final = {"operation": "operations:board", "operations": "operations:list"}
