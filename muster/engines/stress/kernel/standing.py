"""What stands where: levels, places, measures, rounds. The rules are those of `plan.transition`, on arrays."""

from __future__ import annotations

from muster.engines.stress.kernel import trace
from muster.engines.stress.kernel.calendar import EXPIRY, ROUND, put
from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import (
    ACTIVE,
    ENDED,
    EVENT,
    EVENTS,
    FIRST_LIVE,
    LEVEL,
    LEVEL_DOWN,
    NOW,
    ONCE,
    PHASE,
    SITE,
    STAND_DOWN,
    STANDS,
    STOOD_DOWN,
    Model,
    State,
)
from muster.engines.stress.kernel.tally import Once, Tally
from muster.engines.stress.kernel.tasks import (
    end,
    let_go,
    let_go_withdrawn,
    new_round,
    raise_coming,
    stand,
    weigh,
    withdraw,
)
from muster.engines.stress.kernel.waiting import sites_of, slot_at


@kernel()
def set_level(m: Model, s: State, o: Once, t: Tally, level: int) -> None:
    """Activate, change the level, or stand down (0)."""
    before, active = s.scalars[LEVEL], s.scalars[PHASE] == ACTIVE
    if not active:
        if level:
            trace.note(s, trace.ACTIVATED, level, 0, 0)
            s.scalars[PHASE], s.scalars[LEVEL] = ACTIVE, level
            start_what_stands(m, s, o)
        return
    if level == before:
        return
    trace.note(s, trace.CHANGED if level else trace.STOOD, level, 0, 0)
    s.scalars[LEVEL] = level
    if level == 0:
        s.scalars[PHASE] = STOOD_DOWN
    withdraw_what_fell(m, s, o, t, level, level != 0 and level < before)
    if level:
        start_what_stands(m, s, o)
    if level == 0 or level > before:
        wind_up(m, s, o, level == 0)


@kernel()
def withdraw_what_fell(m: Model, s: State, o: Once, t: Tally, level: int, raised: bool) -> None:
    """Everything of the clauses that do not stand at the level; a level that is raised ends the winding up."""
    for c in range(m.scale.size):
        falls = not m.stands[c, level] if m.on[c] == 0 else raised and m.on[c] == LEVEL_DOWN
        if falls:
            stop(m, s, o, t, c)
    let_go_withdrawn(m, s)


@kernel()
def stop(m: Model, s: State, o: Once, t: Tally, clause: int) -> None:
    """The clause ends everywhere."""
    if m.scale[clause] == EVENT:
        for slot in range(s.scalars[FIRST_LIVE], s.scalars[EVENTS]):
            if s.task_clause[slot] == clause:
                withdraw(m, s, o, t, slot)
        return
    count = 1 if m.scale[clause] == ONCE else sites_of(m, clause)
    for slot in range(m.spot[clause], m.spot[clause] + count):
        fall(m, s, slot)
        withdraw(m, s, o, t, slot)


@kernel()
def fall(m: Model, s: State, slot: int) -> None:
    """The clause is in force here no more."""
    if s.standing[slot] == STANDS:
        weigh(m, s, slot, -1)
    s.standing[slot] = 0
    s.next_round[slot] = -1
    s.expires[slot] = -1


@kernel()
def start_what_stands(m: Model, s: State, o: Once) -> None:
    """Clauses of the present level, in each place where they do not stand yet."""
    for c in range(m.scale.size):
        if not (m.starts[c] and m.stands[c, s.scalars[LEVEL]]):
            continue
        if m.scale[c] == ONCE and not s.standing[m.spot[c]]:
            stand(m, s, m.spot[c])
        elif m.scale[c] == SITE:
            first = m.site_at[m.kind[c]]
            for i in range(sites_of(m, c)):
                if s.is_open[first + i] and not s.standing[m.spot[c] + i]:
                    stand(m, s, m.spot[c] + i)
    raise_coming(m, s, o)


@kernel()
def wind_up(m: Model, s: State, o: Once, whole: bool) -> None:
    """Clauses of this moment, in each place where their task of an earlier moment is not still open."""
    for c in range(m.scale.size):
        if not (m.on[c] == LEVEL_DOWN or (whole and m.on[c] == STAND_DOWN)):
            continue
        if m.scale[c] == ONCE and not s.status[m.spot[c]]:
            stand(m, s, m.spot[c])
        elif m.scale[c] == SITE:
            first = m.site_at[m.kind[c]]
            for i in range(sites_of(m, c)):
                if s.is_open[first + i] and not s.status[m.spot[c] + i]:
                    stand(m, s, m.spot[c] + i)
    raise_coming(m, s, o)


@kernel()
def open_place(m: Model, s: State, o: Once, kind: int, site: int) -> None:
    """Clauses of the kind stand here if they stand at the level."""
    if s.is_open[site]:
        return
    trace.note(s, trace.OPENED, kind, site, 0)
    s.is_open[site] = 1
    s.open_count[kind] += 1
    for c in range(m.scale.size):
        here = m.scale[c] == SITE and m.kind[c] == kind and m.starts[c]
        if here and s.scalars[PHASE] == ACTIVE and m.stands[c, s.scalars[LEVEL]]:
            stand(m, s, m.spot[c] + site - m.site_at[kind])
    raise_coming(m, s, o)


@kernel()
def close_place(m: Model, s: State, o: Once, t: Tally, kind: int, site: int) -> None:
    """Clauses that stand at levels end here, with the reviews of their measures."""
    if not s.is_open[site]:
        return
    trace.note(s, trace.CLOSED, kind, site, 0)
    s.is_open[site] = 0
    s.open_count[kind] -= 1
    for c in range(m.scale.size):
        if m.scale[c] == SITE and m.kind[c] == kind and m.on[c] == 0:
            slot = m.spot[c] + site - m.site_at[kind]
            fall(m, s, slot)
            withdraw(m, s, o, t, slot)
    let_go_withdrawn(m, s)


