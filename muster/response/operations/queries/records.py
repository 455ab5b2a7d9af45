"""What belongs to one operation or one task, as of a moment."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q

from muster.engines.plan.events import TaskKey
from muster.engines.plan.state import State
from muster.response.operations.models import EngineState, Evidence, Operation, PlaceOpening, Task
from muster.response.operations.queries.pages import conditions


def evidence_of(task: Task, at: datetime) -> list[Evidence]:
    """What had been given to prove a task by `at`, in order of time."""
    return list(Evidence.objects.filter(task=task, at__lte=at).order_by("at", "pk"))


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
