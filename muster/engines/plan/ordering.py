"""The order of a plan's clauses: what waits for what, and when each starts and is due once a level is set.

The times are those of the plan's own meaning: one place of each kind is opened, one event of each kind arises, and
every task is done at the moment when it is due.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from muster.engines.plan.effects import TaskReleased
from muster.engines.plan.events import Activated, Arose, Event, PlaceOpened, StoodDown, TaskDone, TaskKey
from muster.engines.plan.state import State, start
from muster.engines.plan.transition import run
from muster.engines.plan.types import Clause, Plan

HORIZON: Final = timedelta(days=90)  # a plan that is not through by then is shown as far as this
BEGIN: Final = time(8)  # of the day on which the level is set; times of day count from here


@dataclass(frozen=True, slots=True)
class Bar:
    """When a clause may start and is due, counted from the moment at which the level is set.

    `waits` says for which clauses it waits there; `due` is None for one that waits in vain.
    """

    clause: Clause
    start: timedelta
    due: timedelta | None
    waits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """Clauses by how many others come before them; `ringed` wait for one another and have no place in the order."""

    rows: tuple[tuple[str, ...], ...]
    ringed: tuple[str, ...]


def layers(plan: Plan) -> Layers:
    """The longest way to each clause through `after`, in the plan's order within a row; time linear in the edges."""
    before = {clause.id: [one for one in clause.after if one in plan.by_id] for clause in plan.clauses}
    behind: dict[str, list[str]] = {name: [] for name in before}
    for name, others in before.items():
        for other in others:
            behind.setdefault(other, []).append(name)
    left = {name: len(others) for name, others in before.items()}
    depth: dict[str, int] = {}
    row = [name for name in before if not left[name]]
    number = 0
    while row:
        depth.update(dict.fromkeys(row, number))
        following = []
        for name in row:
            for other in behind[name]:
                left[other] -= 1
                following += [other] if not left[other] else []
        row, number = following, number + 1
    rows = tuple(tuple(name for name in before if depth.get(name) == at) for at in range(number))
    return Layers(rows, tuple(name for name in before if name not in depth))


def timeline(plan: Plan, level: int) -> tuple[Bar, ...]:
    """Bars of the clauses at a level by their start; at level 0 those of the winding up, from the stand-down."""
    begin = datetime(2020, 1, 6, BEGIN.hour, tzinfo=plan.zone)
    state = _begun(plan, level, begin)
    released = {key: begin for key, task in state.tasks.items() if task.due_at is not None}
    due = {key: task.due_at for key, task in state.tasks.items() if task.due_at is not None}
    waited = {key: task.waits_for for key, task in state.tasks.items()}
    for effect in _carried_out(plan, state, dict(due), begin + HORIZON):
        released[effect.key], due[effect.key] = effect.at, effect.due_at
    bars: dict[str, Bar] = {}
    for key, others in waited.items():
        if key.clause in bars or (not level and not plan.clause(key.clause).on) or key.clause not in plan.positions:
            continue
        waits = tuple(dict.fromkeys(other.clause for other in sorted(others)))
        end = due[key] - begin if key in due else None
        bars[key.clause] = Bar(plan.clause(key.clause), released.get(key, begin) - begin, end, waits)
    return tuple(sorted(bars.values(), key=lambda bar: (bar.due is None, bar.start, bar.due or HORIZON)))


def _begun(plan: Plan, level: int, begin: datetime) -> State:
    """Everything that the level, one place and one event of each kind ask for at once."""
    kinds = sorted({(clause.scales, clause.per) for clause in plan.clauses if clause.scales != "once"})
    events: list[Event] = [PlaceOpened(begin, kind, kind) for scale, kind in kinds if scale == "site"]
    events.append(Activated(begin, level or min(one.number for one in plan.levels)))
    events += [] if level else [StoodDown(begin)]
    events += [Arose(begin, kind, kind) for scale, kind in kinds if scale != "site"]
    return run(plan, start(), events)[0]


def _carried_out(plan: Plan, state: State, due: dict[TaskKey, datetime], end: datetime) -> Iterator[TaskReleased]:
    """What is released when each task is done as it falls due; tasks due at one moment are done together."""
    while due and (moment := min(due.values())) <= end:
        together = sorted(key for key, one in due.items() if one == moment)
        state, said = run(plan, state, [TaskDone(moment, key) for key in together])
        for key in together:
            del due[key]
        for effect in (effect for effects in said for effect in effects):
            if isinstance(effect, TaskReleased):
                due[effect.key] = effect.due_at
                yield effect
