"""What the pages of plans show, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from muster.engines.plan import Clause, Plan
from muster.engines.plan.checks import RULES
from muster.engines.plan.difference import diff
from muster.engines.plan.findings import ERROR, SEVERITIES, WARNING, Finding
from muster.engines.plan.types import Measure
from muster.engines.plan.words import LEVEL_NAMES, ROMAN
from muster.kernel.organisation import queries as organisation
from muster.preparedness.plans import queries
from muster.preparedness.plans.head_changes import head_changes
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.queries.copied import copied_in_force
from muster.preparedness.plans.queries.words import ground_title, in_readers_language
from muster.preparedness.plans.templatetags.plans import people, supply
from muster.preparedness.plans.wording import FIELDS, NOTHING, PHASES, restriction, shown

TITLES = {rule.id: rule.title for rule in RULES}


@dataclass(frozen=True, slots=True)
class PhaseBlock:
    """Clauses of one phase with what the checks say about each."""

    code: str
    title: str
    clauses: tuple[tuple[Clause, tuple[Finding, ...]], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a clause before and after."""

    title: str
    before: str
    after: str


def frame(version: PlanVersion) -> dict[str, Any]:
    """What the head of every page of a version needs."""
    found = queries.findings_of(version)
    counts = Counter(finding.severity for finding in found)
    return {
        "version": version,
        "plan": queries.plan_of(version),
        "errors": counts[ERROR],
        "warnings": counts[WARNING],
        "versions": queries.versions(version.plan.code),
    }


def whole(version: PlanVersion, level: str = "") -> dict[str, Any]:
    """A version with its levels, roles, stocks and clauses; only those of one level if it is given ("II")."""
    context = frame(version) | {"tab": "plan"}
    plan: Plan = context["plan"]
    number = ROMAN.get(level, 0)
    context["level"] = level if number else ""
    context["unit_names"] = {unit.code: unit.name for unit in organisation.unit_tree()}
    context["levels"] = [(LEVEL_NAMES[one.number], one) for one in plan.levels]
    context["phases"] = phases(plan, queries.findings_of(version), number)
    context["clauses_shown"] = sum(len(block.clauses) for block in context["phases"])
    return context


def phases(plan: Plan, findings: Sequence[Finding], level: int = 0) -> list[PhaseBlock]:
    """The clauses by phase, in the order of the plan."""
    told: dict[str, list[Finding]] = {}
    for finding in findings:
        told.setdefault(finding.clause, []).append(finding)
    blocks: dict[str, list[tuple[Clause, tuple[Finding, ...]]]] = {code: [] for code in PHASES}
    for clause in plan.clauses:
        if not level or level in clause.levels:
            blocks[clause.phase].append((clause, tuple(told.get(clause.id, ()))))
    return [PhaseBlock(code, str(PHASES[code]), tuple(clauses)) for code, clauses in blocks.items() if clauses]


def findings(version: PlanVersion, day: date | None) -> dict[str, Any]:
    """What the checks say: about the text, and about the bureau as of a day (the last that its books tell of)."""
    moment = queries.moment_of(day) if day else queries.last_known()
    world = queries.world_at(moment)
    copied = copied_in_force(queries.versions_to_activate()).get(version.pk)
    in_itself = [*queries.findings_of(version), *([copied] if copied else [])]
    both = queries.findings_of(version, world)
    return frame(version) | {
        "tab": "findings",
        "day": world.today,
        "in_itself": _told(in_itself),
        "outside": _told([finding for finding in both if finding not in in_itself]),
        "counts": [(severity, sum(one.severity == severity for one in both)) for severity in SEVERITIES],
    }


def _told(found: Sequence[Finding]) -> list[tuple[Finding, Any]]:
    return [(finding, TITLES[finding.id]) for finding in found]


def difference(released: Sequence[PlanVersion], older: PlanVersion, newer: PlanVersion) -> dict[str, Any]:
    """What changed from one version to another, field by field."""
    a, b = queries.plan_of(older), queries.plan_of(newer)
    found = diff(a, b)
    return {
        "older": older,
        "newer": newer,
        "released": released,
        "difference": found,
        "added": [b.clause(clause) for clause in found.added],
        "removed": [a.clause(clause) for clause in found.removed],
        "changed": [(b.clause(clause), changes(a, b, clause, names)) for clause, names in found.changed.items()],
        "moved": [b.clause(clause) for clause in found.moved],
        "head": [Change(*row) for row in head_changes(a, b, found.head)],
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
