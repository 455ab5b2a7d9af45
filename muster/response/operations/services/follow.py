"""The one place where the plan engine is asked and what it says is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from muster.engines.plan import step
from muster.engines.plan.effects import Effect, LevelSet
from muster.engines.plan.events import Event, IndicatorsSeen
from muster.engines.plan.state import State
from muster.engines.plan.types import Plan
from muster.kernel.commands import Actor, announce
from muster.preparedness.plans.queries import plan_of
from muster.response.operations.models import EngineState, Operation
from muster.response.operations.services.advice import advise
from muster.response.operations.services.tasks_kept import KeptTasks, Step
from muster.response.operations.services.telling import tell
from muster.response.operations.services.texts import Log


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of some events: the state after them, every effect in order, tasks counted by what became of them."""

    state: State
    effects: tuple[Effect, ...]
    counts: Counter[str]

    @property
    def level(self) -> int | None:
        """The level that was set, None if none was."""
        levels = [effect.level for effect in self.effects if isinstance(effect, LevelSet)]
        return levels[-1] if levels else None


def follow(operation: Operation, events: Sequence[Event], by: Actor, log: Log | None = None) -> Followed:
    """Hand events to the engine, store what it says, write the log, tell the followers; only inside a command.

    Events are taken in their order. What the indicators speak for becomes a recommendation.
    """
    plan = plan_of(operation.plan_version)
    state, steps = _asked(operation, plan, events)
    tasks = KeptTasks(operation, plan, by, steps)
    tasks.apply()
    tasks.store()
    lines = log or Log(operation, by)
    tell(lines, plan, steps, tasks)
    effects = tuple(effect for _event, effects in steps for effect in effects)
    _advise(lines, steps)
    lines.store()
    announce(operation.topic, {"operation": operation.code, "tasks": dict(tasks.counts)})
    return Followed(state, effects, tasks.counts)


def _asked(operation: Operation, plan: Plan, events: Sequence[Event]) -> tuple[State, list[Step]]:
    """The state is held until the transaction ends: two commands wait for each other instead of both going on from it."""
    kept = EngineState.objects.select_for_update().get(operation=operation)
    state = State.from_dict(kept.state)
    steps: list[Step] = []
    for event in events:
        state, effects = step(plan, state, event)
        steps.append((event, effects))
    kept.state, kept.events = state.to_dict(), kept.events + len(steps)
    kept.save(update_fields=["state", "events"])
    return state, steps


def _advise(log: Log, steps: Sequence[Step]) -> None:
    """The last look counts: an earlier recommendation of the same command is overtaken by it."""
    looks = [(event, effects) for event, effects in steps if isinstance(event, IndicatorsSeen)]
    if not looks:
        return
    seen, effects = looks[-1]
    assert isinstance(seen, IndicatorsSeen)
    advise(log, seen, effects)
