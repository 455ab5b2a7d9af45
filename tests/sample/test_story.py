"""S City's year is played through the services, once, and goes on where it was cut off."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import LazySettings

from muster.kernel.audit.models import Leaf
from muster.kernel.commands import Actor
from muster.kernel.organisation.rows import AreaRow
from muster.kernel.organisation.services import areas_add
from muster.preparedness.plans.queries import latest_version, plans_of, versions, versions_to_activate
from muster.preparedness.plans.queries.checking import findings_of, world_at
from muster.preparedness.plans.queries.copied import copied_in_force
from muster.preparedness.plans.queries.coverage import coverage_of
from muster.prevention.situation.models import LIVE, CaseCount, ReportBatch, Signal
from muster.response.operations.models import LevelPeriod, Mode, Operation, StockShortfall, Task
from muster.sample.city import city_load
from muster.sample.curve import bulletins
from muster.sample.exercise import HELD
from muster.sample.presence import NotInProduction
from muster.sample.scenes import curve_play, plan_play, replay_play
from muster.sample.size import Size
from muster.sample.story import curve_missing, scenes, story_load, story_missing
from tests.engines.plan.faults import shipped
from tests.sample.conftest import SMALL, silent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


LAST = date(2020, 1, 25)  # two days into the highest level
DAY_FIVE = date(2020, 1, 28)  # of level I, which began late on the 23rd


class CutOff(Exception):
    """The power fails."""


def test_the_whole_story_is_played_once() -> None:
    assert story_missing()
    story_load(progress=silent, size=SMALL, last=LAST)
    assert not story_missing()
    assert [scene.title for scene in scenes() if scene.missing()] == []
    leaves = Leaf.objects.count()
    story_load(progress=silent)
    assert Leaf.objects.count() == leaves
    the_plan_found_wanting_was_replaced()
    units_have_plans_of_their_own_and_two_stations_the_same()
    the_plan_in_force_is_found_wanting_only_where_the_story_says()
    the_exercises_of_december_are_told_by_coverage()
    the_wave_was_reported_and_seen()
    the_replay_went_up_as_the_record_says()


def the_plan_found_wanting_was_replaced() -> None:
    latest = latest_version("S-PHE-01")
    assert latest is not None
    assert [version.version for version in versions("S-PHE-01")] == ["3.0", "2.0"]


def the_plan_in_force_is_found_wanting_only_where_the_story_says() -> None:
    """On the day of the survey: one number that nobody answers, two who are on leave, no stock for fourteen days."""
    version = latest_version("S-PHE-01")
    assert version is not None
    found = findings_of(version, world_at(datetime(2019, 11, 4, 1, tzinfo=UTC)))
    told = {(one.id, one.subject or one.clause) for one in found if one.id in ("P720", "P721", "P722", "P724")}
    assert told == {
        ("P720", "role:inspection_chief"),
        ("P720", "role:station_chief"),
        ("P724", _uses("market_regulation")),
    }
    later = findings_of(version, world_at(datetime(2020, 1, 22, 1, tzinfo=UTC)))
    assert {one.subject for one in later if one.id == "P720"} == {"role:custody_chief"}
    after = findings_of(version, world_at(datetime(2020, 1, 25, 1, tzinfo=UTC)))
    assert not {one.id for one in after} & {"P720", "P724"}


def _uses(partner: str) -> str:
    """The first clause of the plan that counts on a partner."""
    return next(clause.id for clause in shipped().clauses if partner in clause.partners)


def the_exercises_of_december_are_told_by_coverage() -> None:
    """Five clauses were tried, two of them again; two months later the rest was still never tried."""
    version = latest_version("S-PHE-01")
    assert version is not None
    found = {one.clause.id: one for one in coverage_of(version, date(2020, 1, 12))}
    tried = {name for name, one in found.items() if one.last}
    assert tried == {clause for one in HELD for clause in one.clauses}
    assert found["K10"].last["functional"] == max(one.day for one in HELD)
    assert found["C03"].staleness > found["K10"].staleness
    before = coverage_of(version, HELD[0].day - timedelta(days=1))
    assert not any(one.last for one in before)


def units_have_plans_of_their_own_and_two_stations_the_same() -> None:
    in_force = [version for version in versions_to_activate() if version.unit]
    kinds = Counter(version.unit.kind for version in in_force if version.unit)
    assert kinds["sub_bureau"] == 8
    assert kinds["special"] == 3
    assert kinds["station"] >= 4
    copied = copied_in_force(in_force)
    assert {version.plan.code for version in in_force if version.pk in copied} == {"S-PHE-DONGHU-01"}
    assert {len(plan.chain) for plan in plans_of(in_force)} == {2, 3}
    refused = [plan.id for plan in plans_of(in_force) if plan.extension and plan.extension.refused]
    assert refused == []


def the_wave_was_reported_and_seen() -> None:
    city = CaseCount.objects.filter(feed=LIVE, measure="confirmed", area__code="SCITY")
    assert sum(city.values_list("value", flat=True)) == 462
    late = Signal.objects.get(feed=LIVE, day=date(2020, 1, 31), rule__comparison="late_report", area__code="SCITY")
    assert late.state == "dismissed"
    assert late.decisions.get().reason
    assert 0 < Signal.objects.filter(feed=LIVE, state="open").count() < Signal.objects.filter(feed=LIVE).count() / 2


def the_replay_went_up_as_the_record_says() -> None:
    operation = Operation.objects.get(mode=Mode.REPLAY)
    periods = list(LevelPeriod.objects.filter(operation=operation).order_by("from_at"))
    assert [period.level for period in periods] == [4, 3, 1]
    assert periods[2].from_at.date() == date(2020, 1, 23)
    assert Task.objects.filter(operation=operation, done_at__isnull=False).count() > 50


def test_a_wave_that_was_cut_off_goes_on_with_the_next_day_and_tells_no_day_twice(small_city: dict[str, int]) -> None:
    def cut_off(detail: str) -> None:
        if detail == "2020-01-20":
            raise CutOff

    with pytest.raises(CutOff):
        curve_play(cut_off)
    assert curve_missing()
    assert ReportBatch.objects.filter(feed=LIVE, rows__gt=0).count() == 8
    told: list[str] = []
    curve_play(told.append)
    assert told[0] == "2020-01-20"
    assert not curve_missing()
    reported = ReportBatch.objects.filter(feed=LIVE, rows__gt=0).values_list("reported_at", flat=True)
    assert sorted(reported) == [bulletin.at for bulletin in bulletins()]


def test_somebodys_own_city_is_left_alone() -> None:
    areas_add(by=Actor.system("test"), rows=[AreaRow("MINE", "city", "某市", "My City", 120.0, 30.0)])
    assert not story_missing()


def test_production_has_no_story(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    assert not story_missing()
    with pytest.raises(NotInProduction):
        story_load(progress=silent, size=SMALL)


def test_two_districts_run_out_of_respirators_on_day_five_of_the_highest_level() -> None:
    city_load(size=Size(), progress=silent)
    plan_play(lambda _detail: None)
    replay_play(lambda _detail: None, DAY_FIVE)
    short = StockShortfall.objects.filter(item__code="kn95", store__is_central=False)
    assert {(row.store.code, row.day) for row in short.select_related("store")} == {
        ("STORE-SB-JIANGBEI", DAY_FIVE),
        ("STORE-SB-XINQU", DAY_FIVE),
    }
