"""What a level and a measure ask for is a task of somebody, closed by recording the decision or the report."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from muster.engines.plan import Plan
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.queries import plan_of
from muster.response.operations import errors, services
from muster.response.operations.board.moment import moment_of
from muster.response.operations.board.plan import words_of
from muster.response.operations.board.tasks import obligations
from muster.response.operations.models import Decision, LogEntry, Operation, Task
from muster.response.operations.services import EvidenceRow
from tests.kernel.organisation.browser import reader
from tests.response.operations import bureau
from tests.response.operations.bureau import DAY, HOUR, NOON

KEPT = EvidenceRow("decision_record", "The level stays: three new cases in two districts.")
REPORT = EvidenceRow("situation_report", "no. 7")


@pytest.fixture
def plan_text(plan: PlanVersion) -> Plan:
    return plan_of(plan)


def of(operation: Operation, clause: str, place: str = "") -> Task:
    return operation.tasks.filter(clause_id=clause, place_code=place).latest("raised_at")


def tick(operation: Operation, hours: int) -> None:
    services.tick(by=bureau.muster(NOON + hours * HOUR), operation=operation)


def test_the_level_gives_the_commander_its_review_and_the_plans_chief_its_report(
    operation: Operation, plan_text: Plan
) -> None:
    level = plan_text.level(3)
    review, report = of(operation, "III.R"), of(operation, "III.S")
    assert (review.owner_role, review.unit) == ("commander", bureau.unit("PSB"))
    assert (report.owner_role, report.unit) == ("plans_chief", bureau.unit("CMD"))
    assert (review.due_at, report.due_at) == (NOON + level.review, NOON + level.report_every)


def test_a_review_is_closed_by_the_decision_with_what_was_known(operation: Operation) -> None:
    bureau.declare(3, NOON)
    at = NOON + 2 * HOUR
    services.task_complete(by=bureau.chief(at), task=of(operation, "III.R"), evidence=[KEPT])
    decision = Decision.objects.get(kind="clause")
    assert (decision.clause_id, decision.reason_zh, decision.author) == ("III.R", KEPT.note, "P-CHIEF")
    assert decision.subject_en == "III.R Review of level III"
    assert decision.known["province_level"]["value"] == 3
    assert decision.known_as_of == at
    assert LogEntry.objects.filter(kind="decision", text_en__contains=KEPT.note).count() == 1


def test_a_review_without_its_reason_is_none(operation: Operation) -> None:
    with override("en"), pytest.raises(errors.RecordIncomplete, match="Reason"):
        services.task_complete(
            by=bureau.chief(), task=of(operation, "III.R"), evidence=[EvidenceRow("decision_record")]
        )
    assert of(operation, "III.R").is_open
    assert not Decision.objects.filter(kind="clause").exists()


def test_who_belongs_to_no_person_decides_nothing(operation: Operation) -> None:
    from dataclasses import replace

    nobody = replace(bureau.chief(), person_id=None)
    with pytest.raises(errors.PersonUnknown):
        services.task_complete(by=nobody, task=of(operation, "III.R"), evidence=[KEPT])


def test_a_report_is_no_decision_and_the_next_one_comes_in_its_time(operation: Operation) -> None:
    services.task_complete(by=bureau.plans_chief(NOON + HOUR), task=of(operation, "III.S"), evidence=[REPORT])
    assert not Decision.objects.filter(kind="clause").exists()
    tick(operation, 24)
    again = of(operation, "III.S")
    assert (again.occurrence, again.due_at) == ("2", NOON + 2 * DAY)


def test_a_report_that_nobody_sends_is_overdue_and_the_log_says_so(operation: Operation) -> None:
    tick(operation, 25)
    assert of(operation, "III.S").late_at == NOON + DAY
    assert LogEntry.objects.filter(kind="late", text_en="III.S Situation report at level III: overdue.").count() == 1


def test_another_level_asks_anew(operation: Operation) -> None:
    at = NOON + HOUR
    raised = services.level_propose(by=bureau.duty(at), operation=operation, level=2, reason="x", government_level=2)
    bureau.approve(raised, bureau.chief(at))
    assert of(operation, "III.R").withdrawn_because == "level"
    assert of(operation, "II.S").due_at == at + 8 * HOUR


def test_a_closed_community_is_reviewed_by_whom_its_closing_belongs_to(plan: PlanVersion) -> None:
    operation = bureau.activated(plan, level=2)
    services.place_open(by=bureau.duty(), operation=operation, site=bureau.site("CC-001"))
    for clause, kind in (("C01", "roster"), ("C02", "acknowledgement")):
        services.task_complete(by=bureau.plans_chief(), task=of(operation, clause), evidence=[EvidenceRow(kind, "x")])
    assert not operation.tasks.filter(clause_id="K02.R").exists(), "it is not closed yet"
    head = bureau.someone("P-NORTH", "station_chief", at=NOON + HOUR)
    services.task_complete(by=head, task=of(operation, "K02", "CC-001"))
    review = of(operation, "K02.R", "CC-001")
    assert (review.unit, review.due_at) == (bureau.unit("SB-NORTH"), NOON + HOUR + 3 * DAY)
    services.task_complete(
        by=bureau.someone("P-NORTH", "station_chief", at=NOON + 2 * HOUR), task=review, evidence=[KEPT]
    )
    decision = Decision.objects.get(clause_id="K02.R")
    assert decision.subject_en == "K02.R Review: Guard closed communities (Estate 1)"
    assert decision.ground == "突发公共卫生事件应急条例 33, 44"


def test_the_board_shows_what_the_level_asks_for_with_its_time(operation: Operation) -> None:
    client = reader("commander")
    page = re.sub(r"\s+", " ", client.get(f"/operations/{operation.code}/board/").content.decode())
    assert "Review of level III</a> <strong>overdue by" in page, "it is years ago"
    with override("en"):
        words = words_of(operation.plan_version)
        lines = obligations(operation, words, moment_of(operation, "2020-01-20T13:00").at)
    assert [(line.clause, line.late_by) for line in lines] == [("III.S", None), ("III.R", None)]


def test_the_page_of_a_review_asks_for_the_decision_and_names_its_ground_in_the_readers_language(
    operation: Operation,
) -> None:
    client = reader("commander", person="P-CHIEF")
    path = f"/operations/{operation.code}/tasks/{of(operation, 'III.R').pk}/"
    assert '<textarea name="decision_record"' in client.get(path).content.decode()
    assert client.post(f"{path}complete/", {"decision_record": KEPT.note}).status_code == 302
    assert KEPT.note in client.get(f"/operations/{operation.code}/decisions/").content.decode()
