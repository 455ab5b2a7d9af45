"""How tasks are worked: with what is there of people and stock, after the partners have answered."""

from __future__ import annotations

import math

from muster.engines.stress.kernel import crews
from muster.engines.stress.kernel.calendar import CREW_FREE, DONE, put
from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import (
    DAY,
    EVENT,
    FRESH,
    NOW,
    OPEN,
    PARTNER,
    PUT_OFF,
    STAFF,
    STOCK,
    Model,
    State,
)
from muster.engines.stress.kernel.philox import CALLED, WORK, words
from muster.engines.stress.kernel.tally import Once

UNIT = 1.0 / 4294967296.0
LATER = -2  # in State.crew_busy: put off to the next day


@kernel()
def take_on_fresh(m: Model, s: State, o: Once, seed: int, replication: int) -> None:
    """Work on what was released in this minute."""
    for i in range(s.scalars[FRESH]):
        if s.status[s.fresh[i]] == OPEN:
            take_on(m, s, o, seed, replication, s.fresh[i])
    s.scalars[FRESH] = 0


@kernel()
def take_on(m: Model, s: State, o: Once, seed: int, replication: int, task: int) -> None:
    """Begin, queue for a crew, or put off to the next day where hardly anything of what it needs is there."""
    clause = s.task_clause[task]
    if m.scale[clause] == EVENT:
        for need in range(m.crew_at[clause], m.crew_at[clause + 1]):
            s.events_today[crews.demand_for(m, need, s.task_place[task])] += 1
        short = crews.ahead(m, s, task)
        if short < 0:
            short = crews.lacking(m, s, task)
        if short >= 0:
            s.cause[task], s.cause_name[task] = STAFF, m.demand_skill[short]
            crews.queue(s, short, task)
            return
        begin_for_event(m, s, o, seed, replication, task)
        return
    share = share_there(m, s, task)
    if share < m.hopeless:
        put_off(s, task)
        return
    begin(m, s, seed, replication, task, share)


@kernel()
def put_off(s: State, task: int) -> None:
    """Nothing is done today."""
    s.crew_busy[task] = LATER
    s.put_off[s.scalars[PUT_OFF]] = task
    s.scalars[PUT_OFF] += 1


@kernel()
def begin_for_event(m: Model, s: State, o: Once, seed: int, replication: int, task: int) -> None:
    """The crew goes, and is held as long as the clause says."""
    clause = s.task_clause[task]
    share = share_of_stock_for_event(m, s, task)
    if share < m.hopeless:
        put_off(s, task)
        return
    until = begin(m, s, seed, replication, task, share)
    if m.crew_at[clause + 1] == m.crew_at[clause]:
        return
    crews.seize(m, s, task)
    hold = until - s.scalars[NOW]
    for need in range(m.crew_at[clause], m.crew_at[clause + 1]):
        hold = max(hold, m.crew_hold[need])
        o.hours[clause] += m.crew_count[need] * m.crew_minutes[need]
    put(m, s, s.scalars[NOW] + hold, CREW_FREE, task, 0)


@kernel()
def free_crew(m: Model, s: State, o: Once, seed: int, replication: int, task: int) -> None:
    """Its people are free; whoever waited for them longest is next."""
    clause, place = s.task_clause[task], s.task_place[task]
    s.crew_busy[task] = 0
    for need in range(m.crew_at[clause], m.crew_at[clause + 1]):
        s.busy[crews.demand_for(m, need, place)] -= m.crew_count[need]
    for need in range(m.crew_at[clause], m.crew_at[clause + 1]):
        serve(m, s, o, seed, replication, crews.demand_for(m, need, place))


@kernel()
def serve(m: Model, s: State, o: Once, seed: int, replication: int, d: int) -> None:
    """As many of the queue as there are people for."""
    task = crews.next_in(m, s, d)
    while task >= 0:
        begin_for_event(m, s, o, seed, replication, task)
        task = crews.next_in(m, s, d)


