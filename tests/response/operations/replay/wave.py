"""The epidemic of the replay tests: a short wave in a small city."""

from __future__ import annotations

from datetime import UTC, date, datetime

from muster.response.operations.replay.chance import Chance
from muster.response.operations.replay.epidemic import Epidemic, assumed_inputs, from_counts

BUILT = datetime(2019, 12, 1, tzinfo=UTC)
FIRST = date(2020, 1, 10)
WAVE = (0, 0, 1, 2, 4, 8, 12, 9, 5, 3, 1, *(0,) * 36)
SHORT = WAVE[:12]
POPULATIONS = {"D-NORTH": 100_000, "D-SOUTH": 200_000}


def epidemic(counts: tuple[int, ...] = WAVE) -> Epidemic:
    days = from_counts(FIRST, counts, "CITY", POPULATIONS, Chance(3))
    return Epidemic("tests", days, assumed_inputs(FIRST), ("province_level",))
