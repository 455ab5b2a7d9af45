"""The life of a plan's version, from an empty draft to its filing."""

from __future__ import annotations

from datetime import date

from muster.engines.plan.editing import clause_renamed
from muster.engines.plan.hashing import finding_content
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.models import ContingencyPlan, Draft, PlanVersion
from tests.faults.crash import Arguments, scenario
from tests.preparedness.plans import office, stressed


def made(make: object, *arguments: object) -> Draft:
    office.build()
    draft: Draft = make(*arguments)  # type: ignore[operator]
    return draft


def released() -> PlanVersion:
    text = office.TEXT.replace("    data_class: personal", "    public: true")
    draft = made(office.approved, text)
    return services.draft_release(by=office.author(), draft=draft)


@scenario(services.draft_open)
def a_draft_is_opened() -> Arguments:
    office.build()
    return {"by": office.author(), "code": "S-NEW", "text": "plan: S-NEW"}


@scenario(services.draft_save)
def a_draft_is_saved() -> Arguments:
    return {"draft": made(office.opened), "by": office.author(), "base_revision": 1, "text": "plan: S-NEW-2"}


@scenario(services.draft_save)
def a_draft_is_saved_while_partners_are_asked() -> Arguments:
    draft = made(office.consulted)
    return {"draft": draft, "by": office.author(), "base_revision": 1, "text": office.with_another_word()}


@scenario(services.remark_write)
def a_clause_is_commented() -> Arguments:
    return {"draft": made(office.opened), "by": office.author(), "clause": "K02", "text": "why six hours?"}


@scenario(services.remark_settle)
def a_comment_is_settled() -> Arguments:
    draft = made(office.opened)
    remark = services.remark_write(by=office.author(), draft=draft, clause="K02", text="why six hours?")
    return {"by": office.author(), "remark": remark, "settled": True}


@scenario(services.clauses_rename)
def a_commented_clause_is_renamed() -> Arguments:
    draft = made(office.opened)
    services.remark_write(by=office.author(), draft=draft, clause="K02", text="why six hours?")
    text = clause_renamed(draft.text, "K02", "K22")
    return {"draft": draft, "by": office.author(), "base_revision": 1, "text": text, "renamed": {"K02": "K22"}}


@scenario(services.draft_withdraw)
def a_draft_is_withdrawn() -> Arguments:
    return {"draft": made(office.opened), "by": office.author(), "reason": "begun anew"}


@scenario(services.document_attach)
def a_document_is_attached() -> Arguments:
    draft = made(office.opened)
    kept = {"kind": "other", "file_name": "map.pdf", "content": office.PDF}
    return {"draft": draft, "by": office.author(), **kept}


@scenario(services.books_attach)
def the_stock_of_a_day_is_attached() -> Arguments:
    return {
        "draft": made(office.opened),
        "by": office.author(),
        "kind": "resource_survey",
        "day": date(2026, 5, 1),
    }


@scenario(services.consultation_begin)
def partners_are_asked() -> Arguments:
    draft = made(office.opened)
    by = office.author()
    return {"draft": draft, "by": by, "deadline": by.now + 10 * office.DAY}


@scenario(services.clauses_acknowledge)
def a_partner_acknowledges() -> Arguments:
    draft = made(office.consulted)
    consultation = office.asked(draft, "subdistricts")
    by = office.liaison("subdistricts")
    return {"by": by, "consultation": consultation, "clauses": office.readings(draft, "subdistricts")}


def objected() -> Arguments:
    draft = made(office.consulted)
    clause, seen = next(iter(office.readings(draft, "disease_control").items()))
    consultation = office.asked(draft, "disease_control")
    by = office.liaison("disease_control")
    return {"by": by, "consultation": consultation, "clause": clause, "seen": seen, "reason": "人手不足"}


@scenario(services.clause_object)
def a_partner_objects() -> Arguments:
    return objected()


@scenario(services.objection_reply)
def an_objection_is_answered() -> Arguments:
    objection = services.clause_object(**objected())
    return {"by": office.author(), "objection": objection, "reason": "由卫健委派员"}


@scenario(services.deadline_move)
def a_partner_is_asked_again() -> Arguments:
    consultation = office.asked(made(office.consulted), "subdistricts")
    by = office.author()
    return {"by": by, "consultation": consultation, "deadline": by.now + 20 * office.DAY}


@scenario(services.legal_submit)
def the_lawyers_get_the_text() -> Arguments:
    draft = made(office.consulted)
    office.acknowledge(draft)
    return {"by": office.author(), "draft": draft}


