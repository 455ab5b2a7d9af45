"""What the import works with: a row's values, a change, and what a kind of table knows about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from muster.kernel.errors import Text
from muster.kernel.tables import Column, RowProblem

Values = dict[str, Any]
Existing = Mapping[str, Values]  # what is stored, by code


class Unreadable(Exception):
    """A cell that does not say what its column is for: what is wrong, what was expected, how to mend it."""

    def __init__(self, what: Text, expected: Text = "", mend: Text = "") -> None:
        super().__init__(what)
        self.facts = (what, expected, mend)


@dataclass(frozen=True, slots=True)
class Field:
    """A column and how its text becomes a value. `parse` raises Unreadable."""

    column: Column
    parse: Callable[[str], Any]

    @property
    def name(self) -> str:
        """The name of the value."""
        return self.column.name


@dataclass(slots=True)
class Entry:
    """One row of the file: only the cells that are filled, as values; an empty cell leaves what is stored."""

    row: int
    code: str
    values: Values


@dataclass(frozen=True, slots=True)
class Change:
    """What a row does: a new thing with all its values, or an existing one with those that differ."""

    row: int
    code: str
    is_new: bool
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file on their way, with what the file calls each column and the datum of its coordinates."""

    entries: Sequence[Entry]
    headers: Mapping[str, str]
    datum: str = "wgs84"

    def problem(self, entry: Entry, name: str, what: Text, expected: Text = "", mend: Text = "") -> RowProblem:
        """A problem with the value `name` of a row."""
        return RowProblem(entry.row, self.headers.get(name, name), what, expected, mend)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: its columns and its rules.

    `needed` is asked with the values of a new row; `resolve` turns names of other rows into codes and converts
    coordinates, in place; `check` looks at all rows together with what is stored; `differs` names what a row changes.
    """

    name: str
    title: Text
    fields: tuple[Field, ...]
    needed: Callable[[Values], Iterable[str]]
    existing: Callable[[Sequence[str]], Existing]
    resolve: Callable[[Sheet], Iterator[RowProblem]]
    check: Callable[[Sheet, Existing], Iterator[RowProblem]]
    differs: Callable[[Entry, Values], set[str]]