@kernel()
def begin(m: Model, s: State, seed: int, replication: int, task: int, share: float) -> int:
    """Appoint the minute at which it is done, and say which that is."""
    clause, now = s.task_clause[task], s.scalars[NOW]
    if m.scale[clause] == EVENT:
        first, second, _third, _fourth = words(
            seed, replication, CALLED, s.event_kind[task] << 12 | task - s.event_first[task], s.event_ref[task]
        )
    else:
        first, second, _third, _fourth = words(seed, replication, WORK, task, s.occurrence[task])
    known = m.scale[clause] == EVENT and not m.due_clock[clause]
    allowed = m.due[clause] if known else s.due[task] - now
    span = duration(m, max(allowed, m.shortest), (first + 0.5) * UNIT, share)
    ready = now + max(1, int(span + 0.5))
    at = max(ready, now + partners(m, s, task, (second + 0.5) * UNIT, ready))
    put(m, s, at, DONE, task, s.mark[task])
    return int(at)


@kernel()
def duration(m: Model, allowed: int, u: float, share: float) -> float:
    """Minutes that a task takes; as many times longer as there is less of what it needs."""
    if m.exponential:
        return -math.log(u) * allowed * 0.5 * (m.share_low + m.share_high) / share
    return max(allowed * (m.share_low + (m.share_high - m.share_low) * u) / share, m.shortest)


@kernel()
def partners(m: Model, s: State, task: int, u: float, ready: int) -> int:
    """Minutes until the last partner has answered; they are asked at the beginning, and one chance is shared by all.

    They are what held it up where without them it would have been `ready` in time.
    """
    clause, now = s.task_clause[task], s.scalars[NOW]
    day = now // DAY
    longest, who = 0, -1
    for i in range(m.partner_at[clause], m.partner_at[clause + 1]):
        p = m.partner[i]
        delay = int(-math.log(u) * m.partner_hours[p] * 60.0 + 0.5)
        for k in range(m.silent_who.size):
            if m.silent_who[k] == p and m.silent_first[k] <= day <= m.silent_last[k]:
                delay = max(delay, (m.silent_last[k] + 1) * DAY - now)
        if delay > longest:
            longest, who = delay, p
    if who >= 0 and ready <= s.due[task] < now + longest:
        s.cause[task], s.cause_name[task] = PARTNER, who
    return longest


@kernel()
def share_there(m: Model, s: State, slot: int) -> float:
    """The part that is there of what the clause needs here, people or stock, whichever is less; notes which."""
    worst, cause, name = 1.0, -1, 0
    i = m.rest_at[slot]
    while i < m.rest_at[slot + 1]:
        need, wanted, there = m.rest_need[i], 0, 0
        skill = m.demand_skill[m.rest_demand[i]]
        while i < m.rest_at[slot + 1] and m.rest_need[i] == need:
            d = m.rest_demand[i]
            wanted += s.needed[d]
            there += s.filled[d]
            i += 1
        if wanted > 0 and there < wanted and there / wanted < worst:
            worst, cause, name = there / wanted, STAFF, skill
    for i in range(m.use_at[slot], m.use_at[slot + 1]):
        shelf = m.use_shelf[i]
        if s.ratio[shelf] < worst:
            worst, cause, name = s.ratio[shelf], STOCK, m.shelf_item[shelf]
    s.cause[slot], s.cause_name[slot] = cause, name
    return worst


@kernel()
def share_of_stock_for_event(m: Model, s: State, task: int) -> float:
    """The same for an event, whose crew is there; what it uses is taken from the store of the crew's unit."""
    clause = s.task_clause[task]
    worst = 1.0
    if m.event_use_at[clause + 1] == m.event_use_at[clause]:
        return worst
    store = m.central
    if m.crew_at[clause + 1] > m.crew_at[clause]:
        unit = crews.unit_of(m, m.crew_at[clause], s.task_place[task])
        store = m.store_of_unit[unit] if unit >= 0 else m.central
    for i in range(m.event_use_at[clause], m.event_use_at[clause + 1]):
        shelf = m.shelf_of[store, m.event_use_item[i]]
        s.today[shelf] += m.event_use[i]
        if s.ratio[shelf] < worst:
            worst = s.ratio[shelf]
            if s.cause[task] < 0:
                s.cause[task], s.cause_name[task] = STOCK, m.event_use_item[i]
    return worst


@kernel()
def try_again(m: Model, s: State, o: Once, seed: int, replication: int) -> None:
    """What was put off, with what is there today."""
    count = s.scalars[PUT_OFF]
    s.scalars[PUT_OFF] = 0
    for i in range(count):
        s.coming[i] = s.put_off[i]
    for i in range(count):
        task = s.coming[i]
        if s.status[task] == OPEN and s.crew_busy[task] == LATER:
            s.crew_busy[task] = 0
            take_on(m, s, o, seed, replication, task)
