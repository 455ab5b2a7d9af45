"""What is counted: whole numbers only, so that the sum over any division into blocks is the same."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import Ints, Model, Small

BATCHES = 100  # replications are counted in this many batches, for the error of paired differences
CAUSES = 4
SCALED = 20  # squares of sums are counted in units of 2**20, so that those of millilitres fit
EXACT, PER_OCTAVE, OCTAVES = 64, 32, 26  # bins of fans: exact up to 64, then 32 to a doubling
BINS = EXACT + PER_OCTAVE * OCTAVES
FANS = ("cases", "level", "absent", "posts_needed", "posts_lacking", "tasks_open", "tasks_late", "infected")
FAN_CASES, FAN_LEVEL, FAN_ABSENT, FAN_NEEDED, FAN_LACKING, FAN_OPEN, FAN_LATE, FAN_INFECTED = range(8)
METRICS = (
    "late_tasks",
    "short_days",
    "infected_outside",
    "infected_at_work",
    "isolated",
    "sick",
    "days_lost",
    "raised",
)
LATE_TASKS, SHORT_DAYS, BY_OUTSIDE, BY_WORK, ISOLATIONS, SICK_CASES, LOST, RAISED = range(8)


class Tally(NamedTuple):
    """Sums over replications; squares where a mean has an error that is not binomial."""

    late_any: Ints  # (clause): replications with a late task
    first_late: Ints  # (clause, day + 1)
    raised: Ints  # (clause, 2): sum, sum of squares
    late: Ints
    late_day: Ints  # (clause, day): replications with a late task then due
    causes: Ints  # (clause, cause, name)
    hours: Ints  # (clause, 2)
    lacking: Ints
    short: Ints  # (demand, day + 1): by first day
    short_days: Ints  # (demand, 2)
    short_sum: Ints
    skill: Ints
    skill_days: Ints
    skill_sum: Ints
    shelf: Ints
    shelf_days: Ints
    shelf_sum: Ints
    item: Ints
    item_days: Ints
    item_sum: Ints
    metric: Ints  # (METRICS, 2)
    batch: Ints  # (BATCHES, METRICS + clauses + 1): sums; the last is the number of replications
    fans: Small  # (FANS, day, bin)
    break_day: Ints  # (day + 1)
    first_clause: Ints  # (clause): replications in which it was late first


class Once(NamedTuple):
    """The same for one replication."""

    raised: Ints
    late: Ints
    late_day: Small
    hours: Ints
    lacking: Ints
    short: Ints  # (demand, 3): first day, days, sum
    skill: Ints
    shelf: Ints
    item: Ints
    metric: Ints
    first: Ints  # (clause): minute of the first lateness
    broke: Ints  # (clause): of the first for want of people or stock
    infected: Ints  # running sum, by one cell
    skill_today: Ints
    item_today: Ints


def new_tally(m: Model, skills: int, items: int, names: int) -> Tally:
    """Nothing counted yet."""
    clauses, days, demands, shelves = m.scale.size, m.days, m.demand_unit.size, m.shelf_item.size

    def of(*shape: int) -> Ints:
        return np.zeros(shape, np.int64)

    return Tally(
        of(clauses), of(clauses, days + 1), of(clauses, 2), of(clauses, 2), of(clauses, days),
        of(clauses, CAUSES, names), of(clauses, 2), of(clauses, 2),
        of(demands, days + 1), of(demands, 2), of(demands, 2),
        of(skills, days + 1), of(skills, 2), of(skills, 2),
        of(shelves, days + 1), of(shelves, 2), of(shelves, 2),
        of(items, days + 1), of(items, 2), of(items, 2),
        of(len(METRICS), 2), of(BATCHES, len(METRICS) + clauses + 1),
        np.zeros((len(FANS), days, BINS), np.int32), of(days + 1), of(clauses),
    )  # fmt: skip


def new_once(m: Model, skills: int, items: int) -> Once:
    """Room for one replication."""
    clauses, demands, shelves = m.scale.size, m.demand_unit.size, m.shelf_item.size

    def of(*shape: int) -> Ints:
        return np.zeros(shape, np.int64)

    return Once(
        of(clauses), of(clauses), np.zeros((clauses, m.days), np.int32), of(clauses), of(clauses),
        of(demands, 3), of(skills, 3), of(shelves, 3), of(items, 3), of(len(METRICS)), of(clauses), of(clauses), of(1),
        of(skills), of(items),
    )  # fmt: skip


def added(one: Tally, other: Tally) -> Tally:
    """The sum of two."""
    pairs: Any = zip(one, other, strict=True)
    sums: list[Any] = [a + b for a, b in pairs]
    return Tally(*sums)


@kernel()
def clear(o: Once) -> None:
    """Before a replication; -1 is "never"."""
    for part in (o.raised, o.late, o.hours, o.lacking, o.metric, o.infected, o.skill_today, o.item_today):
        part[:] = 0
    o.late_day[:] = 0
    o.first[:] = -1
    o.broke[:] = -1
    for part in (o.short, o.skill, o.shelf, o.item):
        part[:] = 0
        part[:, 0] = -1


@kernel()
def bin_of(value: int) -> int:
    """The bin of a count."""
    if value < EXACT:
        return max(value, 0)
    octave, rest = 0, value
    while rest >= 2 * EXACT:
        rest >>= 1
        octave += 1
    return min(EXACT + PER_OCTAVE * octave + (rest - EXACT) * PER_OCTAVE // EXACT, BINS - 1)


def value_of(bin_number: int) -> int:
    """The smallest count of a bin."""
    if bin_number < EXACT:
        return bin_number
    octave, part = divmod(bin_number - EXACT, PER_OCTAVE)
    return (EXACT + part * EXACT // PER_OCTAVE) << octave


@kernel()
def fan(t: Tally, which: int, day: int, value: int) -> None:
    """Count the value of a figure on a day."""
    t.fans[which, day, bin_of(value)] += 1


@kernel()
def fell_short(row: Ints, day: int, lacking: int) -> None:
    """Something ran short on a day."""
    if row[0] < 0:
        row[0] = day
    row[1] += 1
    row[2] += lacking


@kernel()
def close_shortfalls(first: Ints, days: Ints, sums: Ints, rows: Ints) -> None:
    """Add the shortfalls of one replication."""
    for i in range(rows.shape[0]):
        first[i, rows[i, 0] if rows[i, 0] >= 0 else first.shape[1] - 1] += 1
        days[i, 0] += rows[i, 1]
        days[i, 1] += rows[i, 1] * rows[i, 1]
        sums[i, 0] += rows[i, 2]
        sums[i, 1] += (rows[i, 2] * rows[i, 2]) >> SCALED


@kernel()
def close(t: Tally, o: Once, replication: int, days: int) -> None:
    """Add one replication."""
    b = replication % BATCHES
    first_of_all, who = days * 1440, -1
    for c in range(o.raised.size):
        t.raised[c, 0] += o.raised[c]
        t.raised[c, 1] += o.raised[c] * o.raised[c]
        t.late[c, 0] += o.late[c]
        t.late[c, 1] += o.late[c] * o.late[c]
        t.hours[c, 0] += o.hours[c]
        t.hours[c, 1] += o.hours[c] * o.hours[c]
        t.lacking[c, 0] += o.lacking[c]
        t.lacking[c, 1] += o.lacking[c] * o.lacking[c]
        late = 1 if o.late[c] else 0
        t.late_any[c] += late
        t.first_late[c, o.first[c] // 1440 if late else days] += 1
        t.batch[b, o.metric.size + c] += late
        if 0 <= o.broke[c] < first_of_all:
            first_of_all, who = o.broke[c], c
        for d in range(days):
            t.late_day[c, d] += 1 if o.late_day[c, d] else 0
    t.break_day[first_of_all // 1440] += 1
    if who >= 0:
        t.first_clause[who] += 1
    for k in range(o.metric.size):
        t.metric[k, 0] += o.metric[k]
        t.metric[k, 1] += o.metric[k] * o.metric[k]
        t.batch[b, k] += o.metric[k]
    t.batch[b, t.batch.shape[1] - 1] += 1
    close_shortfalls(t.short, t.short_days, t.short_sum, o.short)
    close_shortfalls(t.skill, t.skill_days, t.skill_sum, o.skill)
    close_shortfalls(t.shelf, t.shelf_days, t.shelf_sum, o.shelf)
    close_shortfalls(t.item, t.item_days, t.item_sum, o.item)
