"""Risk of an area by its cases: rules of the day, because the national rules changed and will change again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

MANY: Final = 50  # confirmed cases so far, county rule of 2020
CLUSTER: Final = 2  # local cases in 14 days that are taken for a cluster where nobody says


class Risk(StrEnum):
    """What is thought of an area; unknown is not low."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AreaCases:
    """What a rule looks at; None where it is not known. New cases are local: imported ones are isolated on arrival.

    `total`: all confirmed so far, imported ones too; `at_least` those that are known where `total` is not. `recent`:
    local ones of the last 14 days. `quiet_days`: days since the last local case (0 if there was one on the last day,
    None if unknown or never). `ever`: was there any local one. `cluster`: was a cluster open in the last 14 days, as
    the health authority says.
    """

    total: int | None = None
    recent: int | None = None
    quiet_days: int | None = None
    ever: bool | None = None
    cluster: bool | None = None
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with the first day on which it holds and where it comes from."""

    code: str
    from_day: date
    source: str
    judge: Callable[[AreaCases], Risk]


def county_2020(cases: AreaCases) -> Risk:
    """Low: no case, or none for 14 days. High: more than 50 cases and a cluster within 14 days. Medium: the rest.

    The rule counts "newly confirmed" cases within 14 days and "confirmed cases in total", area by area, and says
    nothing of imported ones, which came after it. As it was applied from March 2020 on, an imported case that is
    isolated on arrival makes no area medium or high: new cases are local ones here. The total has them, since no text
    takes them out; it decides only where new local cases form a cluster, and there the higher risk is the careful one.
    Where nobody has said whether there is a cluster, two or more local cases in 14 days are taken for one: the
    national control plan speaks of a cluster from two cases in one small place within 14 days, and counts do not tell
    of places. Both readings are to be confirmed by the bureau's counsel.

    Source: Joint Prevention and Control Mechanism of the State Council, Guiding Opinions on Prevention and Control by
    Zone and Level, 17 February 2020: county-level areas of low, medium and high risk.
    """
    if cases.recent is None:
        return Risk.UNKNOWN
    if cases.recent == 0:
        return Risk.LOW
    cluster = cases.recent >= CLUSTER if cases.cluster is None else cases.cluster
    if not cluster:
        return Risk.MEDIUM
    if cases.total is None:
        return Risk.HIGH if cases.at_least > MANY else Risk.UNKNOWN
    return Risk.HIGH if cases.total > MANY else Risk.MEDIUM


def ninth_edition(cases: AreaCases) -> Risk:
    """High until 7 days without a local case, medium for 3 more, then low.

    Source: Joint Prevention and Control Mechanism of the State Council, Prevention and Control Plan for COVID-19, ninth
    edition, 28 June 2022: high-risk areas. Its medium areas, where cases have only been, are not told from counts.
    """
    return _by_quiet_days(cases, ((7, Risk.HIGH), (10, Risk.MEDIUM)))


def twenty_measures(cases: AreaCases) -> Risk:
    """High until 5 days without a local case, then low; there is no medium risk.

    Source: Joint Prevention and Control Mechanism of the State Council, Notice on Further Optimising Prevention and
    Control (twenty measures), 11 November 2022.
    """
    return _by_quiet_days(cases, ((5, Risk.HIGH),))


def _by_quiet_days(cases: AreaCases, steps: tuple[tuple[int, Risk], ...]) -> Risk:
    if cases.ever is False or cases.recent == 0:
        return Risk.LOW
    if cases.quiet_days is None:
        return Risk.UNKNOWN
    return next((risk for days, risk in steps if cases.quiet_days < days), Risk.LOW)


_ZONES: Final = "State Council joint mechanism, Guiding Opinions on Zones and Levels, 17 February 2020"
RULES: Final = (
    Rule("county-2020", date(2020, 1, 1), _ZONES, county_2020),
    Rule(
        "ninth-edition",
        date(2022, 6, 28),
        "State Council joint mechanism, Prevention and Control Plan, ninth edition, 28 June 2022",
        ninth_edition,
    ),
    Rule(
        "twenty-measures",
        date(2022, 11, 11),
        "State Council joint mechanism, twenty measures, 11 November 2022",
        twenty_measures,
    ),
    Rule(
        "bureau",
        date(2023, 1, 8),
        "No national rule since Class B management, 8 January 2023; the bureau's own, as in 2020",
        county_2020,
    ),
)


def rule_on(day: date) -> Rule:
    """The rule in force on a day; before the first rule the first one is used, looking back."""
    return next((rule for rule in reversed(RULES) if rule.from_day <= day), RULES[0])


def area_risk(cases: AreaCases, day: date) -> Risk:
    """Risk of an area by the rule in force on `day`."""
    return rule_on(day).judge(cases)
