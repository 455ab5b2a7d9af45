"""What it means that one text of a plan takes the place of another: for people, for stock, for partners."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from muster.engines.plan.events import Activated, Arose, Event, PlaceOpened
from muster.engines.plan.hashing import clause_hashes
from muster.engines.plan.needs import Needs, needs
from muster.engines.plan.state import start
from muster.engines.plan.transition import run
from muster.engines.plan.types import Plan

DAY: Final = date(2020, 1, 6)  # any day will do: a need does not depend on the calendar


@dataclass(frozen=True, slots=True)
class Shift:
    """A need at one level before and after: officer-shifts a day of a qualification, or units a day of an item."""

    level: int
    word: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Owed:
    """What a partner must acknowledge anew, and from what it is free; clauses by id."""

    partner: str
    anew: tuple[str, ...]
    free: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consequences:
    """Only what differs, the highest level first."""

    people: tuple[Shift, ...]
    supplies: tuple[Shift, ...]
    partners: tuple[Owed, ...]

    @property
    def is_empty(self) -> bool:
        """True when nobody has anything to prepare."""
        return not (self.people or self.supplies or self.partners)


def consequences(a: Plan, b: Plan, units: Mapping[str, int] | None = None) -> Consequences:
    """From `a` to `b`, with one place and one event of each kind at work.

    Parameters
    ----------
    units : how many "station" and "sub_bureau" there are; one of each where it is not given.
    """
    levels = sorted({level.number for level in (*a.levels, *b.levels)})
    needed = {level: (_needs(a, level), _needs(b, level)) for level in levels}
    people = _shifts(needed, lambda found: _people(found, units or {}))
    supplies = _shifts(needed, lambda found: _supplies(found, units or {}))
    return Consequences(people, supplies, _owed(a, b))


def _needs(plan: Plan, level: int) -> Needs:
    if all(one.number != level for one in plan.levels):
        return Needs((), ())
    at = datetime.combine(DAY, time(1), UTC)
    kinds = sorted({(clause.scales, clause.per) for clause in plan.clauses if clause.scales != "once"})
    events: list[Event] = [PlaceOpened(at, kind, kind) for scale, kind in kinds if scale == "site"]
    events += [Activated(at, level), *(Arose(at, kind, kind) for scale, kind in kinds if scale != "site")]
    return needs(plan, run(plan, start(), events)[0], day=DAY)


def _people(found: Needs, units: Mapping[str, int]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for one in found.people:
        sums[one.qualification] += one.officer_shifts * _times(one.source, units)
    return sums


def _supplies(found: Needs, units: Mapping[str, int]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for one in found.supplies:
        sums[one.item] += one.quantity * _times(one.source, units)
    return {item: round(quantity, 6) for item, quantity in sums.items()}


def _times(source: str, units: Mapping[str, int]) -> int:
    return units.get(source.removeprefix("each:"), 1) if source.startswith("each:") else 1


def _shifts(
    needed: Mapping[int, tuple[Needs, Needs]], counted: Callable[[Needs], dict[str, float]]
) -> tuple[Shift, ...]:
    rows = []
    for level, (before, after) in needed.items():
        was, will = counted(before), counted(after)
        rows += [
            Shift(level, word, was.get(word, 0), will.get(word, 0))
            for word in sorted(was.keys() | will.keys())
            if was.get(word, 0) != will.get(word, 0)
        ]
    return tuple(rows)


def _owed(a: Plan, b: Plan) -> tuple[Owed, ...]:
    """A partner agreed to what a clause said: where it says something else, or is new, it must agree again."""
    was, will = clause_hashes(a), clause_hashes(b)
    anew, free = defaultdict(list), defaultdict(list)
    for clause in b.clauses:
        for partner in clause.partners:
            known = clause.id in was and partner in a.clause(clause.id).partners
            if not known or was[clause.id] != will[clause.id]:
                anew[partner].append(clause.id)
    for clause in a.clauses:
        for partner in clause.partners:
            if clause.id not in will or partner not in b.clause(clause.id).partners:
                free[partner].append(clause.id)
    return tuple(Owed(name, tuple(anew[name]), tuple(free[name])) for name in sorted(anew.keys() | free.keys()))
