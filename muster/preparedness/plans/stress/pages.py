"""What the pages of a stress test show, put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from muster.engines.plan import Clause, Plan
from muster.engines.stress import Answers, ClauseAnswer, Outcome, ShortfallAnswer
from muster.kernel.organisation import queries as organisation
from muster.preparedness.plans import pages, queries
from muster.preparedness.plans.models import PlanVersion, StressRun
from muster.preparedness.plans.queries.stress import (
    Answered,
    answered,
    how_far,
    last_stress,
    scenario_of,
    stress_runs,
)
from muster.preparedness.plans.queries.words import title
from muster.preparedness.plans.stress.charts import charts
from muster.preparedness.plans.stress.verdict import Day, day_of, listed, verdict
from muster.preparedness.plans.stress.wording import (
    MODES,
    binding_in_words,
    chance,
    changes_in_words,
    count,
    difference,
    figure,
    is_sure,
    path_title,
)
from muster.preparedness.plans.stress_errors import in_readers_language

UNITS: Final = 20  # lines of shortfalls by unit or store; all of them are in the result file
MEDIAN: Final = "0.5"


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause with what came of it."""

    id: str
    clause: Clause | None
    chance: str
    percent: float
    first: Day | None
    late: str
    raised: str
    hours: str
    lacking: str
    bindings: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class ShortLine:
    """Something that ran short."""

    where: str
    name: str
    chance: str
    percent: float
    first: Day | None
    days: str
    lacking: str


@dataclass(frozen=True, slots=True)
class VariantColumn:
    """A variant beside the plan as it is: figures, and paired differences with whether they are more than chance."""

    name: str
    what: str
    figures: tuple[str, ...]
    differences: tuple[tuple[str, bool, bool], ...]  # text, is it sure, is it better


@dataclass(frozen=True, slots=True)
class SwingLine:
    """A figure of the scenario at a low and a high value."""

    title: str
    low: str
    high: str
    at_low: str
    at_high: str


def of_version(version: PlanVersion) -> dict[str, Any]:
    """The tab of a version: its last result in words, and its runs."""
    last = last_stress(version.pk)
    plan = queries.plan_of(version)
    found = answered(last) if last else None
    return pages.frame(version) | {
        "tab": "stress",
        "last": last,
        "verdict": verdict(plan, found) if found else None,
        "runs": [one for one in stress_runs(version.plan.code) if one.version_id == version.pk],
    }


def of_run(run: StressRun) -> dict[str, Any]:
    """A run in any state; a result where there is one."""
    found = answered(run)
    context: dict[str, Any] = {
        "run": run,
        "version": run.version,
        "plan": queries.plan_of(run.version),
        "scenario": scenario_of(run),
        "progress": how_far(run),
        "problem": in_readers_language(run.reason),
    }
    return context | (result(context["plan"], run, found) if found else {})


def result(plan: Plan, run: StressRun, found: Answered) -> dict[str, Any]:
    """Everything that a result says."""
    outcome = found.outcome
    base = outcome.base
    late = [_clause(plan, outcome, one) for one in base.clauses]
    return {
        "outcome": outcome,
        "verdict": verdict(plan, found),
        "repairs": listed(found.repairs),
        "late": sorted((one for one in late if one.percent > 0), key=lambda one: -one.percent),
        "in_time": [one for one in late if one.percent == 0],
        "hours": sorted(late, key=lambda one: -_hours(base, one.id))[:UNITS],
        "staff": _short(outcome, base.staff, "qualification", {}),
        "stock": _short(outcome, base.stock, "item", {}),
        "staff_by_unit": _short(outcome, base.staff_by_unit, "qualification", organisation.unit_names())[:UNITS],
        "stock_by_store": _short(outcome, base.stock_by_store, "item", {})[:UNITS],
        "variants": _variants(run, found),
        "forces": [(one.variant, MODES[one.force.mode], _force(one)) for one in outcome.answers],
        "swings": _swings(found),
        "charts": charts(found),
    }


def _clause(plan: Plan, outcome: Outcome, one: ClauseAnswer) -> ClauseLine:
    clauses = {clause.id: clause for clause in plan.clauses}
    return ClauseLine(
        one.id,
        clauses.get(one.id),
        chance(one.p_late),
        100 * one.p_late.mean,
        _median(outcome, one.first_late),
        count(one.late),
        count(one.raised),
        count(one.hours),
        count(one.hours_lacking),
        tuple((binding_in_words(bound), 100 * bound.share) for bound in one.bindings if bound.share > 0),
    )


def _hours(base: Answers, clause: str) -> float:
    return next(one.hours.mean for one in base.clauses if one.id == clause)


def _median(outcome: Outcome, quantiles: Any) -> Day | None:
    number = quantiles.get(MEDIAN)
    return day_of(outcome.first_day, number) if number is not None else None


def _short(outcome: Outcome, found: Iterable[ShortfallAnswer], kind: str, places: dict[str, str]) -> list[ShortLine]:
    worst = sorted((one for one in found if one.p.mean > 0), key=lambda one: (-one.p.mean, -one.lacking.mean))
    return [
        ShortLine(
            places.get(one.where, one.where),
            title(one.name, kind),
            chance(one.p),
            100 * one.p.mean,
            _median(outcome, one.first_day),
            count(one.days),
            count(one.lacking),
        )
        for one in worst
    ]


def _force(one: Answers) -> tuple[str, ...]:
    force = one.force
    return tuple(
        count(value)
        for value in (force.infected_outside, force.infected_at_work, force.isolated, force.sick, force.days_lost)
    )


def _variants(run: StressRun, found: Answered) -> list[VariantColumn]:
    """The plan as it is, and each variant with its paired differences."""
    asked = {one["name"]: changes_in_words(one["changes"]) for one in run.variants}
    less = {one.variant: one for one in found.differences}
    columns = []
    for one in found.outcome.answers:
        other = less.get(one.variant)
        paired = (other.failures, other.late_tasks, other.short_days, other.infected, other.isolated) if other else ()
        columns.append(
            VariantColumn(
                one.variant,
                asked.get(one.variant, ""),
                tuple(count(value) for value in (one.failures, one.late_tasks, one.short_days)),
                tuple((difference(value), is_sure(value), value.mean < 0) for value in paired),
            )
        )
    return columns


def _swings(found: Answered) -> Sequence[SwingLine]:
    return [
        SwingLine(
            path_title(one.path),
            figure(one.path, one.low),
            figure(one.path, one.high),
            difference(one.at_low),
            difference(one.at_high),
        )
        for one in found.tornado
    ]
