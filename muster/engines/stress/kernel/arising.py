"""Requests, cases and batches arise, one by one."""

from __future__ import annotations

from muster.engines.stress.kernel import trace
from muster.engines.stress.kernel.calendar import ARISES as APPOINTED
from muster.engines.stress.kernel.calendar import put
from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import (
    ACTIVE,
    BASE,
    CASES_PER_LIST,
    DAY,
    ESTATE,
    EVENTS,
    FIRST_LIVE,
    FULL,
    LEAST,
    LEVEL,
    MOST,
    NOWHERE,
    PER_CASE,
    PER_PLACE,
    PHASE,
    PORT,
    POST,
    STAND_DOWN,
    STATION,
    STOOD_DOWN,
    WHERE,
    Model,
    State,
)
from muster.engines.stress.kernel.philox import ARISES, HOUR, PLACE, poisson, share
from muster.engines.stress.kernel.tally import Once
from muster.engines.stress.kernel.tasks import come, raise_coming

MOST_A_DAY = 4095


@kernel()
def of_the_day(m: Model, s: State, seed: int, replication: int, day: int, cases: int) -> None:
    """Appoint what arises on this day; `cases` are those of the evening before."""
    for kind in range(m.load.shape[0]):
        if m.event_clause_at[kind] == m.event_clause_at[kind + 1]:
            continue
        count = how_many(m, s, kind, share(seed, replication, ARISES, kind, day), cases)
        for k in range(min(count, MOST_A_DAY)):
            ref = day << 12 | k
            minutes = share(seed, replication, HOUR, kind, ref) * m.hours * 60.0
            put(m, s, day * DAY + m.begins + int(minutes), APPOINTED, kind, ref)


@kernel()
def how_many(m: Model, s: State, kind: int, u: float, cases: int) -> int:
    """Of a kind, on a day."""
    row = m.load[kind]
    if row[CASES_PER_LIST] > 0.0:
        lists = min(row[LEAST] + cases // row[CASES_PER_LIST], row[MOST])
        return int(lists) if row[PER_CASE] == 0.0 else poisson(row[PER_CASE] * lists, u)
    if row[BASE] < 0.0:  # each case is one
        return cases
    places = open_places(m, s, int(row[WHERE])) if row[PER_PLACE] > 0.0 else 0
    return poisson(row[BASE] + row[PER_CASE] * cases + row[PER_PLACE] * places, u)


@kernel()
def open_places(m: Model, s: State, where: int) -> int:
    """How many places there are at which it may arise."""
    if where == PORT:
        return s.open_count[m.port_kind]
    found = s.open_count[m.estate_kind]
    return found + s.open_count[m.checkpoint_kind] if where == POST else found


@kernel()
def place_for(m: Model, s: State, where: int, u: float) -> int:
    """One of the places at which it may arise, any alike."""
    if where == STATION and m.stations.size:
        return -2 - m.stations[int(u * m.stations.size)]
    if where != POST and where != ESTATE:
        return -1
    nth = int(u * open_places(m, s, where))
    checkpoints = m.checkpoint_kind if where == POST else -1
    for kind in (m.estate_kind, checkpoints):
        if kind < 0 or nth >= s.open_count[kind]:
            nth -= s.open_count[kind] if kind >= 0 else 0
            continue
        for site in range(m.site_at[kind], m.site_at[kind + 1]):
            if s.is_open[site]:
                if nth == 0:
                    return site
                nth -= 1
    return -1


@kernel()
def arise(m: Model, s: State, o: Once, seed: int, replication: int, kind: int, ref: int) -> None:
    """A task for each clause that answers this kind at this time."""
    first, last = m.event_clause_at[kind], m.event_clause_at[kind + 1]
    slot = s.scalars[EVENTS]
    if slot + last - first > s.status.size:
        s.scalars[FULL] = 1
        return
    where = int(m.load[kind, WHERE])
    place = -1 if where == NOWHERE else place_for(m, s, where, share(seed, replication, PLACE, kind, ref))
    trace.note(s, trace.AROSE, kind, ref, place)
    s.scalars[EVENTS] = slot + last - first
    for offset in range(last - first):
        task = slot + offset
        s.status[task] = 0
        s.task_clause[task] = m.event_clause[first + offset]
        s.task_place[task] = place
        s.event_first[task] = slot
        s.event_kind[task] = kind
        s.event_ref[task] = ref
        s.occurrence[task] = ref
        if answers(m, s, s.task_clause[task]):
            come(s, task)
    raise_coming(m, s, o)
    forget(s)


@kernel()
def answers(m: Model, s: State, clause: int) -> bool:
    if s.scalars[PHASE] == ACTIVE:
        return m.on[clause] == 0 and m.stands[clause, s.scalars[LEVEL]] == 1
    return s.scalars[PHASE] == STOOD_DOWN and m.on[clause] == STAND_DOWN


@kernel()
def forget(s: State) -> None:
    """Slots at the front whose tasks are over are not looked at again."""
    while s.scalars[FIRST_LIVE] < s.scalars[EVENTS] and s.status[s.scalars[FIRST_LIVE]] == 0:
        s.scalars[FIRST_LIVE] += 1
