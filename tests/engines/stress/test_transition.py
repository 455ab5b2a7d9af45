"""The kernel and the plan engine say the same of any plan and fate: what is raised, released, withdrawn, late.

The kernel plays a fate and notes what came from outside and what followed. The plan engine is told what came from
outside, in the same order, and must say what followed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.assumptions import Places
from muster.engines.plan import Clause, run, start
from muster.engines.plan.effects import (
    Effect,
    MeasureExpired,
    TaskClosed,
    TaskLate,
    TaskRaised,
    TaskReleased,
    TaskWithdrawn,
)
from muster.engines.plan.events import (
    Activated,
    Arose,
    Event,
    LevelChanged,
    PlaceClosed,
    PlaceOpened,
    StoodDown,
    TaskDone,
    TaskKey,
    TimePassed,
)
from muster.engines.plan.words import SITE_KINDS
from muster.engines.stress import Site
from muster.engines.stress.changing import Changed
from muster.engines.stress.kernel import trace
from muster.engines.stress.kernel.handles import handle
from muster.engines.stress.kernel.model import TRACED, State
from muster.engines.stress.kernel.replicate import FINE, block
from muster.engines.stress.kernel.tally import new_once, new_tally
from muster.engines.stress.modelling import Compiled, compiled
from muster.engines.stress.modelling.whole import room
from tests.engines.plan.fate import plan_of
from tests.engines.plan.test_transition_properties import LEVELS, clauses
from tests.engines.stress.situations import FIRST, QUIET, WORK, bureau, scenario

DAYS = 9
SITES = tuple(Site(f"{kind[0].upper()}{n}", kind, "U") for kind in ("hospital", "checkpoint") for n in (1, 2, 3))
OPEN = Places(shares={"hospital": {1: 1.0, 2: 0.7, 3: 0.4, 4: 0.4}, "checkpoint": {1: 1.0, 3: 0.7}})
BUSY = replace(QUIET, transfers_per_case=1.0, lists_least=1, lists_most=1)
Said = tuple[str, Any, Any]


@dataclass
class Played:
    """A fate as the kernel noted it."""

    compiled: Compiled
    state: State
    late: dict[str, int]

    @property
    def notes(self) -> list[list[int]]:
        count = int(self.state.scalars[TRACED])
        assert count < self.state.trace.shape[0], "the notebook was long enough"
        rows: list[list[int]] = self.state.trace[:count].tolist()
        return rows


def play(some: Sequence[Clause], levels: Sequence[tuple[int, int]], share: tuple[float, float], seed: int) -> Played:
    """Levels are set at the minutes given; tasks take such a share of the time allowed."""
    around = scenario(DAYS, workload=BUSY, places=OPEN, working=replace(WORK, share=share))
    whole = compiled(Changed(plan_of(some, LEVELS), bureau(("guard", 1), sites=SITES), around))
    state = room(whole.model, 2_000, traced=40_000)
    tally, once = new_tally(whole.model, 1, 1, 1), new_once(whole.model, 1, 1)
    at = np.array([[minute for minute, _level in levels]], dtype=np.int64)
    to = np.array([[level for _minute, level in levels]], dtype=np.int64)
    cases = np.ones((1, DAYS), dtype=np.int64)
    turns = np.array([len(levels)], dtype=np.int64)
    wrong = block(handle(whole.model), handle(state), handle(once), handle(tally), seed, 0, cases, cases, at, to, turns)
    assert wrong == FINE
    names = [clause.id for clause in whole.known.clauses]
    return Played(whole, state, {name: n for name, n in zip(names, tally.late[:, 0].tolist(), strict=True) if n})


class Reader:
    """Notes to the events and effects of the plan engine."""

    def __init__(self, played: Played) -> None:
        self.played, self.known = played, played.compiled.known
        self.occurrence: dict[int, str] = {}

    def at(self, minute: int) -> datetime:
        midnight = datetime.combine(FIRST, time(), self.played.compiled.plan.zone)
        return (midnight + timedelta(minutes=minute)).astimezone(UTC)

    def place(self, number: int) -> str:
        if number >= 0:
            return self.known.sites[number].code
        return "" if number == -1 else self.known.units[-2 - number]

    def key(self, slot: int) -> TaskKey:
        clause = self.known.clauses[int(self.played.state.task_clause[slot])].id
        return TaskKey(clause, self.place(int(self.played.state.task_place[slot])), self.occurrence[slot])

    def groups(self) -> Iterator[tuple[Event, list[Said]]]:
        """Each event with what the kernel said of it."""
        group: tuple[Event, list[Said]] | None = None
        for minute, what, a, b, c in self.played.notes:
            if what <= trace.PASSED:
                if group is not None:
                    yield group
                group = self.event(self.at(minute), what, a, b, c), []
            else:
                assert group is not None
                group[1].append(self.said(minute, what, a, b, c))
        if group is not None:
            yield group

    def event(self, at: datetime, what: int, a: int, b: int, c: int) -> Event:
        match what:
            case trace.ACTIVATED:
                return Activated(at, a)
            case trace.CHANGED:
                return LevelChanged(at, a)
            case trace.STOOD:
                return StoodDown(at)
            case trace.OPENED:
                return PlaceOpened(at, SITE_KINDS[a], self.place(b))
            case trace.CLOSED:
                return PlaceClosed(at, SITE_KINDS[a], self.place(b))
            case trace.AROSE:
                return Arose(at, self.known.kinds[a], f"R{b}", self.place(c))
            case trace.TOOK_PLACE:
                return TaskDone(at, self.key(a))
        return TimePassed(at)

    def said(self, minute: int, what: int, a: int, b: int, c: int) -> Said:
        if what == trace.RAISED:
            event = a >= self.played.compiled.model.spots
            self.occurrence[a] = f"R{c}" if event else str(c) if c > 1 else ""
            return "raised", self.key(a), b
        if what == trace.RELEASED:
            return "released", self.key(a), self.at(b)
        if what == trace.RAN_OUT:
            return "expired", self.key(a)[:2], self.at(minute)
        return "withdrawn" if what == trace.WITHDRAWN else "closed", self.key(a), self.at(minute)


def told(effects: Sequence[Effect]) -> Iterator[Said]:
    """What the plan engine said, in the same words."""
    for effect in effects:
        match effect:
            case TaskRaised(key, _at, due, waits):
                yield "raised", key, len(waits)
                if due is not None:
                    yield "released", key, due
            case TaskReleased(key, _at, due):
                yield "released", key, due
            case TaskWithdrawn(key, at, _reason):
                yield "withdrawn", key, at
            case TaskClosed(key, at):
                yield "closed", key, at
            case MeasureExpired(clause, place, at):
                yield "expired", (clause, place), at


@st.composite
def turns(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Levels over the days, now and then a stand-down at the end; some at the same minute as other things."""
    minutes = sorted(draw(st.sets(st.sampled_from(range(0, DAYS * 1440, 90)), min_size=1, max_size=7)))
    levels = [draw(st.integers(1, 4)) for _ in minutes]
    if len(levels) > 2 and draw(st.booleans()):
        levels[-1] = 0
    return list(zip(minutes, levels, strict=True))


