"""A file of daily counts of one place, as the command line reads it: `date` and `incidence` or `new_confirmed`.

Read without a database. Texts are plain English, as all of the command line's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from muster.kernel.errors import DomainError
from muster.kernel.tables import TableRefused, read_table
from muster.kernel.tables.text import read_text
from muster.kernel.tables.types import Limits, Row, Table
from muster.prevention.situation.cells import count_in, day_in, is_number

COUNTS: Final = ("incidence", "new_confirmed")
DATES: Final = ("date", "day")
TABLES: Final = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class RowWrong:
    """What is wrong in one line of a file."""

    line: int
    what: str

    def at(self, path: Path) -> str:
        """The place as every compiler names it."""
        return f"{path}:{self.line}: {self.what}"


class SeriesInvalid(DomainError):
    """A file holds no usable series of counts; `problems` has every line that is wrong."""

    def __init__(self, path: Path, problems: Sequence[RowWrong]) -> None:
        self.problems = tuple(problems)
        more = len(self.problems) - 1
        others = f" (and {more} more)" if more else ""
        super().__init__(what=f"{self.problems[0].what}{others}", where=f"{path}:{self.problems[0].line}")


@dataclass(frozen=True, slots=True)
class Series:
    """Counts of consecutive days, persons per day; `first` is the first day, None where the file has no dates."""

    counts: tuple[int, ...]
    first: date | None

    def day(self, number: int) -> date | None:
        """The date of day `number`, counted from 1."""
        return None if self.first is None else self.first + timedelta(days=number - 1)


def read_series(path: Path, today: date) -> Series:
    """The series in a CSV file or workbook.

    Raises SeriesInvalid with every negative, missing, fractional or unreadable count, each date that is unreadable,
    given twice, out of order or after `today`, and each gap; TableRefused when the file is no table at all.
    """
    table = read_file(path)
    counts = _column(table, COUNTS, path)
    dates = next((name for name in table.headers if name.strip().lower() in DATES), None)
    problems, values = [], []
    for row in table.rows:
        value = count_of(row.cells.get(counts, ""))
        problems.extend([RowWrong(row.number, value)] if isinstance(value, str) else [])
        values.append(value)
    days = [] if dates is None else _days(table.rows, dates)
    problems += [] if dates is None else list(_order(table.rows, days, today))
    if problems:
        raise SeriesInvalid(path, sorted(problems, key=lambda each: each.line))
    first = days[0] if days and isinstance(days[0], date) else None
    return Series(tuple(value for value in values if isinstance(value, int)), first)


def read_file(path: Path) -> Table:
    """The table in a file; one without a known ending is taken for CSV. Raises TableRefused, SeriesInvalid."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise DomainError(what=f"{problem.strerror or problem}", where=str(path)) from problem
    if not content.strip():
        raise SeriesInvalid(path, [RowWrong(1, "the file is empty; expected a row of headings and rows of counts")])
    try:
        if path.suffix.lower() in TABLES:
            return read_table(content, file_name=path.name)
        return read_text(content, path.name, Limits())
    except TableRefused as problem:
        if problem.code == "no_rows":
            raise SeriesInvalid(path, [RowWrong(1, "no row below the headings; expected one row a day")]) from problem
        raise


def _column(table: Table, names: Sequence[str], path: Path) -> str:
    for name in names:
        for header in table.headers:
            if header.strip().lower() == name:
                return header
    has = ", ".join(table.headers[:8])
    raise SeriesInvalid(path, [RowWrong(1, f"no column {' or '.join(names)}; the headings are {has}")])


def count_of(text: str) -> int | str:
    """The count in a cell, or what is wrong with it."""
    if not text:
        return "the count is missing; expected persons per day, 0 or more"
    value = count_in(text)
    if value is None:
        kind = "not a whole number" if is_number(text) else "not a number"
        return f"{text[:40]!r} is {kind}; expected persons per day, 0 or more"
    return f"{value} is negative; expected persons per day, 0 or more" if value < 0 else value


def _days(rows: Sequence[Row], column: str) -> list[date | int | str]:
    """The date, the number of the day, or what is wrong with it, for each row."""
    return [_day(row.cells.get(column, "")) for row in rows]


def _day(text: str) -> date | int | str:
    if text.isascii() and text.isdigit() and len(text) < 8:
        return int(text)
    shown = f"{text[:40]!r} is no date" if text else "the date is missing"
    return day_in(text) or f"{shown}; expected a day such as 2020-01-31"


def _order(rows: Sequence[Row], days: Sequence[date | int | str], today: date) -> Iterator[RowWrong]:
    """What is wrong with the dates of a series, which must be consecutive days."""
    seen: dict[int, int] = {}
    last: int | None = None
    for row, day in zip(rows, days, strict=True):
        if isinstance(day, str):
            yield RowWrong(row.number, day)
            continue
        number = day if isinstance(day, int) else day.toordinal()
        if isinstance(day, date) and day > today:
            yield RowWrong(row.number, f"{day} is in the future; expected a day up to {today}")
        if number in seen:
            yield RowWrong(row.number, f"{day} is given twice; the first is on line {seen[number]}")
        elif last is not None and number != last + 1:
            yield RowWrong(row.number, _gap(day, number, last))
        seen.setdefault(number, row.number)
        last = max(number, last) if last is not None else number


def _gap(day: date | int, number: int, last: int) -> str:
    missing = last + 1 if isinstance(day, int) else date.fromordinal(last + 1)
    if number < last:
        return f"{day} is out of order; expected {missing}"
    return f"the days from {missing} are missing before {day}; expected one row for each day, 0 where there was no case"
