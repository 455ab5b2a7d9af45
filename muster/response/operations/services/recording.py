"""Decisions that are written down: beside the plan, or as the end of a task whose clause is a decision."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from muster.engines.plan.types import Text
from muster.kernel.commands import Actor, announce, command
from muster.preparedness.plans.queries import ground_title, plan_of
from muster.response.operations.models import Decision, LogEntry, Operation, Task
from muster.response.operations.permits import commands_operation, service_number
from muster.response.operations.queries.knowledge import known_at
from muster.response.operations.services.authority import require_a_person
from muster.response.operations.services.proposing import require_stated
from muster.response.operations.services.telling import Named
from muster.response.operations.services.texts import Log, said, sound


@command("operations.decision_record", policy=commands_operation)
def decision_record(
    *,
    by: Actor,
    operation: Operation,
    subject_zh: str,
    subject_en: str = "",
    reason: str,
    ground: str,
    clause_id: str = "",
) -> Decision:
    """Record a decision that somebody made under a clause or beside the plan, with what is known now.

    Raises RecordIncomplete, PersonUnknown.
    """
    require_stated({"subject": subject_zh, "reason": reason, "legal_basis": ground})
    require_a_person(by, operation, operation.mode)
    subject = Text(subject_zh.strip(), subject_en.strip() or subject_zh.strip())
    decision = _recorded(by, operation, subject, reason, ground, clause_id)
    announce(operation.topic, {"operation": operation.code, "decision": decision.pk})
    return decision


def record_by_task(by: Actor, task: Task, reason: str) -> None:
    """Whoever completes a task that is a decision has decided: why, on which ground, knowing what.

    Raises RecordIncomplete without a reason, PersonUnknown, NotForTheSystem.
    """
    require_stated({"reason": reason})
    require_a_person(by, task.operation, task.operation.mode)
    plan = plan_of(task.operation.plan_version)
    clause = plan.clause(task.clause_id)
    with override("zh-hans"):  # the law is Chinese; pages say it in the reader's language, by the clause
        ground = ground_title(plan, clause.ground) if clause.ground else task.operation.legal_basis
    subject = Named(plan, [task.place_code]).task(task.key)
    _recorded(by, task.operation, subject, reason, ground, clause.id)


def _recorded(by: Actor, operation: Operation, subject: Text, reason: str, ground: str, clause_id: str) -> Decision:
    """The decision and its line in the log."""
    decision = decision_of(by, operation, Decision.Kind.CLAUSE if clause_id else Decision.Kind.OTHER, reason)
    decision.subject_zh, decision.subject_en = subject.zh, subject.en
    decision.ground, decision.clause_id = ground, clause_id
    sound(decision).save()
    log = Log(operation, by)
    log.add(LogEntry.Kind.DECISION, _("Decided: %(subject)s. %(reason)s"), subject=subject, reason=said(reason))
    log.store()
    return decision


def decision_of(by: Actor, operation: Operation, kind: str, reason: str | Text) -> Decision:
    """A decision that is about to be kept, with what is known now."""
    why = said(reason)
    return Decision(
        operation=operation,
        kind=kind,
        reason_zh=why.zh,
        reason_en=why.en,
        at=by.now,
        by=by.principal,
        person_id=by.person_id,
        author=service_number(by),
        known_as_of=by.now,
        known=known_at(operation=operation, at=by.now),
    )
