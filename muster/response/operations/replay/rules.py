"""The replay's script: what the commander does. What arises and how people work is assumed in `engines/assumptions`.

All of it is stated in docs/replay.md; none of it is read from the plan, and the plan reads none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta

from muster.engines.assumptions import Assumptions


@dataclass(frozen=True, slots=True)
class Command:
    """The scripted commander. Two looks at the indicators a day; each recommendation is decided two hours later.

    He follows every recommendation to go up. He follows one to go down, or to stand down, when the province's level is
    not above it and the present level has been in force for `least_days`; otherwise he refuses with that reason.
    """

    looks: tuple[time, ...] = (time(12, 0), time(20, 30))
    taken_up_after: timedelta = timedelta(hours=1)
    decided_after: timedelta = timedelta(hours=2)
    least_days: int = 7
    places_at: time = time(6, 0)
    places_after: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rules(Assumptions):
    """The whole script."""

    command: Command = field(default_factory=Command)


RULES = Rules()