@scenario(services.legal_opine)
def the_lawyers_pass_it() -> Arguments:
    draft = made(office.reviewed)
    seen = office.plan(draft).hash
    return {"by": office.lawyer(), "draft": draft, "seen": seen, "outcome": "passed", "advice": "合法"}


@scenario(services.draft_approve)
def the_second_person_approves() -> Arguments:
    draft = made(office.put_up)
    seen = office.plan(draft).hash
    services.draft_approve(by=office.chief(), draft=draft, seen=seen)
    return {"by": office.deputy(), "draft": draft, "seen": seen}


@scenario(services.draft_refuse)
def a_draft_is_refused() -> Arguments:
    return {"draft": made(office.put_up), "by": office.chief(), "reason": "兵力不够"}


@scenario(services.draft_take_back)
def a_draft_is_taken_back() -> Arguments:
    return {"draft": made(office.put_up), "by": office.author(), "reason": "重写第三条"}


@scenario(services.draft_release)
def an_approved_draft_is_released() -> Arguments:
    return {"draft": made(office.approved), "by": office.author()}


@scenario(services.version_file)
def a_version_is_filed() -> Arguments:
    filed = {"number": "S公备〔2026〕3号", "authority": "市应急管理局", "day": office.FILED_ON}
    version = released()
    return {"version": version, "by": office.author(), **filed}


@scenario(services.version_publish)
def a_version_is_published() -> Arguments:
    version = released()
    return {"version": version, "by": office.author()}


def plan() -> ContingencyPlan:
    return released().plan


@scenario(services.review_call)
def a_review_is_called_for() -> Arguments:
    return {"plan": plan(), "by": office.muster(), "reason": "operation", "source": "OP-1", "clauses": ["K02"]}


@scenario(services.reviews_look)
def the_plans_are_gone_through() -> Arguments:
    plan()
    return {"by": office.muster().at(office.NOON + 1200 * office.DAY)}


@scenario(services.review_decide)
def a_review_is_decided() -> Arguments:
    found = plan()
    due = services.review_call(by=office.muster(), plan=found, reason="operation", source="OP-1")
    return {"by": office.author(), "review": due, "reason": "预案无需修改"}


def finding() -> Arguments:
    """What names one finding of the released plan."""
    version = released()
    found = queries.findings_of(version)[0]
    content = finding_content(queries.plan_of(version), found)
    named = {"rule": found.id, "clause": found.clause, "subject": found.subject, "content": content}
    return {"code": office.CODE, **named, "reason": "等待省厅批复", "until": (office.NOON + 30 * office.DAY).date()}


@scenario(services.finding_suppress)
def a_finding_is_answered_for() -> Arguments:
    stated = finding()
    return {"by": office.author(), **stated}


@scenario(services.suppression_lift)
def a_finding_speaks_again() -> Arguments:
    stated = finding()
    made = services.finding_suppress(by=office.author(), **stated)
    return {"by": office.author(), "suppression": made}


@scenario(services.released_check)
def the_versions_in_force_are_checked_at_night() -> Arguments:
    released()
    services.released_check(by=office.muster())
    return {"by": office.muster().at(office.NOON + 3 * office.DAY)}


@scenario(services.exercise_note)
def an_exercise_is_noted() -> Arguments:
    return {"version": released(), "by": office.author(), "way": "full", "day": office.NOON.date(), "clauses": ["K02"]}


@scenario(services.stress_request)
def a_stress_test_is_asked_for() -> Arguments:
    version = stressed.released()
    asked = {"scenario": stressed.scenario().to_plain(), "variants": [stressed.VARIANT.to_plain()]}
    return {"by": office.author(), "version": version, "data_date": stressed.AS_OF, "replications": 20, **asked}


@scenario(services.stress_cancel)
def a_stress_test_at_work_is_cancelled() -> Arguments:
    return {"run": stressed.begun(), "by": office.author()}


@scenario(services.stress_begin)
def a_worker_takes_a_stress_test() -> Arguments:
    return {"run": stressed.asked(), "by": office.muster()}


@scenario(services.stress_finish)
def a_stress_test_is_done() -> Arguments:
    run = stressed.begun()
    return {"by": office.muster(), "run": run, "content": stressed.answer(run), "engine": 1}


@scenario(services.stress_fail)
def a_stress_test_is_refused_by_the_engine() -> Arguments:
    return {"run": stressed.begun(), "by": office.muster(), "reason": {"what": {"zh": "不成立", "en": "impossible"}}}


@scenario(services.repair_take)
def a_repair_is_put_into_a_draft() -> Arguments:
    return {"run": stressed.done(), "by": office.author(), "repair": 0}
