"""From rows of cells to a table with headings, within the limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from muster.kernel.tables.errors import TableRefused
from muster.kernel.tables.types import Limits, Row, Table

Cells = Sequence[tuple[str, str]]  # text and damage of each cell
TITLES: Final = 10  # rows above the headings that may be a title or empty


def table_of(rows: Iterator[Cells], where: str, limits: Limits, sheet: str = "") -> Table:
    """A table of `rows` from the first on; stops and raises TableRefused as soon as a limit is passed."""
    counted = _counted(rows, where, limits)
    head, waiting = _head(counted)
    if not head:
        raise TableRefused("empty", where)
    headers = headings([text for text, _ in head])
    body, wide = [], []
    for number, cells in _chained(waiting, counted):
        row = Row(
            number,
            {header: text for header, (text, _) in zip(headers, cells, strict=False)},
            {header: damage for header, (_, damage) in zip(headers, cells, strict=False) if damage},
        )
        body.append(row)
        if len(cells) > len(headers):
            wide.append(number)
    if not body:
        raise TableRefused("no_rows", where)
    return Table(headers, body, tuple(wide), sheet)


def _chained(*parts: Iterator[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    for part in parts:
        yield from part


def _counted(rows: Iterator[Cells], where: str, limits: Limits) -> Iterator[tuple[int, Cells]]:
    """Rows that hold something, with their numbers, cut after the last filled cell."""
    total = 0
    for number, cells in enumerate(rows, start=1):
        if number > limits.rows + TITLES:
            raise TableRefused("too_many_rows", where, limit=limits.rows)
        filled = _trimmed(cells)
        total += len(filled)
        if len(filled) > limits.columns:
            raise TableRefused("too_many_columns", where, limit=limits.columns)
        if total > limits.cells:
            raise TableRefused("too_many_cells", where, limit=limits.cells)
        if any(len(text) > limits.cell_chars for text, _ in filled):
            raise TableRefused("cell_too_long", where, limit=limits.cell_chars, row=number)
        if filled:
            yield number, filled


def _trimmed(cells: Cells) -> Cells:
    last = next((place for place in range(len(cells), 0, -1) if cells[place - 1][0]), 0)
    return cells[:last]


def _head(rows: Iterator[tuple[int, Cells]]) -> tuple[Cells, Iterator[tuple[int, Cells]]]:
    """The headings and the rows read after them: a title of one cell above the headings is passed over."""
    seen: list[tuple[int, Cells]] = []
    for number, cells in rows:
        if number > TITLES:
            seen.append((number, cells))
            break
        if sum(1 for text, _ in cells if text) > 1:
            return cells, iter(())
        seen.append((number, cells))
    if not seen:
        return (), iter(())
    return seen[0][1], iter(seen[1:])


def headings(texts: Sequence[str]) -> list[str]:
    """Headings that are all different and none empty: a nameless column has its letter, a repeated one a number."""
    found: list[str] = []
    for place, text in enumerate(texts):
        name = " ".join(text.split()) or letter(place)
        number, numbered = 2, name
        while numbered in found:
            numbered, number = f"{name} ({number})", number + 1
        found.append(numbered)
    return found


def letter(place: int) -> str:
    """What a spreadsheet calls the column at `place`, counted from 0: A, B, ..., Z, AA."""
    name = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        name = chr(ord("A") + left) + name
    return name
