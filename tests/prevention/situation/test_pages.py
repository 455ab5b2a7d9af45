"""Pages and API of the situation: what a duty officer sees, and who sees nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from muster.kernel import clock
from muster.kernel.access.table import route_names
from muster.kernel.commands import Actor
from muster.kernel.organisation.models import Area
from muster.prevention.situation import services
from muster.prevention.situation.models import ReportBatch, Signal, SignalDecision
from muster.prevention.situation.policies import ROUTES
from muster.prevention.situation.queries import indicators, signals
from muster.prevention.situation.rows import CountRow, InputRow
from tests.prevention.situation.reports import FIRST, MINUTE, NOON, days_of, duty, evening, receive

Browse = Callable[[str], Client]


@pytest.fixture
def wave(a_town: None, s_city: list[int]) -> None:
    """S City's first 30 days, with a signal that waits and a correction."""
    services.surveillance_start_state(by=duty(evening(FIRST) - MINUTE), area="CITY", none_before=FIRST)
    receive(days_of(s_city[:30]), evening(FIRST + timedelta(days=29)))
    receive([CountRow("CITY", FIRST + timedelta(days=9), 14)], evening(FIRST + timedelta(days=29)) + MINUTE)
    at = evening(FIRST + timedelta(days=29)) + 2 * MINUTE
    services.inputs_record(by=duty(at), rows=[InputRow("external_alert", 1, at, lasting=True)])
    services.signals_evaluate(by=duty(at), day=FIRST + timedelta(days=29))


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_every_route_of_the_situation_has_a_policy_and_every_policy_a_route() -> None:
    ours = {name for name in route_names() if name.startswith(("situation:", "api:situation_"))}
    assert ours == set(ROUTES)


def test_the_overview_shows_curve_indicators_signals_and_corrections(wave: None, browse: Browse) -> None:
    page = text(browse("duty_officer"), "/situation/")
    assert "60 reported where about 35 were to be expected" in page
    assert "Alert from outside" in page
    assert "<s>13</s> → <strong>14</strong>" in page
    assert "last reported day 2020-02-10" in page
    assert "old" in page  # the figures are of 2020
    assert "<svg" in page


def test_the_past_is_shown_as_it_was_known_and_says_so(wave: None, browse: Browse) -> None:
    page = text(browse("duty_officer"), "/situation/?as_of=2020-02-10T20:00")
    assert "This page shows what was known at 2020-02-10 20:00" in page
    assert "<s>13</s>" not in page
    assert 'name="state"' not in page


def test_a_replay_is_never_mistaken_for_the_real_epidemic(a_town: None, browse: Browse) -> None:
    receive(days_of([0, 3, 5]), feed="replay:1")
    client = browse("commander")
    assert "Not the real epidemic" in text(client, "/situation/")
    assert "Not the real epidemic" in text(client, "/situation/?feed=replay:1")
    receive(days_of([0, 1]), NOON + MINUTE)
    assert "Not the real epidemic" not in text(client, "/situation/")
    assert "Not the real epidemic" in text(client, "/situation/?feed=replay:1&area=D-NORTH")


def test_an_empty_situation_says_what_to_do(a_town: None, browse: Browse) -> None:
    client = browse("duty_officer")
    assert "No counts yet" in text(client, "/situation/")
    assert "No report has been received" in text(client, "/situation/reports/")
    assert client.get("/situation/reports/999/").status_code == 404
    for as_of in ("rubbish", "0001-01-01T00:00", "9999-12-31T23:59"):
        assert client.get(f"/situation/?area=NOWHERE&as_of={as_of}&feed=none").status_code == 200
        assert client.get(f"/api/situation/areas?as_of={as_of}").status_code == (422 if as_of == "rubbish" else 200)


def test_the_pages_are_in_chinese_too(wave: None, browse: Browse) -> None:
    client = browse("duty_officer")
    client.cookies["django_language"] = "zh-hans"
    for path in ("/situation/", "/situation/reports/", "/situation/import/"):
        page = text(client, path)
        assert 'lang="zh-Hans"' in page
    assert "疑似迟报" in text(client, "/situation/")


