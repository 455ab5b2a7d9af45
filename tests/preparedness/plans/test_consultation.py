"""Each partner is asked about exactly its clauses and has the last word; silence is never consent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from muster.kernel.commands import NotPermitted
from muster.kernel.commands.models import OutboxRow
from muster.preparedness.plans import services
from muster.preparedness.plans.errors import DraftAtAnotherStage, PlanTextInvalid
from muster.preparedness.plans.models import ClauseAnswer, Draft
from muster.preparedness.plans.queries.checking import world_at
from muster.preparedness.plans.queries.consulting import (
    acknowledged_at,
    consultation_rows,
    is_settled,
    partner_row,
)
from muster.preparedness.plans.refusals import (
    ClauseNotAsked,
    ConsultationOpen,
    DeadlineWrong,
    DraftIncomplete,
    NobodyKnown,
    NoObjectionOpen,
    PartnerNotRegistered,
    PlanCodeDiffers,
    WordMissing,
)
from tests.preparedness.plans import office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bureau(db: None) -> None:
    office.build()


def statuses(draft: Draft, partner: str) -> dict[str, str]:
    row = partner_row(office.asked(draft, partner), office.moment())
    return {one.clause.id: one.status for one in row.asked}


def object_to(draft: Draft, partner: str, clause: str, reason: str = "人手不足") -> ClauseAnswer:
    seen = office.readings(draft, partner)[clause]
    consultation = office.asked(draft, partner)
    by = office.liaison(partner)
    return services.clause_object(by=by, consultation=consultation, clause=clause, seen=seen, reason=reason)


def test_each_partner_is_asked_about_exactly_the_clauses_that_name_it() -> None:
    draft = office.consulted()
    plan = office.plan(draft)
    rows = consultation_rows(draft, office.moment())
    assert [row.consultation.partner.code for row in rows] == sorted(office.PARTNERS)
    for row in rows:
        named = [clause.id for clause in plan.clauses if row.consultation.partner.code in clause.partners]
        assert [one.clause.id for one in row.asked] == named


@pytest.mark.parametrize("kind", ["risk_assessment", "resource_survey"])
def test_without_both_papers_nobody_is_asked(kind: str) -> None:
    draft = services.draft_open(by=office.author(), code=office.CODE, text=office.TEXT)
    services.document_attach(by=office.author(), draft=draft, kind=kind, file_name="a.pdf", content=office.PDF)
    by = office.author()
    with pytest.raises(DraftIncomplete):
        services.consultation_begin(by=by, draft=draft, deadline=by.now + office.DAY)


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_deadline_leaves_time_and_comes(days: int) -> None:
    draft = office.opened()
    by = office.author()
    with pytest.raises(DeadlineWrong):
        services.consultation_begin(by=by, draft=draft, deadline=by.now + days * office.DAY)


def test_a_partner_that_nobody_knows_cannot_be_asked() -> None:
    with pytest.raises(PartnerNotRegistered, match="customs"):
        office.consulted(office.TEXT.replace("partners: [disease_control]", "partners: [customs]"))


def test_a_text_of_another_plan_does_not_go_on() -> None:
    with pytest.raises(PlanCodeDiffers):
        office.consulted(office.TEXT.replace("plan: S-SMALL-01", "plan: S-SMALL-02"))


def test_only_the_partners_own_liaison_answers() -> None:
    draft = office.consulted()
    clauses = office.readings(draft, "subdistricts")
    for by in (office.liaison("media"), office.author(), office.chief(), office.someone("L-subdistricts", "auditor")):
        with pytest.raises(NotPermitted):
            services.clauses_acknowledge(by=by, consultation=office.asked(draft, "subdistricts"), clauses=clauses)
    assert not ClauseAnswer.objects.exists()


def test_a_liaison_answers_for_no_clause_that_does_not_name_his_department() -> None:
    draft = office.consulted()
    other = office.readings(draft, "disease_control")
    consultation = office.asked(draft, "subdistricts")
    clauses = office.readings(draft, "subdistricts") | other
    with pytest.raises(ClauseNotAsked):
        services.clauses_acknowledge(by=office.liaison("subdistricts"), consultation=consultation, clauses=clauses)
    assert set(statuses(draft, "subdistricts").values()) == {"waiting"}


def test_an_account_of_nobody_answers_for_nothing() -> None:
    from dataclasses import replace

    draft = office.consulted()
    by = replace(office.liaison("subdistricts"), person_id=None)
    with pytest.raises(NobodyKnown):
        services.clauses_acknowledge(by=by, consultation=office.asked(draft, "subdistricts"), clauses={})


def test_an_objection_is_answered_with_reasons_and_the_partner_has_the_last_word() -> None:
    draft = office.consulted()
    objection = object_to(draft, "disease_control", "K05")
    assert statuses(draft, "disease_control") == {"K05": "objected"}
    services.objection_reply(by=office.author(), objection=objection, reason="由支队派车")
    assert statuses(draft, "disease_control") == {"K05": "answered"}
    office.acknowledge(draft)
    assert statuses(draft, "disease_control") == {"K05": "acknowledged"}
    assert is_settled(office.fresh(draft), office.moment())


def test_an_objection_and_its_answer_say_why() -> None:
    draft = office.consulted()
    with pytest.raises(WordMissing):
        object_to(draft, "disease_control", "K05", "  ")
    objection = object_to(draft, "disease_control", "K05")
    with pytest.raises(WordMissing):
        services.objection_reply(by=office.author(), objection=objection, reason="")


def test_an_objection_is_answered_once_and_not_after_the_partner_has_spoken_again() -> None:
    draft = office.consulted()
    first = object_to(draft, "disease_control", "K05")
    object_to(draft, "disease_control", "K05", "还有车辆不足")
    with pytest.raises(NoObjectionOpen):
        services.objection_reply(by=office.author(), objection=first, reason="由支队派车")


def test_who_has_acknowledged_may_still_object_while_the_consultation_lasts() -> None:
    draft = office.consulted()
    office.acknowledge(draft)
    object_to(draft, "disease_control", "K05")
    with pytest.raises(ConsultationOpen):
        services.legal_submit(by=office.author(), draft=draft)


def test_an_objection_is_met_by_changing_the_clause_and_then_it_is_asked_anew() -> None:
    draft = office.consulted()
    office.acknowledge(draft, "subdistricts", "property_companies")
    object_to(draft, "disease_control", "K05")
    text = office.with_another_word("Escort")
    services.draft_save(by=office.author(), draft=draft, base_revision=1, text=text)
    assert statuses(draft, "disease_control") == {"K05": "waiting"}
    assert statuses(draft, "subdistricts") == {"K02": "acknowledged"}


def test_a_changed_clause_voids_what_was_acknowledged_and_the_others_stay() -> None:
    draft = office.consulted()
    office.acknowledge(draft)
    before = acknowledged_at(office.moment())
    assert before is not None
    services.draft_save(by=office.author(), draft=draft, base_revision=1, text=office.with_another_word())
    assert statuses(draft, "subdistricts") == statuses(draft, "property_companies") == {"K02": "waiting"}
    assert statuses(draft, "disease_control") == {"K05": "acknowledged"}
    assert set(office.readings(draft, "subdistricts").values()).isdisjoint(before["subdistricts"])
    services.draft_save(by=office.author(), draft=draft, base_revision=2, text=office.TEXT)
    assert statuses(draft, "subdistricts") == {"K02": "acknowledged"}, "it says again what was acknowledged"


def test_what_was_read_is_what_is_answered() -> None:
    draft = office.consulted()
    read = office.readings(draft, "subdistricts")
    services.draft_save(by=office.author(), draft=draft, base_revision=1, text=office.with_another_word())
    consultation = office.asked(draft, "subdistricts")
    with pytest.raises(ClauseNotAsked):
        services.clauses_acknowledge(by=office.liaison("subdistricts"), consultation=consultation, clauses=read)


def test_a_partner_named_while_others_are_asked_is_asked_too() -> None:
    draft = office.consulted()
    text = office.TEXT.replace("partners: [disease_control]", "partners: [disease_control, media]")
    services.draft_save(by=office.author(), draft=draft, base_revision=1, text=text)
    assert statuses(draft, "media") == {"K05": "waiting"}
    assert office.asked(draft, "media").deadline >= office.asked(draft, "disease_control").deadline


def test_while_partners_are_asked_the_text_stays_a_plan() -> None:
    draft = office.consulted()
    with pytest.raises(PlanTextInvalid):
        services.draft_save(by=office.author(), draft=draft, base_revision=1, text="plan: S-SMALL-01")
    assert office.fresh(draft).revision == 1


def test_silence_past_the_deadline_is_shown_and_is_no_consent() -> None:
    draft = office.consulted(days=1)
    office.acknowledge(draft, "subdistricts", "property_companies")
    late = office.moment() + 2 * office.DAY
    row = partner_row(office.asked(draft, "disease_control"), late)
    assert (row.is_silent, [one.status for one in row.asked]) == (True, ["overdue"])
    assert not is_settled(draft, late)
    with pytest.raises(ConsultationOpen, match="disease_control"):
        services.legal_submit(by=office.author().at(late), draft=draft)
    services.deadline_move(
        by=office.author().at(late), consultation=row.consultation, deadline=late + timedelta(days=5)
    )
    assert not partner_row(office.asked(draft, "disease_control"), late).is_silent


def test_a_partner_may_speak_after_the_deadline() -> None:
    draft = office.consulted(days=1)
    clauses = office.readings(draft, "subdistricts")
    by = office.liaison("subdistricts").at(office.moment() + 3 * office.DAY)
    services.clauses_acknowledge(by=by, consultation=office.asked(draft, "subdistricts"), clauses=clauses)
    assert set(statuses(draft, "subdistricts").values()) == {"acknowledged"}


def test_after_the_consultation_nobody_answers_any_more() -> None:
    draft = office.reviewed()
    seen = office.readings(draft, "disease_control")["K05"]
    with pytest.raises(DraftAtAnotherStage):
        services.clause_object(
            by=office.liaison("disease_control"),
            consultation=office.asked(draft, "disease_control"),
            clause="K05",
            seen=seen,
            reason="晚了",
        )


def test_the_checks_know_what_was_acknowledged_and_that_nothing_is_known_where_nobody_was_asked() -> None:
    assert world_at(office.moment()).acknowledged is None
    draft = office.consulted()
    assert world_at(office.moment()).acknowledged == {}
    office.acknowledge(draft, "subdistricts")
    read = frozenset(office.readings(draft, "subdistricts").values())
    assert world_at(office.moment()).acknowledged == {"subdistricts": read}


def test_the_liaisons_and_the_plans_office_are_told_and_no_text_is() -> None:
    draft = office.consulted()
    object_to(draft, "disease_control", "K05", "车辆不足")
    told = list(OutboxRow.objects.order_by("pk").values_list("topic", "payload"))
    partners = {payload["partner"] for topic, payload in told if topic == "plan-consultations"}
    assert partners == set(office.PARTNERS)
    assert told[-1][0] == "plan-drafts"
    assert "车辆不足" not in str(told)


def test_what_a_partner_said_cannot_be_changed_in_the_database() -> None:
    office.acknowledge(office.consulted())
    with pytest.raises(DatabaseError), transaction.atomic():
        ClauseAnswer.objects.update(stance="objected", reason="x")
