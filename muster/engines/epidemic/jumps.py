"""Days whose count looks like a late bulletin or a change of definition rather than like the epidemic.

They are named, never smoothed: the count stays as it was reported, and a person asks the source.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LEVEL_DAYS: Final = 7  # days from which the expected count is drawn
LOOK_BACK: Final = 14  # how far back they may lie
CASES_NEEDED: Final = 11  # in those days; with fewer there is no level to jump from, and first cases are first cases
LEAST: Final = 10  # persons; smaller counts are never called a jump
FACTOR: Final = 1.5  # times the expected count, and times each of the three days before
SPREAD: Final = 2.5  # standard deviations above the expected count
DISPERSION: Final = 0.2  # of the expected count, beside the Poisson spread
STEEPEST: Final = 0.4  # growth a day (log) that is granted to an epidemic: it doubles in 1.7 days
AFTERWARDS: Final = 3  # days; where they stay as high, it was growth
ALONE: Final = 50  # persons on one day among days with next to none: named once the days after are known


@dataclass(frozen=True, slots=True)
class Jump:
    """A day (index from 0), what was reported, and what was to be expected from the days around it; persons."""

    day: int
    reported: float
    expected: float


def jumps(counts: Sequence[float]) -> tuple[Jump, ...]:
    """Days that jump out of the level and growth of the days before and fall back afterwards.

    Parameters
    ----------
    counts : persons per day in order; NaN where nothing was reported.

    Returns
    -------
    Jumps in order of days. The last days are judged by what came before them only, and may turn out to be growth.

    Notes
    -----
    Expected is the log-linear trend through the last 7 days that are no jumps themselves (0.5 is added to each); it
    never goes down, and up by at most e^0.4 a day. With fewer than 11 cases in those days nothing is judged, except
    that 50 or more on a single day, with next to none in the 7 days before and the 3 days after, are called a jump
    once these are known.
    """
    found: dict[int, Jump] = {}
    for day, reported in enumerate(counts):
        if not math.isnan(reported):
            expected = _jump_from(counts, day, found)
            if expected is not None:
                found[day] = Jump(day, reported, expected)
    return tuple(found.values())


def _jump_from(counts: Sequence[float], day: int, found: dict[int, Jump]) -> float | None:
    """The count that was expected, if this day is a jump."""
    before = max(_known(counts, day - AFTERWARDS, day), default=0.0)
    if counts[day] <= max(LEAST, FACTOR * before):
        return None
    level = _level_days(counts, day, found)
    if len(level) < LEVEL_DAYS:
        return None
    if sum(counts[i] for i in level) < CASES_NEEDED:
        return _jump_from_nothing(counts, day, level)
    expected = expected_count(counts, level, day)
    spread = SPREAD * math.sqrt(expected + (DISPERSION * expected) ** 2)
    if counts[day] <= max(FACTOR * expected, expected + spread):
        return None
    after = _known(counts, day + 1, day + 1 + AFTERWARDS)
    stays_high = bool(after) and FACTOR * sum(after) / len(after) >= counts[day]
    return None if stays_high else expected


def _jump_from_nothing(counts: Sequence[float], day: int, level: Sequence[int]) -> float | None:
    after = _known(counts, day + 1, day + 1 + AFTERWARDS)
    if counts[day] < ALONE or len(after) < AFTERWARDS or sum(after) > LEAST:
        return None
    return (sum(counts[i] for i in level) + sum(after)) / (len(level) + len(after))


def _level_days(counts: Sequence[float], day: int, found: dict[int, Jump]) -> list[int]:
    days = [i for i in range(max(0, day - LOOK_BACK), day) if i not in found and not math.isnan(counts[i])]
    return days[-LEVEL_DAYS:]


def _known(counts: Sequence[float], start: int, stop: int) -> list[float]:
    return [value for value in counts[max(start, 0) : stop] if not math.isnan(value)]


def expected_count(counts: Sequence[float], level: Sequence[int], day: int) -> float:
    """The log-linear trend through the days of `level`, carried on to `day`; persons."""
    logs = [math.log(counts[i] + 0.5) for i in level]
    offsets = [i - day for i in level]
    centre, height = sum(offsets) / len(offsets), sum(logs) / len(logs)
    slope = sum((x - centre) * (y - height) for x, y in zip(offsets, logs, strict=True))
    slope /= sum((x - centre) ** 2 for x in offsets)
    return math.exp(height - min(max(slope, 0.0), STEEPEST) * centre)
