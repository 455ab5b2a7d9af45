"""What becomes of each row of a report: read, compared with what is known, given its fate. Nothing is written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from muster.kernel import progress
from muster.prevention.situation import problems
from muster.prevention.situation.cells import count_in, day_in, is_number, plain
from muster.prevention.situation.knowledge import bureau_day
from muster.prevention.situation.models import Measure, RowFate
from muster.prevention.situation.rows import CountRow

MEASURES: Final = frozenset(Measure.values)
LARGEST: Final = 100_000_000  # persons; no city has more
LOOK: Final = 5_000  # rows between two looks at whether whoever waits has given up
OLDEST: Final = timedelta(days=20 * 366)  # a year mistyped, not an epidemic


class Key(NamedTuple):
    """What a count is of."""

    area: int
    measure: str
    day: date


@dataclass(slots=True)
class Fated:
    """A row with what was read in it and what became of it. `count` is what is kept: persons on that one day."""

    row: CountRow
    number: int
    key: Key | None = None
    value: int = 0
    count: int = 0
    fate: str = ""
    previous: int | None = None
    problem: str = ""

    def reject(self, problem: str, previous: int | None = None) -> None:
        """The row is not taken."""
        self.fate, self.problem, self.previous = RowFate.REJECTED, problem, previous


Known = Mapping[Key, int]


def read(rows: Sequence[CountRow], areas: Mapping[str, int], last_day: date) -> list[Fated]:
    """Rows with what they say, or why they say nothing; `last_day` is the last that can have been counted."""
    found = []
    for place, row in enumerate(rows, start=1):
        found.append(_read(Fated(row, row.number or place), areas, last_day))
        if place % LOOK == 0:
            progress.tell(place, len(rows))
    return found


def _read(fated: Fated, areas: Mapping[str, int], last_day: date) -> Fated:
    row = fated.row
    day = row.day if isinstance(row.day, date) else _day(row.day)
    value, wrong = _value(row.value)
    if problem := row.problem or _place_problem(row, areas) or _day_problem(row, day, last_day) or wrong:
        fated.reject(problem)
        return fated
    assert day is not None
    fated.key, fated.value = Key(areas[row.area.strip()], row.measure.strip(), day), value
    return fated


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    """The day that is meant; a moment with its zone means the day that it was in the bureau."""
    try:
        moment = datetime.fromisoformat(plain(text))
    except ValueError:
        return day_in(text)
    return bureau_day(moment) if moment.tzinfo else day_in(text)


def _place_problem(row: CountRow, areas: Mapping[str, int]) -> str:
    if not row.area.strip():
        return problems.AREA_MISSING
    if row.area.strip() not in areas:
        return problems.AREA_UNKNOWN
    return "" if row.measure.strip() in MEASURES else problems.MEASURE_UNKNOWN


def _day_problem(row: CountRow, day: date | None, last_day: date) -> str:
    if day is None:
        return problems.DAY_UNREADABLE if str(row.day).strip() else problems.DAY_MISSING
    if day > last_day:
        return problems.DAY_IN_FUTURE
    return problems.DAY_TOO_OLD if last_day - day > OLDEST else ""


def _value(given: int | str) -> tuple[int, str]:
    """The count, and what is wrong with it."""
    text = str(given).strip()
    value = given if isinstance(given, int) else count_in(text)
    if value is None:
        return 0, _unreadable(plain(text))
    if value < 0:
        return 0, problems.VALUE_NEGATIVE
    return value, problems.VALUE_TOO_LARGE if value > LARGEST else ""


def _unreadable(text: str) -> str:
    if not text:
        return problems.VALUE_MISSING
    if not is_number(text):
        return problems.VALUE_UNREADABLE
    return problems.VALUE_FRACTION if "." in text else problems.VALUE_TOO_LARGE


def overtake(rows: Iterable[Fated]) -> dict[Key, Fated]:
    """The last row of each area, measure and day; each row before it is overtaken, whether it says the same or not."""
    last: dict[Key, Fated] = {}
    earlier = []
    for fated in rows:
        if fated.key is not None:
            if fated.key in last:
                earlier.append(last[fated.key])
            last[fated.key] = fated
    for fated in earlier:
        assert fated.key is not None
        fated.fate, fated.previous = RowFate.SUPERSEDED, last[fated.key].value
    return last


def take_daily(last: Mapping[Key, Fated]) -> None:
    """Counts of single days are kept as they are."""
    for fated in last.values():
        fated.count = fated.value


def take_totals(last: Mapping[Key, Fated], known: Known) -> None:
    """From totals so far to new cases of each day; a total below the one before is rejected.

    A day's count is its total less the last total of the report and less what is known of the days between. The first
    total of an area of which nothing is known is counted on its own day: that is when it was reported.
    """
    for days in _by_series(last).values():
        before = _Sums(known, days[0])
        total, since = 0, date.min
        for fated in days:
            assert fated.key is not None
            base = total + before.between(since, fated.key.day)
            if fated.value < base:
                fated.reject(problems.TOTAL_DECREASES, base)
                continue
            fated.count = fated.value - base
            total, since = fated.value, fated.key.day


def _by_series(last: Mapping[Key, Fated]) -> dict[tuple[int, str], list[Fated]]:
    series: dict[tuple[int, str], list[Fated]] = defaultdict(list)
    for key in sorted(last):
        series[key.area, key.measure].append(last[key])
    return series


class _Sums:
    """Sums of what is known of one area and measure."""

    def __init__(self, known: Known, one: Fated) -> None:
        assert one.key is not None
        area, measure = one.key.area, one.key.measure
        self.days = sorted((key.day, value) for key, value in known.items() if key[:2] == (area, measure))

    def between(self, after: date, before: date) -> int:
        """Persons on the days strictly between two days."""
        return sum(value for day, value in self.days if after < day < before)


def compare(last: Mapping[Key, Fated], known: Known) -> None:
    """New, the same as known, or a correction of it."""
    for key, fated in last.items():
        if fated.fate == RowFate.REJECTED:
            continue
        fated.previous = known.get(key)
        if fated.previous is None:
            fated.fate = RowFate.NEW
        else:
            fated.fate = RowFate.SAME if fated.previous == fated.count else RowFate.CORRECTED
