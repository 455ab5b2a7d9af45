"""New tasks, and what they wait for: open tasks of the clauses that their own names in `after`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from muster.engines.plan.draft import Draft
from muster.engines.plan.events import TaskKey
from muster.engines.plan.types import Clause


def raise_tasks(draft: Draft, keys: Iterable[TaskKey]) -> None:
    """New tasks of one moment, in the plan's order; they may wait for one another."""
    new = sorted(keys, key=draft.order)
    coming = set(new)
    for key in new:
        draft.add(key, waits_for(draft, key, coming))


def waits_for(draft: Draft, key: TaskKey, coming: Collection[TaskKey]) -> frozenset[TaskKey]:
    """The tasks, open or `coming` at the same moment, that must end first.

    A clause that has none open (not raised, done, withdrawn) holds nobody up.

    - A clause that is done once for the operation: its open task.
    - One that is done for each of the same kind: its task in the same place, for the same event.
    - For a clause that is done once, one that is done for each: all its open tasks.
    - Otherwise (two different kinds): its tasks in the same place.
    """
    clause = draft.plan.clause(key.clause)
    others = (draft.plan.by_id[name] for name in clause.after if name in draft.plan.by_id)
    found = (one for other in others for one in _of(draft, clause, other, key, coming))
    return frozenset(one for one in found if one != key and (one in draft.tasks or one in coming))


def _of(draft: Draft, clause: Clause, other: Clause, key: TaskKey, coming: Collection[TaskKey]) -> Iterator[TaskKey]:
    if other.scales == "once":
        yield draft.current(other.id, "")
    elif other.per == clause.per:
        yield draft.current(other.id, key.place) if other.scales == "site" else key._replace(clause=other.id)
    else:
        places = None if clause.scales == "once" else key.place
        for tasks in (draft.tasks, coming):
            yield from (task for task in tasks if task.clause == other.id and places in (None, task.place))
