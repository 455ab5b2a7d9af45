"""Rules about what waits for what: cycles, waiting in vain, and times that cannot be kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from muster.engines.plan import words
from muster.engines.plan.checks.clauses import MOMENTS
from muster.engines.plan.checks.titles import title_of
from muster.engines.plan.findings import ERROR, WARNING, Finding, Rule
from muster.engines.plan.text import Text
from muster.engines.plan.types import Clause, Plan
from muster.engines.plan.world import Yardsticks

UNKNOWN_CLAUSE = Rule(
    "P201",
    ERROR,
    Text("等待不存在的条款", "Waits for a clause that does not exist"),
    Text(
        "条款 {clause} 等待条款 {other}，预案中没有该条款",
        "clause {clause} waits for {other}, which the plan does not have",
    ),
    Text("改为已有条款编号", "name a clause of the plan"),
)
CYCLE = Rule(
    "P202",
    ERROR,
    Text("条款互相等待", "Clauses wait for one another"),
    Text("条款互相等待，谁都不能开始：{cycle}", "these clauses wait for one another and none can begin: {cycle}"),
    Text("去掉其中一个 after", "take one of the after entries out"),
)
NEVER_TOGETHER = Rule(
    "P203",
    ERROR,
    Text("等待不同时生效的条款", "Waits for a clause that never stands with it"),
    Text(
        "条款 {clause} 等待条款 {other}，两者从不同时生效，等不到它",
        "clause {clause} waits for {other}, and the two never stand together, so it does not wait",
    ),
    Text("调整 levels，或去掉该 after", "change the levels of one of them, or take the after entry out"),
)
NOT_AT_ALL_LEVELS = Rule(
    "P204",
    WARNING,
    Text("部分级别没有前置条款", "At some levels nothing comes before it"),
    Text(
        "条款 {clause} 等待条款 {other}，但 {other} 在 {levels} 级不生效",
        "clause {clause} waits for {other}, which does not stand at level {levels}",
    ),
    Text(
        "让条款 {other} 在同样级别生效，或拆分条款 {clause}", "let {other} stand at the same levels, or split {clause}"
    ),
)
DUE_TOO_LATE = Rule(
    "P206",
    ERROR,
    Text("时限不可能", "A due time that cannot be"),
    Text(
        "条款 {clause} 每 {every} 一次，时限却有 {due}：上一次未到期，下一次已开始",
        "clause {clause} comes again every {every} but may take {due}: the next begins before the last is due",
    ),
    Text("缩短 due，或加长 every", "shorten due, or lengthen every"),
)
OTHER_PLACES = Rule(
    "P208",
    ERROR,
    Text("等待另一类点位的条款", "Waits for work at other places"),
    Text(
        "条款 {clause} 针对每个{per}，却等待针对每个{other_per}的条款 {other}，两者没有共同的点位",
        "clause {clause} stands at each {per}, {other}, which it waits for, at each {other_per}: no place is both",
    ),
    Text(
        "等待同一类点位或只做一次的条款",
        "let it wait for a clause of the same kind of place, or of one that is done once",
    ),
)
RULES = (
    UNKNOWN_CLAUSE,
    CYCLE,
    NEVER_TOGETHER,
    NOT_AT_ALL_LEVELS,
    DUE_TOO_LATE,
    OTHER_PLACES,
)

SHOWN = 12


def waits(plan: Plan) -> Iterator[tuple[Clause, Clause]]:
    """Every pair of a clause and a clause of the plan that it waits for."""
    for clause in plan.clauses:
        for other in clause.after:
            if other in plan.by_id:
                yield clause, plan.by_id[other]


def unknown_clauses(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P201."""
    for clause in plan.clauses:
        for other in clause.after:
            if other not in plan.by_id:
                yield UNKNOWN_CLAUSE.in_clause(clause, other=other)


