"""What a decision would change, in the words of its reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from muster.kernel.organisation.queries import partner_names, qualification_names
from muster.preparedness.logistics.queries import item_names
from muster.response.operations.board.plan import PlanWords
from muster.response.operations.queries.difference import Change, Difference, Need


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
    """A difference as a page shows it; `mark` is what its reader confirms."""

    mark: str
    starts: tuple[ClauseChange, ...]
    ends: tuple[ClauseChange, ...]
    kept: int
    people: tuple[NeedChange, ...]
    supplies: tuple[NeedChange, ...]
    partners_added: tuple[str, ...]
    partners_removed: tuple[str, ...]

    @property
    def starts_total(self) -> int:
        """Tasks that begin, in all places."""
        return sum(row.count for row in self.starts)

    @property
    def ends_total(self) -> int:
        """Tasks that are withdrawn, in all places."""
        return sum(row.count for row in self.ends)


def in_words(difference: Difference, words: PlanWords) -> DifferenceWords:
    """A difference in the reader's language, clauses in the plan's order, needs by the size of the change."""
    partners = partner_names()
    return DifferenceWords(
        mark=difference.mark,
        starts=_clauses(difference.starts, words),
        ends=_clauses(difference.ends, words),
        kept=difference.kept,
        people=_needs(difference.people, qualification_names()),
        supplies=_needs(difference.supplies, item_names()),
        partners_added=tuple(partners.get(code, code) for code in difference.partners_added),
        partners_removed=tuple(partners.get(code, code) for code in difference.partners_removed),
    )


def _clauses(changes: Iterable[Change], words: PlanWords) -> tuple[ClauseChange, ...]:
    return tuple(
        ClauseChange(change.clause, words.clause(change.clause), words.role(change.role), change.count)
        for change in changes
    )


def _needs(needs: Iterable[Need], names: Mapping[str, str]) -> tuple[NeedChange, ...]:
    rows = (NeedChange(names.get(need.code, need.code), round(need.before), round(need.after)) for need in needs)
    return tuple(sorted((row for row in rows if row.change), key=lambda row: -abs(row.change)))
