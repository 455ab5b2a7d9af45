"""The pages and the API of stress tests, for those who ask, those who read and those who may not."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from muster.preparedness.plans import services
from muster.preparedness.plans.models import PlanVersion, StressRun
from muster.preparedness.plans.queries import draft_of
from tests.preparedness.plans import office, stressed
from tests.preparedness.plans.test_life_pages import client, page

pytestmark = pytest.mark.django_db
FORM: dict[str, Any] = {
    "curve": "typed", "counts": "0 1, 3，8", "first_day": "2020-01-12", "days": "6", "scale": "1", "spread": "0.1",
    "r0": "2.6", "incubation_days": "5", "infectious_days": "5", "first_infectious": "5", "reported_share": "60",
    "control_day": "", "control": "0.3", "mode": "open", "absence_normal": "3.5", "absence_peak": "19.8",
    "at_work": "0.06", "outside": "2", "data_date": "2026-05-04", "report_days": "0", "missed": "5",
    "deciding_hours": "2", "partner_hours": "0.5", "lead_factor": "1", "people_qualification": "patrol",
    "people_count": "20", "cross_train": "on", "stock_item": "kn95", "stock_days": "14", "other_mode": "on",
    "trigger_level": "II", "trigger": "local_cases_7d >= 5", "silent_partner": "disease_control", "title": "五日",
    "replications": "20", "seed": "7",
}  # fmt: skip


@pytest.fixture
def version() -> PlanVersion:
    return stressed.released()


def address(version: PlanVersion, end: str = "stress/") -> str:
    return f"/plans/{version.plan.code}/{version.version}/{end}"


def test_the_plans_office_states_a_scenario_and_the_run_is_kept_as_stated(version: PlanVersion) -> None:
    answer = client("P-AUTHOR", "plans_officer").post(address(version, "stress/new/"), FORM)
    run = StressRun.objects.get()
    assert answer["Location"] == f"/plans/stress/{run.pk}/"
    assert run.scenario["cases"]["counts"] == [0, 1, 3, 8]
    assert run.scenario["absence"]["peak"] == pytest.approx(0.198)
    kinds = [one["changes"][0]["kind"] for one in run.variants]
    assert kinds == ["more_people", "more_stock", "work_mode", "trigger", "silent_partner"]
    assert run.variants[2]["changes"][0]["mode"] == "closed"


def test_equations_take_the_inhabitants_of_the_city(version: PlanVersion) -> None:
    client("P-AUTHOR", "plans_officer").post(address(version, "stress/new/"), FORM | {"curve": "seir"})
    cases = StressRun.objects.get().scenario["cases"]
    assert cases["kind"] == "seir"
    assert cases["reported_share"] == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"counts": "0 0"}, "counts"),
        ({"counts": "one two"}, "counts"),
        ({"absence_peak": "1"}, "absence_peak"),
        ({"days": "0"}, "days"),
        ({"replications": "999999"}, "replications"),
        ({"trigger": ""}, "trigger"),
    ],
)
def test_what_is_wrong_comes_back_at_its_field(version: PlanVersion, changed: dict[str, str], field: str) -> None:
    answer = client("P-AUTHOR", "plans_officer").post(address(version, "stress/new/"), FORM | changed)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not StressRun.objects.exists()


def test_the_result_says_first_on_which_day_it_fails_where_and_what_mends_it(version: PlanVersion) -> None:
    run = stressed.done(version)
    shown = page(client("P-CHIEF", "commander"), f"/plans/stress/{run.pk}/")
    first = shown.index("The plan fails on day <strong>4</strong>")
    assert first < shown.index("K02") < shown.index("Cheapest repair")
    assert "(2020-01-15)" in shown
    assert "20 of those who are there, cross-trained for" in shown
    assert shown.index("Cheapest repair") < shown.index("Variants on the same fates")
    assert "Put into a draft" not in shown, "that is for the plans office"


def test_a_repair_goes_into_a_draft_by_one_button(version: PlanVersion) -> None:
    run = stressed.done(version)
    answer = client("P-AUTHOR", "plans_officer").post(f"/plans/stress/{run.pk}/repair/", {"repair": "2"})
    draft = draft_of(stressed.CODE)
    assert draft is not None
    assert answer["Location"] == f"/plans/studio/{draft.pk}/"


def test_a_run_that_waits_is_watched_and_cancelled(version: PlanVersion) -> None:
    run = stressed.begun(version)
    browser = client("P-AUTHOR", "plans_officer")
    assert "Cancel the run" in page(browser, f"/plans/stress/{run.pk}/")
    assert "Simulating" in page(browser, f"/plans/stress/{run.pk}/progress/")
    assert browser.post(f"/plans/stress/{run.pk}/cancel/").status_code == 302
    assert "This run was cancelled" in page(browser, f"/plans/stress/{run.pk}/")


def test_a_run_that_failed_says_why(version: PlanVersion) -> None:
    run = stressed.begun(version)
    services.stress_fail(by=office.muster(), run=run, reason={"what": {"zh": "没有人员", "en": "there is nobody"}})
    assert "there is nobody" in page(client("P-CHIEF", "commander"), f"/plans/stress/{run.pk}/")


def test_every_run_is_listed_and_a_version_shows_its_last(version: PlanVersion) -> None:
    browser = client("P-CHIEF", "commander")
    assert "No plan has been put to the test" in page(browser, "/plans/stress/")
    assert "never put to the test" in page(browser, address(version))
    stressed.done(version)
    assert "第一次" in page(browser, "/plans/stress/")
    assert "The plan fails on day" in page(browser, address(version))


def test_the_api_asks_lists_cancels_and_gives_the_answer_to_the_byte(version: PlanVersion) -> None:
    browser = client("P-AUTHOR", "plans_officer")
    asked = {"scenario": stressed.scenario().to_plain(), "data_date": "2026-05-04", "replications": 5}
    made = browser.post(f"/api/plans/{stressed.CODE}/3.0/stress", json.dumps(asked), content_type="application/json")
    assert made.status_code == 201
    run = StressRun.objects.get()
    assert browser.get("/api/plans/stress").json()[0]["state"] == "waiting"
    assert browser.get(f"/api/plans/stress/{run.pk}").json()["scenario"] == run.scenario
    assert browser.post(f"/api/plans/stress/{run.pk}/cancel").status_code == 201
    assert browser.get(f"/api/plans/stress/{run.pk}/result").status_code == 404
    done = stressed.done(version)
    content = browser.get(f"/api/plans/stress/{done.pk}/result").content
    assert hashlib.sha256(content).hexdigest() == done.result.hash


def test_an_impossible_scenario_is_told_over_the_api(version: PlanVersion) -> None:
    asked = {"scenario": stressed.impossible().to_plain(), "data_date": "2026-05-04"}
    browser = client("P-AUTHOR", "plans_officer")
    made = browser.post(f"/api/plans/{stressed.CODE}/3.0/stress", json.dumps(asked), content_type="application/json")
    assert made.status_code == 422
    assert "absence.peak" in made.content.decode()


def test_who_only_reads_cannot_ask(version: PlanVersion) -> None:
    reader = client("P-LAWYER", "field_officer")
    assert "New stress test" not in page(reader, address(version))
    assert reader.post(address(version, "stress/new/"), FORM).status_code == 404
    assert not StressRun.objects.exists()
