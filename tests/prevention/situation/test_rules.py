"""Rules of signals and the serial interval: what is in force, since when, set by whom and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from muster.engines.epidemic import reproduction_number, serial_interval
from muster.kernel import clock
from muster.kernel.audit.models import Leaf
from muster.kernel.commands import Actor, NotPermitted
from muster.prevention.situation import jobs, services
from muster.prevention.situation.errors import ReasonMissing, RuleUnknown, SettingInvalid
from muster.prevention.situation.models import SerialIntervalProfile, Signal, SignalRule, SignalRuleSetting
from muster.prevention.situation.queries import (
    RuleView,
    curve,
    indicators,
    indicators_by_day,
    interval_in_force,
    intervals,
    rules,
)
from muster.prevention.situation.rows import InputRow
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
Browse = Callable[[str], Client]
DAY = timedelta(days=1)
LAST = date(2020, 3, 1)


def rule(code: str, at: datetime = NOON) -> RuleView:
    return next(each for each in rules(as_of=at) if each.code == code)


def change(code: str = "many-local-cases", at: datetime = NOON, **more: Any) -> SignalRuleSetting:
    told = {"threshold": 30, "is_active": True, "reason": "fifty is too late for this city", **more}
    return services.signal_rule_set(by=duty(at), rule=code, **told)


def raised(at: datetime) -> set[str]:
    return {each.rule.code for each in services.signals_evaluate(by=duty(at), day=LAST)}


def test_every_rule_that_came_with_muster_is_on_with_the_threshold_it_began_with() -> None:
    shown = {each.code: each for each in rules(as_of=NOON)}
    assert set(shown) == set(SignalRule.objects.values_list("code", flat=True))
    assert all(each.is_active and each.threshold == each.began_with and not each.changes for each in shown.values())


def test_a_threshold_holds_from_the_moment_it_was_set_and_its_past_stays() -> None:
    before = rule("many-local-cases").threshold
    change(at=NOON + MINUTE)
    change(at=NOON + 2 * MINUTE, threshold=20, reason="two districts at once")
    found = [rule("many-local-cases", NOON + i * MINUTE) for i in range(3)]
    assert [each.threshold for each in found] == [before, 30, 20]
    assert {each.began_with for each in found} == {before}
    assert [(each.threshold, each.reason, each.set_by) for each in found[2].changes] == [
        (20, "two districts at once", "account:1"),
        (30, "fifty is too late for this city", "account:1"),
    ]


def test_signals_follow_the_threshold_in_force_and_keep_the_one_they_crossed(a_town: None) -> None:
    services.surveillance_start_state(by=duty(evening(LAST) - DAY), area="CITY", none_before=LAST)
    receive(days_of([40], first=LAST), evening(LAST))
    assert "many-local-cases" not in raised(evening(LAST))
    change(at=evening(LAST) + MINUTE)
    assert "many-local-cases" in raised(evening(LAST) + 2 * MINUTE)
    change(at=evening(LAST) + 3 * MINUTE, threshold=60)
    signal = Signal.objects.get(rule__code="many-local-cases")
    assert (signal.values["value"], signal.values["threshold"]) == (40, 30)
    assert "30" in signal.text_en


def test_a_rule_that_is_switched_off_raises_nothing_until_it_is_on_again(a_town: None) -> None:
    at = evening(LAST)
    services.inputs_record(by=duty(at), rows=[InputRow("external_alert", 1, at, lasting=True)])
    change("outside-alert", at, threshold=1, is_active=False, reason="the line is being tested")
    assert raised(at + MINUTE) == set()
    change("outside-alert", at + 2 * MINUTE, threshold=1, reason="the test is over")
    assert raised(at + 3 * MINUTE) == {"outside-alert"}


def test_two_changes_at_the_very_same_moment_are_both_kept_and_the_later_holds() -> None:
    change(threshold=30)
    change(threshold=20)
    assert rule("many-local-cases", NOON + MINUTE).threshold == 20
    assert len(rule("many-local-cases", NOON + MINUTE).changes) == 2


WRONG: list[tuple[str, float, type[Exception]]] = [
    ("nobody-knows-it", 30, RuleUnknown),
    ("a\x00b", 30, RuleUnknown),
    ("many-local-cases", 50, SettingInvalid),  # as it is
    ("many-local-cases", -1, SettingInvalid),
    ("many-local-cases", 2.5, SettingInvalid),
    ("many-local-cases", 1e12, SettingInvalid),
    ("officer-absence", 101, SettingInvalid),
    ("outside-alert", 2, SettingInvalid),
    ("late-report", 5, SettingInvalid),
]


@pytest.mark.parametrize(("code", "threshold", "problem"), WRONG)
def test_a_threshold_that_cannot_be_crossed_or_changes_nothing_is_refused(
    code: str, threshold: float, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        change(code, threshold=threshold)
    assert SignalRuleSetting.objects.count() == 0
    assert change().threshold == 30


def test_a_rule_is_not_changed_without_saying_why() -> None:
    with pytest.raises(ReasonMissing):
        change(reason="  ")
    assert rule("many-local-cases").changes == ()


@pytest.mark.parametrize("who", [stranger, controller])
def test_who_decides_nothing_sets_nothing(who: Callable[[], Actor]) -> None:
    with pytest.raises(NotPermitted):
        services.signal_rule_set(by=who(), rule="growth", threshold=1.2, is_active=True, reason="no")
    with pytest.raises(NotPermitted):
        services.signal_rule_add(by=who(), **OWN)
    with pytest.raises(NotPermitted):
        services.serial_interval_record(by=who(), **INTERVAL)
    assert (SignalRuleSetting.objects.count(), SignalRule.objects.filter(code__startswith="own").count()) == (0, 0)
    change()
    services.signal_rule_add(by=duty(), **OWN)
    services.serial_interval_record(by=duty(), **INTERVAL)


OWN: dict[str, Any] = {
    "indicator": "imported_cases_7d",
    "comparison": ">=",
    "threshold": 5,
    "area_kind": "city",
    "name_zh": "境外输入病例较多",
    "name_en": "Many imported cases",
}


def test_a_rule_of_the_bureau_raises_signals_in_both_languages(a_town: None) -> None:
    own = services.signal_rule_add(by=duty(), **OWN)
    rows = days_of([9] * 7, first=LAST - 6 * DAY)
    receive([*rows, *(type(row)(row.area, row.day, 1, "imported") for row in rows)], evening(LAST))
    assert own.code in raised(evening(LAST))
    signal = Signal.objects.get(rule=own)
    assert "7" in signal.text_zh
    assert "输入病例" in signal.text_zh
    assert "7" in signal.text_en
    assert "Imported cases, 7 days" in signal.text_en
    assert rule(own.code).is_own


@pytest.mark.parametrize(
    "wrong",
    [
        {"indicator": "moon_phase"},
        {"comparison": "=="},
        {"comparison": "late_report"},
        {"area_kind": "continent"},
        {"threshold": 2.5},
        {"name_zh": " "},
        {"name_en": ""},
    ],
)
def test_a_rule_that_could_look_at_nothing_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingInvalid):
        services.signal_rule_add(by=duty(), **{**OWN, **wrong})
    assert not SignalRule.objects.filter(code__startswith="own").exists()


INTERVAL: dict[str, Any] = {
    "mean": 6.5,
    "sd": 3.0,
    "from_day": date(2020, 2, 1),
    "name_zh": "本市调查",
    "name_en": "Survey of the city",
    "source": "municipal disease control, 120 pairs",
}


def record(at: datetime = NOON, **more: Any) -> SerialIntervalProfile:
    return services.serial_interval_record(by=duty(at), **{**INTERVAL, **more})


def test_rt_rests_on_the_recorded_interval_and_what_was_known_before_stays(a_town: None, s_city: list[int]) -> None:
    cases = s_city[:30]  # to 10 February
    receive(days_of(cases), evening(FIRST + 29 * DAY))
    then = [indicators(area="CITY", as_of=NOON), curve(area="CITY", as_of=NOON)]
    record(NOON + MINUTE)
    assert [indicators(area="CITY", as_of=NOON), curve(area="CITY", as_of=NOON)] == then
    now = indicators(area="CITY", as_of=NOON + MINUTE).values
    estimate = reproduction_number(np.array(cases, float), serial_interval(6.5, 3.0))
    assert now["rt_mean"] == pytest.approx(estimate.mean[-1])
    assert now["rt_mean"] != pytest.approx(float(then[0].values["rt_mean"]), abs=0.001)  # type: ignore[union-attr]
    both = indicators_by_day(area="CITY", moments=[NOON, NOON + MINUTE])
    assert both == [then[0], indicators(area="CITY", as_of=NOON + MINUTE)]


def test_each_day_of_the_curve_rests_on_the_interval_of_that_day(a_town: None, s_city: list[int]) -> None:
    cases = s_city[:30]
    receive(days_of(cases), evening(FIRST + 29 * DAY))
    record()
    shown = {day.day: day.rt_mean for day in curve(area="CITY", as_of=NOON)}
    early, late = (
        reproduction_number(np.array(cases, float), serial_interval(mean, sd)) for mean, sd in ((4.7, 2.9), (6.5, 3.0))
    )
    for place, estimate in ((19, early), (20, late)):  # 31 January, 1 February
        assert shown[FIRST + place * DAY] == pytest.approx(estimate.mean[place - 7])


def test_a_second_figure_for_a_day_corrects_the_first() -> None:
    record(mean=6.5)
    record(NOON + MINUTE, mean=5.5)
    record(NOON + MINUTE, mean=5.0)  # at the very same moment
    days = date(2020, 2, 1), date(2020, 1, 31)
    moments = NOON - MINUTE, NOON, NOON + MINUTE, NOON + 2 * MINUTE
    found = [[interval_in_force(day=day, as_of=at).mean for day in days] for at in moments]
    assert found == [[4.7, 4.7], [6.5, 4.7], [5.5, 4.7], [5.0, 4.7]]
    assert [each.mean for each in intervals(as_of=NOON + 2 * MINUTE) if each.is_own] == [5.0, 5.5, 6.5]


def test_a_day_before_any_interval_takes_the_earliest_as_it_was_corrected() -> None:
    first = SerialIntervalProfile.objects.order_by("from_day")[0]
    record(mean=5.5, from_day=first.from_day)
    long_ago = first.from_day - 400 * DAY
    assert interval_in_force(day=long_ago, as_of=NOON).mean == 5.5
    assert interval_in_force(day=long_ago, as_of=NOON - MINUTE).mean == first.mean_days


@pytest.mark.parametrize(
    "wrong",
    [
        {"mean": 1.0},
        {"mean": 1e300},
        {"sd": 0.0},
        {"sd": -1.0},
        {"mean": 380.0, "sd": 90.0},
        {"from_day": LAST + DAY},
        {"from_day": date(1990, 1, 1)},
        {"source": "  "},
        {"name_zh": ""},
    ],
)
def test_an_interval_that_is_none_or_has_no_source_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingInvalid):
        record(**wrong)
    assert not SerialIntervalProfile.objects.exclude(recorded_by="").exists()


def test_the_database_itself_refuses_to_change_what_was_set() -> None:
    change()
    for model, field in ((SignalRuleSetting, "threshold"), (SerialIntervalProfile, "mean_days")):
        with pytest.raises(DatabaseError), transaction.atomic():
            model._default_manager.update(**{field: 9})


def test_what_was_set_is_in_the_audit_log_with_what_was_before() -> None:
    change()
    leaf = Leaf.objects.get(action="situation.signal_rule_set")
    assert all(said in str(leaf.content) for said in ("many-local-cases", "30", "50"))


def test_the_worker_looks_again_when_a_rule_was_changed(a_town: None) -> None:
    at = evening(LAST)
    services.surveillance_start_state(by=duty(at - DAY), area="CITY", none_before=LAST)
    jobs._looked.clear()
    with clock.frozen(at):
        receive(days_of([40], first=LAST), at)
        jobs.look_if_reported()
        assert jobs.look_if_reported() == 0
        change(at=at)
        jobs.look_if_reported()
    jobs._looked.clear()
    assert Signal.objects.filter(rule__code="many-local-cases").exists()


def text(client: Client, path: str = "/situation/rules/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, path: str, **data: Any) -> tuple[int, str]:
    response = client.post(f"/situation/rules/{path}/", {"command_id": str(uuid4()), **data}, follow=True)
    return response.status_code, response.content.decode()


def prefixed(form: str, fields: dict[str, Any]) -> dict[str, Any]:
    """As the browser sends one of several forms of a page."""
    return {f"{form}-{name}": value for name, value in fields.items()}


def test_the_page_says_what_is_in_force_and_where_it_comes_from(a_town: None, browse: Browse) -> None:
    page = text(browse("auditor"))
    assert "Many local cases" in page
    assert "≥ 50" in page
    assert "Jusot et al. 2022" in page
    assert "17 February 2020" in page
    assert "<form" not in page.partition("<main")[2]


def test_the_duty_officer_changes_a_rule_on_the_page(a_town: None, browse: Browse) -> None:
    client = browse("duty_officer")
    status, page = send(client, "many-local-cases", threshold="30", is_active="on", reason="fifty is too late")
    assert (status, "it holds from now on" in page, "≥ 30" in page, "fifty is too late" in page) == (200,) + (True,) * 3
    status, page = send(client, "many-local-cases", threshold="30", reason="noise")  # the box is not ticked: off
    assert (status, ">off<" in page) == (200, True)


def test_what_was_entered_wrongly_is_shown_again_with_what_is_wrong(a_town: None, browse: Browse) -> None:
    client = browse("duty_officer")
    status, page = send(client, "many-local-cases", threshold="2.5", is_active="on", reason="why not")
    assert (status, "cannot cross this threshold" in page, 'value="2.5"' in page) == (422, True, True)
    assert send(client, "many-local-cases", threshold="x", reason="")[0] == 422
    assert send(client, "nobody-knows-it", threshold="1", reason="x")[0] == 404
    status, page = send(client, "interval", **prefixed("interval", INTERVAL) | {"interval-mean": "1"})
    assert (status, "no serial interval" in page, "120 pairs" in page) == (422, True, True)
    status, page = send(client, "add", **prefixed("rule", OWN) | {"rule-threshold": "-5"})
    assert (status, "cannot cross this threshold" in page) == (422, True)
    assert SignalRuleSetting.objects.count() == 0


def test_an_interval_and_a_rule_are_recorded_on_the_page(a_town: None, browse: Browse) -> None:
    client = browse("medical_officer")
    status, page = send(client, "interval", **prefixed("interval", INTERVAL))
    assert (status, "Survey of the city" in page) == (200, True)
    status, page = send(client, "add", **prefixed("rule", OWN))
    assert (status, "Many imported cases" in page, "added here" in page) == (200, True, True)


def test_the_overview_says_what_rt_rests_on_and_that_rules_are_off(a_town: None, browse: Browse) -> None:
    receive(days_of([20] * 9), evening(FIRST + 9 * DAY))
    client = browse("duty_officer")
    page = text(client, "/situation/")
    assert "Nishiura et al. 2020" in page  # of January 2020, the last reported day
    assert "switched off" not in page
    change("outside-alert", threshold=1, is_active=False, reason="the line is being tested")
    assert "1 signal rule is switched off" in text(client, "/situation/")
    assert "switched off" not in text(client, "/situation/?as_of=2020-02-01T12:00")


def test_who_may_not_change_them_sees_no_form_and_changes_nothing(a_town: None, browse: Browse) -> None:
    reader = browse("station_chief")
    assert "Change the rule" not in text(reader)
    data = {"threshold": "30", "is_active": "on", "reason": "x"}
    assert reader.post("/situation/rules/many-local-cases/", data).status_code == 404
    assert SignalRuleSetting.objects.count() == 0
    assert "Change the rule" in text(browse("duty_officer"))
    assert browse("partner_liaison").get("/situation/rules/").status_code == 404


def test_the_page_is_in_chinese_too(a_town: None, browse: Browse) -> None:
    client = browse("duty_officer")
    client.cookies["django_language"] = "zh-hans"
    page = text(client)
    assert "本地病例较多" in page
    assert "国务院联防联控机制" in page


def test_the_api_says_and_sets_the_same(a_town: None, browse: Browse) -> None:
    client = browse("duty_officer")

    def post(path: str, body: dict[str, Any]) -> int:
        return client.post(f"/api/situation/{path}", body, content_type="application/json").status_code

    setting = {"threshold": 30, "is_active": True, "reason": "fifty is too late"}
    assert post("rules/many-local-cases", setting) == 201
    assert post("rules", OWN) == 201
    assert post("serial-intervals", {**INTERVAL, "from_day": "2020-02-01"}) == 201
    assert post("rules/many-local-cases", {**setting, "threshold": -1}) == 422
    found = {each["code"]: each for each in client.get("/api/situation/rules").json()}
    assert found["many-local-cases"]["threshold"] == 30
    assert sum(each["is_own"] for each in found.values()) == 1
    assert [each["mean"] for each in client.get("/api/situation/serial-intervals").json() if each["is_own"]] == [6.5]
    reader = browse("auditor")
    assert reader.get("/api/situation/rules").status_code == 200
    answer = reader.post("/api/situation/rules/growth", setting, content_type="application/json")
    assert answer.status_code == 404
    assert rule("growth", datetime.now(UTC)).changes == ()
