"""The cells of a workbook, values only: formulas, macros and links are not looked at."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from muster.kernel.tables.assemble import Cells, letter, table_of
from muster.kernel.tables.cells import text_of
from muster.kernel.tables.errors import TableRefused
from muster.kernel.tables.types import Limits, Table

EMPTY: Final = ("", "")
NO_TABLE: Final = frozenset({"empty", "no_rows"})
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})[\"']")
Merges = Mapping[str, list[tuple[int, int]]]  # by letter of the column: first and last row


def read_workbook(content: bytes, where: str, sheet: str | None, limits: Limits) -> Table:
    """The named sheet, or the first one that is a table and not hidden. The container has been checked before.

    Raises TableRefused.
    """
    import openpyxl  # here, because a reader of CSV does without it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of what it leaves out, which is what is wanted
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            chosen, table = _first_table(_sheets(book, where, sheet), where, limits)
            return _with_merged(table, _merges(content, chosen))
    except (TableRefused, MemoryError):
        raise
    except Exception as problem:  # openpyxl raises whatever a malformed part leads to
        raise TableRefused("workbook_broken", where) from problem


def _sheets(book: Any, where: str, sheet: str | None) -> list[Any]:
    """The sheet that was asked for, or those that may be meant: the visible ones if there are any."""
    named = {one.title: one for one in book.worksheets}
    if sheet is not None and sheet not in named:
        raise TableRefused("sheet_unknown", where, sheets=", ".join(named))
    if not named:
        raise TableRefused("empty", where)
    shown = [one for one in book.worksheets if one.sheet_state == "visible"]
    return (shown or list(book.worksheets)) if sheet is None else [named[sheet]]


def _first_table(sheets: list[Any], where: str, limits: Limits) -> tuple[Any, Table]:
    """The first sheet with several columns and rows; a sheet of one column may be a note, and is taken if all are."""
    refused: TableRefused | None = None
    narrow: tuple[Any, Table] | None = None
    for sheet in sheets:
        try:
            table = table_of(_rows(sheet), where, limits, sheet.title)
        except TableRefused as problem:
            if problem.code not in NO_TABLE:
                raise
            refused = refused or problem
            continue
        if len(table.headers) > 1:
            return sheet, table
        narrow = narrow or (sheet, table)
    if narrow is None:
        assert refused is not None
        raise refused
    return narrow


def _rows(sheet: Any) -> Iterator[Cells]:
    """Each row's text and damage, as wide as its last cell."""
    sheet.reset_dimensions()  # what the file says about its size is not believed
    for values in sheet.iter_rows(values_only=True):
        yield [EMPTY if value is None else text_of(value) for value in values]


def _merges(content: bytes, sheet: Any) -> Merges:
    """Cells that are merged down a column; openpyxl leaves them out when it reads row by row."""
    found: dict[str, list[tuple[int, int]]] = {}
    with ZipFile(BytesIO(content)) as archive:
        for column, first, last in _MERGED.findall(archive.read(sheet._worksheet_path)):
            if int(first) < int(last):
                found.setdefault(column.decode(), []).append((int(first), int(last)))
    return found


def _with_merged(table: Table, merges: Merges) -> Table:
    """The table with what merged cells show in the rows below their first."""
    if not merges:
        return table
    places = {row.number: place for place, row in enumerate(table.rows)}
    rows, last = list(table.rows), table.rows[-1].number
    for column, header in enumerate(table.headers):
        done = 0  # cells cannot be merged twice: whoever says so is not followed through the rows again
        for top, bottom in sorted(merges.get(letter(column), ())):
            text = rows[places[top]].cells.get(header, "") if top in places else ""
            for number in range(max(top, done) + 1, min(bottom, last) + 1):
                if text and number in places and not rows[places[number]].cells.get(header):
                    row = rows[places[number]]
                    rows[places[number]] = replace(row, merged={**row.merged, header: text})
            done = max(done, min(bottom, last))
    return replace(table, rows=rows)
