"""Rules about times along a chain of clauses that wait for one another: the last must still be able to keep its own.

A duration counts from the release of a task, so a chain of durations alone is never too long. It is too long where
the last link has an end of its own: the next round, a time of day, or the expiry of the measure that it renews.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time, timedelta

from muster.engines.plan.checks.order import in_hours, ringed, stand_together, waiting_order
from muster.engines.plan.findings import ERROR, Finding, Rule
from muster.engines.plan.text import Text
from muster.engines.plan.types import Clause, Plan
from muster.engines.plan.world import Yardsticks

CHAIN_TOO_LONG = Rule(
    "P207",
    ERROR,
    Text("前置条款来不及", "What it waits for comes too late"),
    Text(
        "条款 {clause} 须在 {clock} 前完成，而前置条款 {other} 最迟 {other_clock} 才完成",
        "clause {clause} is due at {clock}, but {other}, which it waits for, may take until {other_clock}",
    ),
    Text("推迟条款 {clause}，或提前条款 {other}", "move {clause} later, or {other} earlier"),
)
ROUND_TOO_SHORT = Rule(
    "P718",
    ERROR,
    Text("一轮时间不够前置条款完成", "A round shorter than the chain before it"),
    Text(
        "条款 {clause} 每 {every} 一轮，而前置条款（{chain}）连同本条款最长需要 {needed}，下一轮开始时上一轮还没完成",
        "clause {clause} comes again every {every}, but it and what it waits for ({chain}) may take {needed}: the next "
        "round begins before the last is done",
    ),
    Text("缩短链上条款的 due，或加长 every", "shorten due along the chain, or lengthen every"),
)
RULES = (CHAIN_TOO_LONG, ROUND_TOO_SHORT)
DAY = timedelta(days=1)
SHOWN = 6
UNTOLD = "?"


@dataclass(frozen=True, slots=True)
class Reach:
    """When a clause is done at the latest: `lasts` after everything began, or at `clock` plus `since` of the day.

    `before` is the clause of which that comes, None at the beginning of a chain.
    """

    lasts: timedelta | None
    clock: time | None
    since: timedelta
    before: str | None

    @property
    def of_the_day(self) -> timedelta | None:
        """Time since midnight of the day on which the chain's time of day falls."""
        return None if self.clock is None else _since_midnight(self.clock) + self.since


def times(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P207 and P718, each at the first clause of a chain at which the time does not suffice."""
    reaches: dict[str, Reach] = {}
    rings = ringed(plan)
    for clause in waiting_order(plan):
        earlier = [] if clause.id in rings else [name for name in clause.after if _counts(plan, reaches, clause, name)]
        longest = max(earlier, key=lambda name: reaches[name].lasts or timedelta(), default=None)
        latest = max(earlier, key=lambda name: reaches[name].of_the_day or timedelta(), default=None)
        if isinstance(clause.due, time):
            if latest and _is_missed(clause.due, reaches[latest]):
                yield _missed(clause, clause.due, latest, reaches[latest])
            reaches[clause.id] = Reach(None, clause.due, timedelta(), None)
            continue
        if longest and (found := _round(clause, clause.due, longest, reaches)):
            yield found
            longest = UNTOLD  # what waits for this one is late by the same cause
        reaches[clause.id] = _reach(clause.due, longest, latest, reaches)


def _counts(plan: Plan, reaches: Mapping[str, Reach], clause: Clause, name: str) -> bool:
    """Whether a clause really waits for this one, which must be done within a time that can be told."""
    other = plan.by_id.get(name)
    if other is None or name not in reaches or not stand_together(clause, other):
        return False
    return other.scales in ("once", "site")


def _reach(due: timedelta, longest: str | None, latest: str | None, reaches: Mapping[str, Reach]) -> Reach:
    before = None if longest == UNTOLD else reaches[longest].lasts if longest else timedelta()
    lasts = None if before is None else before + due
    last = reaches[latest] if latest else None
    if last is None or last.clock is None:
        return Reach(lasts, None, timedelta(), longest)
    return Reach(lasts, last.clock, last.since + due, longest)


def _round(clause: Clause, due: timedelta, longest: str, reaches: Mapping[str, Reach]) -> Finding | None:
    """P718: a task that has its whole round may begin as late as in the middle of it; one with less must fit in."""
    before = reaches[longest].lasts
    if clause.every is None or before is None or due > clause.every:
        return None
    if before < clause.every and (due == clause.every or before + due <= clause.every):
        return None
    needed = {"every": in_hours(clause.every), "needed": in_hours(before + due)}
    return ROUND_TOO_SHORT.in_clause(clause, chain=_chain(longest, reaches), **needed)


def _chain(last: str, reaches: Mapping[str, Reach]) -> str:
    links: list[str] = []
    name: str | None = last
    while name is not None and len(links) < SHOWN:
        links.append(name)
        name = reaches[name].before
    return " → ".join([*(["…"] if name else []), *reversed(links)])


def _is_missed(due: time, before: Reach) -> bool:
    """Whether a time of day has passed when the work before it, which ends on the same day, may still be going on."""
    done = before.of_the_day
    if done is None or before.since >= DAY:
        return False
    assert before.clock is not None
    return due <= before.clock or _since_midnight(due) < done


def _missed(clause: Clause, due: time, other: str, before: Reach) -> Finding:
    done = before.of_the_day
    assert done is not None
    days, rest = divmod(done, DAY)
    clock = f"{rest // timedelta(hours=1):02}:{rest // timedelta(minutes=1) % 60:02}" + (f" +{days}d" if days else "")
    return CHAIN_TOO_LONG.in_clause(clause, other=other, clock=f"{due:%H:%M}", other_clock=clock)


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute)


CHECKS = (times,)
