"""A recorded epidemic, day by day: what was counted where, and what the bureau was told from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.conf import settings

from muster.prevention.situation.rows import CountRow, InputRow
from muster.response.operations.replay.chance import Chance

BULLETIN: Final = time(20, 0)
ASSUMED: Final = (("province_level", "count"), ("external_alert", "flag"), ("province_cases_7d", "count"))


@dataclass(frozen=True, slots=True)
class Day:
    """One recorded day: `counts` as they are received in its evening, `cases` new confirmed ones by district."""

    day: date
    counts: tuple[CountRow, ...]
    cases: Mapping[str, int]

    @property
    def new(self) -> int:
        """New confirmed cases in all districts."""
        return sum(self.cases.values())


@dataclass(frozen=True)
class Epidemic:
    """All recorded days in order, with what was told from outside; `assumed` names inputs that nobody told."""

    source: str
    days: Sequence[Day]
    inputs: Sequence[InputRow]
    assumed: tuple[str, ...] = ()

    def told_on(self, day: date) -> list[InputRow]:
        """What was told on one day of the bureau; on the first, also what was told before and still holds."""
        days = [(row.valid_from.astimezone(settings.BUREAU_ZONE).date(), row) for row in self.inputs]
        first = self.days[0].day
        return [row for told, row in days if told == day or (day == first and told < first and row.lasting)]


def at(day: date, hour: time | timedelta) -> datetime:
    """A moment of a day of the bureau."""
    if isinstance(hour, timedelta):
        return datetime.combine(day, time(), settings.BUREAU_ZONE) + hour
    return datetime.combine(day, hour, settings.BUREAU_ZONE)


def from_counts(
    first: date, counts: Sequence[int], area: str, populations: Mapping[str, int], chance: Chance
) -> Sequence[Day]:
    """A city's daily counts, split over its districts: by inhabitants, more in some by chance, exact in every sum."""
    weights = _weights(populations, chance)
    given = dict.fromkeys(weights, 0)
    days = []
    for number, count in enumerate(counts):
        day = first + timedelta(days=number)
        parts = _split(count, weights, given)
        rows = [CountRow(area, day, count)]
        rows += [CountRow(district, day, part) for district, part in parts.items() if district != area]
        days.append(Day(day, tuple(rows), parts))
    return days


def _weights(populations: Mapping[str, int], chance: Chance) -> dict[str, float]:
    raw = {code: people * chance.between(0.6, 1.6, "district", code) for code, people in sorted(populations.items())}
    whole = sum(raw.values())
    return {code: weight / whole for code, weight in raw.items()}


def _split(count: int, weights: Mapping[str, float], given: dict[str, int]) -> dict[str, int]:
    """Each district gets what it lacks of its share of all cases so far; whole numbers that add up to `count`."""
    total = sum(given.values()) + count
    lacking = {code: max(weight * total - given[code], 0.0) for code, weight in weights.items()}
    scale = count / sum(lacking.values()) if count else 0.0
    parts = {code: int(lack * scale) for code, lack in lacking.items()}
    rest = sorted(lacking, key=lambda code: (parts[code] - lacking[code] * scale, code))
    for code in rest[: count - sum(parts.values())]:
        parts[code] += 1
    for code, part in parts.items():
        given[code] += part
    return parts


def assumed_inputs(first: date) -> list[InputRow]:
    """Where no inputs are given: the province declares no level and warns of nothing. Stated in the report."""
    moment = at(first, time(0, 0))
    return [
        InputRow(name, 0, moment, kind=kind, lasting=True, source="assumed: no inputs were given")
        for name, kind in ASSUMED
    ]
