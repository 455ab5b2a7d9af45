"""The probe's commands, the log's own, and the outbox."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from muster.kernel.audit.checks import check_record
from muster.kernel.audit.restores import restore_acknowledge
from muster.kernel.commands import Actor
from muster.kernel.commands.models import OutboxRow
from muster.kernel.notices.services import outbox_clear
from tests.faults.crash import Arguments, scenario
from tests.faults.probe import services as probe


def officer() -> Actor:
    return Actor("account:17", frozenset({"duty_officer"}))


@scenario(probe.note_add)
def a_note() -> Arguments:
    return {"by": officer(), "text": "road closed"}


@scenario(probe.note_add)
def a_note_into_a_box_that_holds_some() -> Arguments:
    probe.notes_add(by=officer(), texts=["a", "b"])
    return {"by": officer(), "text": "c"}


@scenario(probe.notes_add)
def several_notes_inside_one_command() -> Arguments:
    return {"by": officer(), "texts": ["a", "b", "c"]}


@scenario(probe.mark)
def a_command_without_rows_of_its_own() -> Arguments:
    return {"by": officer(), "text": "seen"}


@scenario(probe.line_add)
def one_row_that_a_place_is_told_of() -> Arguments:
    return {"by": officer(), "place": "CP-01", "text": "closed", "quantity": 1}


@scenario(check_record)
def a_failed_check_of_the_log_is_recorded() -> Arguments:
    now = officer().now
    facts = {"at": now, "since": now, "ok": False, "entries": 7, "root": "", "first_bad": 3, "finding": "entry"}
    return {"by": Actor.system("worker"), **facts, "seconds": 0.1}


@scenario(restore_acknowledge)
def a_backup_was_put_back() -> Arguments:
    return {"by": Actor.system("console"), "lost_from": 40, "lost_to": 52, "reason": "the disk failed"}


@scenario(outbox_clear)
def old_announcements_are_cleared() -> Arguments:
    now = officer().now
    for days in (15, 1):
        OutboxRow.objects.create(topic="operation:1", command_id=uuid4(), at=now - timedelta(days=days))
    return {"by": Actor.system("worker", now)}
