"""What the pages of plans show, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from muster.engines.plan import Clause, Plan, Text
from muster.engines.plan.checks import RULES
from muster.engines.plan.consequences import consequences
from muster.engines.plan.difference import diff
from muster.engines.plan.findings import ERROR, WARNING
from muster.engines.plan.types import Measure
from muster.engines.plan.words import LEVEL_NAMES, ROMAN
from muster.kernel.organisation import queries as organisation
from muster.preparedness.plans import queries
from muster.preparedness.plans.head_changes import head_changes
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.queries.copied import copied_in_force
from muster.preparedness.plans.queries.suppressed import answered_today, said_of
from muster.preparedness.plans.queries.words import ground_title, in_readers_language, title
from muster.preparedness.plans.said import Said, silent, speaking
from muster.preparedness.plans.templatetags.plans import people, supply
from muster.preparedness.plans.wording import FIELDS, NOTHING, PHASES, restriction, shown

TITLES = {rule.id: rule.title for rule in RULES}


@dataclass(frozen=True, slots=True)
class PhaseBlock:
    """Clauses of one phase with what the checks say about each."""

    code: str
    title: str
    clauses: tuple[tuple[Clause, tuple[Said, ...]], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a clause before and after."""

    title: str
    before: str
    after: str


def frame(version: PlanVersion) -> dict[str, Any]:
    """What the head of every page of a version needs."""
    return {
        "version": version,
        "plan": queries.plan_of(version),
        "versions": queries.versions(version.plan.code),
        **counted(said_of(version)),
    }


def counted(said: Sequence[Said]) -> dict[str, int]:
    """What a badge of findings needs: how many errors and warnings speak, and how many are answered for."""
    counts = speaking(said)
    return {"errors": counts[ERROR], "warnings": counts[WARNING], "suppressed": silent(said)}


def whole(version: PlanVersion, level: str = "") -> dict[str, Any]:
    """A version with its levels, roles, stocks and clauses; only those of one level if it is given ("II")."""
    number = ROMAN.get(level, 0)
    findings_at = reverse("plans:findings", args=[version.plan.code, version.version])
    shown = {"tab": "plan", "level": level if number else "", "findings_at": findings_at}
    return frame(version) | shown | body(queries.plan_of(version), said_of(version), number)


def body(plan: Plan, said: Sequence[Said], level: int = 0) -> dict[str, Any]:
    """What a reader of a plan is shown: levels, clauses with their findings, roles, stocks, grounds."""
    blocks = phases(plan, said, level)
    return {
        "plan": plan,
        "unit_names": {unit.code: unit.name for unit in organisation.unit_tree()},
        "levels": [(LEVEL_NAMES[one.number], one) for one in plan.levels],
        "phases": blocks,
        "clauses_shown": sum(len(block.clauses) for block in blocks),
    }


def phases(plan: Plan, said: Sequence[Said], level: int = 0) -> list[PhaseBlock]:
    """The clauses by phase, in the order of the plan."""
    told: dict[str, list[Said]] = {}
    for one in said:
        told.setdefault(one.finding.clause, []).append(one)
    blocks: dict[str, list[tuple[Clause, tuple[Said, ...]]]] = {code: [] for code in PHASES}
    for clause in plan.clauses:
        if not level or level in clause.levels:
            blocks[clause.phase].append((clause, tuple(told.get(clause.id, ()))))
    return [PhaseBlock(code, str(PHASES[code]), tuple(clauses)) for code, clauses in blocks.items() if clauses]


def findings(version: PlanVersion, day: date | None) -> dict[str, Any]:
    """What the checks say: about the text, and about the bureau as of a day (the last that its books tell of)."""
    moment = queries.moment_of(day) if day else queries.last_known()
    world = queries.world_at(moment)
    copied = copied_in_force(queries.versions_to_activate()).get(version.pk)
    alone = [*queries.findings_of(version), *([copied] if copied else [])]
    both = [*alone, *(finding for finding in queries.findings_of(version, world) if finding not in alone)]
    said = answered_today(queries.plan_of(version), both)
    return frame(version) | {
        "tab": "findings",
        "day": world.today,
        "in_itself": told(said[: len(alone)]),
        "outside": told(said[len(alone) :]),
        "where": f"version:{version.version}",
        "as_of": day,
    }


def told(said: Sequence[Said]) -> list[tuple[Said, Text]]:
    """Findings with the titles of their rules."""
    return [(one, TITLES[one.finding.id]) for one in said]


def difference(released: Sequence[PlanVersion], older: PlanVersion, newer: PlanVersion) -> dict[str, Any]:
    """What changed from one version to another, field by field."""
    versions = {"older": older, "newer": newer, "released": released}
    return versions | comparison(queries.plan_of(older), queries.plan_of(newer))


def comparison(a: Plan, b: Plan) -> dict[str, Any]:
    """What changed from one plan to another, field by field."""
    found = diff(a, b)
    return {
        "difference": found,
        "added": [b.clause(clause) for clause in found.added],
        "removed": [a.clause(clause) for clause in found.removed],
        "changed": [(b.clause(clause), changes(a, b, clause, names)) for clause, names in found.changed.items()],
        "moved": [b.clause(clause) for clause in found.moved],
        "head": [Change(*row) for row in head_changes(a, b, found.head)],
    }


def meaning(a: Plan, b: Plan) -> dict[str, Any]:
    """What the change means for people, stock and partners."""
    means = consequences(a, b, Counter(unit.kind for unit in organisation.unit_tree() if unit.is_active))
    return {
        "means": means,
        "people": [(LEVEL_NAMES[one.level], title(one.word, "qualification"), one) for one in means.people],
        "supplies": [(LEVEL_NAMES[one.level], title(one.word, "item"), one) for one in means.supplies],
        "partners": [(title(one.partner, "partner"), one) for one in means.partners],
    }


def changes(a: Plan, b: Plan, clause: str, names: Sequence[str]) -> list[Change]:
    """The fields in which a clause differs from one plan to another, in the reader's language."""
    return [Change(str(FIELDS[name]), field_of(a, clause, name), field_of(b, clause, name)) for name in names]


def field_of(plan: Plan, clause: str, name: str) -> str:
    """One field of a clause in words: roles and legal grounds by what the plan calls them."""
    value = getattr(plan.clause(clause), name)
    if name == "actor" and value in plan.roles:
        return in_readers_language(plan.roles[value].title)
    if name == "ground":
        return ground_title(plan, value) or NOTHING
    if name == "people":
        units = {unit.code: unit.name for unit in organisation.unit_tree()}
        return "; ".join(people(need, units) for need in value) or NOTHING
    if name == "supplies":
        return "; ".join(supply(one) for one in value) or NOTHING
    return restriction(value) if isinstance(value, Measure) else shown(value, name)