def cycles(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P202: each ring of waiting clauses is told once, at its first clause in the plan."""
    for ring in rings(plan):
        first = plan.clause(ring[0])
        shown = ring if len(ring) <= SHOWN else (*ring[: SHOWN - 1], "…")
        yield CYCLE.in_clause(first, cycle=" → ".join([*shown, ring[0]]))


def rings(plan: Plan) -> list[tuple[str, ...]]:
    """Rings of `after`, each from its first clause in the plan."""
    return [_from_first(ring, plan.positions) for ring in _walk(plan).rings]


def ringed(plan: Plan) -> frozenset[str]:
    """The clauses that stand in a ring."""
    return frozenset(name for ring in _walk(plan).rings for name in ring)


def waiting_order(plan: Plan) -> list[Clause]:
    """The clauses, each after those that it waits for (rings aside)."""
    return [plan.by_id[name] for name in _walk(plan).order]


@dataclass(frozen=True, slots=True)
class _Walk:
    """What a walk along `after` met: clauses in the order in which it left them, and the rings."""

    order: tuple[str, ...]
    rings: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=8)
def _walk_of(after: tuple[tuple[str, tuple[str, ...]], ...]) -> _Walk:
    """Depth-first, each clause entered once, without recursion: a chain may have thousands of clauses."""
    waits = dict(after)
    left: dict[str, None] = {}
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for start in waits:
        if start not in left:
            _descend(start, waits, left, found)
    return _Walk(tuple(left), tuple(found.values()))


def _descend(
    start: str,
    waits: Mapping[str, tuple[str, ...]],
    left: dict[str, None],
    found: dict[frozenset[str], tuple[str, ...]],
) -> None:
    depth = {start: 0}  # the path, in order
    pending = [iter(waits[start])]
    while pending:
        other = next(pending[-1], None)
        if other is None:
            pending.pop()
            left[depth.popitem()[0]] = None
        elif other in depth:
            ring = tuple(depth)[depth[other] :]
            found.setdefault(frozenset(ring), ring)
        elif other in waits and other not in left:
            depth[other] = len(depth)
            pending.append(iter(waits[other]))


def _walk(plan: Plan) -> _Walk:
    return _walk_of(tuple((clause.id, clause.after) for clause in plan.clauses))


def _from_first(ring: tuple[str, ...], positions: Mapping[str, int]) -> tuple[str, ...]:
    start = min(range(len(ring)), key=lambda place: positions[ring[place]])
    return ring[start:] + ring[:start]


def standing_together(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P203 and P204; a clause that never starts is P103, and one that skips a level P107, and no more is said of it."""
    dead, rings = never_started(plan), ringed(plan)
    for clause, other in waits(plan):
        if dead & {clause.id, other.id} or rings >= {clause.id, other.id}:
            continue
        if not stand_together(clause, other):
            yield NEVER_TOGETHER.in_clause(clause, other=other.id)
        elif alone := sorted(clause.levels - _with_gap_filled(other.levels)):
            levels = ", ".join(words.LEVEL_NAMES[number] for number in alone)
            yield NOT_AT_ALL_LEVELS.in_clause(clause, other=other.id, levels=levels)


def _with_gap_filled(levels: frozenset[int]) -> frozenset[int]:
    return frozenset(range(min(levels), max(levels) + 1)) if levels else levels


def stand_together(clause: Clause, other: Clause) -> bool:
    """Whether `clause` ever starts while a task of `other` may be open. The stand-down also lowers the level."""
    if clause.on in MOMENTS or other.on in MOMENTS:
        return clause.on == other.on or (clause.on, other.on) == ("stand_down", "level_down")
    return bool(clause.levels & other.levels)


def never_started(plan: Plan) -> frozenset[str]:
    """Clauses that stand at no level of the plan and start on no moment."""
    numbers = {level.number for level in plan.levels}
    return frozenset(c.id for c in plan.clauses if c.on not in MOMENTS and not c.levels & numbers)


def rounds(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P206."""
    for clause in plan.clauses:
        if clause.every is not None and isinstance(clause.due, timedelta) and clause.due > clause.every:
            yield DUE_TOO_LATE.in_clause(clause, every=in_hours(clause.every), due=in_hours(clause.due))


def places(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P208: a task in one place waits for tasks in that place."""
    for clause, other in waits(plan):
        if clause.scales == other.scales == "site" and clause.per != other.per:
            per, other_per = title_of(clause.per), title_of(other.per)
            yield OTHER_PLACES.in_clause(clause, per=per, other=other.id, other_per=other_per)


def in_hours(span: timedelta) -> str:
    """A duration as plans write it: 45m, 6h, 14d."""
    minutes = int(span.total_seconds() // 60)
    if minutes % 1440 == 0:
        return f"{minutes // 1440}d"
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"


CHECKS = (unknown_clauses, cycles, standing_together, rounds, places)
