"""What follows from an event, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from muster.engines.plan.events import TaskKey, Value


@dataclass(frozen=True, slots=True)
class TaskRaised:
    """A new task, raised `at`; `due_at` is None while it waits for the tasks named in `waits_for`."""

    key: TaskKey
    at: datetime
    due_at: datetime | None
    waits_for: tuple[TaskKey, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskReleased:
    """A task need wait no longer; its time runs from `at`."""

    key: TaskKey
    at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TaskLate:
    """A task passed its due time undone; said once."""

    key: TaskKey
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TaskWithdrawn:
    """A task that nobody need do any more: `reason` "level" | "place_closed" | "stand_down" | "expired"."""

    key: TaskKey
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class TaskClosed:
    key: TaskKey
    at: datetime


@dataclass(frozen=True, slots=True)
class MeasureExpired:
    """A restriction ran out without renewal: its people and posts are free, the place stays on the map."""

    clause: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LevelRecommended:
    """The indicators speak for `level` (0: stand down). `rule` is "trigger:II" or "release:II"; said at each look."""

    level: int
    rule: str
    seen: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class LevelUnknown:
    """Whether `level`, higher than the present and any recommended one, is called for cannot be said."""

    level: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelSet:
    level: int
    at: datetime


Effect = (
    TaskRaised
    | TaskReleased
    | TaskLate
    | TaskWithdrawn
    | TaskClosed
    | MeasureExpired
    | LevelRecommended
    | LevelUnknown
    | LevelSet
)
