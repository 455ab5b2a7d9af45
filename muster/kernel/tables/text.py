"""Tables as text: CSV as Excel, WPS and other programs write it, in Chinese or Western encodings."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Final

from muster.kernel.tables.assemble import Cells, table_of
from muster.kernel.tables.cells import clean, damage
from muster.kernel.tables.errors import TableRefused
from muster.kernel.tables.types import Limits, Table

SEPARATORS: Final = (",", "\t", ";", "，")  # the last is the comma of a Chinese keyboard
_MARKED: Final = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read_text(content: bytes, where: str, limits: Limits) -> Table:
    """A table from text whose cells are separated by commas (of either width), tabs or semicolons.

    Raises TableRefused.
    """
    text = decoded(content, where)
    separator, text = separator_of(text)
    return table_of(_rows(text, separator, where, limits), where, limits)


def decoded(content: bytes, where: str) -> str:
    """Text of UTF-8 or UTF-16 with a mark, else of UTF-8, else of GB 18030, which holds GBK and GB 2312."""
    marked = next((name for mark, name in _MARKED.items() if content.startswith(mark)), None)
    if marked is None and b"\x00" in content:
        raise TableRefused("text_unreadable", where, place=content.index(b"\x00") + 1)
    place = 0
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as problem:
            place = problem.start + 1
    raise TableRefused("text_unreadable", where, place=place)


def separator_of(text: str) -> tuple[str, str]:
    """What separates the cells, and the text without Excel's `sep=` line.

    It is what the most of the first lines hold equally often: a mark inside of texts comes now and then.
    """
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=") + 1:
        return first.strip()[-1], "\n" + rest  # an empty line stays: rows keep their numbers
    lines = [_outside_quotes(line) for line in text[:20_000].splitlines() if line.strip()][:10]
    alike = {each: _alike([line.count(each) for line in lines]) for each in SEPARATORS}
    return max(SEPARATORS, key=alike.__getitem__), text


def _alike(counts: list[int]) -> int:
    """How many lines hold a mark equally often, and at least once."""
    return max(Counter(count for count in counts if count).values(), default=0)


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _rows(text: str, separator: str, where: str, limits: Limits) -> Iterator[Cells]:
    csv.field_size_limit(max(limits.cell_chars * 4, 131_072))
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            values = next(reader, None)
        except csv.Error as problem:
            raise _refused(problem, where, number, limits) from problem
        if values is None:
            return
        yield [_cell(value) for value in values]


def _cell(value: str) -> tuple[str, str]:
    text = clean(value)
    return text, damage(text)


def _refused(problem: csv.Error, where: str, number: int, limits: Limits) -> TableRefused:
    if "field limit" in str(problem):
        return TableRefused("cell_too_long", where, limit=limits.cell_chars, row=number)
    return TableRefused("quotes_open", where, row=number)
