"""A plan's text is changed in one place at a time: what is not touched keeps its bytes, its comments and its order."""

from muster.engines.plan.editing.clauses import (
    clause_added,
    clause_changed,
    clause_moved,
    clause_removed,
    clause_renamed,
    clauses_added,
    clauses_of,
    head_changed,
    head_of,
)
from muster.engines.plan.editing.refusals import EditRefused

__all__ = [
    "EditRefused",
    "clause_added",
    "clause_changed",
    "clause_moved",
    "clause_removed",
    "clause_renamed",
    "clauses_added",
    "clauses_of",
    "head_changed",
    "head_of",
]
