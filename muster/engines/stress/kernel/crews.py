"""Single events wait for a crew: people of one qualification, held for a while, first come first served."""

from __future__ import annotations

from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import OPEN, Model, State

QUEUED = -1


@kernel()
def unit_of(m: Model, need: int, place: int) -> int:
    """The unit that gives the crew, -1 for the whole force."""
    if m.crew_source[need] == 0:
        return m.crew_unit[need]
    if m.crew_source[need] == 2:
        return -1
    if place >= 0:
        return m.site_unit[place]
    return -2 - place if place < -1 else m.crew_unit[need]


@kernel()
def demand_for(m: Model, need: int, place: int) -> int:
    """Which demand the crew is taken from."""
    return m.demand_of[unit_of(m, need, place) + 1, m.crew_skill[need]]


@kernel()
def lacking(m: Model, s: State, task: int) -> int:
    """The first demand that has not enough free people for this task, -1 if all have."""
    clause, place = s.task_clause[task], s.task_place[task]
    for need in range(m.crew_at[clause], m.crew_at[clause + 1]):
        d = demand_for(m, need, place)
        if s.cap[d] - s.busy[d] < m.crew_count[need]:
            return d
    return -1


@kernel()
def ahead(m: Model, s: State, task: int) -> int:
    """A demand for whose people others wait already, -1 if there is none: nobody overtakes."""
    clause, place = s.task_clause[task], s.task_place[task]
    for need in range(m.crew_at[clause], m.crew_at[clause + 1]):
        d = demand_for(m, need, place)
        while s.queue_head[d] >= 0 and not waits(s, s.queue_head[d]):
            s.queue_head[d] = s.queue_next[s.queue_head[d]]
        if s.queue_head[d] >= 0:
            return d
    return -1


@kernel()
def seize(m: Model, s: State, task: int) -> None:
    """Its people are busy from now on."""
    clause, place = s.task_clause[task], s.task_place[task]
    s.crew_busy[task] = 1
    for need in range(m.crew_at[clause], m.crew_at[clause + 1]):
        s.busy[demand_for(m, need, place)] += m.crew_count[need]


@kernel()
def queue(s: State, d: int, task: int) -> None:
    """Wait for people of this demand."""
    s.crew_busy[task] = QUEUED
    s.queue_next[task] = -1
    if s.queue_head[d] < 0:
        s.queue_head[d] = task
    else:
        s.queue_next[s.queue_tail[d]] = task
    s.queue_tail[d] = task


@kernel()
def waits(s: State, task: int) -> bool:
    """Still open and in a queue."""
    return s.status[task] == OPEN and s.crew_busy[task] == QUEUED


@kernel()
def next_in(m: Model, s: State, d: int) -> int:
    """The first of the queue if there are people for it, taken out; else -1. Withdrawn ones are passed over."""
    while s.queue_head[d] >= 0:
        task = s.queue_head[d]
        if waits(s, task):
            short = lacking(m, s, task)
            if short == d:
                return -1
            s.queue_head[d] = s.queue_next[task]
            if short < 0:
                return task
            queue(s, short, task)
        else:
            s.queue_head[d] = s.queue_next[task]
    return -1


@kernel()
def in_queue(s: State, d: int) -> int:
    """How many tasks wait for this demand."""
    found, task = 0, s.queue_head[d]
    while task >= 0:
        found += 1 if waits(s, task) else 0
        task = s.queue_next[task]
    return found
