"""What of the findings about a lower plan is its own: what it inherits with its faults is told in the higher plan."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from muster.engines.plan.checks.document import NEVER_REVIEWED
from muster.engines.plan.checks.outside import REVIEW_OVERDUE
from muster.engines.plan.findings import Finding
from muster.engines.plan.text import Text
from muster.engines.plan.types import Plan
from muster.engines.plan.world import World, Yardsticks

Find = Callable[[Plan, World | None, Yardsticks], list[Finding]]
NEVER_INHERITED: Final = frozenset({NEVER_REVIEWED.id, REVIEW_OVERDUE.id})  # each plan has a review of its own


_KNOWN: Final[deque[tuple[Plan, World | None, Yardsticks, list[Finding]]]] = deque(maxlen=8)


def above(higher: Plan, world: World | None, measured: Yardsticks, find: Find) -> list[Finding]:
    """What is said of a higher plan: found once for all plans that are checked upon it in the same world."""
    for plan, seen, yardsticks, known in tuple(_KNOWN):
        if plan is higher and seen is world and yardsticks is measured:
            return known
    found = find(higher, world, measured)
    _KNOWN.append((higher, world, measured, found))
    return found


def own(plan: Plan, found: Iterable[Finding], above: Iterable[Finding]) -> list[Finding]:
    """Without what is said of the higher plan in the same words; each with the file that its line belongs to."""
    known = {_told(finding) for finding in above}
    return [
        replace(finding, file=finding.file or file_of(plan, finding))
        for finding in found
        if finding.id in NEVER_INHERITED or _told(finding) not in known
    ]


def _told(finding: Finding) -> tuple[str, str, str, Text]:
    return finding.id, finding.clause, finding.subject, finding.message


def file_of(plan: Plan, finding: Finding) -> str:
    """The file of the plan in which a finding's clause, role or level was written."""
    if plan.extension is None or not finding.line:
        return plan.file
    kind, _, name = finding.subject.partition(":")
    if finding.clause:
        inherited = any(clause.id == finding.clause for clause in plan.extension.higher.clauses)
        own = finding.clause in plan.extension.narrowed or not inherited
    else:
        own = name in plan.extension.roles if kind == "role" else kind != "level"
    return plan.file if own else file_of(plan.extension.higher, finding)