@given(clauses(), turns(), st.sampled_from([(0.3, 0.9), (0.5, 1.6), (1.0, 1.0)]), st.integers(0, 1_000))
@settings(max_examples=60, deadline=None)
def test_the_kernel_says_of_any_fate_what_the_plan_engine_says(
    some: list[Clause], levels: list[tuple[int, int]], share: tuple[float, float], seed: int
) -> None:
    played = play(some, levels, share, seed)
    reader = Reader(played)
    groups = list(reader.groups())
    plan = played.compiled.plan
    last = TimePassed(reader.at(DAYS * 1440))
    _state, effects = run(plan, start(), [*(event for event, _said in groups), last])
    for (event, said), followed in zip(groups, effects, strict=False):
        assert Counter(said) == Counter(told(followed)), event
    late = Counter(e.key.clause for every in effects for e in every if isinstance(e, TaskLate))
    assert played.late == late


def test_the_fates_are_no_idle_ones() -> None:
    """Otherwise the comparison would prove nothing."""
    from tests.engines.plan.fate import DAY, HOUR, clause

    some = [
        clause("A", per="hospital", scales="site", due=6 * HOUR, every=DAY),
        clause("B", after=("A",), due=12 * HOUR),
        clause("C", per="transfer", scales="request", due=HOUR, after=("B",)),
    ]
    played = play(some, [(60, 2), (3 * 1440, 1), (6 * 1440, 4), (8 * 1440, 0)], (0.5, 1.6), 3)
    words = Counter(said[0] for _event, all_said in Reader(played).groups() for said in all_said)
    assert words["raised"] > 30
    assert words["closed"] > 10
    assert words["withdrawn"] > 2
