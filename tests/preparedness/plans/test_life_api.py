"""A version's life, the nightly checks, suppressions and comments over HTTP, and who is refused there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from muster.kernel import clock
from muster.kernel.commands import Actor
from muster.kernel.organisation import services as organisation
from muster.kernel.organisation.rows import UnitRow
from muster.preparedness.plans import services
from muster.preparedness.plans.models import Draft, PlanVersion, Remark, ReviewDue, Suppression
from muster.preparedness.plans.queries.suppressed import said_of
from tests.preparedness.plans import office
from tests.preparedness.plans.test_life_pages import PUBLIC, client

pytestmark = pytest.mark.django_db
API = "/api/plans"


@pytest.fixture(autouse=True)
def _bureau(db: None) -> None:
    office.build()


@pytest.fixture
def author() -> Client:
    return client("P-AUTHOR", "plans_officer")


@pytest.fixture
def chief() -> Client:
    return client("P-CHIEF", "commander")


def send(browser: Client, path: str, body: dict[str, Any] | None = None) -> int:
    return browser.post(API + path, body or {}, "application/json", headers={"accept-language": "en"}).status_code


def released(text: str = office.TEXT) -> PlanVersion:
    return services.draft_release(by=office.author(), draft=office.approved(text))


def test_a_draft_gets_its_papers_and_is_taken_back_and_given_up(author: Client, chief: Client) -> None:
    draft = services.draft_open(by=office.author(), code=office.CODE, text=office.TEXT)
    path = f"{API}/drafts/{draft.pk}"
    paper = {"kind": "risk_assessment", "file": SimpleUploadedFile("风险.pdf", office.PDF)}
    assert author.post(f"{path}/papers", paper).status_code == 201
    wrong = author.post(f"{path}/papers", {"kind": "other", "file": SimpleUploadedFile("a.exe", b"MZ")})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "AttachmentWrong")
    day = clock.today().isoformat()
    assert send(author, f"/drafts/{draft.pk}/books", {"kind": "resource_survey", "day": day}) == 201
    found = author.get(path).json()
    assert found["papers_missing"] == []
    assert [bool(one["source"]) for one in sorted(found["papers"], key=lambda one: one["kind"])] == [True, False]
    until = (timezone.now() + timedelta(days=9)).isoformat()
    assert send(author, f"/drafts/{draft.pk}/consultation", {"deadline": until}) == 201
    (first, *_) = author.get(path).json()["partners"]
    later = {"consultation": first["id"], "deadline": (timezone.now() + timedelta(days=20)).isoformat()}
    assert send(chief, f"/drafts/{draft.pk}/deadline", later) == 404
    assert send(author, f"/drafts/{draft.pk}/deadline", later) == 201
    assert send(author, f"/drafts/{draft.pk}/deadline", later | {"consultation": 0}) == 404
    assert send(author, f"/drafts/{draft.pk}/deadline", later | {"deadline": "2030-01-01T00:00:00"}) == 422
    for step in ("return", "withdrawal"):
        assert send(chief, f"/drafts/{draft.pk}/{step}", {"reason": "not yet"}) == 404
        assert send(author, f"/drafts/{draft.pk}/{step}", {"reason": "not yet"}) == 201
    assert office.fresh(draft).state == "withdrawn"
    assert send(author, f"/drafts/{draft.pk}/withdrawal", {"reason": "again"}) == 422


def test_an_approver_sends_a_draft_back_over_http(author: Client, chief: Client) -> None:
    draft = office.put_up()
    assert send(author, f"/drafts/{draft.pk}/refusal", {"reason": "too vague"}) == 404
    assert send(chief, f"/drafts/{draft.pk}/refusal", {"reason": ""}) == 422
    assert send(chief, f"/drafts/{draft.pk}/refusal", {"reason": "too vague"}) == 201
    assert office.fresh(draft).state == "draft"


def test_an_outcome_that_there_is_not_is_bad_input(author: Client) -> None:
    draft = office.reviewed()
    lawyer = client("P-LAWYER", "field_officer")
    said = {"seen": office.plan(draft).hash, "outcome": "perhaps", "advice": "x"}
    assert send(lawyer, f"/drafts/{draft.pk}/opinion", said) == 422


def test_a_version_is_filed_and_published_and_a_review_decided(author: Client, chief: Client) -> None:
    version = released(PUBLIC)
    where = f"/{office.CODE}/{version.version}"
    filing = {"number": "备1号", "authority": "市应急管理局", "day": "2026-06-01"}
    assert send(chief, f"{where}/filing", filing) == send(chief, f"{where}/publication") == 404
    assert send(author, f"{where}/filing", filing) == send(author, f"{where}/publication") == 201
    assert send(author, f"{where}/publication") == 422
    life = chief.get(f"{API}{where}/life").json()
    assert (life["filing"]["number"], len(life["approvals"])) == ("备1号", 2)
    services.review_call(by=office.muster(), plan=version.plan, reason="operation", source="OP-1")
    (due,) = chief.get(f"{API}/reviews").json()
    assert send(chief, f"/reviews/{due['id']}/decision", {"reason": "it held"}) == 404
    assert send(author, f"/reviews/{due['id']}/decision", {"reason": "it held"}) == 201
    assert send(author, "/reviews/0/decision", {"reason": "it held"}) == 404
    assert ReviewDue.objects.get().closed_because == "it held"


def test_a_unit_gets_its_draft_over_http_and_the_same_command_opens_one(author: Client) -> None:
    released()
    unit = UnitRow("SB-NORTH", "sub_bureau", "北区分局", "North Sub-bureau", parent="PSB")
    organisation.units_add(by=office.muster(), rows=[unit])
    sent = {"unit": "SB-NORTH"}
    once = {"X-Command-Id": "0b7e6f1e-4a3c-4f43-9d0b-1a2b3c4d5e6f"}
    first = author.post(f"{API}/drafts", sent, "application/json", headers=once)
    again = author.post(f"{API}/drafts", sent, "application/json", headers=once)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert send(author, "/drafts", sent) == 422  # it has one
    assert send(author, "/drafts", {"unit": "NO-SUCH"}) == 404
    draft = Draft.objects.get(state="draft")
    assert (draft.code, draft.unit.code if draft.unit else "") == ("S-SMALL-NORTH", "SB-NORTH")


def test_nights_and_suppressions_are_read_made_and_lifted(author: Client, chief: Client) -> None:
    version = released()
    services.released_check(by=Actor.system("tests"))
    (night,) = chief.get(f"{API}/checks").json()
    assert night["plan"] == office.CODE
    assert chief.get(f"{API}/checks/{office.CODE}").json() == [night]
    assert chief.get(f"{API}/checks/NO-SUCH").status_code == 404
    assert chief.get(f"{API}/checks/{office.CODE}/2001-01-01").status_code == 404
    found = next(one.finding for one in said_of(version) if one.finding.clause)
    until = (clock.today() + timedelta(days=9)).isoformat()
    asked = {"plan": office.CODE, "rule": found.id, "clause": found.clause, "subject": found.subject}
    asked |= {"reason": "awaiting the province", "until": until}
    assert send(chief, "/suppressions", asked) == 404
    assert send(author, "/suppressions", asked | {"rule": "P999"}) == 422
    assert send(author, "/suppressions", asked | {"where": "draft:0"}) == 404
    assert send(author, "/suppressions", asked) == 201
    assert send(author, "/suppressions", asked) == 422
    (made,) = chief.get(f"{API}/suppressions?plan={office.CODE}").json()
    assert (made["by"], made["until"], made["speaks_again"]) == ("P-AUTHOR", until, False)
    told = chief.get(f"{API}/checks/{office.CODE}/{night['day']}").json()["findings"]
    (silent,) = [one for one in told if one["suppressed"]]
    assert (silent["id"], silent["suppressed"]["reason"]) == (found.id, "awaiting the province")
    assert send(chief, f"/suppressions/{made['id']}/lift") == 404
    assert send(author, f"/suppressions/{made['id']}/lift") == 201
    assert send(author, f"/suppressions/{made['id']}/lift") == 422
    assert Suppression.objects.get().lifted_at is not None


def test_comments_are_written_answered_and_settled(author: Client, chief: Client) -> None:
    draft = services.draft_open(by=office.author(), code=office.CODE, text=office.TEXT)
    path = f"/drafts/{draft.pk}/comments"
    assert send(chief, path, {"clause": "K03", "text": "Why not at once?"}) == 201
    first = Remark.objects.get()
    assert send(author, path, {"answers": first.pk, "text": "It takes a car."}) == 201
    assert send(author, path, {"text": " "}) == 422
    assert send(author, path, {"text": "x", "answers": 0}) == 404
    (thread,) = chief.get(f"{API}{path}?clause=K03").json()
    assert (thread["by"], [one["text"] for one in thread["answers"]]) == ("P-CHIEF", ["It takes a car."])
    assert chief.get(f"{API}{path}?clause=K04").json() == []
    assert send(chief, f"{path}/{first.pk}", {"settled": True}) == 201
    assert chief.get(API + path).json()[0]["settled_at"]
    liaison = client("L-media", "partner_liaison")
    assert liaison.get(API + path).status_code == send(liaison, path, {"text": "x"}) == 404
    assert send(liaison, f"{path}/{first.pk}", {"settled": False}) == 404


def test_the_description_names_what_goes_in_and_comes_out(author: Client) -> None:
    paths = author.get("/api/openapi.json").json()["paths"]
    lift = paths["/api/plans/suppressions/{pk}/lift"]["post"]
    assert {"200", "201", "422"} <= set(lift["responses"])
    assert "DoneAlready" in lift["description"]
    for path, operations in paths.items():
        if path.startswith("/api/plans/drafts") and "document" not in path:
            assert all(one["responses"].get("200", {}).get("content") for one in operations.values()), path
