"""S City's epidemic as it was reported, day by day, read from the sample's own tables."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from muster.prevention.situation.models import Measure
from muster.prevention.situation.rows import CountRow, InputRow
from muster.sample.presence import CITY

DATA: Final = Path(__file__).parent / "data"
CURVE: Final = DATA / "s_city_2020.csv"
DISTRICTS: Final = DATA / "s_city_districts_2020.csv"
INPUTS: Final = DATA / "s_city_inputs_2020.csv"
PLAN: Final = "S-PHE-01"
SOURCE: Final = "市卫生健康委员会每日通报 / Municipal Health Commission, daily bulletin"
BULLETIN_AT: Final = time(20)  # in the bureau's zone
MEASURES: Final[Mapping[str, Measure]] = {
    "new_confirmed": Measure.CONFIRMED,
    "new_imported": Measure.IMPORTED,
    "new_recovered": Measure.RECOVERED,
    "new_deaths": Measure.DEATHS,
}


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What was reported in the evening of a day: counts of the city and of its districts, new on that day."""

    day: date
    at: datetime
    counts: tuple[CountRow, ...]


@lru_cache(maxsize=1)
def bulletins() -> tuple[Bulletin, ...]:
    """One for each day, in order."""
    rows: dict[date, list[CountRow]] = defaultdict(list)
    imported: dict[date, int] = defaultdict(int)
    for line in _lines(CURVE):
        rows[date.fromisoformat(line["date"])] += _counts(line, CITY)
    for line in _lines(DISTRICTS):
        day = date.fromisoformat(line["date"])
        rows[day] += _counts(line, line["area"])
        imported[day] += int(line["new_imported"])
    for day, count in imported.items():
        rows[day].append(CountRow(CITY, day, count, Measure.IMPORTED))
    return tuple(Bulletin(day, bulletin_at(day), tuple(counts)) for day, counts in sorted(rows.items()))


def bulletin_at(day: date) -> datetime:
    """When the bulletin of a day comes."""
    return datetime.combine(day, BULLETIN_AT, settings.BUREAU_ZONE)


def _counts(line: Mapping[str, str], area: str) -> Iterator[CountRow]:
    day = date.fromisoformat(line["date"])
    return (CountRow(area, day, int(line[column]), what) for column, what in MEASURES.items() if column in line)


def inputs() -> Iterator[InputRow]:
    """What the bureau is told from outside, in order of time."""
    for line in _lines(INPUTS):
        yield InputRow(
            name=line["name"],
            value=float(line["value"]),
            valid_from=datetime.fromisoformat(line["valid_from"]),
            kind=line["kind"],
            lasting=line["lasting"] == "yes",
            source=line["source"],
        )


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
