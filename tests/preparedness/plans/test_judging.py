"""Lawyers and approvers read the whole plan on one page, and their word counts for exactly that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from muster.preparedness.plans import services
from muster.preparedness.plans.models import Approval, Draft, LegalOpinion
from tests.kernel.organisation.browser import reader
from tests.preparedness.plans import office
from tests.preparedness.plans.test_life_pages import client, page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bureau(db: None) -> None:
    office.build()


def after_the_first(state: str = "approval") -> Draft:
    """A second version of the plan, on its way behind the first."""
    services.draft_release(by=office.author(), draft=office.approved())
    text = (
        office.with_another_word().replace('version: "1.0"', 'version: "2.0"').replace("version: 1.0", "version: 2.0")
    )
    draft = office.put_up(text) if state == "approval" else office.reviewed(text)
    Draft.objects.filter(pk=draft.pk).update(based_on=draft_before())
    services.books_attach(
        by=office.author(), draft=draft, kind="resource_survey", day=office.NOON.date() - timedelta(days=1)
    )
    return office.fresh(draft)


def draft_before() -> int:
    version = Draft.objects.get(state="released").released_as
    assert version is not None
    return version.pk


def test_the_approver_sees_all_that_he_judges_on_what_carries_the_hash() -> None:
    draft = after_the_first()
    plan = office.plan(draft)
    found = page(client("P-CHIEF", "commander"), f"/plans/drafts/{draft.pk}/read/")
    assert found.count(plan.hash) >= 2  # told to him, and what he signs
    for clause in plan.clauses:
        assert f'id="{clause.id}"' in found
        assert clause.text.en in found
    assert "Carefully Guard" in found
    assert "<del>" in found
    for part in ("changes", "findings", "partners", "papers", "whole", "decide"):
        assert f'id="{part}"' in found
    assert "lawful" in found  # the legal opinion
    assert "risk.pdf" in found
    assert "lines of the books" in found or "line of the books" in found
    assert "disease_control" in found


def test_the_lawyer_judges_on_the_same_page_and_a_moved_text_is_told_there() -> None:
    draft = after_the_first("legal_review")
    lawyer = client("P-LAWYER", "field_officer")
    path = f"/plans/drafts/{draft.pk}/"
    assert "Give the opinion" in page(lawyer, f"{path}read/")
    told = lawyer.post(f"{path}opine/", {"seen": "f" * 64, "outcome": "passed", "advice": "lawful as written"})
    assert told.status_code == 422
    assert "lawful as written" not in page(lawyer, path)
    assert 'id="whole"' in told.content.decode()
    missing = lawyer.post(f"{path}opine/", {"seen": office.plan(draft).hash, "outcome": "passed", "advice": ""})
    assert missing.status_code == 422
    said = {"seen": office.plan(draft).hash, "outcome": "passed", "advice": "lawful as written"}
    assert lawyer.post(f"{path}opine/", said).status_code == 302
    assert LegalOpinion.objects.filter(draft=draft).count() == 1


def test_everybody_at_work_reads_it_and_only_who_is_asked_can_decide() -> None:
    draft = after_the_first()
    path = f"/plans/drafts/{draft.pk}/read/"
    read = reader("logistics_officer").get(path, headers={"accept-language": "en"}).content.decode()
    assert 'id="whole"' in read
    assert 'id="decide"' not in read
    assert reader("partner_liaison").get(path).status_code == 404
    chief = client("P-CHIEF", "commander")
    assert "Read the plan and decide" in page(chief, f"/plans/drafts/{draft.pk}/")
    seen = {"seen": office.plan(draft).hash}
    assert chief.post(f"/plans/drafts/{draft.pk}/approve/", seen).status_code == 302
    assert 'id="decide"' not in page(chief, path)
    assert Approval.objects.filter(draft=draft).count() == 1


def test_a_text_that_is_no_plan_says_that_nothing_can_be_judged() -> None:
    draft = services.draft_open(by=office.author(), code="S-NEW", text="plan: [")
    assert "nothing to judge" in page(client("P-AUTHOR", "plans_officer"), f"/plans/drafts/{draft.pk}/read/")
