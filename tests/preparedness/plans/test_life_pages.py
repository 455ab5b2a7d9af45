"""The pages of a version's life: each shows its reader his part, and nothing beside it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from muster.kernel.access.services import account_open, role_grant
from muster.kernel.commands import Actor
from muster.kernel.organisation.models import Person
from muster.kernel.ui.templatetags.ui import when
from muster.preparedness.plans import services
from muster.preparedness.plans.life.waiting import consultations_to_answer, consultations_wait, drafts_wait
from muster.preparedness.plans.models import Attachment
from tests.preparedness.plans import office

pytestmark = pytest.mark.django_db
PUBLIC = office.TEXT.replace("    data_class: personal", "    public: true")


@pytest.fixture(autouse=True)
def _bureau(db: None) -> None:
    office.build()


def client(code: str, role: str) -> Client:
    """Somebody logged in who is this person."""
    setup = Actor.system("tests")
    person = Person.objects.get(code=code)
    account = account_open(
        by=setup.again(), login=f"login-{code.lower()}", password="Harbour-7-lantern!", person=person
    )
    role_grant(by=setup.again(), account=account, role=role, reason="tests")
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(account)
    session = browser.session
    session["second_factor"] = True
    session.save()
    browser.cookies["muster_language"] = "en"
    return browser


def page(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path, headers={"accept-language": "en"})
    assert answer.status_code == status
    return answer.content.decode()


def test_a_liaison_sees_the_clauses_that_name_his_department_and_not_the_rest() -> None:
    draft = office.consulted()
    liaison = client("L-subdistricts", "partner_liaison")
    mine = office.asked(draft, "subdistricts")
    shown = page(liaison, f"/plans/consultations/{mine.pk}/")
    assert "Guard closed communities" in shown
    for clause in office.plan(draft).clauses:
        if "subdistricts" not in clause.partners:
            assert clause.title.en not in shown
            assert f'id="{clause.id}"' not in shown
    other = office.asked(draft, "disease_control")
    for path in (
        f"/plans/consultations/{other.pk}/",
        f"/plans/drafts/{draft.pk}/",
        "/plans/drafts/",
        "/plans/reviews/",
    ):
        page(liaison, path, status=404)


def test_a_liaison_acknowledges_and_objects_on_his_page() -> None:
    draft = office.consulted()
    liaison = client("L-disease_control", "partner_liaison")
    path = f"/plans/consultations/{office.asked(draft, 'disease_control').pk}/"
    seen = office.readings(draft, "disease_control")["K05"]
    told = liaison.post(path, {"clause": "K05", "seen": seen, "reason": ""})
    assert told.status_code == 422
    assert liaison.post(path, {"clause": "K05", "seen": seen, "reason": "车辆不足"}).status_code == 302
    assert "车辆不足" in page(liaison, path)
    assert liaison.post(path, {"clause": "K05", "seen": seen, "acknowledge": "1"}).status_code == 302
    assert "every clause that names your department is acknowledged" in page(liaison, path)


def test_the_page_of_a_draft_says_what_is_missing_and_who_is_waited_for() -> None:
    author = client("P-AUTHOR", "plans_officer")
    draft = services.draft_open(by=office.author(), code=office.CODE, text=office.TEXT)
    assert "Missing: resource survey." in page(author, f"/plans/drafts/{draft.pk}/")
    services.draft_withdraw(by=office.author(), draft=draft)
    second = office.consulted()
    assert "subdistricts is silent" in page(author, f"/plans/drafts/{second.pk}/")


def test_what_hinders_a_step_comes_back_on_the_page_and_nothing_changes() -> None:
    author = client("P-AUTHOR", "plans_officer")
    draft = office.consulted()
    told = author.post(f"/plans/drafts/{draft.pk}/submit/")
    assert told.status_code == 422
    assert "silence is not consent" in told.content.decode()
    assert office.fresh(draft).state == "consultation"
    assert author.post(f"/plans/drafts/{draft.pk}/nonsense/").status_code == 404
    assert author.get(f"/plans/drafts/{draft.pk}/submit/").status_code == 404


def test_what_is_not_for_him_is_not_done_on_the_page_either() -> None:
    draft = office.put_up()
    seen = {"seen": office.plan(draft).hash}
    assert client("P-AUTHOR", "plans_officer").post(f"/plans/drafts/{draft.pk}/approve/", seen).status_code == 404
    chief = client("P-CHIEF", "commander")
    assert chief.post(f"/plans/drafts/{draft.pk}/approve/", seen).status_code == 302
    assert "The second approval takes another person" in page(chief, f"/plans/drafts/{draft.pk}/")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("tool.exe", b"MZ"),
        ("plan.pdf", b"<html>no pdf"),
        ("macro.docx", b"PK\x03\x04 word/vbaProject.bin"),
        ("text.txt", b"\xff\xfe\x00"),
        ("..", b"x"),
        ("empty.pdf", b""),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(name: str, content: bytes) -> None:
    from muster.preparedness.plans.refusals import AttachmentWrong

    draft = office.opened()
    with pytest.raises(AttachmentWrong):
        services.document_attach(by=office.author(), draft=draft, kind="other", file_name=name, content=content)


def test_a_paper_is_kept_by_its_last_name_and_given_back_to_be_saved_only() -> None:
    author = client("P-AUTHOR", "plans_officer")
    draft = office.opened()
    kept = {"kind": "other", "file_name": "C:\\x\\..\\风险.pdf", "content": office.PDF + b"2"}
    paper = services.document_attach(by=office.author(), draft=draft, **kept)
    assert paper.file_name == "风险.pdf"
    answer = author.get(f"/plans/papers/{paper.pk}/")
    assert answer.content == office.PDF + b"2"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_books_of_a_day_are_kept_as_they_were() -> None:
    draft = office.opened()
    services.books_attach(by=office.author(), draft=draft, kind="risk_assessment", day=office.FILED_ON)
    kept = Attachment.objects.get(source="situation 2026-06-01")
    assert (kept.file_name, len(kept.sha256)) == ("risk_assessment-2026-06-01.json", 64)


def test_anybody_reads_the_public_clauses_and_nothing_else() -> None:
    version = services.version_release(by=office.muster(), text=PUBLIC)
    anybody = Client()
    page(anybody, f"/plans/public/{office.CODE}/", status=404)
    services.version_publish(by=office.author(), version=version)
    shown = page(anybody, f"/plans/public/{office.CODE}/")
    assert "转运押运" in shown or "Escort transfers" in shown
    for secret in (
        "封控小区外围值守",
        "Guard closed communities",
        "bureau chief",
        "disease_control",
        "P-AUTHOR",
        "某人",
    ):
        assert secret not in shown
    assert office.CODE in page(anybody, "/plans/public/")


def test_reviews_are_decided_and_versions_filed_by_plans_officers_only() -> None:
    version = services.version_release(by=office.muster(), text=PUBLIC)
    due = services.review_call(by=office.muster(), plan=version.plan, reason="law", source="法〔2026〕1号")
    author, chief = client("P-AUTHOR", "plans_officer"), client("P-CHIEF", "commander")
    decided = {"review": due.pk, "reason": "不涉及本预案"}
    assert chief.post("/plans/reviews/", decided).status_code in (403, 404)
    assert author.post("/plans/reviews/", decided).status_code == 302
    assert "不涉及本预案" in page(chief, "/plans/reviews/")
    path = f"/plans/{office.CODE}/1.0/life/"
    filed = {"number": "备〔2026〕3号", "authority": "市应急局", "day": "2026-06-01"}
    assert chief.post(path, filed).status_code in (403, 404)
    assert author.post(path, {**filed, "day": "soon"}).status_code == 422
    assert author.post(path, filed).status_code == 302
    assert "备〔2026〕3号" in page(chief, path)


def test_the_author_sees_on_his_home_page_who_has_not_answered_and_who_is_late() -> None:
    draft = office.consulted(days=1)
    office.acknowledge(draft, "property_companies")
    author = office.author()
    (waits,) = drafts_wait(author)
    assert "尚未答复" in waits.text
    assert all(name in waits.text for name in ("disease_control", "subdistricts"))
    assert "property_companies" not in waits.text
    (late,) = drafts_wait(author.at(office.moment() + timedelta(days=3)))
    assert (late.tone, "逾期未答复" in late.text) == ("bad", True)


def test_a_liaison_is_told_at_home_that_a_consultation_waits_and_until_when() -> None:
    draft = office.consulted(days=1)
    mine, other = office.liaison("disease_control"), office.liaison("media")
    (told,) = consultations_wait(mine)
    deadline = when(office.asked(draft, "disease_control").deadline)
    assert (told.tone, deadline in told.text, told.url.split("/")[2]) == ("warn", True, "consultations")
    assert (consultations_to_answer(mine), consultations_to_answer(other)) == (1, 0)
    assert list(consultations_wait(other)) == []
    (late,) = consultations_wait(mine.at(office.moment() + timedelta(days=3)))
    assert (late.tone, "逾期" in late.text) == ("bad", True)
    office.acknowledge(draft, "disease_control")
    assert (list(consultations_wait(mine)), consultations_to_answer(mine)) == ([], 0)


def test_the_badge_of_a_liaison_stands_on_his_pages() -> None:
    office.consulted(days=100)
    liaison = client("L-disease_control", "partner_liaison")
    home = page(liaison, "/")
    assert "m-nav-count" in home
    assert "waits for your department" in home
    assert "m-nav-count" not in page(client("L-media", "partner_liaison"), "/")


def test_the_whole_way_goes_over_http() -> None:
    draft = office.consulted()
    office.acknowledge(draft, "property_companies", "subdistricts")
    liaison = client("L-disease_control", "partner_liaison")
    (mine,) = liaison.get("/api/plans/consultations").json()
    assert [one["clause"] for one in mine["clauses"]] == ["K05"]
    body = {"clauses": {one["clause"]: one["hash"] for one in mine["clauses"]}}
    path = f"/api/plans/consultations/{mine['id']}/acknowledgements"
    assert liaison.post(path, body, content_type="application/json").status_code == 201
    author = client("P-AUTHOR", "plans_officer")
    facts = author.get(f"/api/plans/drafts/{draft.pk}").json()
    assert [one["clauses"][0]["status"] for one in facts["partners"]] == ["acknowledged"] * 3
    assert author.post(f"/api/plans/drafts/{draft.pk}/submission").status_code == 201
    assert author.post(f"/api/plans/drafts/{draft.pk}/release").status_code == 422


def test_an_empty_draft_has_a_page() -> None:
    author = client("P-AUTHOR", "plans_officer")
    draft = services.draft_open(by=office.author(), code=office.CODE)
    shown = page(author, f"/plans/drafts/{draft.pk}/")
    assert "The text is no plan yet." in shown
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids)), "each field has its own label"
    assert office.CODE in page(author, "/plans/drafts/")


def test_the_text_of_a_draft_is_replaced_by_a_file() -> None:
    from io import BytesIO

    author = client("P-AUTHOR", "plans_officer")
    draft = services.draft_open(by=office.author(), code=office.CODE)
    file = BytesIO(office.TEXT.encode())
    file.name = "plan.yaml"
    told = author.post(f"/plans/drafts/{draft.pk}/save/", {"file": file, "base_revision": 1})
    assert told.status_code == 302, told.content.decode()[-3000:]
    assert office.plan(draft).id == office.CODE
    assert "no plan yet" not in page(author, f"/plans/drafts/{draft.pk}/")
