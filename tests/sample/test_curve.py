"""S City's epidemic is the real curve, its districts add up to it, and the inputs are such as the situation takes."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from muster.engines.plan.words import INDICATORS
from muster.sample.curve import CURVE, bulletins, inputs
from muster.sample.outline import DISTRICTS


def test_the_curve_is_the_recorded_one(shared_data: Path) -> None:
    with (shared_data / "epidemic" / "s_city_2020.csv").open(encoding="utf-8-sig") as file:
        recorded = list(csv.DictReader(file))
    with CURVE.open(encoding="utf-8") as file:
        assert list(csv.DictReader(file)) == recorded


def test_there_is_a_bulletin_for_every_day_of_the_wave() -> None:
    days = [bulletin.day for bulletin in bulletins()]
    assert (days[0], days[-1]) == (date(2020, 1, 12), date(2020, 4, 30))
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))
    assert all(bulletin.at.date() == bulletin.day for bulletin in bulletins())


def test_the_districts_of_each_day_add_up_to_the_city() -> None:
    for bulletin in bulletins():
        for measure in ("confirmed", "imported"):
            counts = {row.area: int(row.value) for row in bulletin.counts if row.measure == measure}
            city = counts.pop("SCITY")
            assert sum(counts.values()) == city
            assert set(counts) == {f"D-{district[0].upper()}" for district in DISTRICTS}


def test_nobody_is_imported_who_is_not_confirmed() -> None:
    for bulletin in bulletins():
        by_place = {(row.area, row.measure): int(row.value) for row in bulletin.counts}
        assert all(by_place[area, "imported"] <= by_place[area, "confirmed"] for area, _measure in by_place)


def test_all_462_are_reported_and_the_late_bulletin_is_kept_as_it_came() -> None:
    city = {b.day: int(r.value) for b in bulletins() for r in b.counts if (r.area, r.measure) == ("SCITY", "confirmed")}
    assert sum(city.values()) == 462
    assert max(city, key=lambda day: city[day]) == date(2020, 1, 31)


def test_inputs_are_indicators_of_the_plan_language_in_order_of_time_with_their_source() -> None:
    rows = list(inputs())
    assert {row.name for row in rows} <= set(INDICATORS)
    assert all(earlier.valid_from <= later.valid_from for earlier, later in pairwise(rows))
    assert all(row.source for row in rows)
    assert Counter(row.name for row in rows)["officer_absence_pct"] == len(bulletins())


def test_the_province_goes_up_on_the_day_it_did_and_down_by_steps() -> None:
    told = [(row.valid_from.date(), int(row.value)) for row in inputs() if row.name == "province_level"]
    assert (date(2020, 1, 23), 1) in told
    assert (date(2020, 2, 24), 2) in told
    assert [level for _day, level in told] == [0, 1, 2, 3, 4, 0]
