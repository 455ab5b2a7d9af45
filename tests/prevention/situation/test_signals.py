"""Signals are raised once when a threshold is crossed; a person says what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from muster.kernel import clock
from muster.kernel.audit.models import Leaf
from muster.kernel.commands import NotPermitted
from muster.prevention.situation import jobs, services
from muster.prevention.situation.errors import ReasonMissing, SignalDecided
from muster.prevention.situation.models import Signal, SignalDecision
from muster.prevention.situation.queries import signals
from muster.prevention.situation.rows import CountRow, InputRow
from tests.prevention.situation.reports import (
    FIRST,
    MINUTE,
    NOON,
    controller,
    days_of,
    duty,
    evening,
    receive,
    stranger,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATE = date(2020, 1, 31)


def raised(day: date, **more: object) -> set[str]:
    """Codes of the rules that raised a signal for a day, evaluated on its evening."""
    return {each.rule.code for each in services.signals_evaluate(by=duty(evening(day) + MINUTE), day=day, **more)}


@pytest.fixture
def wave(a_town: None, s_city: list[int]) -> dict[date, set[str]]:
    """What was raised on each day of S City's first 30 days."""
    services.surveillance_start_state(by=duty(evening(FIRST) - DAY), area="CITY", none_before=FIRST)
    found = {}
    for row in days_of(s_city[:30]):
        assert isinstance(row.day, date)
        receive([row], evening(row.day))
        found[row.day] = raised(row.day)
    return found


def test_the_first_case_raises_a_signal_once(wave: dict[date, set[str]]) -> None:
    assert [day for day, codes in wave.items() if "first-local-cases" in codes] == [date(2020, 1, 19)]


def test_growth_is_seen_when_the_whole_interval_is_above_one(wave: dict[date, set[str]]) -> None:
    days = [day for day, codes in wave.items() if "growth" in codes]
    assert days[0] <= date(2020, 1, 23)
    assert len(days) < 4


def test_the_late_report_is_named_as_one_and_not_as_an_outbreak(wave: dict[date, set[str]]) -> None:
    assert [day for day, codes in wave.items() if "late-report" in codes] == [LATE]
    signal = Signal.objects.get(rule__code="late-report")
    assert signal.values["value"] == 60
    assert "60" in signal.text_en
    assert "not an outbreak" in signal.text_en
    assert "60" in signal.text_zh


def test_the_same_day_again_raises_nothing_more(wave: dict[date, set[str]]) -> None:
    before = Signal.objects.count()
    assert raised(LATE) == wave[LATE]
    assert Signal.objects.count() == before


def test_a_threshold_crossed_again_after_a_pause_raises_again(a_town: None) -> None:
    services.surveillance_start_state(by=duty(evening(FIRST) - DAY), area="CITY", none_before=FIRST)
    found = []
    for row in days_of([1] + [0] * 9 + [1]):
        assert isinstance(row.day, date)
        receive([row], evening(row.day))
        found.append("first-local-cases" in raised(row.day))
    assert [day for day, seen in enumerate(found) if seen] == [0, 10]


def test_a_crossing_is_not_missed_when_nobody_looked_on_its_day(a_town: None) -> None:
    services.surveillance_start_state(by=duty(evening(FIRST) - DAY), area="CITY", none_before=FIRST)
    receive(days_of([0, 3, 4, 5]), evening(FIRST + 3 * DAY))
    assert "first-local-cases" in raised(FIRST + 3 * DAY)


def test_unknown_figures_cross_nothing(a_town: None) -> None:
    receive([CountRow("CITY", FIRST, 90)], evening(FIRST))
    assert raised(FIRST) == set()


def test_old_figures_raise_nothing_of_today(a_town: None) -> None:
    services.surveillance_start_state(by=duty(evening(FIRST) - DAY), area="CITY", none_before=FIRST)
    receive(days_of([0, 3]), evening(FIRST + DAY))
    assert raised(FIRST + 12 * DAY) == set()


def test_what_others_report_raises_signals_too(a_town: None) -> None:
    at = evening(FIRST)
    rows = [InputRow("external_alert", 1, at, lasting=True), InputRow("officer_absence_pct", 12.0, at)]
    services.inputs_record(by=duty(at), rows=rows)
    assert raised(FIRST) == {"outside-alert", "officer-absence"}


def test_a_replay_raises_signals_of_its_own(a_town: None) -> None:
    services.surveillance_start_state(by=duty(evening(FIRST) - DAY), area="CITY", none_before=FIRST, feed="replay:1")
    receive(days_of([5]), evening(FIRST), feed="replay:1")
    assert "first-local-cases" in raised(FIRST, feed="replay:1")
    assert raised(FIRST) == set()
    assert signals(as_of=NOON) == []


