"""Who may report counts and decide on signals: the policies that the commands ask."""

from __future__ import annotations

from typing import Any, Final

from muster.kernel.access import roles
from muster.kernel.commands import Actor
from muster.kernel.commands.actor import SYSTEM
from muster.prevention.situation.models import LIVE, Signal

REPORTERS: Final = frozenset({SYSTEM, roles.COMMANDER, roles.DUTY_OFFICER, roles.MEDICAL_OFFICER, roles.DATA_OFFICER})
DECIDERS: Final = frozenset({SYSTEM, roles.COMMANDER, roles.DUTY_OFFICER, roles.PLANS_OFFICER})
SETTERS: Final = frozenset({SYSTEM, roles.COMMANDER, roles.DUTY_OFFICER, roles.PLANS_OFFICER, roles.MEDICAL_OFFICER})
CONTROLLERS: Final = frozenset({roles.EXERCISE_CONTROLLER})


def reports_counts(*, by: Actor, feed: str = LIVE, **_: Any) -> bool:
    """The duty officer and those who deal with health and data; in an exercise's own feed its controller too."""
    return _among(by, REPORTERS, feed)


def evaluates_signals(*, by: Actor, feed: str = LIVE, **_: Any) -> bool:
    """Whoever may decide on a signal may have the rules looked at again."""
    return _among(by, DECIDERS | REPORTERS, feed)


def decides_signals(*, by: Actor, signal: Signal, **_: Any) -> bool:
    """The commander, the duty officer and the plans officer; in an exercise's own feed its controller too."""
    return _among(by, DECIDERS, signal.feed)


def sets_rules(*, by: Actor, **_: Any) -> bool:
    """Those who decide on signals and the medical officer; no controller, since an exercise has no rules of its own."""
    return not by.roles.isdisjoint(SETTERS)


def _among(by: Actor, permitted: frozenset[str], feed: str) -> bool:
    return not by.roles.isdisjoint(permitted if feed == LIVE else permitted | CONTROLLERS)
