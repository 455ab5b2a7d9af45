"""What a simulation answers. Every figure that rests on chance bears the standard error of the simulation (`se`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from muster.engines.stress.plain import Plain


class Estimate(NamedTuple):
    """A mean over the replications and its standard error; of a chance, if every replication gave 0 or 1."""

    mean: float
    se: float


@dataclass(frozen=True, slots=True)
class Binding:
    """What held up late tasks of a clause: `what` is "staff", "stock", "partner" or "time" (nothing was wanting, the
    time allowed is too short); `name` is the qualification, item or partner.

    `share` is the part of the late tasks of that clause.
    """

    what: str
    name: str
    share: float


@dataclass(frozen=True, slots=True)
class ClauseAnswer:
    """A clause: the chance that a task of it is late at all, its tasks and officer-hours in the mean.

    `late_share` is late tasks by tasks raised. `first_late` are days by quantile ("0.05", "0.5", "0.95") over the
    replications in which one was late; empty where none was.
    """

    id: str
    p_late: Estimate
    raised: Estimate
    late: Estimate
    late_share: float
    first_late: Mapping[str, int]
    hours: Estimate
    hours_lacking: Estimate
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True)
class ShortfallAnswer:
    """Something that runs short: a qualification (of a unit, or "" for any) or an item (of a store, or "" for any).

    `p` is the chance that it runs short on any day, `days` on how many days it does in the mean, `lacking` how much is
    lacking in all (officer-shifts, units of issue). `first_day` are days by quantile over the replications in which it
    ran short, `histogram` the replications by the day of the first shortfall; the last entry counts those without one.
    """

    where: str
    name: str
    p: Estimate
    days: Estimate
    lacking: Estimate
    first_day: Mapping[str, int]
    histogram: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Force:
    """Officers over the whole horizon, in the mean: infected (outside, at work), isolated as contacts, days lost."""

    mode: str
    infected_outside: Estimate
    infected_at_work: Estimate
    isolated: Estimate
    sick: Estimate
    days_lost: Estimate


@dataclass(frozen=True, slots=True)
class Fan:
    """Quantiles of a figure on each day, over the replications, by "0.05", "0.25", "0.5", "0.75", "0.95".

    Exact for values below 64, else to within 3%.
    """

    name: str
    quantiles: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Answers:
    """One variant; the plan and the bureau as they are have the name ""."""

    variant: str
    cost: float
    failures: Estimate  # late tasks, and days on which a qualification or an item ran short anywhere
    late_tasks: Estimate
    short_days: Estimate
    clauses: tuple[ClauseAnswer, ...]
    late_by_day: tuple[tuple[float, ...], ...]  # by clause (in that order) and day: the chance of a late task then due
    staff: tuple[ShortfallAnswer, ...]
    staff_by_unit: tuple[ShortfallAnswer, ...]
    stock: tuple[ShortfallAnswer, ...]
    stock_by_store: tuple[ShortfallAnswer, ...]
    force: Force
    fans: tuple[Fan, ...]
    # the first day on which a task is late for want of people or stock, by quantile, and of which clauses it is
    break_day: Mapping[str, int]
    breaks_first: tuple[Binding, ...]  # `what` is "clause", `share` of the replications
    batches: tuple[tuple[int, ...], ...]  # sums of `METRICS` and of the lateness of each clause, for paired differences


@dataclass(frozen=True, slots=True)
class Outcome(Plain):
    """A whole run; with plan, bureau, scenario and seed it can be repeated to the byte."""

    plan: str
    plan_hash: str
    bureau_digest: str
    scenario_digest: str
    first_day: date
    days: int
    replications: int
    seed: int
    version: int
    answers: tuple[Answers, ...]

    @property
    def base(self) -> Answers:
        """The plan and the bureau as they are."""
        return self.answers[0]


@dataclass(frozen=True, slots=True)
class Difference(Plain):
    """A variant less the first, on the same fates. A negative number is fewer failures."""

    variant: str
    cost: float
    failures: Estimate
    late_tasks: Estimate
    short_days: Estimate
    infected: Estimate
    isolated: Estimate
    p_late: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class RankedRepair(Plain):
    """A repair: failures that it avoids, with their error, and how many by unit of cost; what it changes."""

    name: str
    cost: float
    avoided: Estimate
    by_cost: float
    changes: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Swing(Plain):
    """One figure of the scenario at a low and at a high value, all else as it is: failures less those of the base."""

    path: str
    low: float
    high: float
    at_low: Estimate
    at_high: Estimate

    @property
    def width(self) -> float:
        """How much it matters."""
        return abs(self.at_high.mean - self.at_low.mean)
