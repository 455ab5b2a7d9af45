"""Two different people approve exactly the text that is released, and the database holds them to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from muster.kernel.commands import Actor, NotPermitted
from muster.kernel.organisation.models import Person, PersonQualification
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.errors import DraftAtAnotherStage
from muster.preparedness.plans.models import Approval, Draft, LegalOpinion, PlanVersion
from muster.preparedness.plans.queries.life import life_facts, life_of, standing
from muster.preparedness.plans.refusals import (
    NobodyKnown,
    NotApprovedByTwo,
    OwnDraft,
    SameApprover,
    TextMoved,
    WordMissing,
)
from tests.preparedness.plans import office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bureau(db: None) -> None:
    office.build()


def approve(by: Actor, draft: Draft) -> Approval:
    return services.draft_approve(by=by, draft=draft, seen=office.plan(draft).hash)


def opine(by: Actor, draft: Draft, outcome: str = "passed", advice: str = "合法") -> LegalOpinion:
    seen = office.plan(draft).hash
    return services.legal_opine(by=by, draft=draft, seen=seen, outcome=outcome, advice=advice)


def test_from_an_empty_draft_to_a_released_version() -> None:
    draft = office.approved()
    version = services.draft_release(by=office.author(), draft=draft)
    assert (version.text, version.hash) == (office.TEXT, office.plan(draft).hash)
    assert (office.fresh(draft).state, office.fresh(draft).released_as) == ("released", version)
    life = life_of(version)
    assert {one.person.code for one in life.approvals} == {"P-CHIEF", "P-DEPUTY"}
    assert life.opinion is not None
    assert {one.consultation.partner.code for one in life.acknowledgements} == set(office.PARTNERS)
    assert len(life.attachments) == 2


def test_the_legal_right_is_a_qualification_in_force_today() -> None:
    draft = office.reviewed()
    for by in (office.chief(), office.author(), office.someone("L-media", "partner_liaison")):
        with pytest.raises(NotPermitted):
            opine(by, draft)
    PersonQualification.objects.update(ends_at=office.NOON)
    with pytest.raises(NotPermitted):
        opine(office.lawyer(), draft)


def test_a_lawyer_does_not_judge_what_he_wrote() -> None:
    draft = office.opened()
    writer = replace(office.lawyer(), roles=frozenset({"plans_officer"}))
    text = office.with_another_word()
    services.draft_save(by=writer, draft=draft, base_revision=1, text=text)
    by = office.author()
    services.consultation_begin(by=by, draft=draft, deadline=by.now + office.DAY)
    office.acknowledge(draft)
    services.legal_submit(by=office.author(), draft=draft)
    with pytest.raises(OwnDraft):
        opine(office.lawyer(), draft)


def test_a_legal_opinion_is_written_and_on_the_text_that_was_read() -> None:
    draft = office.reviewed()
    with pytest.raises(WordMissing):
        opine(office.lawyer(), draft, advice="  ")
    with pytest.raises(TextMoved):
        services.legal_opine(by=office.lawyer(), draft=draft, seen="0" * 64, outcome="passed", advice="合法")


def test_the_lawyers_send_a_text_back_and_what_did_not_change_stays_acknowledged() -> None:
    draft = office.reviewed()
    opine(office.lawyer(), draft, "sent_back", "第二条缺少依据")
    assert office.fresh(draft).state == "draft"
    text = office.with_another_word("Patrol")  # a clause that names no partner
    services.draft_save(by=office.author(), draft=draft, base_revision=1, text=text)
    by = office.author()
    services.consultation_begin(by=by, draft=draft, deadline=by.now + office.DAY)
    assert services.legal_submit(by=office.author(), draft=draft).state == "legal_review"


def test_nobody_approves_what_he_wrote_even_with_another_account() -> None:
    draft = office.opened()
    services.draft_save(
        by=office.someone("P-CHIEF", "plans_officer"), draft=draft, base_revision=1, text=office.with_another_word()
    )
    by = office.author()
    services.consultation_begin(by=by, draft=draft, deadline=by.now + office.DAY)
    office.acknowledge(draft)
    services.legal_submit(by=office.author(), draft=draft)
    opine(office.lawyer(), draft)
    for by in (office.chief(), office.someone("P-CHIEF", "commander", account="77")):
        with pytest.raises(OwnDraft):
            approve(by, draft)


def test_two_accounts_of_one_person_are_one_person() -> None:
    draft = office.put_up()
    approve(office.chief(), draft)
    for by in (office.chief(), office.someone("P-CHIEF", "commander", account="77")):
        with pytest.raises(SameApprover):
            approve(by, draft)
    with pytest.raises(NotApprovedByTwo):
        services.draft_release(by=office.author(), draft=draft)


def test_an_account_of_nobody_and_muster_itself_approve_nothing() -> None:
    draft = office.put_up()
    with pytest.raises(NobodyKnown):
        approve(replace(office.chief(), person_id=None), draft)
    with pytest.raises(NotPermitted):
        approve(office.muster(), draft)
    with pytest.raises(NotPermitted):
        approve(office.someone("P-CHIEF", "duty_officer"), draft)


def test_a_text_that_was_taken_back_and_changed_needs_everything_again() -> None:
    draft = office.put_up()
    approve(office.chief(), draft)
    services.draft_take_back(by=office.author(), draft=draft, reason="改一个字")
    services.draft_save(by=office.author(), draft=draft, base_revision=1, text=office.with_another_word("Patrol"))
    by = office.author()
    services.consultation_begin(by=by, draft=draft, deadline=by.now + office.DAY)
    services.legal_submit(by=office.author(), draft=draft)
    opine(office.lawyer(), draft)
    assert standing(office.fresh(draft), office.moment()).approved == ()
    approve(office.deputy(), draft)
    with pytest.raises(NotApprovedByTwo):
        services.draft_release(by=office.author(), draft=draft)
    approve(office.chief(), draft)
    services.draft_release(by=office.author(), draft=draft)


def test_one_of_the_two_may_send_it_back_with_the_reason() -> None:
    draft = office.put_up()
    approve(office.chief(), draft)
    with pytest.raises(WordMissing):
        services.draft_refuse(by=office.deputy(), draft=draft, reason=" ")
    services.draft_refuse(by=office.deputy(), draft=draft, reason="兵力不够")
    assert office.fresh(draft).state == "draft"
    with pytest.raises(DraftAtAnotherStage):
        approve(office.deputy(), draft)


def test_a_text_that_awaits_approval_is_not_written_on() -> None:
    draft = office.put_up()
    with pytest.raises(DraftAtAnotherStage):
        services.draft_save(by=office.author(), draft=draft, base_revision=1, text=office.with_another_word())


def test_one_approver_is_not_two_for_the_database() -> None:
    draft = office.put_up()
    first = approve(office.chief(), draft)
    again = {"draft": draft, "submission": first.submission, "revision": 1, "plan_hash": first.plan_hash}
    again |= {"verdict": "approved", "by": "account:77", "at": office.moment()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(**again, place=2, person=first.person)
    deputy = Person.objects.get(code="P-DEPUTY")
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(**again, place=1, person=deputy)
    with pytest.raises(DatabaseError), transaction.atomic():
        Approval.objects.create(**again, place=2, person=Person.objects.get(code="P-AUTHOR"))


def test_a_draft_without_two_approvals_of_its_content_is_not_released_by_the_database() -> None:
    draft = office.put_up()
    approve(office.chief(), draft)
    version = services.version_release(by=office.muster(), text=office.TEXT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(state="released", released_as=version)
    assert office.fresh(draft).state == "approval"


def test_an_imported_plan_says_who_approved_it_elsewhere() -> None:
    reference = "市政府办公厅〔2018〕12号"
    version = services.version_release(by=office.author(), text=office.TEXT, approved_elsewhere=reference)
    assert life_facts(version)["approved_elsewhere"] == reference
    assert life_facts(version)["approvals"] == []


def test_the_next_version_supersedes_the_one_before() -> None:
    first = services.draft_release(by=office.author(), draft=office.approved())
    text = office.with_another_word().replace("version: 1.0", "version: 1.1")
    second = services.draft_release(by=office.author(), draft=office.approved(text))
    assert life_of(first).superseded_by == second
    assert life_of(second).superseded_by is None
    assert queries.latest_version(office.CODE) == second


def test_the_facts_of_a_version_name_nobody_and_can_be_checked() -> None:
    version = services.draft_release(by=office.author(), draft=office.approved())
    filed = {"number": "S公备〔2026〕3号", "authority": "市应急管理局", "day": date(2026, 6, 1)}
    services.version_file(by=office.author(), version=version, **filed)
    facts = life_facts(PlanVersion.objects.get(pk=version.pk))
    assert {one["hash"] for one in facts["approvals"]} == {version.hash}
    assert facts["filing"] == {**filed, "day": "2026-06-01"}
    assert len(facts["acknowledgements"]) == 3
    assert "某人" not in str(facts)
