"""What a service of the situation is given: plain values that name areas by code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CountRow:
    """Persons of one measure in one area on one day (or up to it, in a report of totals), as the source wrote them.

    `number` is the row's place in the file; 0 lets it be counted. `problem`, a key of `problems.PROBLEMS`, is what was
    wrong with the row before anybody looked at its cells; such a row is rejected.
    """

    area: str
    day: date | str
    value: int | str
    measure: str = "confirmed"
    number: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class InputRow:
    """One value of one input that is not counted here: a level, an alert, clusters, absence of officers.

    It holds from `valid_from`: until the next one if it is `lasting`, for `valid_hours` if these are given, else for as
    long as the plan that asks calls an input fresh. Without `area` it holds for the whole city.
    """

    name: str
    value: float
    valid_from: datetime
    kind: str = "number"
    area: str = ""
    lasting: bool = False
    valid_hours: int | None = None
    source: str = ""
