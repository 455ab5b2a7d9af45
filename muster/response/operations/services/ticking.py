"""What must happen in live operations although nobody asks for it: time passes, the indicators are looked at."""

from __future__ import annotations

from datetime import datetime

from muster.engines.plan import step
from muster.engines.plan.effects import Effect, LevelRecommended, LevelUnknown
from muster.engines.plan.events import Event, TimePassed
from muster.engines.plan.state import State
from muster.kernel import clock
from muster.kernel.commands import Actor, command
from muster.preparedness.plans.queries import plan_of
from muster.response.operations.models import EngineState, Mode, Operation
from muster.response.operations.permits import keeps_the_clock
from muster.response.operations.queries.knowledge import seen_at
from muster.response.operations.services.advice import is_news
from muster.response.operations.services.follow import follow

WORKER = "worker"
ADVICE = (LevelRecommended, LevelUnknown)


@command("operations.tick", policy=keeps_the_clock)
def tick(*, by: Actor, operation: Operation) -> dict[str, int]:
    """Let time pass up to now and look at the indicators; returns tasks by what became of them."""
    followed = follow(operation, due_events(operation, by.now), by)
    return dict(followed.counts)


def due_events(operation: Operation, at: datetime) -> list[Event]:
    """What a look at the clock and at the figures tells the engine."""
    return [TimePassed(at), seen_at(operation=operation, at=at)]


def tick_all() -> int:
    """One look at every live operation; only those in which something follows from it write anything.

    Returns how many did. An operation that fails does not keep the others from their look.
    """
    at = clock.now()
    ticked = 0
    live = Operation.objects.filter(mode=Mode.LIVE).exclude(state__in=["proposed", "refused"])
    for operation in live.select_related("plan_version", "plan", "area"):
        if something_follows(operation, at):
            tick(by=Actor.system(WORKER, at), operation=operation)
            ticked += 1
    return ticked


def something_follows(operation: Operation, at: datetime) -> bool:
    """Whether the engine would say anything, or count another day of the release condition; nothing is stored."""
    plan = plan_of(operation.plan_version)
    state = before = State.from_dict(EngineState.objects.get(operation=operation).state)
    effects: tuple[Effect, ...] = ()
    said = False
    for event in due_events(operation, at):
        state, effects = step(plan, state, event)
        said = said or any(not isinstance(effect, ADVICE) for effect in effects)
    counted = (state.held_days, state.held_on) != (before.held_days, before.held_on)
    return said or counted or is_news(operation, effects, at)
