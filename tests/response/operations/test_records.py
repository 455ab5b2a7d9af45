"""What was written, decided and proven stays, in both languages, with what was known then."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import Error, connection, transaction
from django.utils.translation import override

from muster.response.operations import errors, services
from muster.response.operations.models import Arising, Decision, Evidence, LogEntry, Operation, Proposal
from muster.response.operations.queries.knowledge import known_at
from muster.response.operations.queries.pages import PageUnknown, decision_page, log_page
from tests.response.operations import bureau
from tests.response.operations.bureau import DAY, HOUR, NOON


def test_the_record_cannot_be_changed(operation: Operation) -> None:
    services.arising_enter(by=bureau.duty(), operation=operation, kind="transfer", ref="T-1")
    for model, field in ((LogEntry, "text_zh"), (Decision, "reason_zh"), (Arising, "ref")):
        with pytest.raises(Error, match="final"), transaction.atomic():
            model.objects.update(**{field: "anders"})


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite is emptied row by row")
def test_the_record_cannot_be_removed(operation: Operation) -> None:
    with pytest.raises(Error, match="final"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM operations_logentry")


def test_evidence_stays_as_it_was_given(operation: Operation) -> None:
    task = operation.tasks.get(clause_id="C01")
    row = services.EvidenceRow("roster", file_name="roster.xlsx", file_sha256="ab" * 32)
    services.task_complete(by=bureau.plans_chief(), task=task, evidence=[row])
    with pytest.raises(Error, match="final"), transaction.atomic():
        Evidence.objects.update(note="anders")


def test_each_line_of_the_log_speaks_both_languages_and_names_nobody(operation: Operation) -> None:
    for line in LogEntry.objects.all():
        assert line.text_zh
        assert line.text_en
        assert "某人" not in line.text_zh + line.who
    assert LogEntry.objects.filter(kind="decision").get().who == "P-CHIEF"


def test_the_log_is_written_in_chinese_and_in_english(operation: Operation) -> None:
    line = LogEntry.objects.get(kind="level")
    assert line.text_en == "Level III response is in force."
    assert line.text_zh == "三级响应生效。"


def test_a_decision_keeps_what_was_known_then(operation: Operation) -> None:
    bureau.watch_from(date(2020, 1, 10))
    for day in range(10, 21):
        bureau.report_cases(date(2020, 1, day), 1)
    evening = NOON + 9 * HOUR
    proposal = services.level_propose(
        by=bureau.duty(evening), operation=operation, level=2, reason="x", government_level=2
    )
    bureau.approve(proposal, bureau.chief(evening))
    decision = Decision.objects.get(kind="level_changed")
    bureau.report_cases(date(2020, 1, 21), 400)
    later = services.decision_record(
        by=bureau.chief(NOON + 2 * DAY), operation=operation, subject_zh="调整口径", reason="y", ground="z"
    )
    assert decision.known == known_at(operation=operation, at=evening)
    assert decision.known["local_cases_7d"]["value"] == 7
    assert later.known["local_cases_7d"]["value"] == 406
    assert decision.known["local_cases_7d"]["taken_at"] == "2020-01-20T12:00:00+00:00"


def test_a_decision_without_its_ground_is_none(operation: Operation) -> None:
    with override("en"), pytest.raises(errors.RecordIncomplete, match="Legal basis"):
        services.decision_record(by=bureau.chief(), operation=operation, subject_zh="x", reason="y", ground=" ")


def test_a_note_needs_one_language_and_stands_in_both(operation: Operation) -> None:
    line = services.note_write(by=bureau.duty(), operation=operation, text_zh="媒体到场")
    assert (line.text_zh, line.text_en) == ("媒体到场", "媒体到场")
    with pytest.raises(errors.RecordIncomplete):
        services.note_write(by=bureau.duty(), operation=operation, text_zh=" ")


def test_the_log_of_a_moment_ends_there(operation: Operation) -> None:
    services.note_write(by=bureau.duty(NOON + HOUR), operation=operation, text_zh="later")
    rows = log_page(operation=operation, at=NOON).rows
    assert rows
    assert "later" not in {row.text_zh for row in rows}
    assert log_page(operation=operation, at=NOON + HOUR).rows[0].text_zh == "later"


def test_pages_of_the_log_join_without_a_gap(operation: Operation) -> None:
    for number in range(8):
        services.note_write(by=bureau.duty(), operation=operation, text_zh=f"{number}")
    mark, seen = "", []
    while True:
        page = log_page(operation=operation, at=NOON, after=mark, limit=3)
        seen += [row.pk for row in page.rows]
        if not (mark := page.next):
            break
    assert seen == list(LogEntry.objects.order_by("-at", "-pk").values_list("pk", flat=True))
    with pytest.raises(PageUnknown):
        log_page(operation=operation, at=NOON, after="nonsense")


def test_decisions_of_a_moment_end_there(operation: Operation) -> None:
    assert decision_page(operation=operation, at=NOON - HOUR).rows == []
    assert [row.kind for row in decision_page(operation=operation, at=NOON).rows] == ["activated"]


def test_a_proposal_keeps_what_it_rested_on(operation: Operation) -> None:
    bureau.declare(2, NOON)
    services.level_propose(by=bureau.duty(NOON + HOUR), operation=operation, level=2, reason="x")
    proposal = Proposal.objects.get(kind="change_level")
    assert proposal.seen["province_level"]["value"] == 2
    assert proposal.government_level == 2
    assert proposal.difference["mark"]
