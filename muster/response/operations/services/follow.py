"""The one place where the plan engine is asked and what it says is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from muster.engines.plan import run
from muster.engines.plan.effects import Effect
from muster.engines.plan.events import Event, IndicatorsSeen, TaskKey
from muster.engines.plan.state import State
from muster.kernel.commands import Actor, announce
from muster.preparedness.plans.queries import plan_of
from muster.response.operations.models import EngineState, Operation, Task
from muster.response.operations.services.advice import advise
from muster.response.operations.services.tasks_kept import KeptTasks, Step
from muster.response.operations.services.telling import tell
from muster.response.operations.services.texts import Log

MOVING: Final = ("state", "level", "level_since", "government_level", "opened_at", "closed_at", "clock_at")


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of some events: the state after them, every effect in order, tasks counted by what became of them."""

    state: State
    effects: tuple[Effect, ...]
    counts: Counter[str]


class Course:
    """An operation as the engine takes it from event to event; nothing is stored before `store`.

    The kept state is held until the transaction ends: of two commands the second goes on from where the first ends.
    """

    def __init__(self, operation: Operation, by: Actor) -> None:
        self.operation, self.by = operation, by
        self.plan = plan_of(operation.plan_version)
        self.kept = EngineState.objects.select_for_update().get(operation=operation)
        self.state = State.from_dict(self.kept.state)
        self.steps: list[Step] = []
        self.rows: dict[TaskKey, Task] = {}

    def play(self, events: Iterable[Event]) -> tuple[Effect, ...]:
        """Take events in their order; what follows from them."""
        taken = list(events)
        self.state, effects = run(self.plan, self.state, taken)
        self.steps.extend(zip(taken, effects, strict=True))
        return tuple(effect for some in effects for effect in some)

    def store(self, hindered: Mapping[TaskKey, str] | None = None) -> Followed:
        """Keep the state, the tasks and the log, put up what is recommended, tell the followers.

        `hindered` says what held up a task that is late, one of Task.Hindrance.
        """
        self.kept.state, self.kept.events = self.state.to_dict(), self.kept.events + len(self.steps)
        self.kept.save(update_fields=["state", "events"])
        tasks = KeptTasks(self.operation, self.plan, self.by, self.steps, hindered or {}, self.rows)
        tasks.apply()
        tasks.store()
        log = Log(self.operation, self.by)
        tell(log, self.plan, self.steps, tasks)
        _advise(log, self.steps)
        log.store()
        announce(self.operation.topic, {"operation": self.operation.code, "tasks": dict(tasks.counts)})
        effects = tuple(effect for _event, effects in self.steps for effect in effects)
        self.steps = []
        return Followed(self.state, effects, tasks.counts)


def hold(operation: Operation) -> None:
    """Hold the operation until the transaction ends: what is looked at from here on is so when it is changed."""
    EngineState.objects.select_for_update().get(operation=operation)
    operation.refresh_from_db(fields=MOVING)


def follow(operation: Operation, events: Sequence[Event], by: Actor) -> Followed:
    """Hand events to the engine, store what it says, write the log, tell the followers; only inside a command."""
    course = Course(operation, by)
    course.play(events)
    return course.store()


def _advise(log: Log, steps: Sequence[Step]) -> None:
    """The last look counts: what an earlier one of the same command spoke for is overtaken by it."""
    looks = [(event, effects) for event, effects in steps if isinstance(event, IndicatorsSeen)]
    if looks:
        seen, effects = looks[-1]
        assert isinstance(seen, IndicatorsSeen)
        advise(log, seen, effects)
