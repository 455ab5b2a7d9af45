"""Where an operation stands in its plan. Only what is still open is kept: what is closed is the caller's history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from muster.engines.plan.events import TaskKey

PROPOSED, ACTIVE, STOOD_DOWN = "proposed", "active", "stood_down"
WAITING, OPEN, ACKNOWLEDGED, IN_WORK = "waiting", "open", "acknowledged", "in_work"


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that is neither done nor withdrawn."""

    status: str
    raised_at: datetime
    due_at: datetime | None
    waits_for: frozenset[TaskKey] = frozenset()
    late: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A clause in force in one place ("" for the operation), with its people, whether or not its task is done.

    `next_at` is when its next round begins, `expires_at` when its measure runs out. `ended`: the measure ran out; it is
    kept, without people, so that the clause does not start again by itself.
    """

    since: datetime
    next_at: datetime | None = None
    expires_at: datetime | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """An operation's place in its plan; never changed, each step gives a new one.

    `standing` by (clause, place); `rounds` counts how often a clause started in a place; `load` counts, for the last
    days, the requests, cases and batches per (day, clause, place); `held_days` is how many days the release condition
    of the present level has held up to and with `held_on`, the last day that was looked at.
    `waiters` is `waits_for` of the waiting tasks turned round.
    """

    phase: str = PROPOSED
    level: int = 0
    now: datetime | None = None
    places: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    tasks: Mapping[TaskKey, OpenTask] = field(default_factory=dict)
    standing: Mapping[tuple[str, str], Standing] = field(default_factory=dict)
    rounds: Mapping[tuple[str, str], int] = field(default_factory=dict)
    load: Mapping[tuple[date, str, str], int] = field(default_factory=dict)
    held_days: int = 0
    held_on: date | None = None
    waiters: Mapping[TaskKey, frozenset[TaskKey]] = field(default_factory=dict, compare=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; `from_dict` gives the same state back."""
        from muster.engines.plan.stored import to_dict

        return to_dict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> State:
        """Raises StateInvalid for what `to_dict` never made. An empty mapping is the start."""
        from muster.engines.plan.stored import from_dict

        return from_dict(stored)


def start() -> State:
    """Before anything has happened."""
    return State()
