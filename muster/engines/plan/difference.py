"""What changed from one plan version to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from muster.engines.plan.types import Clause, Plan

BESIDE: Final = ("id", "line")  # a clause is known by its id; the line is where it stands, not what it says
HEAD: Final = (
    "title", "legal_basis", "reviewed_on", "review_months", "exercise_months", "authority", "gradings", "levels",
    "fresh_for", "roles", "standards", "reserve_days",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """Clauses by id. `changed` gives the fields that differ; `moved` stand elsewhere.

    `head` names what differs outside the clauses: "roles", "levels", "reserve_days" and so on.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]
    moved: tuple[str, ...]
    head: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when both versions say the same in the same order."""
        return not (self.added or self.removed or self.changed or self.moved or self.head)


def diff(a: Plan, b: Plan) -> Difference:
    """From `a` to `b`; clauses in the order in which `b` has them, removed ones in the order of `a`.

    A clause has moved when it does not keep its place among the clauses that both versions have; the fewest such
    clauses are named (all outside a longest common subsequence).
    """
    both = [clause for clause in b.clauses if clause.id in a.by_id]
    changed = {clause.id: changed_fields(a.clause(clause.id), clause) for clause in both}
    return Difference(
        added=tuple(clause.id for clause in b.clauses if clause.id not in a.by_id),
        removed=tuple(clause.id for clause in a.clauses if clause.id not in b.by_id),
        changed={clause: names for clause, names in changed.items() if names},
        moved=_moved(a, b),
        head=tuple(name for name in HEAD if getattr(a, name) != getattr(b, name)),
    )


def changed_fields(a: Clause, b: Clause) -> tuple[str, ...]:
    """Names of the fields in which two clauses differ, in the order of `Clause`."""
    names = (field.name for field in fields(Clause) if field.name not in BESIDE)
    return tuple(name for name in names if getattr(a, name) != getattr(b, name))


def _moved(a: Plan, b: Plan) -> tuple[str, ...]:
    order = [clause.id for clause in b.clauses if clause.id in a.by_id]
    kept = _longest_ascending([a.positions[clause] for clause in order])
    return tuple(clause for clause in order if a.positions[clause] not in kept)


def _longest_ascending(numbers: list[int]) -> frozenset[int]:
    """The numbers of a longest strictly ascending subsequence."""
    best: dict[int, tuple[int, ...]] = {}  # by length, the run whose last number is the smallest
    for number in numbers:
        length = max((known for known, run in best.items() if run[-1] < number), default=0)
        if length + 1 not in best or number < best[length + 1][-1]:
            best[length + 1] = (*best.get(length, ()), number)
    return frozenset(best[max(best)] if best else ())
