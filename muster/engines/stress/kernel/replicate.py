"""One replication: minute by minute, each in a stated order.

At a minute: measures that run out, then rounds; at midnight the accounts of the day that is over, then the new day; a
decided level; places; then whatever was appointed for this minute, in the order in which it was appointed; last, work
on what was released meanwhile, with people mustered anew where what is needed has changed.
"""

from __future__ import annotations

from muster.engines.stress.kernel import tally as counts
from muster.engines.stress.kernel.arising import arise, of_the_day
from muster.engines.stress.kernel.calendar import ARISES, CREW_FREE, DONE, free, has_timer, take
from muster.engines.stress.kernel.crews import in_queue
from muster.engines.stress.kernel.force import everybody_is_somewhere, morning
from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import (
    DAY,
    DIRTY,
    EVENTS,
    FIRST_LIVE,
    FREE,
    FREE_HOME,
    FRESH,
    FULL,
    LEVEL,
    NOW,
    OPEN,
    Ints,
    Model,
    State,
)
from muster.engines.stress.kernel.places import learn, open_and_close
from muster.engines.stress.kernel.roster import carry, muster
from muster.engines.stress.kernel.standing import done, pass_time, set_level
from muster.engines.stress.kernel.stock import stock_day
from muster.engines.stress.kernel.tally import Once, Tally
from muster.engines.stress.kernel.tasks import is_late
from muster.engines.stress.kernel.work import free_crew, serve, take_on_fresh, try_again

BULLETIN = 20 * 60
AFTER_LEVEL = 60
FINE, LOST_PEOPLE, LOST_STOCK, TOO_MANY = 0, 1, 2, 3


@kernel()
def clear(m: Model, s: State) -> None:
    """Before the first minute."""
    for small in (s.status, s.mark, s.standing, s.rounds, s.is_open, s.unit_dirty, s.crew_busy, s.ran_out):
        small[:] = 0
    for never in (s.next_round, s.expires, s.closed_on, s.head, s.home_head, s.queue_head):
        never[:] = -1
    for people in (s.needed, s.filled, s.cap, s.busy, s.events_today, s.events_yesterday, s.away, s.there, s.present):
        people[:] = 0
    for count in (s.unit_away, s.away_kind, s.pending_now, s.daily, s.today, s.on_order, s.open_count, s.scalars):
        count[:] = 0
    for table in (s.pending, s.coming_in, s.lately):
        table[:] = 0
    for slot in range(m.spots):
        s.task_clause[slot] = m.clause_of[slot]
        s.task_place[slot] = m.place_of[slot]
    for shelf in range(m.lots.shape[0]):
        for lot in range(m.lots.shape[1]):
            s.shelf[shelf, lot] = m.lots[shelf, lot]
    s.ratio[:] = 1.0
    s.carried[:] = 0.5
    s.scalars[FREE] = s.scalars[FREE_HOME] = -1
    s.scalars[EVENTS] = s.scalars[FIRST_LIVE] = m.spots


@kernel()
def replicate(
    m: Model, s: State, o: Once, t: Tally, seed: int, replication: int, cases: Ints, reported: Ints, at: Ints, to: Ints
) -> int:
    """`cases` and `reported` by day; levels `to` are set at the minutes `at`. Returns FINE, or what went wrong."""
    clear(m, s)
    counts.clear(o)
    turn, now, last, head = 0, 0, m.days * DAY, s.head
    while now < last:
        wake = min(next_turn(m, now, turn, at), last - 1)
        while now < wake and head[now] < 0:
            now += 1
        s.scalars[NOW] = now
        clock = now % DAY
        decided = turn < at.size and at[turn] == now
        places = clock == m.places_at or (turn > 0 and now == at[turn - 1] + AFTER_LEVEL)
        wrong = minute(m, s, o, t, seed, replication, now, cases, reported, to[turn] if decided else -1, places)
        turn += 1 if decided else 0
        if wrong:
            return wrong
        if s.scalars[FULL]:
            return TOO_MANY
        now += 1
    s.scalars[NOW] = last
    wrong = end_of_day(m, s, o, t, seed, replication, m.days - 1, reported)
    for task in range(s.scalars[EVENTS]):
        if s.status[task] == OPEN and s.due[task] < last:
            is_late(m, s, o, t, task)
    for c in range(o.hours.size):
        o.hours[c] //= 60
        o.lacking[c] //= 60
    counts.close(t, o, replication, m.days)
    return wrong


@kernel()
def next_turn(m: Model, now: int, turn: int, at: Ints) -> int:
    """The next minute, from this one on, at which something is to be done that nobody appointed."""
    midnight, clock = now - now % DAY, now % DAY
    found = midnight + DAY if clock else midnight
    for fixed in (m.places_at, BULLETIN):
        found = min(found, midnight + fixed if fixed >= clock else midnight + DAY + fixed)
    if turn < at.size:
        found = min(found, max(at[turn], now))
    if turn > 0 and at[turn - 1] + AFTER_LEVEL >= now:
        found = min(found, at[turn - 1] + AFTER_LEVEL)
    return found


@kernel()
def minute(
    m: Model, s: State, o: Once, t: Tally, seed: int, replication: int, now: int, cases: Ints, reported: Ints,
    level: int, places: bool,
) -> int:  # fmt: skip
    """Everything of one minute, in order."""
    day, clock = now // DAY, now % DAY
    if has_timer(s, now):
        pass_time(m, s, o, t, now)
    if clock == 0:
        if day:
            wrong = end_of_day(m, s, o, t, seed, replication, day - 1, reported)
            if wrong:
                return wrong
        begin_day(m, s, o, seed, replication, day, cases, reported)
    if clock == BULLETIN:
        learn(m, s, seed, replication, day, reported[day])
    if level >= 0:
        set_level(m, s, o, t, level)
        s.unit_dirty[:] = 1
        s.scalars[DIRTY] = 1
    if places:
        open_and_close(m, s, o, t, reported, day + (1 if clock > BULLETIN else 0))
    appointments(m, s, o, t, seed, replication, now)
    if s.scalars[DIRTY] and s.scalars[FRESH]:
        muster(m, s, False)
    take_on_fresh(m, s, o, seed, replication)
    return FINE


