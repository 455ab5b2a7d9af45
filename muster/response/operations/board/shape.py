"""What the board consists of: plain facts at one moment, ready for a page, a chart or the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class LevelSpan:
    """One stretch at one level; without an end it lasted at the moment that is looked at."""

    level: int
    from_at: datetime
    to_at: datetime | None


@dataclass(frozen=True, slots=True)
class Moment:
    """Which moment of an operation is looked at, between its start and its own now."""

    at: datetime
    start: datetime
    now: datetime

    @property
    def is_past(self) -> bool:
        """True when the page shows what was known earlier than now."""
        return self.at < self.now

    @property
    def behind(self) -> timedelta:
        """How far before the operation's now."""
        return self.now - self.at


@dataclass(frozen=True, slots=True)
class Headline:
    """The level and how long it has been in force; `day` counts from 1."""

    level: int
    since: datetime | None
    day: int


@dataclass(frozen=True, slots=True)
class CurveDay:
    """One day of reports: persons per day by day of report, as known at the moment; Rt with its 95% interval."""

    day: date
    new: int | None
    late_report: bool = False
    rt_mean: float | None = None
    rt_low: float | None = None
    rt_high: float | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """The reported epidemic and what was in force."""

    days: tuple[CurveDay, ...]
    levels: tuple[LevelSpan, ...]
    incidence_7d: float | None = None

    @property
    def latest(self) -> CurveDay | None:
        """The last day that has a report."""
        return next((day for day in reversed(self.days) if day.new is not None), None)

    @property
    def latest_rt(self) -> CurveDay | None:
        """The last day that has an estimate of Rt."""
        return next((day for day in reversed(self.days) if day.rt_mean is not None), None)


@dataclass(frozen=True, slots=True)
class District:
    """A district with the figures that its risk rests on; `incidence_7d` per 100,000, None where unknown."""

    code: str
    name: str
    risk: str
    cases_7d: int | None
    incidence_7d: float | None
    cases_14d: int | None
    sites: int
    late: int
    lon: float
    lat: float
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenSite:
    """A place that is open at the moment; `late` counts its overdue tasks."""

    code: str
    name: str
    kind: str
    kind_title: str
    district: str
    unit: str
    lon: float
    lat: float
    opened_at: datetime | None
    late: int


@dataclass(frozen=True, slots=True)
class UnitMark:
    """Where a unit stands, for the overlay of the map; `open_tasks` are those that it owes."""

    code: str
    name: str
    kind: str
    lon: float
    lat: float
    open_tasks: int
    late: int


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task in a list."""

    pk: int
    clause: str
    title: str
    role: str
    unit: str
    place: str
    state: str
    state_title: str
    due_at: datetime | None
    late_by: timedelta | None


@dataclass(frozen=True, slots=True)
class PhaseCount:
    """Tasks of one phase of the plan by state."""

    phase: str
    title: str
    waiting: int
    at_work: int
    done: int
    late: int

    @property
    def total(self) -> int:
        """All of the phase's tasks that were not withdrawn."""
        return self.waiting + self.at_work + self.done


@dataclass(frozen=True, slots=True)
class PeopleShort:
    """Officer-shifts that one unit lacks on one day."""

    unit: str
    qualification: str
    needed: int
    available: int

    @property
    def missing(self) -> int:
        """How many are not there."""
        return self.needed - self.available


@dataclass(frozen=True, slots=True)
class StockShort:
    """Units of issue that one store lacks on one day; `days` of supply at that day's need, None where unknown."""

    store: str
    item: str
    needed: int
    available: int
    days: float | None

    @property
    def missing(self) -> int:
        """How many are not there."""
        return self.needed - self.available


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that a person has to decide."""

    pk: int
    kind: str
    title: str
    reason: str
    level: int | None
    since: datetime
    waited: timedelta


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry of the log."""

    at: datetime
    who: str
    kind: str
    kind_title: str
    text: str


@dataclass(frozen=True, slots=True)
class Shortfalls:
    """The worst shortfalls of one day, and how many there are in all."""

    day: date | None
    people: tuple[PeopleShort, ...]
    people_total: int
    stock: tuple[StockShort, ...]
    stock_total: int


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board."""

    moment: Moment
    headline: Headline
    curve: Curve
    districts: tuple[District, ...]
    sites: tuple[OpenSite, ...]
    units: tuple[UnitMark, ...]
    obligations: tuple[TaskLine, ...]
    overdue: tuple[TaskLine, ...]
    overdue_total: int
    phases: tuple[PhaseCount, ...]
    shortfalls: Shortfalls
    waiting: tuple[Waiting, ...]
    log: tuple[LogLine, ...]
