"""Reading spreadsheets that strangers made, and writing some that nobody is harmed by."""

from muster.kernel.tables.cells import safe_cell
from muster.kernel.tables.columns import match_columns
from muster.kernel.tables.errors import ColumnsMissing, TableRefused
from muster.kernel.tables.reading import read_table
from muster.kernel.tables.types import Column, Limits, Matched, Row, RowProblem, Table
from muster.kernel.tables.writing import write_csv

__all__ = [
    "Column",
    "ColumnsMissing",
    "Limits",
    "Matched",
    "Row",
    "RowProblem",
    "Table",
    "TableRefused",
    "match_columns",
    "read_table",
    "safe_cell",
    "write_csv",
]
