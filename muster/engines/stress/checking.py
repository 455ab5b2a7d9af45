"""What cannot be simulated is refused before anything is: impossible figures, nobody to do the work, an empty curve."""

from __future__ import annotations

import math
from collections.abc import Iterator

from muster.engines.plan.checks import check
from muster.engines.plan.findings import ERROR
from muster.engines.plan.text import Text, same
from muster.engines.plan.types import Plan
from muster.engines.plan.words import INDICATORS
from muster.engines.stress.bureau import Bureau
from muster.engines.stress.errors import StressRefused
from muster.engines.stress.scenario import Recorded, Scenario, Seir

MOST_DAYS = 730
_SHARE = Text("0 到 1 之间的数", "a number from 0 to 1")
_POSITIVE = Text("大于 0 的数", "a number above 0")
_NOT_NEGATIVE = Text("不小于 0 的数", "a number that is not below 0")


def refuse(plan: Plan, bureau: Bureau, scenario: Scenario) -> None:
    """Raises StressRefused for the first thing that makes a simulation impossible or meaningless."""
    for refused in (*_of_scenario(scenario), *_of_cases(scenario), *_of_bureau(bureau), *_of_plan(plan)):
        raise refused


def refuse_figures(scenario: Scenario) -> None:
    """Raises StressRefused for the first impossible figure; a variant may have made one of a possible scenario."""
    for refused in (*_of_scenario(scenario), *_of_cases(scenario)):
        raise refused


def _of_plan(plan: Plan) -> Iterator[StressRefused]:
    for finding in check(plan):
        if finding.severity == ERROR:
            where = same(f"{finding.id} {finding.clause}".strip())
            mend = Text("先改正预案检查发现的错误", "mend what the check of the plan finds first")
            yield StressRefused(finding.message, where, Text("没有错误的预案", "a plan without errors"), mend)
    if not plan.levels or not plan.clauses:
        yield StressRefused(Text("预案没有级别或条款", "the plan has no level or no clause"), same(plan.id))


def _of_bureau(bureau: Bureau) -> Iterator[StressRefused]:
    if bureau.strength <= 0:
        yield StressRefused(
            Text("没有任何人员", "there is nobody"),
            same("bureau.people"),
            Text("至少一名有资质的人员", "at least one person with a qualification"),
            Text("先导入人员，或载入示例城市", "import people first, or load the sample city"),
        )
    for pool in bureau.people:
        if pool.people < 0 or pool.unit not in bureau.units:
            what = Text(f"{pool.unit} 的人数 {pool.people} 不成立", f"{pool.people} people in {pool.unit}")
            yield StressRefused(what, same("bureau.people"), Text("已知单位的人数", "people of a known unit"))
    for lot in bureau.lots:
        if lot.quantity < 0:
            yield _figure(f"bureau.lots.{lot.store}.{lot.item}", lot.quantity, _NOT_NEGATIVE)


def _of_scenario(scenario: Scenario) -> Iterator[StressRefused]:
    if not 1 <= scenario.days <= MOST_DAYS:
        yield _figure("days", scenario.days, Text(f"1 到 {MOST_DAYS}", f"1 to {MOST_DAYS}"))
    for path, value in _shares(scenario):
        if not 0.0 <= value <= 1.0:
            yield _figure(path, value, _SHARE)
    for path, value in _positive(scenario):
        if not (math.isfinite(value) and value > 0):
            yield _figure(path, value, _POSITIVE)
    for path, value in _not_negative(scenario):
        if not (math.isfinite(value) and value >= 0):
            yield _figure(path, value, _NOT_NEGATIVE)
    if scenario.absence.peak < scenario.absence.normal:
        expected = Text("不低于平时缺勤率", "not below the usual absence")
        yield _figure("absence.peak", scenario.absence.peak, expected)
    for told in scenario.told:
        if told.name not in INDICATORS:
            what = Text(f"未知指标 {told.name}", f"unknown indicator {told.name}")
            yield StressRefused(what, same("told"))
    for silence in scenario.partners.silent:
        if silence.last < silence.first:
            expected = Text("不早于开始日", "not before its first day")
            yield _figure(f"partners.silent.{silence.partner}", silence.last, expected)


def _of_cases(scenario: Scenario) -> Iterator[StressRefused]:
    cases = scenario.cases
    if isinstance(cases, Recorded):
        if not cases.counts or not any(cases.counts):
            yield StressRefused(
                Text("病例曲线为空", "the curve has no case"),
                same("cases.counts"),
                Text("每日新增确诊数，至少一例", "new confirmed cases of each day, at least one"),
                Text("选择有病例的时段", "choose a period with cases"),
            )
        if min((*cases.counts, *cases.imported), default=0) < 0:
            yield _figure("cases.counts", min((*cases.counts, *cases.imported)), _NOT_NEGATIVE)
    elif cases.control_day is not None and cases.control < 0:
        yield _figure("cases.control", cases.control, _NOT_NEGATIVE)


def _shares(scenario: Scenario) -> Iterator[tuple[str, float]]:
    yield "absence.normal", scenario.absence.normal
    yield "absence.peak", scenario.absence.peak
    yield "work.closed_outside", scenario.work.closed_outside
    yield "work.closed_strength", scenario.work.closed_strength
    yield "reporting.missed", scenario.reporting.missed
    if isinstance(scenario.cases, Seir):
        yield "cases.reported_share", scenario.cases.reported_share
    for level, share in scenario.assumptions.strength.on_posts.items():
        yield f"assumptions.strength.on_posts.{level}", share


def _positive(scenario: Scenario) -> Iterator[tuple[str, float]]:
    yield "absence.rise_days", scenario.absence.rise_days
    yield "absence.fall_days", scenario.absence.fall_days
    yield "work.team", scenario.work.team
    yield "supply.lead_factor", scenario.supply.lead_factor
    cases = scenario.cases
    if isinstance(cases, Seir):
        yield "cases.population", cases.population
        yield "cases.incubation_days", cases.incubation_days
        yield "cases.infectious_days", cases.infectious_days
        yield "cases.first_infectious", cases.first_infectious
    else:
        yield "cases.scale", cases.scale
    yield "assumptions.work.share", scenario.assumptions.work.share[1]


def _not_negative(scenario: Scenario) -> Iterator[tuple[str, float]]:
    yield "absence.spell_days - 1", scenario.absence.spell_days - 1.0
    yield "work.contacts", scenario.work.contacts
    yield "work.isolation_days", scenario.work.isolation_days
    yield "work.ill_days", scenario.work.ill_days
    yield "infection.outside", scenario.infection.outside
    yield "infection.at_work", scenario.infection.at_work
    yield "infection.detection_days", scenario.infection.detection_days
    yield "supply.lead_spread", scenario.supply.lead_spread
    yield "partners.hours", scenario.partners.hours
    for partner, hours in scenario.partners.by_partner.items():
        yield f"partners.by_partner.{partner}", hours
    yield "reporting.days", scenario.reporting.days
    yield "deciding.hours", scenario.deciding.hours
    yield "deciding.more_hours", scenario.deciding.more_hours
    yield "cases.spread", scenario.cases.spread
    if isinstance(scenario.cases, Seir):
        yield "cases.r0", scenario.cases.r0
    low, high = scenario.assumptions.work.share
    yield "assumptions.work.share", low
    yield "assumptions.work.share", high - low


def _figure(path: str, value: float, expected: Text) -> StressRefused:
    return StressRefused(Text(f"{value:g} 不成立", f"{value:g} is impossible"), same(path), expected)
