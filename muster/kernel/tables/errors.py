"""Why a file is not read at all. The parser runs in a process of its own, so a reason travels as code and figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import DomainError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Reason(NamedTuple):
    """The texts of one reason; figures stand in braces."""

    what: _StrPromise
    expected: _StrPromise
    mend: _StrPromise


_SAVE_AGAIN: Final = _("Open it in a spreadsheet program and save it as .xlsx or as CSV in UTF-8.")
_SPLIT: Final = _("Split it into several files.")

REASONS: Final[Mapping[str, Reason]] = {
    "empty": Reason(_("The file is empty."), _("a row of headings and rows below it"), _("Choose another file.")),
    "no_rows": Reason(
        _("There is no row below the headings."), _("a row of headings and rows below it"), _("Choose another file.")
    ),
    "file_too_large": Reason(_("The file is too large."), _("at most {limit} MiB"), _SPLIT),
    "too_large_unpacked": Reason(_("The file is too large when unpacked."), _("at most {limit} MiB"), _SPLIT),
    "packed_too_tightly": Reason(
        _("The file unpacks to far more than its size."), _("at most {limit} times its size"), _SAVE_AGAIN
    ),
    "too_many_parts": Reason(_("The workbook has too many parts."), _("at most {limit} parts"), _SAVE_AGAIN),
    "too_many_rows": Reason(_("The table has too many rows."), _("at most {limit} rows"), _SPLIT),
    "too_many_columns": Reason(
        _("The table has too many columns."), _("at most {limit} columns"), _("Delete the columns that are not needed.")
    ),
    "too_many_cells": Reason(_("The table has too many cells."), _("at most {limit} cells"), _SPLIT),
    "cell_too_long": Reason(
        _("A cell is too long."), _("at most {limit} characters in a cell"), _("Shorten the text in row {row}.")
    ),
    "kind_unknown": Reason(_("The file is not a table."), _("a file named .csv, .txt, .xlsx or .xlsm"), _SAVE_AGAIN),
    "name_and_content_differ": Reason(
        _("The file is not what its name says."), _("content that fits the ending {ending}"), _SAVE_AGAIN
    ),
    "old_format": Reason(_("The file has an old or other format."), _("a workbook in .xlsx format"), _SAVE_AGAIN),
    "encrypted": Reason(
        _("The file is locked with a password."),
        _("a file without a password"),
        _("Remove the password and save the file again."),
    ),
    "workbook_broken": Reason(_("The workbook is damaged."), _("a workbook that opens"), _SAVE_AGAIN),
    "workbook_hostile": Reason(
        _("The workbook holds something that no spreadsheet program writes."),
        _("a workbook without outside references in its parts"),
        _SAVE_AGAIN,
    ),
    "sheet_unknown": Reason(_("There is no such sheet."), _("one of: {sheets}"), _("Choose one of these sheets.")),
    "text_unreadable": Reason(
        _("The text cannot be read."),
        _("text in UTF-8 or GB 18030"),
        _("Save the file again as CSV in UTF-8. The first unreadable byte is number {place}."),
    ),
    "quotes_open": Reason(
        _("A quotation mark is not closed."), _("text between two quotation marks"), _("Correct row {row}.")
    ),
    "took_too_long": Reason(
        _("The file takes too long to read."), _("at most {limit} seconds"), _("Split it, or save it as CSV in UTF-8.")
    ),
}


class TableRefused(DomainError):
    """A file is not read: `code` is a key of REASONS, `figures` fill its texts."""

    def __init__(self, code: str, where: str, **figures: Any) -> None:
        reason = REASONS[code]
        self.code = code
        self.figures = figures
        super().__init__(
            what=reason.what,
            where=where,
            expected=format_lazy(reason.expected, **figures),
            mend=format_lazy(reason.mend, **figures),
        )


class ColumnsMissing(DomainError):
    """The table lacks columns that are needed, or has one of them twice."""
