"""The absence of the defaults is that of a large city force in the spring of 2020."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from muster.engines.stress import Absence
from muster.engines.stress.outbreak import falls_sick, sick_share

PEAK = date(2020, 4, 9)


def test_the_curve_is_near_every_recorded_day(shared_data: Path) -> None:
    path = shared_data / "police" / "sick_report_large_force_2020.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(date.fromisoformat(row["report_date"]), row["sick_pct"]) for row in csv.DictReader(file)]
    recorded = {day: float(share) / 100 for day, share in rows if share}
    first = min(recorded)
    days = (max(recorded) - first).days + 1
    found = sick_share(Absence(peak_day=(PEAK - first).days), days, 0)
    away = {day: abs(found[(day - first).days] - share) for day, share in recorded.items()}
    assert max(recorded.values()) == Absence().peak
    assert recorded[date(2020, 5, 10)] == Absence().normal
    assert max(away.values()) < 0.021, away
    assert np.sqrt(np.mean([x * x for x in away.values()])) < 0.011


def test_the_chance_to_fall_sick_gives_the_share_back() -> None:
    share = sick_share(Absence(peak_day=30), 90, 0)
    chance, sick = falls_sick(share, 10.0), 0.0
    for day in range(90):
        sick *= 0.9
        sick += (1 - sick) * chance[day]
        assert sick == pytest.approx(share[day], abs=0.012)  # it cannot fall faster than people recover
