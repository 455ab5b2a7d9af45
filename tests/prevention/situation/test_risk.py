"""Risk of an area by the rule of the day, from what was reported of it: whose cases count, on which day, since when.

What is expected is written down from the rule of 17 February 2020: low is no case, or none for 14 days; high is more
than 50 cases in total and a cluster within 14 days; medium is everything else.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import pytest

from muster.prevention.situation import services
from muster.prevention.situation.queries import area_figures
from muster.prevention.situation.rows import CountRow, InputRow
from tests.prevention.situation.reports import MINUTE, days_of, duty, evening, receive

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAST = date(2020, 3, 1)
AT = evening(LAST)
NORTH = "D-NORTH"


def report(
    cases: Sequence[int], imported: Mapping[int, int] | None = None, at: datetime = AT, feed: str = "live"
) -> None:
    """Counts of the days that end on 1 March; `imported` by how many days back."""
    rows = days_of(cases, NORTH, LAST - (len(cases) - 1) * DAY)
    rows += [CountRow(NORTH, LAST - back * DAY, count, "imported") for back, count in (imported or {}).items()]
    receive(rows, at, feed=feed)


def risk(at: datetime = AT, feed: str = "live") -> str:
    return area_figures(as_of=at, feed=feed)[NORTH].risk


def clusters(count: int, at: datetime = AT, area: str = NORTH, recorded: datetime | None = None, **more: int) -> None:
    """What the health authority says of clusters."""
    row = InputRow("clusters_open", count, at, area=area, **more)  # type: ignore[arg-type]
    services.inputs_record(by=duty(recorded or at), rows=[row])


def quiet(days: int, before: Sequence[int]) -> list[int]:
    """Cases, then days without one."""
    return [*before, *[0] * days]


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        (quiet(20, []), "low"),  # no case at all
        (quiet(14, [1]), "low"),  # none for 14 days
        (quiet(13, [1]), "medium"),  # the 14th day back still counts
        (quiet(14, [30, 30, 30]), "low"),  # however many there were
        (quiet(13, [25, 25]), "medium"),  # 50 are not more than 50
        (quiet(13, [25, 26]), "high"),  # 51 are, and the 26 are taken for a cluster
        (quiet(13, [50, 1]), "medium"),  # one case is no cluster
        ([*quiet(14, [50]), 1, *[0] * 12, 1], "high"),  # two within 14 days are taken for one
        ([*quiet(14, [50]), 1, *[0] * 13, 1], "medium"),  # not when they are 14 days apart
    ],
)
def test_the_boundaries_of_the_rule_of_2020(a_town: None, cases: list[int], expected: str) -> None:
    report([*[0] * (15 - len(cases)), *cases])
    assert risk() == expected


@pytest.mark.parametrize(("total", "cluster", "expected"), [(50, 1, "medium"), (51, 1, "high"), (51, 0, "medium")])
def test_what_the_health_authority_says_of_clusters_decides_above_50(
    a_town: None, total: int, cluster: int, expected: str
) -> None:
    report([total - 5, *[0] * 10, 1, 1, 1, 1, 1])
    clusters(cluster)
    assert risk() == expected


def test_a_single_case_of_a_cluster_makes_an_area_high_that_has_had_50(a_town: None) -> None:
    report([50, *[0] * 14, 1])
    assert risk() == "medium"
    clusters(1)
    assert risk() == "high"


def test_imported_cases_are_no_new_ones(a_town: None) -> None:
    report([0] * 18 + [4, 3], {1: 4, 0: 3})
    assert risk() == "low"
    receive([CountRow(NORTH, LAST, 2, "imported")], AT + MINUTE)
    assert risk(AT + MINUTE) == "medium"  # one of the three is local after all


def test_an_imported_case_does_not_begin_the_14_days_again(a_town: None) -> None:
    report([0, 0, 5, *[0] * 13, 2], {0: 2})
    assert risk() == "low"


def test_imported_cases_are_part_of_the_total(a_town: None) -> None:
    report([*[0] * 14, 48, 1, 1, 1], {3: 48})
    assert risk() == "high"  # 51 so far, and three local ones
    assert area_figures(as_of=AT)[NORTH].total == 51


def test_more_imported_cases_than_cases_never_take_from_other_days(a_town: None) -> None:
    report([*[0] * 14, 1, 0], {0: 7})
    assert risk() == "medium"


def test_a_case_that_nobody_calls_imported_is_local(a_town: None) -> None:
    report([*[0] * 14, 1])
    assert risk() == "medium"


def test_a_late_case_counts_on_its_own_day_and_from_when_it_was_told(a_town: None) -> None:
    report([0] * 20)
    later = AT + MINUTE
    receive([CountRow(NORTH, LAST - 14 * DAY, 1)], later)
    assert (risk(), risk(later)) == ("low", "low")
    assert area_figures(as_of=later)[NORTH].total == 1
    receive([CountRow(NORTH, LAST - 13 * DAY, 1)], later + MINUTE)
    assert (risk(), risk(later), risk(later + MINUTE)) == ("low", "low", "medium")


def test_a_case_that_is_taken_back_lowers_the_risk_from_then_on(a_town: None) -> None:
    report([50, *[0] * 14, 1, 1])
    receive([CountRow(NORTH, LAST, 0)], AT + MINUTE)
    receive([CountRow(NORTH, LAST - DAY, 0)], AT + 2 * MINUTE)
    assert [risk(AT + i * MINUTE) for i in range(3)] == ["high", "medium", "low"]


def test_a_correction_of_an_old_day_takes_the_total_across_50(a_town: None) -> None:
    report([45, *[0] * 14, 3, 2])
    receive([CountRow(NORTH, LAST - 16 * DAY, 46)], AT + MINUTE)
    assert [risk(AT + i * MINUTE) for i in range(2)] == ["medium", "high"]


def test_an_unreported_day_among_the_14_leaves_the_risk_unknown(a_town: None) -> None:
    rows = days_of([0] * 20, NORTH, LAST - 19 * DAY)
    receive([row for row in rows if row.day != LAST - 13 * DAY], AT)
    assert risk() == "unknown"
    receive([CountRow(NORTH, LAST - 13 * DAY, 0)], AT + MINUTE)
    assert risk(AT + MINUTE) == "low"


@pytest.mark.parametrize(("known", "expected"), [(45, "unknown"), (50, "high")])
def test_with_an_old_day_missing_only_what_is_known_to_be_more_than_50_is_high(
    a_town: None, known: int, expected: str
) -> None:
    rows = days_of([known, 0, *[0] * 14, 1, 1], NORTH, LAST - 17 * DAY)
    receive([row for row in rows if row.day != LAST - 16 * DAY], AT)
    assert risk() == expected
    assert area_figures(as_of=AT)[NORTH].total is None


def test_an_old_day_missing_does_not_matter_to_an_area_without_new_cases(a_town: None) -> None:
    rows = days_of([45, 0, *[0] * 14], NORTH, LAST - 15 * DAY)
    receive([row for row in rows if row.day != LAST - 14 * DAY], AT)
    assert risk() == "low"


SMALL_AND_MANY = [50, *[0] * 14, 1, 1]  # high unless somebody denies the cluster


def test_a_cluster_elsewhere_says_nothing_of_this_area(a_town: None) -> None:
    report([50, *[0] * 14, 1])
    clusters(3, area="D-SOUTH")
    clusters(3, area="")
    assert risk() == "medium"


@pytest.mark.parametrize(("ago", "expected"), [(0, "medium"), (1, "medium"), (3, "high"), (30, "high")])
def test_a_denial_that_is_days_old_denies_nothing_any_more(a_town: None, ago: int, expected: str) -> None:
    report(SMALL_AND_MANY)
    clusters(0, AT - ago * DAY)
    assert risk() == expected


def test_a_lasting_denial_holds_until_the_next_statement(a_town: None) -> None:
    report(SMALL_AND_MANY)
    clusters(0, AT - 30 * DAY, lasting=True)
    assert risk() == "medium"
    clusters(1, AT - DAY)
    assert risk() == "high"


@pytest.mark.parametrize(("ago", "expected"), [(13, "high"), (15, "medium")])
def test_a_cluster_that_was_closed_counts_for_14_days(a_town: None, ago: int, expected: str) -> None:
    report([50, *[0] * 14, 1])
    clusters(1, AT - 40 * DAY, lasting=True)
    clusters(0, AT - ago * DAY, lasting=True)
    assert risk() == expected


def test_a_cluster_whose_hours_were_over_weeks_ago_is_not_prolonged_by_a_denial(a_town: None) -> None:
    report(SMALL_AND_MANY)
    clusters(1, AT - 30 * DAY, valid_hours=24)
    clusters(0)
    assert risk() == "medium"


def test_a_cluster_that_was_told_by_mistake_is_taken_back_for_the_moment_it_was_told_of(a_town: None) -> None:
    report([50, *[0] * 14, 1])
    told = AT + MINUTE
    clusters(1, told, lasting=True)
    clusters(0, told, recorded=told + MINUTE, lasting=True)
    assert [risk(AT), risk(told), risk(told + MINUTE)] == ["medium", "high", "medium"]


def by_the_rule(local: Sequence[int], total: int) -> str:
    """The rule of 2020, word for word, of an area of which nobody says whether it has a cluster."""
    if sum(local[-14:]) == 0:
        return "low"
    return "high" if total > 50 and sum(local[-14:]) >= 2 else "medium"


@pytest.mark.parametrize("seed", range(25))
def test_any_history_with_late_corrections_is_judged_by_the_rule(a_town: None, seed: int) -> None:
    chance = random.Random(seed)
    days = chance.randint(14, 40)
    busy = chance.choice([0, 1, 3, 8])
    cases = [chance.randint(0, busy) if chance.random() < 0.4 else 0 for _ in range(days)]
    imported = {back: chance.randint(0, cases[-1 - back]) for back in chance.sample(range(days), days // 2)}
    feed = f"replay:{seed}"
    report(cases, imported, feed=feed)
    for step in range(4):
        local = [count - imported.get(days - 1 - place, 0) for place, count in enumerate(cases)]
        assert risk(AT + step * MINUTE, feed) == by_the_rule(local, sum(cases)), (cases, imported)
        place = chance.randrange(days)
        cases[place] = imported.get(days - 1 - place, 0) + chance.randint(0, 40)
        receive([CountRow(NORTH, LAST - (days - 1 - place) * DAY, cases[place])], AT + (step + 1) * MINUTE, feed=feed)


def of_2022(cases: Sequence[int | None], last: date) -> tuple[str, str]:
    """Risk and rule of an area whose days end on `last`; None is a day without a report."""
    start = last - (len(cases) - 1) * DAY
    rows = [CountRow(NORTH, start + i * DAY, count) for i, count in enumerate(cases) if count is not None]
    receive(rows, evening(last), feed=f"replay:{last}")
    found = area_figures(as_of=evening(last), feed=f"replay:{last}")[NORTH]
    return found.risk, found.rule


@pytest.mark.parametrize(
    ("quiet_days", "last", "expected"),
    [
        (6, date(2022, 7, 20), ("high", "ninth-edition")),
        (7, date(2022, 7, 20), ("medium", "ninth-edition")),
        (10, date(2022, 7, 20), ("low", "ninth-edition")),
        (4, date(2022, 11, 20), ("high", "twenty-measures")),
        (5, date(2022, 11, 20), ("low", "twenty-measures")),
        (5, date(2022, 6, 27), ("medium", "county-2020")),
        (5, date(2022, 6, 28), ("high", "ninth-edition")),
        (5, date(2023, 1, 8), ("medium", "bureau")),
    ],
)
def test_an_area_is_judged_by_the_rule_of_the_day(
    a_town: None, quiet_days: int, last: date, expected: tuple[str, str]
) -> None:
    assert of_2022(quiet(quiet_days, [0] * 14 + [3]), last) == expected


def test_an_area_with_a_day_missing_and_no_case_is_not_low_by_any_rule(a_town: None) -> None:
    for last in (LAST, date(2022, 7, 20), date(2022, 11, 20)):
        assert of_2022([*[0] * 14, None, 0, 0], last)[0] == "unknown"


def test_the_rule_changes_at_the_bureaus_midnight(a_town: None) -> None:
    receive(days_of(quiet(9, [0] * 14 + [3]), NORTH, date(2022, 6, 4)), evening(date(2022, 6, 27)))
    midnight = evening(date(2022, 6, 27)) + timedelta(hours=4)
    assert [area_figures(as_of=at)[NORTH].rule for at in (midnight - MINUTE, midnight)] == [
        "county-2020",
        "ninth-edition",
    ]