@kernel()
def appointments(m: Model, s: State, o: Once, t: Tally, seed: int, replication: int, now: int) -> None:
    """What was appointed for this minute; timers have had their turn."""
    node = take(s, now)
    while node >= 0:
        kind, task = s.node_kind[node], s.node_task[node]
        if kind == DONE and s.mark[task] == s.node_mark[node]:
            done(m, s, o, t, task)
        elif kind == CREW_FREE:
            free_crew(m, s, o, seed, replication, task)
        elif kind == ARISES:
            arise(m, s, o, seed, replication, task, s.node_mark[node])
        free(s, node)
        node = take(s, now)


@kernel()
def begin_day(m: Model, s: State, o: Once, seed: int, replication: int, day: int, cases: Ints, reported: Ints) -> None:
    """Who is there today; what was put off is tried again; what arises."""
    morning(m, s, o, seed, replication, day, float(cases[day - 1]) if day else 0.0)
    for d in range(s.events_today.size):
        s.events_yesterday[d] = s.events_today[d]
        s.events_today[d] = 0
    muster(m, s, True)
    for d in range(s.queue_head.size):
        if s.queue_head[d] >= 0:
            serve(m, s, o, seed, replication, d)
    try_again(m, s, o, seed, replication)
    if s.scalars[LEVEL]:
        of_the_day(m, s, seed, replication, day, reported[day - 1] if day else 0)


@kernel()
def end_of_day(m: Model, s: State, o: Once, t: Tally, seed: int, replication: int, day: int, reported: Ints) -> int:
    """The people and the stock of the day, as it was at its end: what they filled, and what was lacking."""
    if s.scalars[DIRTY]:
        muster(m, s, False)
    if not everybody_is_somewhere(m, s):
        return LOST_PEOPLE
    needed, lacking = posts_of_day(m, s, o, day)
    if not stock_day(m, s, o, seed, replication, day):
        return LOST_STOCK
    short = 0
    for k in range(o.skill_today.size):
        if o.skill_today[k]:
            counts.fell_short(o.skill[k], day, o.skill_today[k])
            short += 1
    for k in range(o.item_today.size):
        short += 1 if o.item_today[k] else 0
    o.metric[counts.SHORT_DAYS] += short
    carry(m, s)
    fans_of_day(m, s, o, t, day, reported, needed, lacking)
    return FINE


@kernel()
def posts_of_day(m: Model, s: State, o: Once, day: int) -> tuple[int, int]:
    """Officer-shifts needed and lacking; hours by clause, where each has its part of what its demand got."""
    needed, lacking = 0, 0
    o.skill_today[:] = 0
    for d in range(s.needed.size):
        short = max(s.needed[d] - s.filled[d], 0)
        if m.is_crew[d] and s.queue_head[d] >= 0:
            short += in_queue(s, d) * m.is_crew[d]
        needed += s.needed[d]
        lacking += short
        if short:
            counts.fell_short(o.short[d], day, short)
            o.skill_today[m.demand_skill[d]] += short
    for entry in range(m.post_spots.size):
        slot = m.post_spots[entry]
        if s.standing[slot] == 1:
            c = m.clause_of[slot]
            for i in range(m.rest_at[slot], m.rest_at[slot + 1]):
                d = m.rest_demand[i]
                minutes = 480 * m.rest_people[i]
                enough = s.filled[d] == s.needed[d]
                got = minutes if enough else minutes * s.filled[d] // s.needed[d]
                o.hours[c] += got
                o.lacking[c] += minutes - got
    return needed, lacking


@kernel()
def fans_of_day(m: Model, s: State, o: Once, t: Tally, day: int, reported: Ints, needed: int, lacking: int) -> None:
    """Figures of the day whose quantiles are shown."""
    counts.fan(t, counts.FAN_CASES, day, reported[day])
    counts.fan(t, counts.FAN_LEVEL, day, s.scalars[LEVEL])
    counts.fan(t, counts.FAN_ABSENT, day, s.away_kind[0] + s.away_kind[1] + s.away_kind[2])
    counts.fan(t, counts.FAN_NEEDED, day, needed)
    counts.fan(t, counts.FAN_LACKING, day, lacking)
    opened, late = 0, 0
    now = s.scalars[NOW]
    for task in range(m.spots):
        opened, late = opened + (s.status[task] != 0), late + (s.status[task] == OPEN and s.due[task] < now)
    for task in range(s.scalars[FIRST_LIVE], s.scalars[EVENTS]):
        opened, late = opened + (s.status[task] != 0), late + (s.status[task] == OPEN and s.due[task] < now)
    counts.fan(t, counts.FAN_OPEN, day, opened)
    counts.fan(t, counts.FAN_LATE, day, late)
    counts.fan(t, counts.FAN_INFECTED, day, o.infected[0])


@kernel(nogil=True)
def block(
    m: Model, s: State, o: Once, t: Tally, seed: int, first: int, cases: Ints, reported: Ints, level_at: Ints,
    levels: Ints, turns: Ints,
) -> int:  # fmt: skip
    """Replications `first` and following, one for each row of `cases`."""
    for row in range(cases.shape[0]):
        n = turns[row]
        wrong = replicate(m, s, o, t, seed, first + row, cases[row], reported[row], level_at[row, :n], levels[row, :n])
        if wrong:
            return wrong
    return FINE
