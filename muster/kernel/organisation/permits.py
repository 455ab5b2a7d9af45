"""Who may change the organisation: the policies that its commands ask.

Roles are written out here because the access roles stand above this room.
"""

from __future__ import annotations

from typing import Any, Final

from muster.kernel.commands import Actor

KEEPERS: Final = frozenset({"system", "duty_officer", "plans_officer"})
APPOINTERS: Final = frozenset({"system", "commander", "duty_officer"})


def keeps_the_organisation(*, by: Actor, **_: Any) -> bool:
    """Units, people, areas and sites are kept by the duty and plans officers."""
    return not KEEPERS.isdisjoint(by.roles)


def appoints(*, by: Actor, **_: Any) -> bool:
    """Command roles are filled by the commander and the duty officer."""
    return not APPOINTERS.isdisjoint(by.roles)