@kernel()
def done(m: Model, s: State, o: Once, t: Tally, task: int) -> None:
    """A task is done: who waited goes on, its measure begins, the one that it renews is renewed."""
    clause, place = s.task_clause[task], s.task_place[task]
    trace.note(s, trace.TOOK_PLACE, task, s.occurrence[task], 0)
    end(m, s, o, t, task)
    trace.note(s, trace.ENDED_WELL, task, 0, 0)
    let_go(m, s, task)
    if m.on[clause] and m.scale[clause] != EVENT:
        fall(m, s, task)
    if m.has_measure[clause] and m.scale[clause] != EVENT and s.standing[task] == STANDS:
        begin_measure(m, s, o, clause, task)
    if m.renews[clause] >= 0:
        renew(m, s, o, t, clause, place)


@kernel()
def begin_measure(m: Model, s: State, o: Once, clause: int, slot: int) -> None:
    """Its time runs, and the time of its review; a later round renews nothing."""
    if m.expires[clause] and s.expires[slot] < 0:
        s.expires[slot] = s.scalars[NOW] + m.expires[clause]
        put(m, s, s.expires[slot], EXPIRY, slot, 0)
    review = m.review[clause]
    if review >= 0:
        beside = m.spot[review] + slot - m.spot[clause]
        if not s.standing[beside]:
            stand(m, s, beside)
            raise_coming(m, s, o)


@kernel()
def renew(m: Model, s: State, o: Once, t: Tally, clause: int, place: int) -> None:
    """The measure of another clause, in this place; everywhere for a clause that is done once."""
    target = m.renews[clause]
    if m.scale[clause] == ONCE and m.scale[target] == SITE:
        for slot in range(m.spot[target], m.spot[target] + sites_of(m, target)):
            renew_at(m, s, o, t, target, slot)
        return
    here = slot_at(m, target, place)
    if here >= 0:
        renew_at(m, s, o, t, target, here)


@kernel()
def renew_at(m: Model, s: State, o: Once, t: Tally, clause: int, slot: int) -> None:
    """In one place, where the measure is in force and may end."""
    if not s.standing[slot] or s.expires[slot] < 0 or not m.expires[clause]:
        return
    if s.expires[slot] <= s.scalars[NOW]:
        expire(m, s, o, t, slot)
        return
    s.expires[slot] = s.scalars[NOW] + m.expires[clause]
    put(m, s, s.expires[slot], EXPIRY, slot, 0)
    review = m.review[clause]
    if review < 0:
        return
    beside = m.spot[review] + slot - m.spot[clause]
    if s.standing[beside]:
        if s.status[beside]:
            end(m, s, o, t, beside)
            trace.note(s, trace.ENDED_WELL, beside, 0, 0)
            let_go(m, s, beside)
        stand(m, s, beside)
        raise_coming(m, s, o)


@kernel()
def expire(m: Model, s: State, o: Once, t: Tally, slot: int) -> None:
    """The measure has run out: its clause ends here, with its review and the clauses that renew it here."""
    clause, place = s.task_clause[slot], s.task_place[slot]
    trace.note(s, trace.RAN_OUT, slot, 0, 0)
    if place >= 0:
        s.ran_out[place] = 1
    end_here(m, s, o, t, slot)
    review = m.review[clause]
    if review >= 0:
        end_here(m, s, o, t, m.spot[review] + slot - m.spot[clause])
    for i in range(m.renewed_at[clause], m.renewed_at[clause + 1]):
        other = m.renewed[i]
        beside = slot_at(m, other, place)
        if beside >= 0:
            end_here(m, s, o, t, beside)
    let_go_withdrawn(m, s)


@kernel()
def end_here(m: Model, s: State, o: Once, t: Tally, slot: int) -> None:
    """It is kept as ended, so that it does not start again by itself."""
    if not s.standing[slot]:
        return
    if s.standing[slot] == STANDS:
        weigh(m, s, slot, -1)
    s.standing[slot] = ENDED
    s.next_round[slot] = -1
    s.expires[slot] = -1
    withdraw(m, s, o, t, slot)


@kernel()
def pass_time(m: Model, s: State, o: Once, t: Tally, now: int) -> None:
    """Measures that run out at this minute, then rounds that begin; both stay in the calendar, void."""
    trace.note(s, trace.PASSED, 0, 0, 0)
    slot = next_expiry(s, now, -1)
    while slot >= 0:
        expire(m, s, o, t, slot)
        slot = next_expiry(s, now, slot)
    node = s.head[now]
    while node >= 0:
        slot = s.node_task[node]
        if s.node_kind[node] == ROUND and s.next_round[slot] == now:
            begin_round(m, s, slot, now)
        node = s.node_next[node]
    raise_coming(m, s, o)


@kernel()
def next_expiry(s: State, now: int, after: int) -> int:
    """The next spot, in the plan's order, whose measure runs out at this minute, -1 for none: one may end another."""
    found, node = -1, s.head[now]
    while node >= 0:
        slot = s.node_task[node]
        due = s.node_kind[node] == EXPIRY and s.expires[slot] == now and s.standing[slot] == STANDS
        if due and slot > after and (found < 0 or slot < found):
            found = slot
        node = s.node_next[node]
    return found


@kernel()
def begin_round(m: Model, s: State, slot: int, now: int) -> None:
    """It comes again, unless the task of the round before is still open."""
    s.next_round[slot] = now + m.every[s.task_clause[slot]]
    put(m, s, s.next_round[slot], ROUND, slot, 0)
    if not s.status[slot]:
        new_round(s, slot)
