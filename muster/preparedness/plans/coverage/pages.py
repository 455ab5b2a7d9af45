"""What the page of coverage shows, put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from muster.engines.plan.coverage import ClauseCoverage, Proposal, smallest_exercise
from muster.engines.plan.words import LEVEL_NAMES
from muster.kernel.organisation import queries as organisation
from muster.preparedness.plans import pages
from muster.preparedness.plans.coverage.wording import WAYS, inject
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.queries.coverage import coverage_of


@dataclass(frozen=True, slots=True)
class Line:
    """A clause in the table: what was tried of it, and whether the proposed exercise tries it."""

    covered: ClauseCoverage
    trials: tuple[tuple[Promise, date], ...]
    proposed: bool

    @property
    def percent(self) -> int:
        """Staleness in whole percent."""
        return round(100 * self.covered.staleness)


def coverage(version: PlanVersion, today: date) -> dict[str, Any]:
    """The clauses of a version by stale weight, the heaviest first, and the exercise that would try most of it."""
    covered = coverage_of(version, today)
    proposal = smallest_exercise(covered)
    ordered = sorted(covered, key=lambda one: -one.weight)
    risk = sum(one.risk for one in covered)
    stale = sum(one.weight for one in covered)
    return pages.frame(version) | {
        "tab": "coverage",
        "lines": [_line(one, proposal) for one in ordered],
        "never": sum(not one.last for one in covered),
        "percent": round(100 * (1 - stale / risk)) if risk else 0,
        "proposal": proposal if proposal.size else None,
        "levels": [LEVEL_NAMES[level] for level in proposal.levels],
        "injects": [inject(word) for word in proposal.injects],
        "share": round(100 * proposal.share),
        "unit_names": {unit.code: unit.name for unit in organisation.unit_tree()},
    }


def _line(one: ClauseCoverage, proposal: Proposal) -> Line:
    trials = sorted(one.last.items(), key=lambda pair: pair[1], reverse=True)
    return Line(one, tuple((WAYS[way], day) for way, day in trials), one.clause.id in proposal.clauses)


def coverage_facts(version: PlanVersion, today: date) -> dict[str, Any]:
    """The same as plain values, for the API and the command line."""
    covered = coverage_of(version, today)
    proposal = smallest_exercise(covered)
    return {
        "plan": version.plan.code,
        "version": version.version,
        "as_of": today.isoformat(),
        "clauses": [
            {
                "id": one.clause.id,
                "last": {way: day.isoformat() for way, day in one.last.items()},
                "units": list(one.units),
                "outdated": one.outdated,
                "staleness": round(one.staleness, 4),
                "risk": one.risk,
            }
            for one in covered
        ],
        "proposal": {
            "levels": [LEVEL_NAMES[level] for level in proposal.levels],
            "injects": list(proposal.injects),
            "clauses": list(proposal.clauses),
            "share": round(proposal.share, 4),
        },
    }
