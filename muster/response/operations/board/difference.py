"""What a decision would change, in words: the engine's preview for people who have to confirm it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from muster.engines.plan import Preview, TaskKey
from muster.kernel.organisation.queries import partner_names, qualification_names
from muster.preparedness.logistics.queries import item_names
from muster.response.operations.board.plan import PlanWords


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """Tasks of one clause that begin or end, in how many places."""

    clause: str
    title: str
    role: str
    count: int


@dataclass(frozen=True, slots=True)
class NeedChange:
    """What is needed now and then: officers in each shift, or units of issue in a day."""

    name: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """How many more; negative for fewer."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class DifferenceWords:
    """A preview as a page shows it."""

    starts: tuple[ClauseChange, ...]
    starts_total: int
    ends: tuple[ClauseChange, ...]
    ends_total: int
    kept_total: int
    people: tuple[NeedChange, ...]
    supplies: tuple[NeedChange, ...]
    partners_added: tuple[str, ...]
    partners_removed: tuple[str, ...]


def in_words(preview: Preview, words: PlanWords) -> DifferenceWords:
    """The preview of a decision in the reader's language, clauses in the plan's order."""
    partners = partner_names()
    return DifferenceWords(
        starts=_clauses(preview.raised, words),
        starts_total=len(preview.raised),
        ends=_clauses(preview.withdrawn, words),
        ends_total=len(preview.withdrawn),
        kept_total=len(preview.kept),
        people=_needs(preview.people_before, preview.people_after, qualification_names()),
        supplies=_needs(preview.supplies_before, preview.supplies_after, item_names()),
        partners_added=tuple(partners.get(code, code) for code in preview.partners_added),
        partners_removed=tuple(partners.get(code, code) for code in preview.partners_removed),
    )


def _clauses(keys: Iterable[TaskKey], words: PlanWords) -> tuple[ClauseChange, ...]:
    counts = Counter(key.clause for key in keys)
    clauses = [clause for clause in words.plan.clauses if clause.id in counts]
    return tuple(
        ClauseChange(clause.id, words.clause(clause.id), words.role(clause.actor), counts[clause.id])
        for clause in clauses
    )


def _needs(before: Mapping[str, float], after: Mapping[str, float], names: Mapping[str, str]) -> tuple[NeedChange, ...]:
    """Only what changes, the largest change first."""
    changes = [
        NeedChange(names.get(code, code), round(before.get(code, 0)), round(after.get(code, 0)))
        for code in sorted({*before, *after})
    ]
    return tuple(sorted((row for row in changes if row.change), key=lambda row: -abs(row.change)))
