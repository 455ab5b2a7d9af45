"""What the plan needs on one day of level I with the known places open: the engine's own answer, place by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from math import ceil
from typing import Final

from muster.engines.plan.events import Activated, Arose, Event, PlaceOpened
from muster.engines.plan.needs import needs
from muster.engines.plan.state import State, start
from muster.engines.plan.transition import run
from muster.engines.plan.types import Clause, Plan
from muster.engines.plan.world import World

HIGHEST: Final = 1
DAY: Final = date(2020, 1, 1)  # any day will do: a need does not depend on the calendar


@dataclass(frozen=True, slots=True)
class FullLoad:
    """Officer-shifts a day by qualification, and units of issue a day by item."""

    people: defaultdict[str, int]
    supplies: defaultdict[str, float]


_last: list[tuple[Plan, World, Mapping[str, float], FullLoad]] = []  # people and stock ask the same, one after another


def full_load(plan: Plan, world: World, open_share: Mapping[str, float]) -> FullLoad:
    """What `_full_load` says; the last answer is kept."""
    for asked, held_against, share, answer in tuple(_last):
        if asked is plan and held_against is world and share is open_share:
            return answer
    answer = _full_load(plan, world, open_share)
    _last[:] = [(plan, world, open_share, answer)]
    return answer


def _full_load(plan: Plan, world: World, open_share: Mapping[str, float]) -> FullLoad:
    """Needs at level I: one place of each kind is opened, its needs count for `open_share` of the places in the world.

    Of what arises one by one (requests, cases, batches) there is one of each kind: the least that must be met.
    """
    needed = needs(plan, _state(plan), day=DAY)
    load = FullLoad(defaultdict(int), defaultdict(float))
    for demand in needed.people:
        times = _places(plan.clause(demand.clause), world, open_share) * _units(world, demand.source)
        load.people[demand.qualification] += demand.per_shift * demand.shifts * times
    for supply in needed.supplies:
        times = _places(plan.clause(supply.clause), world, open_share) * _units(world, supply.source)
        load.supplies[supply.item] += supply.quantity * times
    return load


def _state(plan: Plan) -> State:
    state, _effects = run(plan, start(), _events(plan))
    return state


def _events(plan: Plan) -> Iterator[Event]:
    at = datetime.combine(DAY, time(1), UTC)
    yield Activated(at, HIGHEST)
    for scale, kind in sorted({(clause.scales, clause.per) for clause in plan.clauses if clause.scales != "once"}):
        yield PlaceOpened(at, kind, kind) if scale == "site" else Arose(at, kind, kind)


def _places(clause: Clause, world: World, open_share: Mapping[str, float]) -> int:
    if clause.scales != "site":
        return 1
    return ceil((world.sites or {}).get(clause.per, 0) * open_share.get(clause.per, 1.0))


def _units(world: World, source: str) -> int:
    return len(world.units_of(source.removeprefix("each:"))) if source.startswith("each:") else 1
