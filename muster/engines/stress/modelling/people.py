"""Who is needed where: demands of units and of the whole force, posts and crews, classes of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from muster.engines.plan.types import Clause, PeopleNeed
from muster.engines.stress.bureau import Bureau
from muster.engines.stress.kernel.model import EVENT, SHIFT_HOURS, Ints
from muster.engines.stress.modelling.numbering import EACH, FORCE, PLACE, UNIT, Numbering, scale_of
from muster.engines.stress.modelling.rows import column, flat, ints, starts
from muster.engines.stress.outbreak import expected, falls_sick, sick_share
from muster.engines.stress.scenario import Scenario

Demand = tuple[int, int]  # unit, or -1 for the whole force, and qualification
THE_FORCE = -1
EVERYBODY = 1 << 40


class Demands:
    """Demands by number, given out as they are first asked for."""

    def __init__(self) -> None:
        self.number: dict[Demand, int] = {}
        self.posts: set[int] = set()
        self.crews: dict[int, int] = defaultdict(int)
        self.handles: dict[int, int] = defaultdict(int)

    def of(self, unit: int, skill: int) -> int:
        """The number of a demand."""
        return self.number.setdefault((unit, skill), len(self.number))


def units_for(source: str, place: int, known: Numbering, bureau: Bureau) -> Sequence[int]:
    """The units that a need with this source falls on; the whole force is one."""
    if source.startswith(EACH):
        kind = source.removeprefix(EACH)
        return [known.unit[code] for code in sorted(bureau.units) if bureau.units[code] == kind]
    if source.startswith(UNIT):
        return [known.unit[source.removeprefix(UNIT)]]
    if source == FORCE:
        return [THE_FORCE]
    return [known.unit[known.sites[place].unit if place >= 0 else bureau.root]]


def of_people(known: Numbering, bureau: Bureau, scenario: Scenario) -> dict[str, Any]:
    """Fields of the model about people."""
    demands = Demands()
    rests = [
        _rests(clause, place, known, bureau, demands) for clause in known.clauses for place in known.places(clause)
    ]
    crews = [_crew(clause, known, bureau) for clause in known.clauses]
    for clause in known.clauses:
        _demands_of_crew(clause, known, bureau, demands)
    units = len(known.units)
    pairs = list(demands.number)
    demand_of = np.full((units + 1, max(len(known.skills), 1)), -1, np.int64)
    for number, (unit, skill) in enumerate(pairs):
        demand_of[unit + 1, skill] = number
    return {
        "demand_unit": ints(unit for unit, _skill in pairs),
        "demand_skill": ints(skill for _unit, skill in pairs),
        "demand_of": demand_of,
        "is_post": ints(number in demands.posts for number in range(len(pairs))),
        "is_crew": ints(demands.crews.get(number, 0) for number in range(len(pairs))),
        "per_crew": ints(max(demands.handles.get(number, 1), 1) for number in range(len(pairs))),
        "crew_limit": _vehicles(pairs, demands, known, bureau),
        "post_spots": ints(slot for slot, row in enumerate(rests) if row),
        "rest_at": starts(rests),
        "rest_demand": column(rests, 0),
        "rest_people": column(rests, 1),
        "rest_need": column(rests, 2),
        "crew_at": starts(crews),
        **{name: column(crews, i) for i, name in enumerate(CREW)},
        "stations": ints(known.unit[code] for code in sorted(bureau.units) if bureau.units[code] == "station"),
        **_classes(pairs, known, bureau),
        **_absence(scenario),
        **_infection(bureau, scenario),
    }


CREW = ("crew_skill", "crew_count", "crew_source", "crew_unit", "crew_hold", "crew_minutes")


def _rests(
    clause: Clause, place: int, known: Numbering, bureau: Bureau, demands: Demands
) -> list[tuple[int, int, int]]:
    """(demand, officer-shifts, number of the need) of a clause in one place."""
    found = []
    for number, need in enumerate(clause.people):
        for unit in units_for(need.source, place, known, bureau):
            demand = demands.of(unit, known.skill[need.qualification])
            demands.posts.add(demand)
            if need.count * need.shifts:
                found.append((demand, need.count * need.shifts, number))
    return found


def _crew(clause: Clause, known: Numbering, bureau: Bureau) -> list[tuple[int, ...]]:
    """For a clause that answers events: what a crew is made of, as in `CREW`."""
    if scale_of(clause) != EVENT:
        return []
    return [_crew_need(need, known, bureau) for need in clause.people if need.count]


def _crew_need(need: PeopleNeed, known: Numbering, bureau: Bureau) -> tuple[int, ...]:
    held = round(SHIFT_HOURS * 60 * need.shifts / need.handles)
    named = need.source.startswith(UNIT)
    unit = known.unit[need.source.removeprefix(UNIT) if named else bureau.root]
    source = 0 if named else 1 if need.source == PLACE else 2
    return known.skill[need.qualification], need.count, source, unit, held, held


def _demands_of_crew(clause: Clause, known: Numbering, bureau: Bureau, demands: Demands) -> None:
    """Every demand on which a crew of the clause may fall: for "place" each station and each unit with a site."""
    if scale_of(clause) != EVENT:
        return
    answering = {known.unit[site.unit] for site in known.sites} | {known.unit[bureau.root]}
    answering |= {known.unit[code] for code, kind in bureau.units.items() if kind == "station"}
    for need in clause.people:
        named = need.source.startswith(UNIT)
        units = [known.unit[need.source.removeprefix(UNIT)]] if named else [THE_FORCE]
        for unit in sorted(answering) if need.source == PLACE else units:
            demand = demands.of(unit, known.skill[need.qualification])
            demands.crews[demand] = max(demands.crews[demand], need.count)
            demands.handles[demand] = max(demands.handles[demand], need.handles)


def _vehicles(pairs: Sequence[Demand], demands: Demands, known: Numbering, bureau: Bureau) -> Ints:
    """People of escort crews for whom a unit has vehicles, one for each crew."""
    limits = []
    for number, (unit, skill) in enumerate(pairs):
        named = bureau.vehicles.get(known.units[unit], -1) if unit >= 0 else -1
        escorts = known.skills[skill] == "escort" and named >= 0
        limits.append(named * demands.crews.get(number, 1) if escorts else EVERYBODY)
    return ints(limits)


def _classes(pairs: Sequence[Demand], known: Numbering, bureau: Bureau) -> dict[str, Any]:
    """People by unit and set of useful qualifications, the least useful first; demands by unit, the scarcest first."""
    force = sorted({skill for unit, skill in pairs if unit == THE_FORCE})
    wanted: dict[int, set[int]] = defaultdict(lambda: set(force))
    for unit, skill in pairs:
        wanted[unit].add(skill)
    counts: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for pool in bureau.people:
        unit = known.unit[pool.unit]
        useful = {known.skill[name] for name in pool.holds if name in known.skill} & wanted[unit]
        counts[unit][sum(1 << skill for skill in useful)] += pool.people
    rows = [sorted(counts[unit].items(), key=_least_useful) for unit in range(len(known.units))]
    bit = {skill: place for place, skill in enumerate(force)}
    return {
        "class_at": starts(rows),
        "class_holds": column(rows, 0),
        "class_people": column(rows, 1),
        "class_unit": ints(unit for unit, row in enumerate(rows) for _entry in row),
        "class_force": ints(sum(1 << bit[s] for s in force if holds >> s & 1) for row in rows for holds, _n in row),
        "unit_people": ints(sum(people for _holds, people in row) for row in rows),
        "force_bit": ints(bit.get(skill, -1) for skill in range(len(known.skills))),
        "mask_order": ints(sorted(range(1 << len(force)), key=lambda mask: (mask.bit_count(), mask))),
        **_by_unit(pairs, rows),
    }


def _least_useful(entry: tuple[int, int]) -> tuple[int, int]:
    return entry[0].bit_count(), entry[0]


def _by_unit(pairs: Sequence[Demand], rows: Sequence[Sequence[tuple[int, int]]]) -> dict[str, Any]:
    def holders(unit: int, skill: int) -> int:
        groups = rows if unit == THE_FORCE else [rows[unit]]
        return sum(people for group in groups for holds, people in group if holds >> skill & 1)

    scarce = sorted(range(len(pairs)), key=lambda number: (holders(*pairs[number]), number))
    own = [[number for number in scarce if pairs[number][0] == unit] for unit in range(len(rows))]
    first = starts(rows)
    holding = [
        [int(first[unit]) + i for i, (holds, _people) in enumerate(rows[unit]) if holds >> pairs[number][1] & 1]
        for unit, group in enumerate(own)
        for number in group
    ]
    return {
        "holder_at": starts(holding),
        "holder": flat(holding),
        "unit_demand_at": starts(own),
        "unit_demand": ints(number for group in own for number in group),
        "force_demand": ints(number for number in scarce if pairs[number][0] == THE_FORCE),
    }


def _absence(scenario: Scenario) -> dict[str, Any]:
    closed = scenario.work.mode == "closed"
    strength = scenario.assumptions.strength
    posts = [strength.on_posts.get(level or 4, 0.0) for level in range(5)]
    share = sick_share(scenario.absence, scenario.days, int(np.argmax(expected(scenario))))
    return {
        "on_posts": np.array(posts) * (scenario.work.closed_strength if closed else 1.0),
        "falls_sick": falls_sick(share, scenario.absence.spell_days),
        "sick_first": float(share[0]),
        "spell": scenario.absence.spell_days,
    }


def _infection(bureau: Bureau, scenario: Scenario) -> Mapping[str, Any]:
    work, infection = scenario.work, scenario.infection
    return {
        "outside": infection.outside,
        "at_work": infection.at_work,
        "detection": max(infection.detection_days, 1),
        "closed": int(work.mode == "closed"),
        "closed_outside": work.closed_outside,
        "team": work.team,
        "contacts": work.contacts,
        "isolation": work.isolation_days,
        "illness": work.ill_days,
        "inhabitants": float(max(bureau.inhabitants, 1)),
    }
