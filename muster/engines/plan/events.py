"""What happens to an operation. Every event says when (`at`, aware); one dated before the last counts as now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

Value = float | int | bool


class TaskKey(NamedTuple):
    """A task: one clause at work in one place ("" for the whole operation).

    `occurrence` says the how-many-eth time ("" for the first, then "2"), or the ref of the event that it answers.
    """

    clause: str
    place: str = ""
    occurrence: str = ""


@dataclass(frozen=True, slots=True)
class Activated:
    at: datetime
    level: int


@dataclass(frozen=True, slots=True)
class LevelChanged:
    at: datetime
    level: int


@dataclass(frozen=True, slots=True)
class StoodDown:
    at: datetime


@dataclass(frozen=True, slots=True)
class PlaceOpened:
    at: datetime
    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class PlaceClosed:
    at: datetime
    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class Arose:
    """A request, case or batch (`kind` of `words.ARISING`); `ref` is unique in its kind, by the caller's care."""

    at: datetime
    kind: str
    ref: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class TaskAcknowledged:
    at: datetime
    key: TaskKey


@dataclass(frozen=True, slots=True)
class TaskBegun:
    at: datetime
    key: TaskKey


@dataclass(frozen=True, slots=True)
class TaskDone:
    at: datetime
    key: TaskKey
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimePassed:
    at: datetime


@dataclass(frozen=True, slots=True)
class IndicatorsSeen:
    """Values of `words.INDICATORS`; `taken_at` says when each was measured (none given: at `at`).

    A value older than the plan's freshness, or absent, is unknown.
    """

    at: datetime
    values: Mapping[str, Value]
    taken_at: Mapping[str, datetime] = field(default_factory=dict)


Event = (
    Activated
    | LevelChanged
    | StoodDown
    | PlaceOpened
    | PlaceClosed
    | Arose
    | TaskAcknowledged
    | TaskBegun
    | TaskDone
    | TimePassed
    | IndicatorsSeen
)
