"""The same plan in SimPy, written from the plan's words and not from the kernel: processes, events and resources.

It knows what the plan of `forty_tasks` needs: clauses done once, in rounds, one after another, and for each transfer;
crews that the whole force gives; items that each event uses, counted at midnight.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

import numpy as np
import simpy

from muster.engines.plan import Clause, Plan
from muster.engines.plan.types import PeopleNeed, Supply
from muster.engines.stress import Bureau, Lot, Scenario
from tests.engines.plan.fate import clause
from tests.engines.stress.situations import QUIET, WORK, bureau, plan, scenario

SKILLS = ("escort", "tracing", "verification", "investigation", "medical")
DAY = 1440
LEVEL_SET = 20 * 60 + 30 + 60  # the evening's look and an hour for the decision
RATE = 8.0  # transfers a day


def forty_tasks() -> Plan:
    """40 clauses: 12 in chains, 8 in daily rounds, 20 for each transfer, of which 10 share five kinds of crews."""
    hours = [timedelta(hours=h) for h in (1, 2, 3, 4, 6, 8, 12)]
    found = [clause(f"A{n:02}", due=hours[n % 7], after=(f"A{n - 1:02}",) if n % 4 else ()) for n in range(12)]
    found += [clause(f"B{n:02}", due=hours[n % 5], every=timedelta(hours=24)) for n in range(8)]
    for n in range(20):
        crew = (PeopleNeed(SKILLS[n % 5], 1 + n % 2, 1, "force", 4),) if n < 10 else ()
        supplies = (Supply("kn95", 1 + n % 3, "event"),) if n % 5 == 0 else ()
        after = (f"E{n - 10:02}",) if n >= 10 else ()
        found.append(
            clause(
                f"E{n:02}",
                scales="request",
                per="transfer",
                due=hours[n % 6],
                people=crew,
                supplies=supplies,
                after=after,
            )
        )
    return plan(found)


def forty_tasks_bureau() -> Bureau:
    """Crews that are often all out, and masks for a part of the time."""
    counts = (("escort", 5), ("tracing", 8), ("verification", 4), ("investigation", 6), ("medical", 3))
    return bureau(*counts, lots=(Lot("S", "kn95", 500),))


def forty_tasks_scenario(days: int) -> Scenario:
    """Transfers by chance around the clock; work takes 30 to 110% of the time allowed."""
    busy = QUIET.__class__(**{**_fields(QUIET), "transfers_per_case": RATE, "begins": time(0), "hours": 24.0})
    work = WORK.__class__(**{**_fields(WORK), "share": (0.3, 1.1)})
    return scenario(days, workload=busy, working=work)


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


@dataclass
class Seen:
    """What one replication counted."""

    raised: Counter[str] = field(default_factory=Counter)
    late: Counter[str] = field(default_factory=Counter)
    dry: int = -1  # first day on which masks ran out
    lacking: int = 0


class Peer:
    """One replication."""

    def __init__(self, whole: Plan, there: Bureau, around: Scenario, seed: int) -> None:
        self.env = simpy.Environment()
        self.chance = np.random.default_rng(seed)
        self.end = around.days * DAY
        self.low, self.high = around.assumptions.work.share
        self.seen = Seen()
        self.crews = {
            skill: simpy.Container(self.env, capacity=pool.people, init=pool.people)
            for pool in there.people
            for skill in pool.holds
        }
        self.queues = {skill: simpy.Resource(self.env, 1) for skill in self.crews}
        self.masks, self.used, self.ratio = sum(lot.quantity for lot in there.lots), 0.0, 1.0
        self.once = [one for one in whole.clauses if one.scales == "once"]
        self.per_event = [one for one in whole.clauses if one.scales == "request"]
        self.open: dict[str, simpy.Event] = {}
        self.midnight = self.env.event()

    def run(self) -> Seen:
        self.env.process(self.nights())
        self.env.process(self.level())
        self.env.run(until=self.end)
        return self.seen

    def level(self) -> Generator[Any, Any, None]:
        yield self.env.timeout(LEVEL_SET)
        self.begin(self.once)
        for one in self.once:
            if one.every:
                self.env.process(self.rounds(one))

    def begin(self, clauses: Iterable[Clause]) -> None:
        """Tasks of one moment; each waits for what is open of the others."""
        new = list(clauses)
        for one in new:
            self.open[one.id] = self.env.event()
        for one in new:
            waits = [self.open[name] for name in one.after if name in self.open]
            self.env.process(self.task(one, self.open[one.id], waits))

    def rounds(self, one: Clause) -> Generator[Any, Any, None]:
        assert one.every is not None
        while True:
            yield self.env.timeout(one.every.total_seconds() / 60)
            if one.id not in self.open:
                self.begin([one])

    def nights(self) -> Generator[Any, Any, None]:
        """Midnight: the day's masks are counted, then what arises on the new day."""
        for day in range(1, self.end // DAY + 1):
            yield self.env.timeout(day * DAY - self.env.now)
            self.count_masks(day - 1)
            self.midnight.succeed()
            self.midnight = self.env.event()
            for minute in np.floor(self.chance.random(self.chance.poisson(RATE)) * DAY):
                self.env.process(self.transfer(int(minute)))

    def count_masks(self, day: int) -> None:
        need = math.ceil(self.used - 1e-9)
        given = min(need, self.masks)
        self.masks -= given
        self.ratio = given / need if need else 1.0
        self.used = 0.0
        if given < need:
            self.seen.dry = day if self.seen.dry < 0 else self.seen.dry
            self.seen.lacking += need - given

    def transfer(self, minute: int) -> Generator[Any, Any, None]:
        yield self.env.timeout(minute)
        ends = {one.id: self.env.event() for one in self.per_event}
        for one in self.per_event:
            self.env.process(self.task(one, ends[one.id], [ends[name] for name in one.after]))

    def task(self, one: Clause, end: simpy.Event, waits: list[simpy.Event]) -> Generator[Any, Any, None]:
        """From being raised to being done, with the crew of its clause if that has one."""
        self.seen.raised[one.id] += 1
        if waits:
            yield simpy.AllOf(self.env, waits)
        assert isinstance(one.due, timedelta)
        allowed = one.due.total_seconds() / 60
        due = self.env.now + allowed
        self.env.process(self.watch(one, end, due))
        if one.people:
            yield from self.crewed(one, end, allowed)
        else:
            yield self.env.timeout(self.span(one, allowed, (yield from self.stocked(one))))
            self.finish(one, end)

    def watch(self, one: Clause, end: simpy.Event, due: float) -> Generator[Any, Any, None]:
        """Late if it is not done at the end of the minute in which it is due."""
        yield self.env.timeout(due - self.env.now + 0.5)
        if not end.triggered:
            self.seen.late[one.id] += 1

    def crewed(self, one: Clause, end: simpy.Event, allowed: float) -> Generator[Any, Any, None]:
        """First come, first served: the head of the queue waits until all of its crew are free."""
        (need,) = one.people
        share = None
        while share is None:
            with self.queues[need.qualification].request() as turn:
                yield turn
                yield self.crews[need.qualification].get(need.count)
            if self.share_of(one) >= 0.1:
                share = self.use(one)
            else:
                self.use(one)
                yield self.crews[need.qualification].put(need.count)
                yield self.midnight
        span = self.span(one, allowed, share)
        hold = max(span, round(8 * 60 * need.shifts / need.handles))
        yield self.env.timeout(span)
        self.finish(one, end)
        yield self.env.timeout(hold - span)
        yield self.crews[need.qualification].put(need.count)

    def stocked(self, one: Clause) -> Generator[Any, Any, float]:
        while self.share_of(one) < 0.1:
            self.use(one)
            yield self.midnight
        return self.use(one)

    def share_of(self, one: Clause) -> float:
        return self.ratio if one.supplies else 1.0

    def use(self, one: Clause) -> float:
        self.used += sum(each.quantity for each in one.supplies)
        return self.share_of(one)

    def span(self, one: Clause, allowed: float, share: float) -> int:
        drawn = self.low + (self.high - self.low) * self.chance.random()
        return max(1, int(max(allowed * drawn / share, 1.0) + 0.5))

    def finish(self, one: Clause, end: simpy.Event) -> None:
        end.succeed()
        if one.scales == "once":
            del self.open[one.id]


def peer_run(whole: Plan, there: Bureau, around: Scenario, seed: int) -> Seen:
    """One replication of the peer."""
    return Peer(whole, there, around, seed).run()
