"""Who may change plans: the policy that their commands ask."""

from __future__ import annotations

from typing import Any, Final

from muster.kernel.access.roles import PLANS_OFFICER
from muster.kernel.commands import Actor
from muster.kernel.commands.actor import SYSTEM

RELEASERS: Final = frozenset({SYSTEM, PLANS_OFFICER})


def releases_plans(*, by: Actor, **_: Any) -> bool:
    """Plans are released by the plans officers, and by the installation while it is set up."""
    return not RELEASERS.isdisjoint(by.roles)


def writes_plans(*, by: Actor, **_: Any) -> bool:
    """Drafts are written by the plans officers, and by the installation while it is set up."""
    return not RELEASERS.isdisjoint(by.roles)
