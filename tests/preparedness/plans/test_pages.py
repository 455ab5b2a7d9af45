"""Pages and API of plans: what a plans officer reads, and who reads nothing."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from muster.engines.plan.checks import RULES, check
from muster.kernel.access.roles import ADMINISTRATORS, BUREAU, PARTNER_LIAISON, PLANS_OFFICER
from muster.kernel.access.table import route_names
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.policies import ROUTES
from tests.engines.plan.faults import shipped
from tests.kernel.organisation import town
from tests.kernel.organisation.browser import reader
from tests.preparedness.plans.conftest import text_of

PAGES = (
    "/plans/",
    "/plans/S-PHE-01/3.0/",
    "/plans/S-PHE-01/3.0/findings/",
    "/plans/S-PHE-01/3.0/text/",
    "/plans/S-PHE-01/differences/",
    "/api/plans/",
    "/api/plans/schema",
    "/api/plans/S-PHE-01/3.0",
    "/api/plans/S-PHE-01/3.0/findings",
    "/api/plans/S-PHE-01/difference?a=2.0&b=3.0",
)


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_every_route_of_plans_has_a_policy_and_every_policy_a_route() -> None:
    assert {name for name in route_names() if name.startswith(("plans:", "api:plans_"))} == set(ROUTES)


@pytest.mark.parametrize("role", [PARTNER_LIAISON, *ADMINISTRATORS])
def test_partners_and_administrators_do_not_see_plans(third: PlanVersion, role: str) -> None:
    client = reader(role)
    assert {client.get(path).status_code for path in (*PAGES, "/plans/release/")} == {404}


def test_a_stranger_is_asked_to_log_in(third: PlanVersion) -> None:
    client = Client()
    for path in PAGES:
        assert client.get(path).status_code == (401 if path.startswith("/api/") else 302)


def test_everybody_in_the_bureau_reads_plans_and_only_plans_officers_release(third: PlanVersion) -> None:
    for role in sorted(BUREAU):
        client = reader(role)
        assert {client.get(path).status_code for path in PAGES} == {200}, role
        wanted = 200 if role == PLANS_OFFICER else 404
        assert client.get("/plans/release/").status_code == wanted
        assert ("Release a version" in page(client, "/plans/")) == (role == PLANS_OFFICER)


def test_the_library_counts_the_faults_of_the_version_in_force(second: PlanVersion) -> None:
    found = [finding.severity for finding in check(shipped("S-PHE-01-v2.yaml"))]
    shown = page(reader(PLANS_OFFICER), "/plans/")
    assert f"{found.count('error')} errors" in shown
    assert f"{found.count('warning')} warnings" in shown


def test_a_version_without_a_fault_is_said_to_have_none_and_the_earlier_one_is_a_link(third: PlanVersion) -> None:
    shown = page(reader(PLANS_OFFICER), "/plans/")
    assert "no fault found" in shown
    assert 'href="/plans/S-PHE-01/2.0/"' in shown


def test_without_a_plan_the_list_says_what_to_do(db: None) -> None:
    shown = page(reader(PLANS_OFFICER), "/plans/")
    assert "No plan has been released yet" in shown
    assert 'href="/plans/release/"' in shown


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_version_shows_every_clause_in_the_readers_language(third: PlanVersion, language: str) -> None:
    shown = page(reader("duty_officer", language=language), "/plans/S-PHE-01/3.0/")
    for clause in shipped().clauses:
        assert f'id="{clause.id}"' in shown
    assert ("Strengthen the watch" in shown) == (language == "en")
    assert ("强化值班值守" in shown) == (language == "zh-hans")
    assert "{'" not in shown  # nothing raw of a programming language


def test_the_trigger_is_said_in_words_beside_its_expression(third: PlanVersion) -> None:
    shown = page(reader("duty_officer"), "/plans/S-PHE-01/3.0/")
    assert "level of the province = 1 or local cases of 7 days ≥ 50" in shown
    assert "province_level == 1 || local_cases_7d &gt;= 50" in shown


def test_one_level_leaves_only_its_clauses(third: PlanVersion) -> None:
    client = reader("duty_officer")
    shown = page(client, "/plans/S-PHE-01/3.0/?level=IV")
    standing = {clause.id for clause in shipped().clauses if 4 in clause.levels}
    assert {clause.id for clause in shipped().clauses if f'id="{clause.id}"' in shown} == standing
    assert page(client, "/plans/S-PHE-01/3.0/?level=rubbish").count('class="m-card pl-clause"') == len(
        shipped().clauses
    )


def test_findings_are_told_with_rule_place_and_repair(second: PlanVersion) -> None:
    shown = page(reader("duty_officer"), "/plans/S-PHE-01/2.0/findings/")
    assert "decides on levels and has no deputy" in shown
    assert "he reserve of KN95 respirators is 5 of 14 days" in shown
    assert "raise the reserve of KN95 respirators to 14 days" in shown
    assert 'href="/plans/S-PHE-01/2.0/#K03"' in shown


def test_the_plan_is_held_against_the_bureau_as_of_a_day(third: PlanVersion) -> None:
    town.build()
    client = reader("duty_officer")
    early = page(client, "/plans/S-PHE-01/3.0/findings/?as_of=2020-02-01")
    assert "as of 2020-02-01" in early
    assert "obody holds" in early
    assert "The review is overdue" not in early
    assert "The review is overdue" in page(client, "/plans/S-PHE-01/3.0/findings/?as_of=2023-01-01")
    assert "as of" in page(client, "/plans/S-PHE-01/3.0/findings/?as_of=rubbish")


def test_the_text_comes_back_as_it_was_released(third: PlanVersion) -> None:
    answer = reader("auditor").get("/plans/S-PHE-01/3.0/text/")
    assert answer.content.decode() == text_of("S-PHE-01.yaml")
    assert "S-PHE-01-3.0.yaml" in answer["Content-Disposition"]


def test_a_difference_shows_old_and_new(third: PlanVersion) -> None:
    client = reader("plans_officer")
    shown = page(client, "/plans/S-PHE-01/differences/")
    assert "What changed from 2.0 to 3.0" in shown
    assert "Passes and exceptions" in shown
    assert "<del>1 day 12 hours</del>" in shown
    assert "<ins>1 day</ins>" in shown
    assert "Both versions say the same" in page(client, "/plans/S-PHE-01/differences/?from=3.0&to=3.0")
    assert client.get("/plans/S-NONE/differences/").status_code == 404


def test_a_version_that_does_not_exist_is_not_found(third: PlanVersion) -> None:
    client = reader("plans_officer")
    for path in ("/plans/S-PHE-01/9.9/", "/plans/S-NONE/1.0/findings/", "/api/plans/S-PHE-01/9.9"):
        assert client.get(path).status_code == 404


def upload(client: Client, text: str, command: str = "") -> object:
    file = SimpleUploadedFile("new.yaml", text.encode())
    return client.post("/plans/release/", {"file": file, "command_id": command or str(uuid4())})


def test_a_plans_officer_releases_a_file_once_however_often_it_is_sent(db: None) -> None:
    client, command = reader("plans_officer"), str(uuid4())
    for _ in range(2):
        answer = upload(client, text_of("S-PHE-01.yaml"), command)
        assert answer.status_code == 302
        assert answer["Location"] == "/plans/S-PHE-01/3.0/findings/"
    assert PlanVersion.objects.count() == 1


def test_a_faulty_file_comes_back_with_all_its_mistakes_by_line(db: None) -> None:
    wrong = text_of("S-PHE-01.yaml").replace("due: 1h\n", "due: soon\n")
    answer = upload(reader("plans_officer"), wrong)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert shown.count("soon") >= 2
    assert "C01" in shown
    assert "K10" in shown
    assert not PlanVersion.objects.exists()


def test_the_same_content_again_is_refused_in_words(third: PlanVersion) -> None:
    answer = upload(reader("plans_officer"), text_of("S-PHE-01.yaml"))
    assert answer.status_code == 422
    assert "This plan was released before" in answer.content.decode()


def test_an_upload_without_a_file_is_told_at_its_field(db: None) -> None:
    assert reader("plans_officer").post("/plans/release/", {}).status_code == 422


def test_others_cannot_release(db: None) -> None:
    assert upload(reader("commander"), text_of("S-PHE-01.yaml")).status_code == 404
    assert not PlanVersion.objects.exists()


def test_the_api_gives_findings_and_differences_as_the_command_line_does(third: PlanVersion) -> None:
    client = reader("duty_officer")
    found = client.get("/api/plans/S-PHE-01/2.0/findings").json()
    assert len(found["findings"]) == 11
    assert found["as_of"] is None
    assert {finding["id"] for finding in found["findings"]} <= {rule.id for rule in RULES}
    assert client.get("/api/plans/S-PHE-01/2.0/findings?as_of=2020-02-01").json()["as_of"] == "2020-02-01"
    difference = client.get("/api/plans/S-PHE-01/difference?a=2.0&b=3.0").json()
    assert "K20" in difference["added"]
    assert difference["changed"]["K03"] == ["measure"]
    assert [row["version"] for row in client.get("/api/plans/").json()] == ["3.0", "2.0"]


def test_the_api_releases_with_a_receipt_and_answers_a_repeated_command_with_the_first(db: None) -> None:
    client, body = reader("plans_officer"), json.dumps({"text": text_of("S-PHE-01.yaml"), "name": "S-PHE-01.yaml"})
    headers = {"X-Command-Id": str(uuid4())}
    first = client.post("/api/plans/versions", body, content_type="application/json", headers=headers)
    again = client.post("/api/plans/versions", body, content_type="application/json", headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    other = client.post("/api/plans/versions", body, content_type="application/json")
    assert other.status_code == 422
    assert other.json()["code"] == "PlanReleased"
