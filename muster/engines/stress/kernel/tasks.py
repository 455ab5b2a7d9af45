"""Tasks are raised, released and ended here and nowhere else."""

from __future__ import annotations

from muster.engines.stress.kernel import trace
from muster.engines.stress.kernel.calendar import ROUND, put
from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import (
    BATCH,
    COMING,
    DAY,
    DIRTY,
    EVENT,
    EVENTS,
    FIRST_LIVE,
    FRESH,
    GONE,
    NOW,
    ONCE,
    OPEN,
    SITE,
    STANDS,
    STOCK,
    WAITING,
    Model,
    State,
)
from muster.engines.stress.kernel.tally import LATE_TASKS, RAISED, Once, Tally
from muster.engines.stress.kernel.waiting import (
    counted,
    same_kind,
    sibling,
    sites_of,
    slot_at,
    waits_less,
)


@kernel()
def stand(m: Model, s: State, slot: int) -> None:
    """The clause is in force here from now on, and its task comes with the next `raise_coming`."""
    if s.standing[slot] != STANDS:
        weigh(m, s, slot, 1)
    s.standing[slot] = STANDS
    s.expires[slot] = -1
    every = m.every[s.task_clause[slot]]
    s.next_round[slot] = s.scalars[NOW] + every if every else -1
    if every:
        put(m, s, s.next_round[slot], ROUND, slot, 0)
    for i in range(m.use_at[slot], m.use_at[slot + 1]):
        s.today[m.use_shelf[i]] += m.use_first[i]
    new_round(s, slot)


@kernel()
def weigh(m: Model, s: State, slot: int, sign: int) -> None:
    """People and daily supplies are needed here from now on, or no longer."""
    for i in range(m.rest_at[slot], m.rest_at[slot + 1]):
        d = m.rest_demand[i]
        s.needed[d] += sign * m.rest_people[i]
        s.scalars[DIRTY] = 1
        if m.demand_unit[d] >= 0:
            s.unit_dirty[m.demand_unit[d]] = 1
    for i in range(m.use_at[slot], m.use_at[slot + 1]):
        s.daily[m.use_shelf[i]] += sign * m.use_daily[i]


@kernel()
def new_round(s: State, slot: int) -> None:
    """The next task of this spot comes with the next `raise_coming`."""
    s.rounds[slot] += 1
    s.occurrence[slot] = s.rounds[slot]
    come(s, slot)


@kernel()
def come(s: State, task: int) -> None:
    """A task of the batch that is being raised."""
    s.status[task] = WAITING
    s.batch[task] = s.scalars[BATCH]
    s.raised[task] = s.scalars[NOW]
    s.due[task] = -1
    s.mark[task] += 1
    s.cause[task] = -1
    s.crew_busy[task] = 0
    s.coming[s.scalars[COMING]] = task
    s.scalars[COMING] += 1


@kernel()
def raise_coming(m: Model, s: State, o: Once) -> None:
    """All tasks of the batch at once: they may wait for one another."""
    for i in range(s.scalars[COMING]):
        task = s.coming[i]
        s.waits[task] = counted(m, s, task)
    for i in range(s.scalars[COMING]):
        task = s.coming[i]
        o.raised[s.task_clause[task]] += 1
        o.metric[RAISED] += 1
        trace.note(s, trace.RAISED, task, s.waits[task], s.occurrence[task])
        if s.waits[task] == 0:
            release(m, s, task)
    s.scalars[COMING] = 0
    s.scalars[BATCH] += 1


@kernel()
def release(m: Model, s: State, task: int) -> None:
    """Its time runs from now on."""
    clause, now = s.task_clause[task], s.scalars[NOW]
    s.status[task] = OPEN
    if m.due_clock[clause]:
        at = now // DAY * DAY + m.due[clause]
        s.due[task] = at if at > now else at + DAY
    else:
        s.due[task] = now + m.due[clause]
    s.fresh[s.scalars[FRESH]] = task
    s.scalars[FRESH] += 1
    trace.note(s, trace.RELEASED, task, s.due[task], 0)


@kernel()
def end(m: Model, s: State, o: Once, t: Tally, task: int) -> None:
    """It is over, done or withdrawn; whoever waits is not told yet."""
    if s.status[task] == OPEN and s.due[task] < s.scalars[NOW]:
        is_late(m, s, o, t, task)
    s.status[task] = 0
    s.mark[task] += 1


@kernel()
def is_late(m: Model, s: State, o: Once, t: Tally, task: int) -> None:
    """Counted once, on the day on which it was due, with what held it up."""
    clause, due = s.task_clause[task], s.due[task]
    o.late[clause] += 1
    o.metric[LATE_TASKS] += 1
    o.late_day[clause, due // DAY] += 1
    if o.first[clause] < 0 or due < o.first[clause]:
        o.first[clause] = due
    cause = s.cause[task]
    if 0 <= cause <= STOCK and (o.broke[clause] < 0 or due < o.broke[clause]):
        o.broke[clause] = due
    t.causes[clause, cause if cause >= 0 else 3, s.cause_name[task] if cause >= 0 else 0] += 1


@kernel()
def let_go(m: Model, s: State, ended: int) -> None:
    """Tasks that waited for this one wait for it no more."""
    clause = s.task_clause[ended]
    for i in range(m.before_at[clause], m.before_at[clause + 1]):
        tell(m, s, ended, clause, m.before[i])


@kernel()
def tell(m: Model, s: State, ended: int, clause: int, waiting: int) -> None:
    """Tasks of one clause that may have waited for it."""
    if m.scale[waiting] == ONCE:
        less(m, s, m.spot[waiting], ended)
    elif m.scale[clause] == ONCE and m.scale[waiting] == SITE:
        for slot in range(m.spot[waiting], m.spot[waiting] + sites_of(m, waiting)):
            less(m, s, slot, ended)
    elif m.scale[clause] != ONCE and same_kind(m, clause, waiting):
        event = m.scale[waiting] == EVENT
        less(m, s, sibling(m, s, ended, waiting) if event else m.spot[waiting] + ended - m.spot[clause], ended)
    elif m.scale[waiting] == SITE:
        less(m, s, slot_at(m, waiting, s.task_place[ended]), ended)
    else:
        for slot in range(s.scalars[FIRST_LIVE], s.scalars[EVENTS]):
            here = m.scale[clause] == ONCE or s.task_place[slot] == s.task_place[ended]
            if s.task_clause[slot] == waiting and here:
                less(m, s, slot, ended)


@kernel()
def less(m: Model, s: State, waiter: int, ended: int) -> None:
    """Release `waiter` if this was the last."""
    if waits_less(s, waiter, ended):
        release(m, s, waiter)


@kernel()
def withdraw(m: Model, s: State, o: Once, t: Tally, task: int) -> None:
    """Nobody need do it any more; `let_go_withdrawn` tells whoever waits, once all of the moment are withdrawn."""
    if s.status[task]:
        end(m, s, o, t, task)
        s.gone[s.scalars[GONE]] = task
        s.scalars[GONE] += 1


@kernel()
def let_go_withdrawn(m: Model, s: State) -> None:
    """Whoever waited for what was withdrawn goes on."""
    for i in range(s.scalars[GONE]):
        trace.note(s, trace.WITHDRAWN, s.gone[i], 0, 0)
        let_go(m, s, s.gone[i])
    s.scalars[GONE] = 0
