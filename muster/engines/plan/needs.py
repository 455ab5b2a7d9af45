"""People and supplies that a plan needs on one day, as the operation stands."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from muster.engines.plan.state import State
from muster.engines.plan.types import Clause, PeopleNeed, Plan

T = TypeVar("T")


class PeopleDemand(NamedTuple):
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


class SupplyDemand(NamedTuple):
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


class _Share(NamedTuple):
    """What a clause needs in one place: (qualification, per_shift, shifts, source) and (item, quantity, source)."""

    people: tuple[tuple[str, int, int, str], ...]
    supplies: tuple[tuple[str, float, str], ...]


# A clause at work in a place, the requests, cases or batches that it meets that day, and whether it starts that day.
_Spot = tuple[Clause, str, int, bool]


def needs(plan: Plan, state: State, *, day: date) -> Needs:
    """What the clauses in force need on `day` (in the plan's zone).

    A clause that is done once or for each place needs its people and its daily supplies as long as it stands, whether
    or not its task is done; one that winds up, as long as its task is open. A clause for each request, case or batch
    needs one crew for every `handles` of them, counted on that day; for a day that the operation has not reached, as
    many as on the last day on which some arose. Supplies by "event" count for each request, case or batch, or on the
    day on which the clause starts in a place; those by "officer_shift" and of the protection standard for every
    officer-shift.
    """
    people: list[PeopleDemand] = []
    supplies: list[SupplyDemand] = []
    shares: dict[tuple[str, int, bool], _Share] = {}
    for clause, place, events, begins in (*_standing(plan, state, day), *_arising(plan, state, day)):
        kind = clause.id, events, begins
        share = shares.get(kind) or shares.setdefault(kind, _share(plan, clause, events, begins))
        people += [PeopleDemand(clause.id, place, *need) for need in share.people]
        supplies += [SupplyDemand(clause.id, place, *supply) for supply in share.supplies]
    return Needs(tuple(people), tuple(supplies))


def _standing(plan: Plan, state: State, day: date) -> Iterator[_Spot]:
    for (clause_id, place), standing in _in_order(plan, state.standing.items()):
        clause = plan.clause(clause_id)
        if not standing.ended and (clause.people or clause.supplies):
            yield clause, place, 0, standing.since.astimezone(plan.zone).date() == day


def _arising(plan: Plan, state: State, day: date) -> Iterator[_Spot]:
    counted = _day_that_counts(plan, state, day)
    load = (((spot[1], spot[2]), count) for spot, count in state.load.items() if spot[0] == counted)
    for (clause_id, place), count in _in_order(plan, load):
        yield plan.clause(clause_id), place, count, False


def _day_that_counts(plan: Plan, state: State, day: date) -> date:
    """The day itself; for one that is still to come, the last day on which anything arose."""
    today = state.now.astimezone(plan.zone).date() if state.now else day
    return day if day <= today else max((spot[0] for spot in state.load), default=day)


def _in_order(plan: Plan, spots: Iterable[tuple[tuple[str, str], T]]) -> list[tuple[tuple[str, str], T]]:
    return sorted(spots, key=lambda item: (plan.positions.get(item[0][0], -1), item[0]))


def _share(plan: Plan, clause: Clause, events: int, begins: bool) -> _Share:
    people = tuple(
        (need.qualification, need.count * crews, need.shifts, need.source)
        for need in clause.people
        if (crews := _crews(clause, need, events)) and need.count
    )
    return _Share(people, (*_by_officer_shift(plan, clause, people), *_by_day_or_event(clause, events, begins)))


def _crews(clause: Clause, need: PeopleNeed, events: int) -> int:
    return 1 if clause.scales in ("once", "site") else math.ceil(events / need.handles)


def _by_officer_shift(
    plan: Plan, clause: Clause, people: Iterable[tuple[str, int, int, str]]
) -> Iterator[tuple[str, float, str]]:
    """The protection standard and what else goes by officer-shift, by source of people."""
    items = [(one.item, one.quantity) for one in clause.supplies if one.basis == "officer_shift"]
    standard = plan.standards.get(clause.standard)
    items += standard.per_officer_shift.items() if standard else ()
    shifts: dict[str, int] = {}
    for _qualification, per_shift, number, source in people:
        shifts[source] = shifts.get(source, 0) + per_shift * number
    return ((item, round(quantity * shifts[source], 6), source) for source in shifts for item, quantity in items)


def _by_day_or_event(clause: Clause, events: int, begins: bool) -> Iterator[tuple[str, float, str]]:
    times = {"day": 1, "event": events or int(begins)}
    for one in clause.supplies:
        if count := times.get(one.basis, 0):
            yield one.item, round(one.quantity * count, 6), ""
