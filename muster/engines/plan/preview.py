"""What an event would change, by applying it: the same `step`, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from muster.engines.plan.effects import TaskRaised, TaskWithdrawn
from muster.engines.plan.events import Event, TaskKey
from muster.engines.plan.needs import Needs, needs
from muster.engines.plan.state import State
from muster.engines.plan.transition import step
from muster.engines.plan.types import Plan

Spot = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """The difference that an event would make, on one day.

    `raised`, `withdrawn` and `kept` are tasks; `kept` those that are open before and after. `people_*`: people in one
    shift, by qualification; `supplies_*`: units of issue a day, by item. `posts_*` are (clause, place) with people.
    """

    level_before: int
    level_after: int
    raised: tuple[TaskKey, ...]
    withdrawn: tuple[TaskKey, ...]
    kept: tuple[TaskKey, ...]
    people_before: Mapping[str, int]
    people_after: Mapping[str, int]
    supplies_before: Mapping[str, float]
    supplies_after: Mapping[str, float]
    partners_added: tuple[str, ...]
    partners_removed: tuple[str, ...]
    posts_opened: tuple[Spot, ...]
    posts_closed: tuple[Spot, ...]


def preview(plan: Plan, state: State, event: Event, *, day: date, units: Mapping[str, int] | None = None) -> Preview:
    """What `event` would change.

    Parameters
    ----------
    day : for which people and supplies are counted, before and after.
    units : how many "station" and "sub_bureau" there are, for needs of each of them; one of each where it is not given.
    """
    after, effects = step(plan, state, event)
    needed = needs(plan, state, day=day), needs(plan, after, day=day)
    posts = tuple(_posts(one) for one in needed)
    partners = _partners(plan, state), _partners(plan, after)
    return Preview(
        level_before=state.level,
        level_after=after.level,
        raised=tuple(effect.key for effect in effects if isinstance(effect, TaskRaised)),
        withdrawn=tuple(effect.key for effect in effects if isinstance(effect, TaskWithdrawn)),
        kept=tuple(sorted(key for key in after.tasks if key in state.tasks)),
        people_before=people_in_a_shift(needed[0], units),
        people_after=people_in_a_shift(needed[1], units),
        supplies_before=supplies_a_day(needed[0], units),
        supplies_after=supplies_a_day(needed[1], units),
        partners_added=tuple(sorted(partners[1] - partners[0])),
        partners_removed=tuple(sorted(partners[0] - partners[1])),
        posts_opened=tuple(sorted(posts[1] - posts[0])),
        posts_closed=tuple(sorted(posts[0] - posts[1])),
    )


def people_in_a_shift(needed: Needs, units: Mapping[str, int] | None = None) -> dict[str, int]:
    """People by qualification in the fullest shift."""
    counts: Counter[str] = Counter()
    for demand in needed.people:
        if demand.shifts:
            counts[demand.qualification] += demand.per_shift * _units(demand.source, units)
    return dict(sorted(counts.items()))


def supplies_a_day(needed: Needs, units: Mapping[str, int] | None = None) -> dict[str, float]:
    """Units of issue by item."""
    sums: dict[str, float] = {}
    for demand in needed.supplies:
        sums[demand.item] = sums.get(demand.item, 0.0) + demand.quantity * _units(demand.source, units)
    return {item: round(quantity, 6) for item, quantity in sorted(sums.items())}


def _units(source: str, units: Mapping[str, int] | None) -> int:
    kind = source.removeprefix("each:")
    return 1 if kind == source else (units or {}).get(kind, 1)


def _posts(needed: Needs) -> set[Spot]:
    return {(demand.clause, demand.place) for demand in needed.people}


def _partners(plan: Plan, state: State) -> set[str]:
    """Partners of every clause in force, and of the tasks that are open."""
    clauses = {spot[0] for spot, standing in state.standing.items() if not standing.ended}
    clauses |= {key.clause for key in state.tasks}
    return {partner for clause in clauses for partner in plan.clause(clause).partners}
