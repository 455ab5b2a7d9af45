"""What a spreadsheet becomes, and how much of one is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from muster.kernel.errors import Text

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most; all of it is checked before a cell is parsed, or as soon as it is passed.

    `ratio` is unpacked to packed bytes, `cells` the filled and empty cells of all rows together, `cell_chars`
    what Excel itself allows in a cell, `seconds` and `memory_bytes` what the parser of a workbook may use.
    """

    file_bytes: int = 20 * MIB
    unpacked_bytes: int = 50 * MIB
    ratio: int = 100
    entries: int = 200
    rows: int = 200_000
    columns: int = 500
    cells: int = 2_000_000
    cell_chars: int = 32_767
    seconds: int = 20
    memory_bytes: int = 512 * MIB


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it (1 is the first), and its cells by heading, trimmed.

    `damaged` says for which headings the value cannot be trusted, and why: one of the keys of `problems.DAMAGE`.
    `merged` has, for an empty cell of a workbook that is merged with one above it, the text that is shown for both;
    whoever reads the table knows whether it may stand for each row: a district may, a count may not.
    """

    number: int
    cells: dict[str, str]
    damaged: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one row: where, what was expected, how to mend it. `column` is as the file calls it."""

    row: int
    column: str
    what: Text
    expected: Text = ""
    mend: Text = ""

    def facts(self) -> dict[str, str | int]:
        """As plain values, in the language of the reader."""
        return {
            "row": self.row,
            "column": self.column,
            "what": str(self.what),
            "expected": str(self.expected),
            "mend": str(self.mend),
        }


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and the rows below them; rows without a filled cell are left out. All values are text.

    Dates are ISO 8601, whole numbers have no decimal point. `wide` are the rows with more cells than headings.
    """

    headers: list[str]
    rows: list[Row]
    wide: tuple[int, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that somebody expects; `synonyms` are other headings for it, in any language.

    A required column must be there, with a value in every row.
    """

    name: str
    required: bool = False
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """A table by the names of the columns expected: `headers` maps them to the file's headings.

    `ignored` are headings that nobody expects; `problems` what is wrong with cells before anybody looks at their sense.
    """

    headers: dict[str, str]
    rows: list[Row]
    ignored: list[str]
    problems: list[RowProblem]
