"""A replay played again: the same for the same seed, apart from what is real and from other replays."""

from __future__ import annotations

import pytest

from muster.preparedness.logistics.models import StockEntry
from muster.preparedness.plans.models import PlanVersion
from muster.prevention.situation.models import CaseCount
from muster.response.operations.replay.page import as_page
from muster.response.operations.replay.playing import play
from muster.response.operations.replay.report import as_json
from tests.response.operations import bureau
from tests.response.operations.replay.wave import BUILT, SHORT, WAVE, epidemic


@pytest.fixture
def old_plan(db: None) -> PlanVersion:
    """The bureau as it stood before the wave."""
    return bureau.build(BUILT)


def test_the_same_files_and_seed_give_the_same_report(old_plan: PlanVersion) -> None:
    first, _ = play(version=old_plan, epidemic=epidemic(SHORT), seed=3)
    second, _ = play(version=old_plan, epidemic=epidemic(SHORT), seed=3)
    assert as_json(first) == as_json(second)
    assert as_page(first) == as_page(second)


def test_another_seed_gives_another_course_of_the_same_epidemic(old_plan: PlanVersion) -> None:
    first, _ = play(version=old_plan, epidemic=epidemic(SHORT), seed=3)
    second, _ = play(version=old_plan, epidemic=epidemic(SHORT), seed=4)
    assert [row["level"] for row in first["levels"]] == [row["level"] for row in second["levels"]]
    assert first["late"] != second["late"] or first["tasks"] != second["tasks"]


def test_a_replay_leaves_everything_that_is_real_as_it_was(old_plan: PlanVersion) -> None:
    before = (StockEntry.objects.count(), CaseCount.objects.filter(feed="live").count())
    _report, operations = play(version=old_plan, epidemic=epidemic(SHORT), seed=3)
    assert (StockEntry.objects.count(), CaseCount.objects.filter(feed="live").count()) == before
    assert {operation.mode for operation in operations} == {"replay"}
    assert {operation.feed for operation in operations} == {"replay:R-001"}


def test_a_replay_in_which_nothing_happened_leaves_no_feed_to_the_next(old_plan: PlanVersion) -> None:
    play(version=old_plan, epidemic=epidemic((0,) * 3), seed=3)
    _report, operations = play(version=old_plan, epidemic=epidemic(SHORT[:5]), seed=3)
    assert {operation.feed for operation in operations} == {"replay:R-002"}


def test_two_replays_know_nothing_of_each_other(old_plan: PlanVersion) -> None:
    play(version=old_plan, epidemic=epidemic(SHORT), seed=3)
    quiet, operations = play(version=old_plan, epidemic=epidemic((0,) * 5), seed=3)
    assert operations == []
    assert quiet["tasks"]["raised"] == 0
    assert quiet["levels"] == []


def test_a_wave_after_the_end_opens_an_operation_of_its_own(old_plan: PlanVersion) -> None:
    report, operations = play(version=old_plan, epidemic=epidemic((*WAVE, 3, 4, 2)), seed=3)
    assert len(operations) == 2
    assert [row["level"] for row in report["levels"]].count(0) == 1
    assert len({row["date"] for row in report["days"]}) == len(report["days"])