def move(client: Client, signal: Signal, state: str, reason: str = "", **more: str) -> str:
    data = {"state": state, "reason": reason, "back": "/situation/", "command_id": str(uuid4()), **more}
    response = client.post(f"/situation/signals/{signal.pk}/", data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_a_signal_is_dismissed_on_the_page_with_a_reason(wave: None, browse: Browse) -> None:
    client, signal = browse("duty_officer"), Signal.objects.get(rule__code="outside-alert")
    assert "needs a reason" in move(client, signal, "dismissed")
    assert SignalDecision.objects.count() == 0
    assert "has been decided" in move(client, signal, "dismissed", "a test of the line")
    assert move(client, signal, "closed", back="https://elsewhere.example/")
    assert SignalDecision.objects.count() == 1


def test_a_reader_who_decides_nothing_sees_the_signal_and_moves_none(wave: None, browse: Browse) -> None:
    reader, signal = browse("logistics_officer"), Signal.objects.get(rule__code="outside-alert")
    page = text(reader, "/situation/")
    assert signal.text_en in page
    assert 'name="state"' not in page
    assert reader.post(f"/situation/signals/{signal.pk}/", {"state": "closed"}).status_code == 404
    assert SignalDecision.objects.count() == 0
    move(browse("duty_officer"), signal, "closed")
    assert SignalDecision.objects.count() == 1


PATHS = [
    "/situation/",
    "/situation/reports/",
    "/api/situation/indicators?area=CITY",
    "/api/situation/curve?area=CITY",
    "/api/situation/areas",
    "/api/situation/signals",
    "/api/situation/reports",
]


@pytest.mark.parametrize("role", ["partner_liaison", "system_administrator", "audit_administrator"])
def test_who_is_not_at_work_on_the_emergency_finds_nothing(wave: None, browse: Browse, role: str) -> None:
    client = browse(role)
    assert [client.get(path).status_code for path in PATHS] == [404] * len(PATHS)
    officer = browse("duty_officer")
    assert [officer.get(path).status_code for path in PATHS] == [200] * len(PATHS)


def upload(client: Client, content: str, **more: str) -> str:
    data = {"source": "health commission", "mode": "daily", "area": "", **more}
    file = SimpleUploadedFile("counts.csv", content.encode())
    return client.post("/situation/import/", {**data, "file": file}).content.decode()


def confirmation(page: str) -> dict[str, str]:
    return {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("command_id", "key")}


def test_a_file_is_looked_at_first_and_received_when_confirmed(a_town: None, browse: Browse) -> None:
    client = browse("duty_officer")
    page = upload(client, "area,date,new_confirmed\nCITY,2020-01-12,3\n北区,2020-01-12,x\n")
    assert "Receive without the rejected row" in page
    assert "This is no number." in page
    assert ReportBatch.objects.count() == 0
    form = confirmation(page)
    assert client.post("/situation/import/confirm/", {**form, "key": "x"}).status_code == 422
    shown = client.post("/situation/import/confirm/", form, follow=True).content.decode()
    batch = ReportBatch.objects.get()
    assert (batch.new, batch.rejected, batch.source) == (1, 1, "health commission")
    assert "This is no number." in shown
    client.post("/situation/import/confirm/", form)
    assert ReportBatch.objects.count() == 1


def test_rows_name_their_area_and_keep_an_unknown_one_as_written(a_town: None, browse: Browse) -> None:
    client = browse("duty_officer")
    page = upload(client, "area,date,new_confirmed\n北区,2020-01-12,x\nATLANTIS,2020-01-12,1\nCITY,2020-01-12,3\n")
    shown = client.post("/situation/import/confirm/", confirmation(page), follow=True).content.decode()
    north = Area.objects.get(code="D-NORTH").name_en
    for where in (page, shown):
        assert f"<td>{north}</td>" in where
        assert "<td>ATLANTIS</td>" in where
        assert "<td>D-NORTH</td>" not in where


def test_a_preview_belongs_to_who_made_it(a_town: None, browse: Browse) -> None:
    page = upload(browse("duty_officer"), "area,date,new_confirmed\nCITY,2020-01-12,3\n")
    other = browse("commander").post("/situation/import/confirm/", confirmation(page))
    assert other.status_code == 422
    assert ReportBatch.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [("area,date\nCITY,2020-01-12\n", "column of counts"), ("", "empty"), ("area,date,cases\n", "no row below")],
)
def test_a_file_that_cannot_be_read_says_what_and_how_to_mend_it(
    a_town: None, browse: Browse, content: str, says: str
) -> None:
    assert says in upload(browse("duty_officer"), content)


