"""Which tasks wait for which: the rule of `plan.raising.waits_for`, by counts instead of sets.

A waiting task counts the open tasks that it waits for. One that was raised after it (in a later batch) is none of them.
"""

from __future__ import annotations

from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import EVENT, EVENTS, FIRST_LIVE, ONCE, SITE, WAITING, Model, State


@kernel()
def slot_at(m: Model, clause: int, place: int) -> int:
    """The spot of a clause that is done once or for each site, -1 where it has none in this place."""
    if m.scale[clause] == ONCE:
        return m.spot[clause] if place == -1 else -1
    if m.scale[clause] == EVENT or place < 0:
        return -1
    kind = m.kind[clause]
    if m.site_at[kind] <= place < m.site_at[kind + 1]:
        return m.spot[clause] + place - m.site_at[kind]
    return -1


@kernel()
def sibling(m: Model, s: State, task: int, clause: int) -> int:
    """The slot of another clause for the same event."""
    kind = s.event_kind[task]
    for offset in range(m.event_clause_at[kind + 1] - m.event_clause_at[kind]):
        if m.event_clause[m.event_clause_at[kind] + offset] == clause:
            return s.event_first[task] + offset
    return -1


@kernel()
def same_kind(m: Model, one: int, other: int) -> bool:
    """Whether both clauses are done for each of the same kind."""
    return m.scale[one] == m.scale[other] and m.scale[one] != ONCE and m.kind[one] == m.kind[other]


@kernel()
def counted(m: Model, s: State, task: int) -> int:
    """How many open tasks this new one waits for."""
    clause = s.task_clause[task]
    found = 0
    for i in range(m.after_at[clause], m.after_at[clause + 1]):
        found += of_one(m, s, task, clause, m.after[i])
    return found


@kernel()
def of_one(m: Model, s: State, task: int, clause: int, other: int) -> int:
    """How many of one clause."""
    if m.scale[other] == ONCE:
        slot = m.spot[other]
        return 1 if s.status[slot] and slot != task else 0
    if same_kind(m, clause, other):
        slot = sibling(m, s, task, other) if m.scale[other] == EVENT else m.spot[other] + task - m.spot[clause]
        return 1 if slot >= 0 and s.status[slot] and slot != task else 0
    if m.scale[clause] == ONCE:
        return open_of(m, s, other, 0, True)
    if m.scale[other] == SITE:
        slot = slot_at(m, other, s.task_place[task])
        return 1 if slot >= 0 and s.status[slot] else 0
    return open_of(m, s, other, s.task_place[task], False)


@kernel()
def open_of(m: Model, s: State, clause: int, place: int, anywhere: bool) -> int:
    """Open tasks of a clause, in a place or anywhere."""
    found = 0
    if m.scale[clause] == SITE:
        for slot in range(m.spot[clause], m.spot[clause] + sites_of(m, clause)):
            found += 1 if s.status[slot] else 0
        return found
    for slot in range(s.scalars[FIRST_LIVE], s.scalars[EVENTS]):
        if s.status[slot] and s.task_clause[slot] == clause and (anywhere or s.task_place[slot] == place):
            found += 1
    return found


@kernel()
def sites_of(m: Model, clause: int) -> int:
    """How many places a clause for each site may have."""
    return m.site_at[m.kind[clause] + 1] - m.site_at[m.kind[clause]]


@kernel()
def waits_less(s: State, waiter: int, ended: int) -> bool:
    """One task that `waiter` may wait for has ended; true where it waits for none any more."""
    if waiter < 0 or waiter == ended or s.status[waiter] != WAITING or s.batch[ended] > s.batch[waiter]:
        return False
    s.waits[waiter] -= 1
    return s.waits[waiter] == 0