@pytest.fixture
def signal(a_town: None) -> Signal:
    at = evening(FIRST)
    services.inputs_record(by=duty(at), rows=[InputRow("external_alert", 1, at, lasting=True)])
    return services.signals_evaluate(by=duty(at), day=FIRST)[0]


def test_a_signal_is_looked_at_and_closed_and_its_past_stays(signal: Signal) -> None:
    services.signal_move(by=duty(), signal=signal, state="looked_at")
    services.signal_move(by=duty(NOON + MINUTE), signal=signal, state="closed", reason="level IV was proposed")
    states = [signals(as_of=at)[0].state for at in (NOON - MINUTE, NOON, NOON + MINUTE)]
    assert states == ["open", "looked_at", "closed"]
    assert signals(as_of=NOON + MINUTE, waiting=True) == []
    assert len(signals(as_of=NOON, waiting=True)) == 1


def test_a_signal_is_dismissed_with_a_reason_only(signal: Signal) -> None:
    with pytest.raises(ReasonMissing):
        services.signal_move(by=duty(), signal=signal, state="dismissed", reason="  ")
    signal.refresh_from_db()
    assert signal.is_waiting()
    services.signal_move(by=duty(), signal=signal, state="dismissed", reason="the alert was a test")
    signal.refresh_from_db()
    assert not signal.is_waiting()
    assert SignalDecision.objects.get().reason == "the alert was a test"


def test_what_was_decided_is_not_decided_again(signal: Signal) -> None:
    services.signal_move(by=duty(), signal=signal, state="dismissed", reason="the alert was a test")
    for state in ("closed", "looked_at", "open", "dismissed", "nonsense"):
        with pytest.raises(SignalDecided):
            services.signal_move(by=duty(), signal=signal, state=state, reason="because")


def test_a_dismissed_signal_is_not_raised_again_while_it_lasts(signal: Signal) -> None:
    services.signal_move(by=duty(), signal=signal, state="dismissed", reason="the alert was a test")
    assert raised(FIRST + DAY) == set()


@pytest.mark.parametrize("who", [stranger, controller])
def test_who_decides_nothing_moves_no_signal(signal: Signal, who: object) -> None:
    with pytest.raises(NotPermitted):
        services.signal_move(by=who(), signal=signal, state="closed")  # type: ignore[operator]
    assert SignalDecision.objects.count() == 0
    assert services.signal_move(by=duty(), signal=signal, state="closed").state == "closed"


def test_a_rule_that_was_switched_off_sees_nothing(signal: Signal) -> None:
    signal.rule.is_active = False
    signal.rule.save()
    Signal.objects.all().delete()
    assert raised(FIRST) == set()


def test_a_bulletin_of_yesterday_that_comes_today_is_seen(a_town: None, s_city: list[int]) -> None:
    next_morning = evening(LATE) + 12 * 60 * MINUTE
    receive(days_of(s_city[: (LATE - FIRST).days + 1]), next_morning)
    codes = {each.rule.code for each in services.signals_evaluate(by=duty(next_morning), day=LATE)}
    assert "late-report" in codes


@pytest.fixture
def worker() -> Iterator[None]:
    """A worker that has just started."""
    jobs._looked.clear()
    yield
    jobs._looked.clear()


def test_the_worker_looks_when_something_was_reported_and_not_otherwise(a_town: None, worker: None) -> None:
    at = evening(FIRST)
    with clock.frozen(at):
        assert jobs.look_if_reported() == 0
        services.surveillance_start_state(by=duty(at), area="CITY", none_before=FIRST)
        receive([CountRow("CITY", FIRST, 2)], at)
        assert jobs.look_if_reported() == 1
        leaves = Leaf.objects.count()
        assert jobs.look_if_reported() == 0
        assert Leaf.objects.count() == leaves
    with clock.frozen(at + MINUTE):
        services.inputs_record(by=duty(at + MINUTE), rows=[InputRow("external_alert", 1, at, lasting=True)])
        assert jobs.look_if_reported() == 2


def test_the_worker_leaves_a_feed_alone_that_is_silent(a_town: None, worker: None) -> None:
    at = evening(FIRST)
    services.inputs_record(by=duty(at), rows=[InputRow("external_alert", 1, at, lasting=True)])
    with clock.frozen(at + 30 * DAY):
        assert jobs.look_if_reported() == 0
    assert Signal.objects.count() == 0
