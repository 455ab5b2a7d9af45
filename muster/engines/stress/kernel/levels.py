"""Which level is set when: what the indicators speak for at each look, and what is decided some hours later.

The rules are those of `plan.advice` and of the replay's scripted commander.
"""

from __future__ import annotations

from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import DAY, Ints, Reals, Small
from muster.engines.stress.kernel.philox import DECIDE, share

NOON, EVENING = 12 * 60, 20 * 60 + 30
TRUE = 1


@kernel()
def decide(
    seed: int, first: int, trigger: Small, release: Small, province: Ints, held_days: Ints, exists: Ints, least: int,
    hours: Reals, at: Ints, to: Ints, turns: Ints,
) -> None:  # fmt: skip
    """Fill `at` (minutes), `to` (levels) and `turns` (how many) for each replication.

    `trigger` and `release` are (replication, level 1..4 as 0..3, look): 0 false, 1 true, 2 unknown; `exists` says which
    levels the plan has. Two looks a day, at noon and after the evening's bulletin.
    """
    for row in range(trigger.shape[0]):
        turns[row] = one(
            seed, first + row, trigger[row], release[row], province, held_days, exists, least, hours, at[row], to[row]
        )


@kernel()
def one(
    seed: int, replication: int, trigger: Small, release: Small, province: Ints, held_days: Ints, exists: Ints,
    least: int, hours: Reals, at: Ints, to: Ints,
) -> int:  # fmt: skip
    """The levels of one replication."""
    level, since, held, held_on, turn, busy_until = 0, 0, 0, -9, 0, -1
    for look in range(trigger.shape[1]):
        day = look // 2
        now = day * DAY + (EVENING if look % 2 else NOON)
        if now < busy_until:
            continue
        called = look_up(trigger[:, look], exists, level)
        if level:
            holds = release[level - 1, look] == TRUE and trigger[level - 1, look] != TRUE
            held = counted(held, held_on, day, holds)
            held_on = day
        wanted = called
        if called < 0 and level and held >= max(1, held_days[level - 1]):
            wanted = next_lower(exists, level)
            if now - since < least * DAY or is_above(province[day], wanted):
                wanted = -1
        if wanted < 0 or wanted == level or turn >= at.size:
            continue
        delay = hours[0] + hours[1] * share(seed, replication, DECIDE, look, 0)
        busy_until = now + max(1, int(delay * 60.0 + 0.5))
        at[turn], to[turn] = busy_until, wanted
        turn += 1
        level, since, held, held_on = wanted, busy_until, 0, -9
    return turn


@kernel()
def counted(held: int, held_on: int, day: int, holds: bool) -> int:
    """Days in a row on which every look found the release true."""
    if not holds:
        return 0
    if held_on == day:
        return held
    return held + 1 if held_on == day - 1 else 1


@kernel()
def look_up(trigger: Small, exists: Ints, level: int) -> int:
    """The highest level above the present one whose trigger is true, -1 for none."""
    for number in range(1, 5):
        if level and number >= level:
            return -1
        if exists[number - 1] and trigger[number - 1] == TRUE:
            return number
    return -1


@kernel()
def next_lower(exists: Ints, level: int) -> int:
    for number in range(level + 1, 5):
        if exists[number - 1]:
            return number
    return 0


@kernel()
def is_above(one: int, other: int) -> bool:
    """Whether one level is higher than another; 0 is the lowest."""
    return one > 0 and (other == 0 or one < other)