def test_who_reports_nothing_imports_nothing(a_town: None, browse: Browse) -> None:
    client = browse("station_chief")
    assert client.get("/situation/import/").status_code == 404
    assert 'href="/situation/import/"' not in text(client, "/situation/reports/")
    assert 'href="/situation/import/"' in text(browse("duty_officer"), "/situation/reports/")


def test_an_exercise_controller_does_not_import_into_the_real_epidemic(a_town: None, browse: Browse) -> None:
    client = browse("exercise_controller")
    page = upload(client, "area,date,new_confirmed\nCITY,2020-01-12,3\n")
    assert client.post("/situation/import/confirm/", confirmation(page)).status_code == 404
    assert ReportBatch.objects.count() == 0


def test_rows_are_found_by_what_became_of_them(a_town: None, browse: Browse) -> None:
    batch = receive([*days_of(list(range(60))), CountRow("CITY", FIRST, "x")], NOON + timedelta(days=30))
    client = browse("auditor")
    whole, rejected = (text(client, f"/situation/reports/{batch.pk}/{query}") for query in ("", "?fate=rejected"))
    assert "This is no number." not in whole
    assert "This is no number." in rejected
    assert 'rel="next"' in whole
    assert "This is no number." in text(client, f"/situation/reports/{batch.pk}/?start=50")


def send(client: Client, report: dict[str, object], command: str) -> tuple[int, bytes]:
    response = client.post(
        "/api/situation/counts", json.dumps(report), content_type="application/json", headers={"X-Command-Id": command}
    )
    return response.status_code, response.content


def test_the_api_receives_counts_and_answers_with_the_receipt(a_town: None, browse: Browse) -> None:
    client, command = browse("medical_officer"), str(uuid4())
    rows = [{"area": "CITY", "day": "2020-01-12", "value": 3}, {"area": "CITY", "day": "2020-01-13", "value": "-1"}]
    report: dict[str, object] = {"source": "health commission", "rows": rows}
    first, again = send(client, report, command), send(client, report, command)
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    other = send(client, {**report, "source": "somebody else"}, command)
    assert other[0] == 409
    batch = ReportBatch.objects.get()
    rejected = client.get(f"/api/situation/reports/{batch.pk}/rows?fate=rejected").json()
    assert [(row["number"], row["problem"]) for row in rejected] == [(2, "value_negative")]


def test_the_api_says_what_is_wrong_with_a_report(a_town: None, browse: Browse) -> None:
    client = browse("duty_officer")
    status, body = send(client, {"source": " ", "rows": [{"area": "CITY", "day": "x", "value": 1}]}, str(uuid4()))
    assert status == 422
    assert json.loads(body)["code"] == "ReportInvalid"
    assert send(client, {"rows": "many"}, str(uuid4()))[0] == 422
    odd = {"source": "a\x00b", "feed": "a\x00b", "rows": [{"area": "\x00", "day": "\x00", "value": "\x00"}]}
    assert send(client, odd, str(uuid4()))[0] == 422
    assert [
        client.get(f"{path}%00").status_code
        for path in ("/api/situation/indicators?area=", "/api/situation/areas?feed=")
    ] == [422, 422]
    assert client.get("/situation/?feed=%00&area=%00&as_of=%00").status_code == 400  # docs/decisions/0014
    assert ReportBatch.objects.count() == 0


