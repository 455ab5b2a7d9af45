"""People and supplies that a plan needs on one day, as the operation stands."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from muster.engines.plan.state import State
from muster.engines.plan.types import Clause, PeopleNeed, Plan

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PeopleDemand:
    """`per_shift` people in each of `shifts` shifts of the day: per_shift * shifts officer-shifts.

    With a `source` of "each:sub_bureau" or "each:station" that many in every such unit; the caller knows the units.
    """

    clause: str
    place: str
    qualification: str
    per_shift: int
    shifts: int
    source: str

    @property
    def officer_shifts(self) -> int:
        return self.per_shift * self.shifts


@dataclass(frozen=True, slots=True)
class SupplyDemand:
    """Units of issue of an item on the day; `source` is that of the people who use it, "" for the place or the event.

    With a `source` of "each:sub_bureau" or "each:station" that many in every such unit.
    """

    clause: str
    place: str
    item: str
    quantity: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Needs:
    people: tuple[PeopleDemand, ...]
    supplies: tuple[SupplyDemand, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A clause at work in one place: `events` is how many requests, cases or batches it meets that day.

    `begins`: a clause done once or per place starts that day, which is its one event.
    """

    clause: Clause
    place: str
    events: int
    begins: bool


def needs(plan: Plan, state: State, *, day: date) -> Needs:
    """What the clauses in force need on `day` (in the plan's zone).

    A clause that is done once or for each place needs its people and its daily supplies as long as it stands, whether
    or not its task is done; one that winds up, as long as its task is open. A clause for each request, case or batch
    needs one crew for every `handles` of them, counted on that day; for a day that the operation has not reached, as
    many as on the last day on which some arose. Supplies by "event" count for each request, case or batch, or on the
    day on which the clause starts in a place; those by "officer_shift" and of the protection standard for every
    officer-shift.
    """
    spots = [*_standing(plan, state, day), *_arising(plan, state, day)]
    people = tuple(demand for spot in spots for demand in _people(spot))
    supplies = tuple(demand for spot in spots for demand in _supplies(plan, spot))
    return Needs(people, supplies)


def _standing(plan: Plan, state: State, day: date) -> Iterator[_Spot]:
    for (clause_id, place), standing in _in_order(plan, state.standing.items()):
        clause = plan.clause(clause_id)
        if not standing.ended and (clause.people or clause.supplies):
            yield _Spot(clause, place, 0, standing.since.astimezone(plan.zone).date() == day)


def _arising(plan: Plan, state: State, day: date) -> Iterator[_Spot]:
    counted = _day_that_counts(plan, state, day)
    load = (((spot[1], spot[2]), count) for spot, count in state.load.items() if spot[0] == counted)
    for (clause_id, place), count in _in_order(plan, load):
        yield _Spot(plan.clause(clause_id), place, count, False)


def _day_that_counts(plan: Plan, state: State, day: date) -> date:
    """The day itself; for one that is still to come, the last day on which anything arose."""
    today = state.now.astimezone(plan.zone).date() if state.now else day
    return day if day <= today else max((spot[0] for spot in state.load), default=day)


def _in_order(plan: Plan, spots: Iterable[tuple[tuple[str, str], T]]) -> list[tuple[tuple[str, str], T]]:
    return sorted(spots, key=lambda item: (plan.positions.get(item[0][0], -1), item[0]))


def _people(spot: _Spot) -> Iterator[PeopleDemand]:
    for need in spot.clause.people:
        if per_shift := need.count * _crews(spot, need):
            yield PeopleDemand(spot.clause.id, spot.place, need.qualification, per_shift, need.shifts, need.source)


def _crews(spot: _Spot, need: PeopleNeed) -> int:
    if spot.clause.scales in ("once", "site"):
        return 1
    return math.ceil(spot.events / need.handles)


def _supplies(plan: Plan, spot: _Spot) -> Iterator[SupplyDemand]:
    """What goes by officer-shift, the protection standard with it, by source of people; then what goes otherwise."""
    per_shift = [(one.item, one.quantity) for one in spot.clause.supplies if one.basis == "officer_shift"]
    standard = plan.standards.get(spot.clause.standard)
    per_shift += standard.per_officer_shift.items() if standard else ()
    shifts: dict[str, int] = {}
    for demand in _people(spot):
        shifts[demand.source] = shifts.get(demand.source, 0) + demand.officer_shifts
    for source, count in shifts.items():
        for item, quantity in per_shift:
            yield SupplyDemand(spot.clause.id, spot.place, item, round(quantity * count, 6), source)
    for one in spot.clause.supplies:
        times = {"day": 1, "event": spot.events or int(spot.begins)}.get(one.basis, 0)
        if times:
            yield SupplyDemand(spot.clause.id, spot.place, one.item, round(one.quantity * times, 6))
