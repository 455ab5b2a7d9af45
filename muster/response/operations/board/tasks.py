"""Tasks of an operation as they stood at a moment, counted or listed with a limit: nothing grows with history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from muster.response.operations.board.plan import PlanWords
from muster.response.operations.board.shape import PhaseCount, TaskLine
from muster.response.operations.models import Operation, Task

WAITING, OPEN, ACKNOWLEDGED, IN_WORK, DONE = "waiting", "open", "acknowledged", "in_work", "done"
WITHDRAWN = "withdrawn"
LATE = "late"


def raised(operation: Operation, at: datetime) -> QuerySet[Task]:
    """Tasks that existed at `at` and were not withdrawn then."""
    tasks = Task.objects.filter(operation=operation, raised_at__lte=at)
    return tasks.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at))


def unfinished(at: datetime) -> Q:
    """Not done at `at`."""
    return Q(done_at__isnull=True) | Q(done_at__gt=at)


def not_released(at: datetime) -> Q:
    """Still waiting for other tasks at `at`."""
    return Q(released_at__isnull=True) | Q(released_at__gt=at)


def late(at: datetime) -> Q:
    """Past due at `at` and not done."""
    return Q(due_at__lt=at) & unfinished(at)


def state_at(task: Task, at: datetime) -> str:
    """The state that a task had at `at`, from its own timestamps."""
    steps = (
        (task.withdrawn_at, WITHDRAWN),
        (task.done_at, DONE),
        (task.begun_at, IN_WORK),
        (task.acknowledged_at, ACKNOWLEDGED),
        (task.released_at, OPEN),
    )
    return next((state for moment, state in steps if moment is not None and moment <= at), WAITING)


def overdue(operation: Operation, words: PlanWords, at: datetime, limit: int) -> tuple[tuple[TaskLine, ...], int]:
    """The tasks that are overdue the longest, and how many are overdue in all."""
    found = raised(operation, at).filter(late(at))
    first = found.select_related("place", "unit").order_by("due_at", "pk")[:limit]
    return tuple(lines(first, words, at)), found.count()


def obligations(operation: Operation, words: PlanWords, at: datetime) -> tuple[TaskLine, ...]:
    """What the level in force asks for, its review and its report, the sooner due first."""
    names = [clause.id for clause in words.plan.level_obligations]
    found = raised(operation, at).filter(unfinished(at), clause_id__in=names)
    return tuple(lines(found.select_related("place", "unit").order_by("due_at", "pk"), words, at))


def lines(tasks: Iterable[Task], words: PlanWords, at: datetime) -> Iterable[TaskLine]:
    """Tasks as lines of a list, in the reader's language."""
    for task in tasks:
        state = state_at(task, at)
        due = task.due_at if state != WAITING else None  # it was released later than `at`
        is_late = state not in {DONE, WITHDRAWN} and due is not None and due < at
        yield TaskLine(
            pk=task.pk,
            clause=task.clause_id,
            title=words.clause(task.clause_id),
            role=words.role(task.owner_role),
            unit=task.unit.name if task.unit else "",
            place=task.place.name if task.place else task.place_code,
            state=state,
            state_title=str(Task.State(state).label),
            due_at=due,
            late_by=at - due if is_late and due else None,
        )


def phases(operation: Operation, words: PlanWords, at: datetime) -> tuple[PhaseCount, ...]:
    """Tasks by the phase of the plan, in the plan's order."""
    counts = (
        raised(operation, at)
        .values("clause_id")
        .annotate(
            total=Count("pk"),
            done=Count("pk", filter=Q(done_at__lte=at)),
            waiting=Count("pk", filter=unfinished(at) & not_released(at)),
            late=Count("pk", filter=late(at)),
        )
    )
    sums: dict[str, Counter[str]] = {}
    for row in counts.order_by():
        phase = words.phase_of(row["clause_id"])
        sums.setdefault(phase, Counter()).update({name: row[name] for name in ("total", "done", "waiting", "late")})
    return tuple(_phase(words, phase, sums[phase]) for phase in words.phases() if phase in sums)


def _phase(words: PlanWords, phase: str, sums: Counter[str]) -> PhaseCount:
    return PhaseCount(
        phase=phase,
        title=words.phase(phase),
        waiting=sums["waiting"],
        at_work=sums["total"] - sums["done"] - sums["waiting"],
        done=sums["done"],
        late=sums["late"],
    )


def late_by_site(operation: Operation, at: datetime) -> dict[int, int]:
    """Overdue tasks of each open site, by its key."""
    rows = (
        raised(operation, at)
        .filter(late(at), place__isnull=False)
        .order_by()
        .values_list("place")
        .annotate(Count("pk"))
    )
    return dict(rows)


def owed_by_unit(operation: Operation, at: datetime) -> dict[int, tuple[int, int]]:
    """Open and overdue tasks of each unit, by its key."""
    rows = (
        raised(operation, at)
        .filter(unfinished(at), unit__isnull=False)
        .order_by()
        .values_list("unit")
        .annotate(owed=Count("pk"), overdue=Count("pk", filter=late(at)))
    )
    return {unit: (count, overdue_count) for unit, count, overdue_count in rows}
