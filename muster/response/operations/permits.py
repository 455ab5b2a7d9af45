"""Who may call which service of operations: the policies that its commands ask.

Muster itself acts in operations that are not real; in a live one it may recommend and keep the clock, never decide.
"""

from __future__ import annotations

from typing import Any, Final

from muster.kernel.access import roles
from muster.kernel.commands import Actor
from muster.kernel.commands.actor import SYSTEM
from muster.kernel.organisation.queries import role_holders
from muster.response.operations.models import Mode, Operation, Proposal, Task

DECIDERS: Final = frozenset({roles.COMMANDER, roles.DUTY_OFFICER})
CONTROLLERS: Final = DECIDERS | {roles.EXERCISE_CONTROLLER}
WORKERS: Final = frozenset(
    {
        roles.COMMANDER,
        roles.DUTY_OFFICER,
        roles.LOGISTICS_OFFICER,
        roles.STATION_CHIEF,
        roles.FIELD_OFFICER,
        roles.MEDICAL_OFFICER,
        roles.DATA_OFFICER,
    }
)
ACTIVATORS: Final = "commander"  # the command role in the plan whose levels only the commander sets


def is_system(by: Actor) -> bool:
    """Muster itself, acting for nobody."""
    return SYSTEM in by.roles


def commands_in(by: Actor, mode: str) -> bool:
    """May this actor propose and decide in operations of this mode?"""
    if mode == Mode.LIVE:
        return not DECIDERS.isdisjoint(by.roles)
    return is_system(by) or not CONTROLLERS.isdisjoint(by.roles)


def opens_operations(*, by: Actor, mode: str, **_: Any) -> bool:
    """Proposing an activation."""
    return commands_in(by, mode)


def commands_operation(*, by: Actor, operation: Operation, **_: Any) -> bool:
    """Proposing a level or the end; opening and closing places; deciding; writing in the log."""
    return commands_in(by, operation.mode)


def decides_proposal(*, by: Actor, proposal: Proposal, **_: Any) -> bool:
    """Approving, refusing, taking up; the service itself holds two people apart."""
    return commands_in(by, proposal.operation.mode)


def recommends(*, by: Actor, **_: Any) -> bool:
    """Only Muster itself says what the indicators speak for."""
    return is_system(by)


def keeps_the_clock(*, by: Actor, **_: Any) -> bool:
    """Only Muster itself says that time has passed."""
    return is_system(by)


def drives_a_simulation(*, by: Actor, operation: Operation, **_: Any) -> bool:
    """Only Muster itself plays a day, and never a real one."""
    return is_system(by) and not operation.is_live


def works_in(*, by: Actor, operation: Operation, **_: Any) -> bool:
    """Entering what arises, writing a note: whoever works in the operation."""
    return commands_in(by, operation.mode) or not WORKERS.isdisjoint(by.roles)


def owns_task(*, by: Actor, task: Task, **_: Any) -> bool:
    """The task is done by the unit that owes it, or by whoever holds the command role that it belongs to."""
    if not task.operation.is_live and (is_system(by) or roles.EXERCISE_CONTROLLER in by.roles):
        return True
    if WORKERS.isdisjoint(by.roles):
        return False
    return (task.unit_id is not None and by.unit_id == task.unit_id) or holds_the_role(by, task)


def holds_the_role(by: Actor, task: Task) -> bool:
    """Holder or deputy of the task's command role, for the task's unit if it has one."""
    if by.person_id is None:
        return False
    unit = task.unit.code if task.unit else None
    codes = {holder.person for holder in role_holders(task.owner_role, unit, by.now)}
    return bool(codes) and service_number(by) in codes


def service_number(by: Actor) -> str:
    """What readers of a log see of an actor: his service number, or who he is to the machine."""
    from muster.kernel.organisation.models import Person

    if by.person_id is None:
        return by.principal
    return Person.objects.filter(pk=by.person_id).values_list("code", flat=True).first() or by.principal
