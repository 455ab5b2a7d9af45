"""Rows that name their parents, in an order in which each parent comes before its children."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import DomainError


class Branch(Protocol):
    """A row with a code and the code of its parent."""

    @property
    def code(self) -> str: ...
    @property
    def parent(self) -> str: ...


Row = TypeVar("Row", bound=Branch)


class CycleFound(DomainError):
    """Rows that stand below themselves."""


def generations(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows by generation: first those whose parent is not among them, then their children, and so on.

    Raises CycleFound, naming the codes that stand below themselves.
    """
    left: Sequence[Row] = list(rows)
    while left:
        waiting = {row.code for row in left}
        ready = [row for row in left if row.parent not in waiting]
        if not ready:
            raise CycleFound(
                what=_("These units stand below themselves."),
                where=", ".join(cycle_of(left)),
                expected=_("a tree: each unit below one that does not stand below it"),
                mend=_("Correct the parent of one of them."),
            )
        yield ready
        left = [row for row in left if row.parent in waiting]


def cycle_of(rows: Sequence[Branch]) -> list[str]:
    """The codes of one cycle, in order, among rows of which every parent is itself among them."""
    parent = {row.code: row.parent for row in rows}
    here = min(parent)
    trail: list[str] = []
    while here not in trail:
        trail.append(here)
        here = parent[here]
    return trail[trail.index(here) :]
