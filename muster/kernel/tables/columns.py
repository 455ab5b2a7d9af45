"""Finding the expected columns under the headings that a stranger gave them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from muster.kernel.tables import problems
from muster.kernel.tables.errors import ColumnsMissing
from muster.kernel.tables.types import Column, Matched, Row, RowProblem, Table

_NOISE = re.compile(r"[\s_\-*:：.·/()（）\[\]【】]+")
_REPEATED = re.compile(r" \(\d+\)\Z")


def match_columns(table: Table, columns: Sequence[Column], *, file_name: str = "") -> Matched:
    """The table under the names of `columns`; headings are compared without case, blanks and punctuation.

    Raises ColumnsMissing when a required column is not there, or when two headings mean the same column.
    """
    headers = _headers(table, columns, file_name)
    if missing := [column for column in columns if column.required and column.name not in headers]:
        raise ColumnsMissing(
            what=_("Columns are missing."),
            where=file_name,
            expected=", ".join(_shown(column) for column in missing),
            mend=_("Give each column one of these headings in the first row."),
        )
    used = set(headers.values())
    return Matched(
        headers=headers,
        rows=[_renamed(row, headers) for row in table.rows],
        ignored=[header for header in table.headers if header not in used],
        problems=list(_problems(table, columns, headers)),
    )


def plain_heading(text: str) -> str:
    """A heading as it is compared: half-width, lower case, without blanks and punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def _headers(table: Table, columns: Sequence[Column], file_name: str) -> dict[str, str]:
    meant = {plain_heading(word): column.name for column in columns for word in (column.name, *column.synonyms)}
    found: dict[str, str] = {}
    for header in table.headers:
        name = meant.get(plain_heading(header)) or meant.get(plain_heading(_REPEATED.sub("", header)))
        if name is None:
            continue
        if name in found:
            raise ColumnsMissing(
                what=_("Two columns mean the same."),
                where=f"{file_name}: {found[name]}, {header}".removeprefix(": "),
                expected=_("each column once"),
                mend=_("Delete one of them or give it another heading."),
            )
        found[name] = header
    return found


def _shown(column: Column) -> str:
    return " / ".join((column.name, *column.synonyms[:2]))


def _renamed(row: Row, headers: dict[str, str]) -> Row:
    return Row(
        row.number,
        {name: row.cells.get(header, "") for name, header in headers.items()},
        {name: row.damaged[header] for name, header in headers.items() if header in row.damaged},
    )


def _problems(table: Table, columns: Sequence[Column], headers: dict[str, str]) -> Iterator[RowProblem]:
    needed = [headers[column.name] for column in columns if column.required]
    wide, used = set(table.wide), set(headers.values())
    for row in table.rows:
        if row.number in wide:
            yield problems.too_wide(row.number)
        yield from (problems.value_missing(row.number, header) for header in needed if not row.cells.get(header))
        yield from (
            problems.damaged(row.number, header, kind) for header, kind in row.damaged.items() if header in used
        )
