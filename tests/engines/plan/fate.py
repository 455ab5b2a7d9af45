"""An operation told in a few words, and a watchman who notes everything that must never happen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from muster.engines.plan import Clause, Plan, State, Text, start, step
from muster.engines.plan.conditions import read_condition
from muster.engines.plan.effects import (
    Effect,
    LevelSet,
    MeasureExpired,
    TaskClosed,
    TaskLate,
    TaskRaised,
    TaskReleased,
    TaskWithdrawn,
)
from muster.engines.plan.events import Event, TaskKey
from muster.engines.plan.types import Authority, Level

BEGIN = datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def clause(name: str, **fields: object) -> Clause:
    """A clause at every level that is done once within six hours, but for what `fields` say."""
    plain = Clause(
        id=name,
        title=Text(name),
        text=Text(""),
        phase="response",
        annex="",
        actor="commander",
        action="command",
        levels=frozenset({1, 2, 3, 4}),
        on="",
        due=6 * HOUR,
        every=None,
        after=(),
        scales="once",
        per="",
        people=(),
        standard="",
        supplies=(),
        partners=(),
        evidence=(),
        ends=Text(""),
        data_class="none",
        ground="",
        measure=None,
        renews="",
        decision=False,
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def level(
    number: int,
    trigger: str = "false",
    release: str = "false",
    held_days: int = 1,
    review: timedelta = timedelta(),
    report_every: timedelta = timedelta(),
) -> Level:
    """A level that asks for nothing beside the clauses, but for what is said."""
    return Level(
        number=number,
        id=("", "I", "II", "III", "IV")[number],
        name=Text("level"),
        colour="",
        duty_grade="",
        activated_by="",
        trigger=read_condition(trigger),
        release=read_condition(release),
        held_days=held_days,
        review=review,
        report_every=report_every,
    )


def plan_of(clauses: Iterable[Clause], levels: Iterable[Level] = ()) -> Plan:
    return Plan(
        id="T",
        version="1.0",
        title=Text("test"),
        hash="",
        zone=ZoneInfo("Asia/Shanghai"),
        legal_basis=(),
        reviewed_on=None,
        review_months=36,
        exercise_months=12,
        authority=Authority("government", "recommend", 1, "", "", 2, (), ()),
        gradings={},
        levels=tuple(levels) or tuple(level(number) for number in (1, 2, 3, 4)),
        fresh_for=36 * HOUR,
        roles={},
        standards={},
        reserve_days={},
        clauses=tuple(clauses),
    )


class Story:
    """Events one after another; what was said is kept."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.state: State = start()
        self.effects: list[Effect] = []

    def tell(self, *events: Event) -> tuple[Effect, ...]:
        """What follows from these events."""
        said: list[Effect] = []
        for event in events:
            self.state, effects = step(self.plan, self.state, event)
            said += effects
        self.effects += said
        return tuple(said)

    def open_tasks(self) -> set[TaskKey]:
        return set(self.state.tasks)

    def due(self, *key: str) -> datetime | None:
        return self.state.tasks[TaskKey(*key)].due_at


def raised(effects: Iterable[Effect]) -> list[TaskKey]:
    return [effect.key for effect in effects if isinstance(effect, TaskRaised)]


def withdrawn(effects: Iterable[Effect]) -> list[TaskKey]:
    return [effect.key for effect in effects if isinstance(effect, TaskWithdrawn)]


def released(effects: Iterable[Effect]) -> list[TaskKey]:
    return [effect.key for effect in effects if isinstance(effect, TaskReleased)]


def late(effects: Iterable[Effect]) -> list[TaskKey]:
    return [effect.key for effect in effects if isinstance(effect, TaskLate)]


def expired(effects: Iterable[Effect]) -> list[tuple[str, str]]:
    return [(effect.clause, effect.place) for effect in effects if isinstance(effect, MeasureExpired)]


class Watchman:
    """Follows effects alone, and fails at the first that contradicts an earlier one."""

    def __init__(self) -> None:
        self.raised: set[TaskKey] = set()
        self.open: set[TaskKey] = set()
        self.waits: dict[TaskKey, set[TaskKey]] = {}
        self.due: dict[TaskKey, datetime] = {}
        self.late: set[TaskKey] = set()
        self.level = 0

    def hear(self, effects: Iterable[Effect]) -> None:
        for effect in effects:
            self._hear(effect)
        for key, waits in self.waits.items():
            assert waits & self.open, f"{key} waits though nothing is left to wait for"

    def _hear(self, effect: Effect) -> None:
        match effect:
            case TaskRaised(key, _at, due, waits):
                self._task_raised(key, due, set(waits))
            case TaskReleased(key, at, due):
                assert not self.waits.pop(key) & self.open, f"{key} is released before what it waits for has ended"
                assert due >= at
                self.due[key] = due
            case TaskLate(key, due):
                assert key in self.open
                assert key not in self.late, f"{key} is late twice"
                assert self.due[key] == due
                self.late.add(key)
            case TaskClosed(key, _at):
                assert key not in self.waits, f"{key} is done before what it waits for"
                self._ended(key)
            case TaskWithdrawn(key, _at, reason):
                assert reason in ("level", "place_closed", "stand_down", "expired")
                self.waits.pop(key, None)
                self._ended(key)
            case LevelSet(number, _at):
                self.level = number

    def _task_raised(self, key: TaskKey, due: datetime | None, waits: set[TaskKey]) -> None:
        assert key not in self.raised, f"{key} is raised twice"
        self.raised.add(key)
        self.open.add(key)
        assert (due is None) == bool(waits)
        if due is None:
            self.waits[key] = waits
        else:
            self.due[key] = due

    def _ended(self, key: TaskKey) -> None:
        assert key in self.open, f"{key} ends twice"
        self.open.remove(key)
