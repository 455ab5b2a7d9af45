"""A lower plan extends a higher one: it inherits everything, adds clauses, narrows clauses, and contradicts nothing.

`extend` is the only place that says what an extension means. What it makes is a plan like any other: checks, the one
transition, differences and documents know nothing of extensions. What contradicts the higher plan is not followed (what
the higher plan says stands), and is kept in `Extension.refused` for the checks to tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from muster.engines.plan.narrowing import Around, Narrowing, narrow
from muster.engines.plan.types import Clause, Extension, Ground, Plan, Refused, Role, Standard, Text

Entry = TypeVar("Entry", Ground, Role, Standard)


@dataclass(frozen=True, slots=True)
class Lower:
    """What a lower plan writes itself. `claims` are "levels" and "authority" with their lines, where it has them."""

    id: str
    version: str
    title: Text
    hash: str
    unit: str
    reviewed_on: date | None
    review_months: int | None
    exercise_months: int | None
    legal_basis: tuple[Ground, ...]
    roles: Mapping[str, Role]
    standards: Mapping[str, Standard]
    reserve_days: Mapping[str, int]
    narrowings: tuple[Narrowing, ...]
    clauses: tuple[Clause, ...]
    claims: Mapping[str, int]
    lines: Mapping[str, int]
    file: str


def extend(higher: Plan, lower: Lower) -> Plan:
    """The whole plan that `lower` means: its clauses stand behind those of the higher plan, in their order."""
    refused = [*_claims(lower)]
    above = {ground.id: ground for ground in higher.legal_basis}
    grounds = _added(above, {ground.id: ground for ground in lower.legal_basis}, "ground", lower, refused)
    roles = _added(higher.roles, lower.roles, "role", lower, refused)
    standards = _added(higher.standards, lower.standards, "standard", lower, refused)
    inherited = {clause.id for clause in higher.clauses}
    refused += [Refused("taken", c.id, c.line) for c in lower.clauses if c.id in inherited]
    own = tuple(clause for clause in lower.clauses if clause.id not in inherited)
    clauses, narrowed = _narrowed(higher, lower, Around(lower.unit, roles, standards), refused)
    return replace(
        higher,
        id=lower.id,
        version=lower.version,
        title=lower.title,
        hash=lower.hash,
        unit=lower.unit,
        legal_basis=tuple(grounds.values()),
        reviewed_on=lower.reviewed_on,
        review_months=lower.review_months or higher.review_months,
        exercise_months=lower.exercise_months or higher.exercise_months,
        roles=roles,
        standards=standards,
        reserve_days=_reserves(higher, lower, refused),
        clauses=(*clauses, *own),
        file=lower.file,
        extension=Extension(
            higher=higher,
            narrowed=narrowed,
            added=frozenset(clause.id for clause in own),
            roles=frozenset(name for name in lower.roles if name not in higher.roles),
            refused=tuple(refused),
        ),
    )


def _claims(lower: Lower) -> Iterator[Refused]:
    """When a level is called and who calls it is for the highest plan to say."""
    for what, line in lower.claims.items():
        yield Refused(what, what, line)


def _added(
    higher: Mapping[str, Entry], lower: Mapping[str, Entry], what: str, own: Lower, refused: list[Refused]
) -> dict[str, Entry]:
    """Entries of the head: new names are added, a name that the higher plan has keeps its meaning."""
    for name, entry in lower.items():
        if name in higher and entry != higher[name]:
            refused.append(Refused(what, name, own.lines.get(f"{what}:{name}", 0)))
    return {**higher, **{name: entry for name, entry in lower.items() if name not in higher}}


def _reserves(higher: Plan, lower: Lower, refused: list[Refused]) -> dict[str, int]:
    days = dict(higher.reserve_days)
    for item, wanted in lower.reserve_days.items():
        if wanted < days.get(item, 0):
            refused.append(Refused("reserve", item, lower.lines.get(f"reserve:{item}", 0), days[item], wanted))
        else:
            days[item] = wanted
    return days


def _narrowed(
    higher: Plan, lower: Lower, around: Around, refused: list[Refused]
) -> tuple[tuple[Clause, ...], dict[str, tuple[str, ...]]]:
    """The inherited clauses after every narrowing, and which fields changed."""
    clauses = list(higher.clauses)
    changed: dict[str, tuple[str, ...]] = {}
    for one in lower.narrowings:
        places = [place for place, clause in enumerate(clauses) if clause.id == one.clause]
        if not places:
            refused.append(Refused("unknown", one.clause, one.line))
        for place in places:
            clauses[place], fields = _one_narrowed(clauses[place], one, around, refused)
            if fields:
                changed[one.clause] = tuple(dict.fromkeys((*changed.get(one.clause, ()), *fields)))
    return tuple(clauses), changed


def _one_narrowed(
    before: Clause, one: Narrowing, around: Around, refused: list[Refused]
) -> tuple[Clause, tuple[str, ...]]:
    done = narrow(before, one, around)
    refused += [Refused(name, one.clause, one.line, getattr(before, name), one.values[name]) for name in done.refused]
    if not done.fields:
        refused += [] if done.refused else [Refused("nothing", one.clause, one.line)]
        return before, ()
    return replace(done.clause, line=one.line), done.fields
