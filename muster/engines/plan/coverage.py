"""Coverage of a plan: which clauses were tried, how and how long ago, and which exercise would try most of the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from muster.engines.plan.types import Clause, Plan
from muster.engines.plan.words import LEVEL_NAMES

TABLETOP, FUNCTIONAL, FULL, LIVE = "tabletop", "functional", "full", "live"
WAYS: Final[Mapping[str, float]] = {TABLETOP: 0.25, FUNCTIONAL: 0.5, FULL: 1.0, LIVE: 1.0}
"""Ways in which a clause is tried, the weakest first: for what part of the plan's interval one trial stands.

A tabletop talks a clause through, a functional exercise does it without the field, a full one does it (GB/T 38209-2019
has the three; HSEEP 2020 orders them alike). That the weaker ones stand for a quarter and a half of the interval is
ours: they prove less, so they are due again sooner.
"""
ROUNDING: Final = 1e-9
DAYS_A_MONTH: Final = 30.4375  # of a mean year: an interval in months as days
LEVELS: Final = tuple(sorted(LEVEL_NAMES, reverse=True))  # the lowest level first
URGENT: Final = timedelta(hours=2)
MOST: Final = 0.8  # of what is stale: what "most" means when nothing else is asked


@dataclass(frozen=True, slots=True)
class Use:
    """One clause tried on a day: `way` is one of `WAYS`; `content` the hash of what it said (`clause_hash`)."""

    clause: str
    content: str
    way: str
    unit: str
    day: date


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """How one clause stands.

    Attributes
    ----------
    last : the last trial of what it says today, in each way in which there was one.
    units : who tried it, by code.
    outdated : it was tried, but said something else then; that counts for nothing.
    staleness : 0 when just tried in full; 1 when its interval is over, or when it was never tried.
    risk : how much depends on it, see `risk`.
    """

    clause: Clause
    last: Mapping[str, date]
    units: tuple[str, ...]
    outdated: bool
    staleness: float
    risk: float

    @property
    def weight(self) -> float:
        """Staleness weighted by risk."""
        return self.staleness * self.risk

    @property
    def last_day(self) -> date | None:
        """The last trial in any way."""
        return max(self.last.values(), default=None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An exercise: the levels that it plays and what happens in it.

    Attributes
    ----------
    levels : numbers of the response levels it goes through, the lowest level first.
    injects : what happens: a kind of place that opens, a request, case or batch that comes in, or a moment.
    clauses : what is tried, in the order of the plan.
    share : part of all the stale weight that is tried.
    """

    levels: tuple[int, ...]
    injects: tuple[str, ...]
    clauses: tuple[str, ...]
    share: float

    @property
    def size(self) -> int:
        """Levels and injects together."""
        return len(self.levels) + len(self.injects)


def risk(clause: Clause) -> float:
    """How much depends on a clause: 1, and 1 more for each of five things that go wrong when it is not practised.

    It restricts people's rights; its people are exposed; another department takes part; it is a decision; it is due
    within two hours.
    """
    urgent = isinstance(clause.due, timedelta) and clause.due <= URGENT
    grave = (clause.measure is not None, bool(clause.standard), bool(clause.partners), clause.decision, urgent)
    return 1.0 + sum(grave)


def coverage(
    plan: Plan, contents: Mapping[str, str], uses: Iterable[Use], today: date, *, months: int = 0
) -> tuple[ClauseCoverage, ...]:
    """Every clause of a plan, in its order.

    Parameters
    ----------
    contents : hash of what each clause says today, by id (`clause_hashes`).
    uses : trials of this plan's clauses, in any order; those after `today` do not count.
    months : the interval in which a clause is to be tried in full; without one the plan's own `exercise_months`.
    """
    by_clause: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        if use.day <= today:
            by_clause[use.clause].append(use)
    interval = (months or plan.exercise_months) * DAYS_A_MONTH
    return tuple(_of(clause, contents[clause.id], by_clause[clause.id], today, interval) for clause in plan.clauses)


def _of(clause: Clause, content: str, uses: Sequence[Use], today: date, interval: float) -> ClauseCoverage:
    valid = [use for use in uses if use.content == content]
    last = {way: max(days) for way in WAYS if (days := [use.day for use in valid if use.way == way])}
    stale = min((_staleness((today - day).days, interval * WAYS[way]) for way, day in last.items()), default=1.0)
    units = tuple(sorted({use.unit for use in valid if use.unit}))
    return ClauseCoverage(clause, last, units, bool(uses) and not valid, stale, risk(clause))


def _staleness(days: int, lasts: float) -> float:
    return min(1.0, days / lasts)


def smallest_exercise(covered: Sequence[ClauseCoverage], *, most: float = MOST) -> Proposal:
    """The exercise with the fewest levels and injects that tries at least `most` of the stale weight.

    A clause is tried when the exercise plays a level at which it stands and the inject that it waits for. For a
    choice of levels the injects divide the clauses among them, so the heaviest first are the fewest; there are
    16 choices of levels, and all are looked at: the result is exact. Of exercises of one size the one with most
    weight is taken. Nothing stale: an empty exercise. Where clauses start on nothing at all, which the checks call a
    fault, the whole plan may fall short of `most`; then that is what comes back.
    """
    total = sum(one.weight for one in covered)
    choices = [chosen for count in range(len(LEVELS) + 1) for chosen in combinations(LEVELS, count)]
    plays = [_play(covered, chosen, most * total, total) for chosen in choices]
    reached = [play for play in plays if play.share >= most - ROUNDING]
    return min(reached or plays[-1:], key=lambda play: (play.size, -play.share, play.levels))


def _play(covered: Sequence[ClauseCoverage], levels: tuple[int, ...], wanted: float, total: float) -> Proposal:
    at_once, injects = _divided(covered, levels)
    tried = list(at_once)
    weight = sum(one.weight for one in tried)
    chosen: list[str] = []
    for name, clauses in sorted(injects.items(), key=lambda pair: (-sum(one.weight for one in pair[1]), pair[0])):
        if weight >= wanted - ROUNDING:
            break
        chosen.append(name)
        tried += clauses
        weight += sum(one.weight for one in clauses)
    names = {one.clause.id for one in tried}
    order = tuple(one.clause.id for one in covered if one.clause.id in names)
    return Proposal(levels, tuple(sorted(chosen)), order, weight / total if total else 1.0)


def _divided(
    covered: Sequence[ClauseCoverage], levels: tuple[int, ...]
) -> tuple[list[ClauseCoverage], dict[str, list[ClauseCoverage]]]:
    """Clauses that the levels alone start, and those that wait for an inject, by inject."""
    at_once: list[ClauseCoverage] = []
    injects: dict[str, list[ClauseCoverage]] = defaultdict(list)
    for one in covered:
        clause = one.clause
        if clause.on:
            if levels:  # a level must have been set before it can be lowered or ended
                injects[clause.on].append(one)
        elif clause.levels.intersection(levels):
            (injects[clause.per] if clause.per else at_once).append(one)
    return at_once, injects
