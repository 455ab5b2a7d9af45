"""What can be wrong with a row, whatever the table is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import Text
from muster.kernel.tables.types import RowProblem

_AS_TEXT: Final = _("Format the column as text and enter the number again.")

DAMAGE: Final[Mapping[str, tuple[Text, Text, Text]]] = {
    "exponent": (_("The spreadsheet program has shortened this number."), _("all figures of the number"), _AS_TEXT),
    "precision": (
        _("The spreadsheet program keeps fifteen figures of a number; the rest is lost."),
        _("a long number stored as text"),
        _AS_TEXT,
    ),
    "error_value": (_("The cell holds an error instead of a value."), _("a value"), _("Correct the formula.")),
    "control": (
        _("The text holds hidden control characters."),
        _("visible characters only"),
        _("Type the text again."),
    ),
}


def damaged(row: int, column: str, kind: str) -> RowProblem:
    """A cell whose value cannot be trusted."""
    what, expected, mend = DAMAGE[kind]
    return RowProblem(row, column, what, expected, mend)


def too_wide(row: int) -> RowProblem:
    """A row with more cells than there are headings."""
    return RowProblem(
        row,
        "",
        _("This row has more cells than there are headings."),
        _("at most one cell below each heading"),
        _("Put text that holds a separator between quotation marks."),
    )


def value_missing(row: int, column: str) -> RowProblem:
    """An empty cell where a value is needed."""
    return RowProblem(row, column, _("The value is missing."), _("a value in every row"), _("Fill in the cell."))
