"""One operation, one task, one decision: with what belongs to it, as of a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from muster.engines.plan.events import TaskKey
from muster.engines.plan.state import State
from muster.engines.plan.types import Clause
from muster.kernel import clock
from muster.preparedness.plans.queries import plan_of
from muster.response.operations.board.tasks import state_at
from muster.response.operations.models import EngineState, Evidence, Operation, PlaceOpening, Task
from muster.response.operations.queries.pages import conditions


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task at a moment with its clause, the tasks that it waits for, and what was given to prove it."""

    task: Task
    clause: Clause
    state: str
    waits_for: Sequence[TaskKey]
    evidence: Sequence[Evidence]


def operation(code: str) -> Operation | None:
    """One operation by code, or None."""
    return Operation.objects.select_related("plan_version", "plan", "area").filter(code=code).first()


def operation_now(found: Operation) -> datetime:
    """The operation's own now: its end, its simulated clock, or the wall's."""
    return found.closed_at or found.clock_at or clock.now()


def task(*, operation: Operation, pk: int) -> Task | None:
    """One task of an operation, or None."""
    return Task.objects.select_related("operation", "place", "unit").filter(operation=operation, pk=pk).first()


def task_view(*, task: Task, at: datetime) -> TaskView:
    """Everything about one task as of `at`. What it waits for is only known as of now."""
    given = Evidence.objects.filter(task=task, at__lte=at).order_by("at", "pk")
    return TaskView(
        task=task,
        clause=plan_of(task.operation.plan_version).clause(task.clause_id),
        state=state_of(task, at),
        waits_for=waits_for(task),
        evidence=list(given),
    )


def state_of(task: Task, at: datetime) -> str:
    """The state of a task at `at`, one of Task.State."""
    return Task.State(state_at(task, at))


def waits_for(task: Task) -> list[TaskKey]:
    """The tasks that have to be done before this one's time begins; empty once it is released."""
    if task.released_at is not None or not task.is_open:
        return []
    state = State.from_dict(EngineState.objects.get(operation=task.operation_id).state)
    known = state.tasks.get(task.key)
    return sorted(known.waits_for) if known else []


def task_counts(*, operation: Operation, at: datetime) -> dict[str, int]:
    """Tasks by state at `at`, and those overdue under "late"; one statement."""
    counted = {state: Count("pk", filter=condition) for state, condition in conditions(at).items()}
    return dict(Task.objects.filter(operation=operation, raised_at__lte=at).aggregate(**counted))


def open_places(*, operation: Operation, at: datetime) -> dict[str, int]:
    """Places open at `at`, by kind."""
    still = Q(closed_at__isnull=True) | Q(closed_at__gt=at)
    rows = PlaceOpening.objects.filter(still, operation=operation, opened_at__lte=at).order_by("site__kind")
    return dict(rows.values_list("site__kind").annotate(Count("pk")))
