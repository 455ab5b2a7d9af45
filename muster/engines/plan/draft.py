"""A state while one or more events are being applied to it: only the mappings that change are copied, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from muster.engines.plan.deadlines import due_at
from muster.engines.plan.effects import Effect, TaskClosed, TaskLate, TaskRaised, TaskReleased, TaskWithdrawn
from muster.engines.plan.events import TaskKey
from muster.engines.plan.state import OPEN, WAITING, OpenTask, Standing, State
from muster.engines.plan.types import Clause, Plan

_MAPPINGS = ("places", "tasks", "standing", "rounds", "load", "waiters")


class Draft:
    """Tasks are added, released and ended here and nowhere else; every change says itself in `effects`."""

    def __init__(self, plan: Plan, state: State) -> None:
        self.plan = plan
        self.phase, self.level = state.phase, state.level
        self.held_days, self.held_on = state.held_days, state.held_on
        self.now = state.now
        self.effects: list[Effect] = []
        self._mappings: dict[str, Any] = {name: getattr(state, name) for name in _MAPPINGS}
        self._own: set[str] = set()

    def state(self) -> State:
        """What has come of it; the draft must not be used after."""
        return State(
            phase=self.phase,
            level=self.level,
            now=self.now,
            held_days=self.held_days,
            held_on=self.held_on,
            **self._mappings,
        )

    def said(self) -> tuple[Effect, ...]:
        """The effects since the last call."""
        effects, self.effects = tuple(self.effects), []
        return effects

    def advance(self, at: datetime) -> datetime:
        """The moment at which an event counts: time never runs backwards. UTC.

        Raises ValueError for a moment without a zone.
        """
        if at.tzinfo is None:
            raise ValueError(f"an event needs a moment with a zone, not {at}")
        moment = at.astimezone(UTC)
        self.now = moment if self.now is None else max(self.now, moment)
        return self.now

    @property
    def moment(self) -> datetime:
        assert self.now is not None, "advance comes first"
        return self.now

    def day(self) -> date:
        """The present day in the plan's zone."""
        return self.moment.astimezone(self.plan.zone).date()

    def own(self, name: str) -> dict[Any, Any]:
        """The mapping of this name, to be changed."""
        if name not in self._own:
            self._mappings[name] = dict(self._mappings[name])
            self._own.add(name)
        mapping: dict[Any, Any] = self._mappings[name]
        return mapping

    @property
    def tasks(self) -> Mapping[TaskKey, OpenTask]:
        found: Mapping[TaskKey, OpenTask] = self._mappings["tasks"]
        return found

    @property
    def standing(self) -> Mapping[tuple[str, str], Standing]:
        found: Mapping[tuple[str, str], Standing] = self._mappings["standing"]
        return found

    @property
    def load(self) -> Mapping[tuple[date, str, str], int]:
        found: Mapping[tuple[date, str, str], int] = self._mappings["load"]
        return found

    def open_places(self, kind: str) -> list[str]:
        """Open places of a kind, in the order of their ids."""
        return sorted(self._mappings["places"].get(kind, ()))

    def current(self, clause_id: str, place: str) -> TaskKey:
        """The key of the latest round of a clause in a place, whether or not its task is open."""
        return TaskKey(clause_id, place, _occurrence(self._mappings["rounds"].get((clause_id, place), 0)))

    def latest(self, clause_id: str, place: str) -> TaskKey | None:
        """The open task of a clause in a place, of which there is never more than one (single events aside)."""
        key = self.current(clause_id, place)
        return key if key in self.tasks else None

    def new_round(self, clause_id: str, place: str) -> TaskKey:
        """The key of the next round: the first has the occurrence "", then "2", "3" and so on."""
        rounds = self.own("rounds")
        count = rounds[clause_id, place] = rounds.get((clause_id, place), 0) + 1
        return TaskKey(clause_id, place, _occurrence(count))

    def order(self, key: TaskKey) -> tuple[int, TaskKey]:
        """Tasks of one moment go in the plan's order, then by place."""
        return self.plan.positions.get(key.clause, -1), key

    def add(self, key: TaskKey, waits: frozenset[TaskKey]) -> None:
        """A new task; its time runs at once unless it waits."""
        due = None if waits else self.due(key)
        self.own("tasks")[key] = OpenTask(WAITING if waits else OPEN, self.moment, due, waits)
        self.effects.append(TaskRaised(key, self.moment, due, tuple(sorted(waits, key=self.order))))
        for other in waits:
            waiters = self.own("waiters")
            waiters[other] = waiters.get(other, frozenset()) | {key}

    def due(self, key: TaskKey) -> datetime:
        """When a task that is released now is due."""
        return due_at(self.plan.clause(key.clause).due, self.moment, self.plan.zone)

    def close(self, key: TaskKey) -> None:
        """The task is done; what waited for it goes on."""
        self._end(key)
        self.effects.append(TaskClosed(key, self.moment))
        self._let_go([key])

    def withdraw(self, keys: Iterable[TaskKey], reason: str) -> None:
        """Nobody need do these any more; others that waited for them go on."""
        gone = sorted(keys, key=self.order)
        for key in gone:
            self._end(key)
            self.effects.append(TaskWithdrawn(key, self.moment, reason))
        self._let_go(gone)

    def say_late(self, key: TaskKey) -> None:
        """Said once, of a task whose due time has passed."""
        task = self.tasks[key]
        if not task.late and task.due_at is not None and task.due_at < self.moment:
            self.own("tasks")[key] = replace(task, late=True)
            self.effects.append(TaskLate(key, task.due_at))

    def _end(self, key: TaskKey) -> None:
        self.say_late(key)
        task = self.own("tasks").pop(key)
        for other in task.waits_for:
            self._forget_waiter(other, key)

    def _forget_waiter(self, other: TaskKey, key: TaskKey) -> None:
        """`key` has ended and waits for `other` no more."""
        left = self._mappings["waiters"].get(other, frozenset()) - {key}
        if left:
            self.own("waiters")[other] = left
        elif other in self._mappings["waiters"]:
            del self.own("waiters")[other]

    def _let_go(self, ended: Iterable[TaskKey]) -> None:
        for other in ended:
            if other in self._mappings["waiters"]:
                for key in sorted(self.own("waiters").pop(other), key=self.order):
                    self._wait_less(key, other)

    def _wait_less(self, key: TaskKey, ended: TaskKey) -> None:
        task = self.tasks[key]
        waits = task.waits_for - {ended}
        if waits:
            self.own("tasks")[key] = replace(task, waits_for=waits)
            return
        due = self.due(key)
        self.own("tasks")[key] = OpenTask(OPEN, task.raised_at, due)
        self.effects.append(TaskReleased(key, self.moment, due))

    def stand(self, clause: Clause, place: str) -> TaskKey:
        """The clause is in force from now on in this place; gives the key of its task, still to be raised."""
        next_at = self.moment + clause.every if clause.every else None
        self.own("standing")[clause.id, place] = Standing(self.moment, next_at)
        return self.new_round(clause.id, place)


def _occurrence(count: int) -> str:
    return str(count) if count > 1 else ""
