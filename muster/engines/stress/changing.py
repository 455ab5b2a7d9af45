"""A variant's changes, made to copies of the plan, the bureau and the scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError

from muster.engines.plan.conditions import ConditionInvalid, read_condition
from muster.engines.plan.notation import Due
from muster.engines.plan.text import UNSAID, Text, nearest, same
from muster.engines.plan.types import Plan
from muster.engines.plan.words import PARTNERS, ROMAN
from muster.engines.rostering import Pool
from muster.engines.stress.bureau import Bureau, Lot
from muster.engines.stress.errors import StressRefused
from muster.engines.stress.peak import peak_need
from muster.engines.stress.scenario import Scenario, Silence
from muster.engines.stress.variant import (
    DropClause,
    MorePeople,
    MoreStock,
    OtherDeadline,
    OtherFigure,
    OtherTrigger,
    OtherWorkMode,
    SilentPartner,
    Variant,
)


@dataclass(frozen=True, slots=True)
class Changed:
    """What is simulated. Clauses keep their numbers: a dropped one stands nowhere, so all else meets the same fate."""

    plan: Plan
    bureau: Bureau
    scenario: Scenario
    dropped: frozenset[str] = frozenset()
    due: Mapping[str, timedelta | time] = field(default_factory=dict)


def changed(plan: Plan, bureau: Bureau, scenario: Scenario, variant: Variant | None) -> Changed:
    """Raises StressRefused for a change that names what is not there."""
    found = Changed(plan, bureau, scenario)
    for change in variant.changes if variant is not None else ():
        found = _HOW[type(change)](found, change)
    return found


def _more_people(found: Changed, change: MorePeople) -> Changed:
    units = change.units or units_that_need(found.plan, found.bureau, change.qualification)
    unknown = next((unit for unit in units if unit not in found.bureau.units), None)
    if unknown is not None or not units:
        raise _unknown(unknown or change.qualification, found.bureau.units)
    if change.count < 0:
        raise StressRefused(Text(f"人数 {change.count} 不成立", f"{change.count} people more"), same("count"))
    people = list(found.bureau.people)
    for place, unit in enumerate(units):
        count = change.count * (place + 1) // len(units) - change.count * place // len(units)
        if change.cross_train:
            people = _trained(people, unit, change.qualification, count)
        else:
            people.append(Pool(unit, frozenset({change.qualification}), count))
    return replace(found, bureau=replace(found.bureau, people=tuple(people)))


def units_that_need(plan: Plan, bureau: Bureau, qualification: str) -> tuple[str, ...]:
    """Where clauses of the plan draw people of a qualification from, the whole bureau last."""
    found: set[str] = set()
    for clause in plan.clauses:
        for need in clause.people:
            if need.qualification == qualification:
                found |= _units_of(need.source, clause.per, bureau)
    return tuple(sorted(found))


def _units_of(source: str, per: str, bureau: Bureau) -> set[str]:
    if source.startswith("unit:"):
        return {source.removeprefix("unit:")} & set(bureau.units)
    if source.startswith("each:"):
        return {code for code, kind in bureau.units.items() if kind == source.removeprefix("each:")}
    sites = {site.unit for site in bureau.sites if site.kind == per} if source == "place" else set()
    return sites or {code for code, kind in bureau.units.items() if kind == "station"} or {bureau.root}


def _trained(people: list[Pool], unit: str, qualification: str, count: int) -> list[Pool]:
    """So many of the unit learn it, those with the fewest qualifications first."""
    order = sorted(range(len(people)), key=lambda i: (len(people[i].holds), sorted(people[i].holds)))
    for i in order:
        pool = people[i]
        if pool.unit == unit and qualification not in pool.holds and count > 0:
            part = min(count, pool.people)
            people[i] = Pool(unit, pool.holds, pool.people - part)
            people.append(Pool(unit, pool.holds | {qualification}, part))
            count -= part
    return people


def _more_stock(found: Changed, change: MoreStock) -> Changed:
    need = peak_need(found.plan, found.bureau).get(change.item)
    if need is None:
        raise _unknown(change.item, peak_need(found.plan, found.bureau))
    if change.days < 0:
        raise StressRefused(Text(f"{change.days:g} 天不成立", f"{change.days:g} days more"), same("days"))
    lot = Lot(found.bureau.central, change.item, round(need * change.days))
    return replace(found, bureau=replace(found.bureau, lots=(*found.bureau.lots, lot)))


def _work_mode(found: Changed, change: OtherWorkMode) -> Changed:
    return replace(found, scenario=replace(found.scenario, work=replace(found.scenario.work, mode=change.mode)))


def _trigger(found: Changed, change: OtherTrigger) -> Changed:
    try:
        condition = read_condition(change.trigger)
    except ConditionInvalid as invalid:
        raise StressRefused(Text(f"{invalid}", f"{invalid}"), same(f"{change.level}.trigger")) from invalid
    number = ROMAN[change.level]
    if number not in {level.number for level in found.plan.levels}:
        raise _unknown(change.level, (level.id for level in found.plan.levels))
    levels = tuple(replace(one, trigger=condition) if one.number == number else one for one in found.plan.levels)
    return replace(found, plan=replace(found.plan, levels=levels))


def _silent(found: Changed, change: SilentPartner) -> Changed:
    if change.partner not in PARTNERS:
        raise _unknown(change.partner, PARTNERS)
    last = found.scenario.days - 1 if change.last is None else change.last
    partners = found.scenario.partners
    silent = (*partners.silent, Silence(change.partner, change.first, last))
    return replace(found, scenario=replace(found.scenario, partners=replace(partners, silent=silent)))


def _dropped(found: Changed, change: DropClause) -> Changed:
    _clause(found.plan, change.clause)
    return replace(found, dropped=found.dropped | {change.clause})


def _deadline(found: Changed, change: OtherDeadline) -> Changed:
    _clause(found.plan, change.clause)
    try:
        due = TypeAdapter(Due).validate_python(change.due)
    except ValidationError as invalid:
        expected = Text("例如 12h、2d 或 08:00", "for example 12h, 2d or 08:00")
        raise StressRefused(same(change.due), same(change.clause), expected) from invalid
    return replace(found, due={**found.due, change.clause: due})


def _figure(found: Changed, change: OtherFigure) -> Changed:
    return replace(found, scenario=with_figure(found.scenario, change.path, change.value))


def with_figure(scenario: Scenario, path: str, value: float) -> Scenario:
    """The scenario with another number at a path such as "supply.lead_factor"; StressRefused for no such path."""
    plain = scenario.to_plain()
    at: Any = plain
    *before, last = path.split(".")
    for name in before:
        at = at.get(name) if isinstance(at, dict) else None
    if not isinstance(at, dict) or isinstance(at.get(last), bool) or not isinstance(at.get(last), int | float):
        raise StressRefused(Text(f"方案中没有数值 {path}", f"the scenario has no number {path}"), same("path"))
    at[last] = round(value) if isinstance(at[last], int) else value
    return Scenario.from_plain(plain)


def _clause(plan: Plan, name: str) -> None:
    if name not in plan.positions:
        raise _unknown(name, plan.positions)


def _unknown(name: str, known: Any) -> StressRefused:
    what = Text(f"没有 {name}", f"there is no {name}")
    return StressRefused(what, UNSAID, UNSAID, nearest(name, known))


_HOW: Mapping[type, Callable[[Changed, Any], Changed]] = {
    MorePeople: _more_people,
    MoreStock: _more_stock,
    OtherWorkMode: _work_mode,
    OtherTrigger: _trigger,
    SilentPartner: _silent,
    DropClause: _dropped,
    OtherDeadline: _deadline,
    OtherFigure: _figure,
}
