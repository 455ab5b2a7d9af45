"""The cells of a workbook, values only: formulas, macros and links are not looked at."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from muster.kernel.tables.assemble import Cells, table_of
from muster.kernel.tables.cells import text_of
from muster.kernel.tables.errors import TableRefused
from muster.kernel.tables.types import Limits, Table

EMPTY: Final = ("", "")


def read_workbook(content: bytes, where: str, sheet: str | None, limits: Limits) -> Table:
    """The named sheet, or the first one that is a table and not hidden. The container has been checked before.

    Raises TableRefused.
    """
    import openpyxl  # here, because a reader of CSV does without it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of what it leaves out, which is what is wanted
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            chosen = _chosen(book, where, sheet)
            return table_of(_rows(chosen), where, limits, chosen.title)
    except (TableRefused, MemoryError):
        raise
    except Exception as problem:  # openpyxl raises whatever a malformed part leads to
        raise TableRefused("workbook_broken", where) from problem


def _chosen(book: Any, where: str, sheet: str | None) -> Any:
    sheets = {one.title: one for one in book.worksheets}
    if sheet is not None and sheet not in sheets:
        raise TableRefused("sheet_unknown", where, sheets=", ".join(sheets))
    shown = [one for one in book.worksheets if one.sheet_state == "visible"] or list(book.worksheets)
    if not shown:
        raise TableRefused("empty", where)
    return shown[0] if sheet is None else sheets[sheet]


def _rows(sheet: Any) -> Iterator[Cells]:
    """Each row's text and damage, as wide as its last cell."""
    sheet.reset_dimensions()  # what the file says about its size is not believed
    for values in sheet.iter_rows(values_only=True):
        yield [EMPTY if value is None else text_of(value) for value in values]
