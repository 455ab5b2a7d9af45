"""How tasks are worked in the replay: when each is read, begun and done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from muster.engines.assumptions import Work
from muster.engines.plan.effects import Effect, TaskClosed, TaskRaised, TaskReleased, TaskWithdrawn
from muster.engines.plan.events import Event, TaskAcknowledged, TaskBegun, TaskDone, TaskKey
from muster.engines.plan.types import Plan
from muster.response.operations.replay.chance import Chance
from muster.response.operations.replay.needed import Spot

STAFF, STOCK = "staff", "stock"


class Pace:
    """The plan's tasks as people work them. `hindered` says of each open task what holds it up."""

    def __init__(self, plan: Plan, rules: Work, chance: Chance) -> None:
        self.plan, self.rules, self.chance = plan, rules, chance
        self.people: Mapping[Spot, float] = {}
        self.stock: Mapping[Spot, float] = {}
        self.hindered: dict[TaskKey, str] = {}
        self.put_off: dict[TaskKey, tuple[datetime, datetime]] = {}

    def react(self, effects: Iterable[Effect]) -> Iterator[Event]:
        """What people do about new and released tasks, each at its own time."""
        for effect in effects:
            if isinstance(effect, TaskRaised | TaskReleased) and effect.due_at is not None:
                yield from self._take_on(effect.key, effect.at, effect.due_at)
            elif isinstance(effect, TaskClosed | TaskWithdrawn):
                self._forget(effect.key)

    def try_again(self, moment: datetime) -> Iterator[Event]:
        """Tasks that were put off for want of people or stock, with what is there today."""
        put_off, self.put_off = self.put_off, {}
        for key, (due, _since) in put_off.items():
            yield from self._work(key, moment, due)

    def _take_on(self, key: TaskKey, released: datetime, due: datetime) -> Iterator[Event]:
        low, high = (span.total_seconds() for span in self.rules.reads)
        read = released + timedelta(seconds=round(self.chance.between(low, high, "read", *key)))
        yield TaskAcknowledged(read, key)
        yield TaskBegun(read + self.rules.begins, key)
        yield from self._work(key, released, due)

    def _work(self, key: TaskKey, begun: datetime, due: datetime) -> Iterator[Event]:
        share, hindrance = self._share(key)
        if hindrance:
            self.hindered[key] = hindrance
        if share < self.rules.hopeless:
            self.put_off[key] = (due, begun)
            return
        allowed = max(due - begun, self.rules.shortest)
        span = allowed * self.chance.between(*self.rules.share, "work", *key) / share
        done = begun + max(span, self.rules.shortest)
        yield TaskDone(done.replace(microsecond=0), key, self.plan.clause(key.clause).evidence)

    def _share(self, key: TaskKey) -> tuple[float, str]:
        """Which part of what its clause needs there is, and what is wanting."""
        spot = (key.clause, key.place)
        people, stock = self.people.get(spot, 1.0), self.stock.get(spot, 1.0)
        if min(people, stock) >= 1.0:
            return 1.0, ""
        return min(people, stock), STAFF if people <= stock else STOCK

    def _forget(self, key: TaskKey) -> None:
        self.put_off.pop(key, None)
