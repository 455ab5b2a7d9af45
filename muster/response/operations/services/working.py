"""What the owners of tasks do: acknowledge, begin, complete with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from muster.engines.plan.coverage import FUNCTIONAL, LIVE
from muster.engines.plan.events import Event, TaskAcknowledged, TaskBegun, TaskDone
from muster.kernel.commands import Actor, command, record
from muster.preparedness.plans.queries import plan_of
from muster.preparedness.plans.services import clause_used
from muster.response.operations import errors
from muster.response.operations.models import Evidence, Mode, Operation, Task
from muster.response.operations.permits import drives_a_simulation, owns_task, service_number
from muster.response.operations.services.follow import Followed, follow, hold
from muster.response.operations.services.recording import record_by_task
from muster.response.operations.services.texts import sound

TRIED: Final[dict[str, str]] = {
    Mode.LIVE: LIVE,
    Mode.EXERCISE: FUNCTIONAL,
}  # an exercise counts as full when it is noted as one


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One thing that proves a task; `kind` is one of those that its clause asks for."""

    kind: str
    note: str = ""
    file_name: str = ""
    file_sha256: str = ""


@command("operations.task_acknowledge", policy=owns_task)
def task_acknowledge(*, by: Actor, task: Task) -> Task:
    """The owner has read the task and takes it on. Raises TaskClosed."""
    _refuse_closed(task)
    return _worked(by, task, TaskAcknowledged(by.now, task.key))


@command("operations.task_begin", policy=owns_task)
def task_begin(*, by: Actor, task: Task) -> Task:
    """Work has begun. Raises TaskClosed, TaskWaits."""
    _refuse_closed(task)
    _refuse_waiting(task)
    return _worked(by, task, TaskBegun(by.now, task.key))


@command("operations.task_complete", policy=owns_task)
def task_complete(*, by: Actor, task: Task, evidence: Sequence[EvidenceRow] = ()) -> Task:
    """Close a task with the evidence that its clause asks for; the tasks that waited for it are released.

    Where the clause is a decision, the decision is recorded. Raises TaskClosed, TaskWaits, EvidenceMissing (which
    kinds), RecordIncomplete, PersonUnknown.
    """
    _refuse_closed(task)
    _refuse_waiting(task)
    given = tuple(sorted({row.kind for row in evidence}))
    clause = plan_of(task.operation.plan_version).clause(task.clause_id)
    if missing := [kind for kind in clause.evidence if kind not in given]:
        raise errors.evidence_missing(str(task), missing)
    if clause.decision:
        record_by_task(by, task, "; ".join(filter(None, (row.note or row.file_name for row in evidence))))
    author = service_number(by)
    Evidence.objects.bulk_create(
        sound(
            Evidence(
                task=task,
                kind=row.kind,
                note=row.note,
                file_name=row.file_name,
                file_sha256=row.file_sha256,
                at=by.now,
                by=by.principal,
                person_id=by.person_id,
                author=author,
            )
        )
        for row in evidence
    )
    record(evidence=given)
    _tried(by, task)
    return _worked(by, task, TaskDone(by.now, task.key, given))


def _tried(by: Actor, task: Task) -> None:
    """Its clause counts as tried; what a replay plays does not."""
    if way := TRIED.get(task.operation.mode):
        version, operation = task.operation.plan_version, task.operation.code
        clause_used(by=by, version=version, clause=task.clause_id, way=way, unit=task.unit, operation=operation)


def _worked(by: Actor, task: Task, event: Event) -> Task:
    record(operation=task.operation.code, task=str(task))
    follow(task.operation, [event], by)
    return Task.objects.select_related("operation", "place", "unit").get(pk=task.pk)


def _refuse_closed(task: Task) -> None:
    """The operation's state is held first, so that no one else closes the task in between."""
    hold(task.operation)
    now = Task.objects.get(pk=task.pk)
    if not now.is_open:
        raise errors.TaskClosed(
            what=_("This task is closed."),
            where=f"{task}: {Task.State.DONE.label if now.done_at else Task.State.WITHDRAWN.label}",
            mend=_("Nothing is left to be done here."),
        )


def _refuse_waiting(task: Task) -> None:
    if Task.objects.filter(pk=task.pk, released_at__isnull=True).exists():
        raise errors.TaskWaits(
            what=_("This task waits for others; its time has not begun."),
            where=str(task),
            mend=_("Complete first what it waits for."),
        )


@command("operations.events_play", policy=drives_a_simulation)
def events_play(*, by: Actor, operation: Operation, events: Sequence[Event]) -> dict[str, int]:
    """Let a stretch of simulated time happen in an exercise or a replay; returns tasks by what became of them.

    Never for a live operation. The evidence of a task that is played is what its clause asks for, by kind.
    """
    followed: Followed = follow(operation, events, by)
    operation.clock_at = max([by.now, *(event.at for event in events)])
    operation.save(update_fields=["clock_at"])
    record(operation=operation.code, events=len(events))
    return dict(followed.counts)
