"""What a lower plan may make stricter in a clause that it inherits, and what would contradict it.

A lower rule may not contradict a higher one (Law on Legislation 98-100 for rules; Measures for the Management of
Emergency Plans (State Council 2024), for plans: those of lower levels link up with those above). So each field has one
direction: a narrowing that goes the other way has no effect, and the checks tell it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta
from fractions import Fraction
from typing import Any, Final

from muster.engines.plan.types import Clause, Measure, PeopleNeed, Role, Standard, Supply

A_DAY: Final = timedelta(days=1)
STRONGER: Final = {"surgical_mask": "kn95"}  # a respirator does all that a surgical mask does (GB 2626, YY 0469)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a lower plan writes about one inherited clause: values of the engine by the name of the field."""

    clause: str
    values: Mapping[str, Any]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """What a narrowing is judged in: the unit of the lower plan, the roles and the standards that it can name."""

    unit: str
    roles: Mapping[str, Role]
    standards: Mapping[str, Standard]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The clause after a narrowing, the fields that changed, and those that would have contradicted."""

    clause: Clause
    fields: tuple[str, ...]
    refused: tuple[str, ...]


def narrow(clause: Clause, narrowing: Narrowing, around: Around) -> Narrowed:
    """Apply what is stricter; leave as it is what would be looser. Fields are independent of one another."""
    changed: dict[str, Any] = {}
    refused = []
    for name, written in narrowing.values.items():
        value = _measure(clause.measure, written) if name == "measure" else written
        if value == getattr(clause, name):
            continue
        if JUDGES[name](clause, value, around):
            changed[name] = value
        else:
            refused.append(name)
    return Narrowed(replace(clause, **changed), tuple(changed), tuple(refused))


def _measure(own: Measure | None, written: Measure) -> Measure:
    """With only what is written replaced."""
    if own is None:
        return written
    return Measure(own.kind, written.expires or own.expires, written.review or own.review)


def _text(clause: Clause, value: Any, around: Around) -> bool:
    return True  # words explain; what they ask for stands in the other fields


def _actor(clause: Clause, value: str, around: Around) -> bool:
    """A role of the plan's own unit; the bureau's own plan may name any of its roles."""
    role = around.roles.get(value)
    return role is not None and (not around.unit or (role.scope == "unit" and role.unit == around.unit))


def _due(clause: Clause, value: timedelta | time, around: Around) -> bool:
    return is_later(value, clause.due) is False


def is_later(a: timedelta | time, b: timedelta | time) -> bool | None:
    """Whether what is due at `a` can be later than at `b`: never, whenever it begins and not seldom, or None.

    A time of day is the next one after the release of the task, at most a day away. So of two different times of day
    neither is always the earlier one: begun at 07:30, what is due at 07:00 is due tomorrow and what is due at 08:00 is
    due today. The same holds of a time of day and a duration of less than a day. None says that it depends on the
    moment of the release, which no plan tells.
    """
    if isinstance(a, timedelta) and isinstance(b, timedelta):
        return a > b
    if isinstance(a, timedelta):
        return True if a >= A_DAY else None
    if isinstance(b, timedelta):
        return False if b >= A_DAY else None
    return False if a == b else None


def _every(clause: Clause, value: timedelta, around: Around) -> bool:
    return clause.every is None or value <= clause.every


def _levels(clause: Clause, value: frozenset[int], around: Around) -> bool:
    return value >= clause.levels


def _people(clause: Clause, value: Sequence[PeopleNeed], around: Around) -> bool:
    """For each qualification as many from wherever the higher plan takes them; the own unit may stand in for any."""
    own = f"unit:{around.unit}" if around.unit else ""
    here, there = strength(value), strength(clause.people)
    return all(_as_strong(here, source, wanted, own) for source, wanted in there.items()) and all(
        _total(here, qualification) >= _total(there, qualification) and shifts(value, qualification) >= most
        for qualification, most in _shifts_of(clause.people).items()
    )


def strength(needs: Sequence[PeopleNeed]) -> Mapping[tuple[str, str], Fraction]:
    """People in all shifts of a day for each event of it, by qualification and where they come from."""
    found: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for need in needs:
        found[need.qualification, need.source] += Fraction(need.count * need.shifts, need.handles)
    return found


def _as_strong(here: Mapping[tuple[str, str], Fraction], wanted: tuple[str, str], least: Fraction, own: str) -> bool:
    qualification, source = wanted
    sources = {source, own} - {""}
    return sum((here.get((qualification, one), Fraction()) for one in sources), Fraction()) >= least


def _total(people: Mapping[tuple[str, str], Fraction], qualification: str) -> Fraction:
    return sum((number for (held, _), number in people.items() if held == qualification), Fraction())


def shifts(needs: Sequence[PeopleNeed], qualification: str) -> int:
    """The shifts of a day in which there is somebody with a qualification."""
    return _shifts_of(needs).get(qualification, 0)


def _shifts_of(needs: Sequence[PeopleNeed]) -> dict[str, int]:
    most: dict[str, int] = {}
    for need in needs:
        most[need.qualification] = max(most.get(need.qualification, 0), need.shifts)
    return most


def _standard(clause: Clause, value: str, around: Around) -> bool:
    if value not in around.standards:
        return False
    own = around.standards.get(clause.standard)
    return own is None or protects_as_well(around.standards[value], own)


def protects_as_well(a: Standard, b: Standard) -> bool:
    """Whether `a` gives at least as much of everything as `b`; what is stronger stands in for what is weaker."""
    return all(_given(a, item) >= quantity for item, quantity in b.per_officer_shift.items()) and all(
        _given(a, weak) >= _given(b, weak) for weak in STRONGER
    )


def _given(standard: Standard, item: str) -> float:
    """How much of an item and of what can stand in for it. One respirator does for two masks: it lasts 8 hours."""
    items = standard.per_officer_shift
    stronger = STRONGER.get(item)
    return items.get(item, 0.0) + (2 * items.get(stronger, 0.0) if stronger else 0.0)


def _supplies(clause: Clause, value: Sequence[Supply], around: Around) -> bool:
    here, there = amounts(value), amounts(clause.supplies)
    return all(here.get(key, 0.0) >= quantity for key, quantity in there.items())


def amounts(supplies: Sequence[Supply]) -> Mapping[tuple[str, str], float]:
    """Quantity by item and basis."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for one in supplies:
        found[one.item, one.basis] += one.quantity
    return found


def _partners(clause: Clause, value: tuple[str, ...], around: Around) -> bool:
    return set(value) >= set(clause.partners)


def _evidence(clause: Clause, value: tuple[str, ...], around: Around) -> bool:
    return set(value) >= set(clause.evidence)


def _restriction(clause: Clause, value: Measure, around: Around) -> bool:
    """It ends and is reviewed no later; a clause without a restriction does not become one."""
    own = clause.measure
    return own is not None and _no_longer(value.expires, own.expires) and _no_longer(value.review, own.review)


def _no_longer(a: timedelta | None, b: timedelta | None) -> bool:
    return b is None or (a is not None and a <= b)


JUDGES: Final[Mapping[str, Callable[[Clause, Any, Around], bool]]] = {
    "text": _text,
    "actor": _actor,
    "due": _due,
    "every": _every,
    "levels": _levels,
    "people": _people,
    "standard": _standard,
    "supplies": _supplies,
    "partners": _partners,
    "evidence": _evidence,
    "measure": _restriction,
}
