"""A recorded epidemic through a small plan in a small bureau: through the same services, the same report each time."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import F
from pytest_django.plugin import DjangoDbBlocker

from muster.kernel.audit.models import Leaf
from muster.response.operations.board.tasks import state_at
from muster.response.operations.models import (
    DayFigures,
    Decision,
    LevelPeriod,
    LogEntry,
    Operation,
    PlaceOpening,
    Proposal,
    StaffShortfall,
    StockDay,
    StockShortfall,
    Task,
)
from muster.response.operations.queries.knowledge import known_at
from muster.response.operations.replay.page import as_page
from muster.response.operations.replay.playing import play
from muster.response.operations.replay.report import as_json
from tests.response.operations import bureau
from tests.response.operations.replay.wave import BUILT, WAVE, epidemic
from tests.response.operations.rolled_back import rolled_back

Played = tuple[dict[str, Any], Operation]


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Played]:
    """One replay for all tests of this file; nothing of it is left after them."""
    with django_db_blocker.unblock(), rolled_back():
        report, operations = play(version=bureau.build(BUILT), epidemic=epidemic(), seed=3)
        yield report, operations[0]


def test_the_levels_follow_the_wave_up_and_down(played: Played) -> None:
    report, _operation = played
    levels = [row["level"] for row in report["levels"]]
    assert levels[0] == 3
    assert 2 in levels
    assert levels[-1] == 0
    assert [row["date"] for row in report["levels"]] == sorted(row["date"] for row in report["levels"])


def test_every_level_was_proposed_and_decided_through_the_services(played: Played) -> None:
    _report, operation = played
    for period in LevelPeriod.objects.filter(operation=operation):
        proposal = period.decision.proposal
        assert proposal is not None
        assert proposal.proposed_by != proposal.decided_by
        assert proposal.decided_at is not None
        assert proposal.decided_at - proposal.proposed_at == timedelta(hours=1)


def test_a_level_is_set_two_hours_after_the_figures_spoke_for_it(played: Played) -> None:
    _report, operation = played
    for advice in Proposal.objects.filter(operation=operation, source="system", outcome="taken_up"):
        own = advice.taken_up_as.get()
        assert own.decided_at is not None
        assert own.decided_at - advice.proposed_at == timedelta(hours=2)


def test_the_report_adds_up_with_what_was_stored(played: Played) -> None:
    report, operation = played
    tasks = Task.objects.filter(operation=operation)
    assert report["tasks"]["raised"] == tasks.count()
    assert report["tasks"]["late"] == len(report["late"]) == tasks.filter(late_at__isnull=False).count()
    assert sum(row["late"] for row in report["late_by_clause"]) == report["tasks"]["late"]
    days = DayFigures.objects.filter(operation=operation)
    assert sum(day.people_needed - day.people_assigned for day in days) == sum(
        row["needed"] - row["available"] for row in report["staff_shortfall"]
    )
    assert report["cases"] == sum(WAVE)
    assert len(report["days"]) == len(WAVE)


def test_each_recorded_day_is_one_transaction(played: Played) -> None:
    assert Leaf.objects.filter(action="operations.replay_day").count() == len(WAVE)


def test_a_task_of_the_replay_is_read_begun_and_done_in_order(played: Played) -> None:
    _report, operation = played
    done = Task.objects.filter(operation=operation, done_at__isnull=False)
    assert done.exists()
    for task in done:
        assert task.released_at is not None
        assert task.released_at < task.acknowledged_at < task.begun_at < task.done_at  # type: ignore[operator]
    assert not Task.objects.filter(operation=operation, late_at__isnull=False, done_at__lt=F("due_at")).exists()


def test_what_is_late_says_why(played: Played) -> None:
    report, _operation = played
    reasons = Counter(row["because"] for row in report["late"])
    assert reasons["staff"] + reasons["stock"] > 0


def test_the_stock_of_the_replay_goes_on_from_day_to_day(played: Played) -> None:
    _report, operation = played
    rows = StockDay.objects.filter(operation=operation).order_by("store", "item", "day")
    last: dict[tuple[int, int], tuple[date, int]] = {}
    for row in rows:
        if (row.store_id, row.item_id) in last:
            day, closing = last[row.store_id, row.item_id]
            assert (row.day - day).days == 1
            assert row.opening == closing
        last[row.store_id, row.item_id] = (row.day, row.closing)
    assert last
    short = StockShortfall.objects.filter(operation=operation)
    assert {row.item.code for row in short} == {row["item"] for row in played[0]["stock_shortfall"]}


def test_it_begins_with_the_real_balances(played: Played) -> None:
    _report, operation = played
    first = StockDay.objects.filter(operation=operation).order_by("day")
    day = first[0].day
    assert {row.opening for row in first.filter(day=day)} == {400}


def test_nobody_is_counted_twice_on_a_day(played: Played) -> None:
    _report, operation = played
    for day in DayFigures.objects.filter(operation=operation):
        assert day.people_assigned <= day.people_present
        short = StaffShortfall.objects.filter(operation=operation, day=day.day)
        assert sum(row.needed - row.available for row in short) == day.people_needed - day.people_assigned


def test_estates_with_cases_are_closed_and_opened_again(played: Played) -> None:
    _report, operation = played
    closed = PlaceOpening.objects.filter(operation=operation, site__kind="closed_community")
    assert closed.exists()
    assert not closed.filter(closed_at__isnull=True).exists()


def test_a_past_moment_of_a_replay_does_not_know_what_came_later(played: Played) -> None:
    _report, operation = played
    decision = Decision.objects.filter(operation=operation, kind="activated").get()
    assert decision.known == known_at(operation=operation, at=decision.known_as_of)
    assert decision.known["local_cases_7d"]["value"] == 1
    task = Task.objects.filter(operation=operation, clause_id="C01").get()
    assert task.done_at is not None
    assert state_at(task, task.raised_at) in {"open", "waiting"}


def test_the_log_of_a_replay_reads_from_proposal_to_end(played: Played) -> None:
    _report, operation = played
    kinds = Counter(LogEntry.objects.filter(operation=operation).values_list("kind", flat=True))
    assert {"proposal", "decision", "level", "task", "place", "arising"} <= set(kinds)
    last = operation.closed_at
    assert last is not None


def test_the_page_asks_nothing_of_anybody(played: Played) -> None:
    page = as_page(played[0])
    assert not re.findall(r"(?:src|href|url)\s*[=(]", page)
    assert "<script" not in page
    assert "http" not in page
    assert "疫情回放报告" in page
    assert "Replay report" in page


def test_a_report_names_no_row_and_no_folder(played: Played) -> None:
    text = as_json(played[0])
    assert json.loads(text)["seed"] == 3
    assert "/" not in re.sub(r'"(?:reason|title|zh|en|source)": "[^"]*"', "", text)