def test_the_api_gives_indicators_curve_and_areas_as_of_any_moment(wave: None, browse: Browse) -> None:
    client = browse("commander")
    seen = client.get("/api/situation/indicators?area=CITY&as_of=2020-02-10T20:00:00%2B08:00").json()
    assert seen["values"]["new_cases"] == 6
    assert seen["missing"]["doubling_days"] == "falling"
    assert "external_alert" not in seen["values"]
    days = client.get("/api/situation/curve?area=CITY").json()
    assert [day["day"] for day in days if day["late_report"]] == ["2020-01-31"]
    areas = client.get("/api/situation/areas").json()
    assert {area["risk"] for area in areas.values()} == {"unknown"}
    assert client.get("/api/situation/signals?waiting=true").json()[0]["rule"] == "outside-alert"


def test_a_signal_stays_visible_until_somebody_decides(wave: None, browse: Browse) -> None:
    signal = Signal.objects.get(rule__code="outside-alert")
    later = signal.raised_at + timedelta(days=20)
    assert signal.pk in [each.pk for each in signals(as_of=later, waiting=True)]
    services.signal_move(by=Actor("account:1", frozenset({"commander"}), now=later), signal=signal, state="closed")
    assert signal.pk not in [each.pk for each in signals(as_of=later, waiting=True)]


def told(value: str, **more: str) -> dict[str, str]:
    return {"name": "province_level", "value": value, "source": "province", "lasting": "on", **more}


def test_a_level_of_the_province_is_entered_by_hand(a_town: None, browse: Browse) -> None:
    client = browse("duty_officer")
    assert "Level of the province" in text(client, "/situation/by-hand/")
    shown = client.post("/situation/by-hand/", told("1"), follow=True).content.decode()
    assert "The value has been recorded." in shown
    assert indicators(area="CITY", as_of=clock.now()).values == {"province_level": 1}
    for value in ("1.5", "5"):
        wrong = client.post("/situation/by-hand/", told(value))
        assert wrong.status_code == 422
        assert "a level from 1 to 4; 0 where none is declared" in wrong.content.decode()
        assert f"Level of the province: {value}" in wrong.content.decode()
    assert client.post("/situation/by-hand/", told("many")).status_code == 422
    assert indicators(area="CITY", as_of=clock.now()).values == {"province_level": 1}


def test_a_source_states_where_the_counting_began(a_town: None, browse: Browse) -> None:
    receive(days_of([1, 2, 3]), NOON)
    client = browse("medical_officer")
    assert "local_cases_7d" not in indicators(area="CITY", as_of=clock.now()).values
    stated = {"start-area": "CITY", "start-none_before": f"{FIRST}", "start-source": "health commission"}
    assert "has been recorded" in client.post("/situation/by-hand/start/", stated, follow=True).content.decode()
    assert indicators(area="CITY", as_of=clock.now()).values["local_cases_7d"] == 6
    assert client.post("/situation/by-hand/start/", {"start-area": "CITY"}).status_code == 422


def test_who_reports_nothing_enters_nothing_by_hand(a_town: None, browse: Browse) -> None:
    reader = browse("plans_officer")
    assert reader.get("/situation/by-hand/").status_code == 404
    assert reader.post("/situation/by-hand/", told("1")).status_code == 404
    assert indicators(area="CITY", as_of=clock.now()).values == {}
    assert browse("duty_officer").post("/situation/by-hand/", told("1")).status_code == 302


def test_inputs_come_over_the_api_all_or_none(a_town: None, browse: Browse) -> None:
    client = browse("data_officer")

    def post(*rows: dict[str, object]) -> int:
        body = {"rows": [{"valid_from": "2020-01-24T09:00:00+08:00", "lasting": True, **row} for row in rows]}
        return client.post("/api/situation/inputs", json.dumps(body), content_type="application/json").status_code

    good: dict[str, object] = {"name": "province_level", "value": 1}
    assert post(good, {"name": "moon_phase", "value": 1}) == 422
    assert indicators(area="CITY", as_of=clock.now()).values == {}
    assert post(good) == 201
    assert indicators(area="CITY", as_of=clock.now()).values == {"province_level": 1}


def test_a_silent_source_is_said_and_leads_to_what_was_known_last(wave: None, browse: Browse) -> None:
    page = text(browse("duty_officer"), "/situation/")
    assert "Nothing has been reported since 2020-02-10" in page
    then = text(browse("commander"), "/situation/?as_of=2020-02-10T20:03")
    assert "Nothing has been reported" not in then
