"""Tasks of an operation as they stood at a moment, counted or listed with a limit: nothing grows with history."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from heapq import nsmallest
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, LessThan

from muster.response.operations.board.plan import PlanWords
from muster.response.operations.board.shape import PhaseCount, TaskLine
from muster.response.operations.models import EndedTasks, Operation, Task

WAITING, OPEN, ACKNOWLEDGED, IN_WORK, DONE = "waiting", "open", "acknowledged", "in_work", "done"
WITHDRAWN = "withdrawn"
LATE = "late"
MOST_OBLIGATIONS: Final = 50


def standing(at: datetime) -> Q:
    """Neither done nor withdrawn at `at`: those that still are not and those that ended since, each by an index."""
    return Q(done_at__isnull=True, withdrawn_at__isnull=True) | ended_since(at)


def ended_since(at: datetime) -> Q:
    """Done or withdrawn after `at`."""
    return Q(GreaterThan(Coalesce("done_at", "withdrawn_at"), at))


def owed(operation: Operation, at: datetime) -> QuerySet[Task]:
    """Tasks that existed at `at` and were neither done nor withdrawn then."""
    return Task.objects.filter(standing(at), operation=operation, raised_at__lte=at)


def parts_of(rows: QuerySet[Task], at: datetime) -> tuple[QuerySet[Task], QuerySet[Task]]:
    """Of tasks standing at `at`: those that still are, and those that ended since, each found by an index of its own.

    Asked for in one, a database that knows nothing of its figures reads every task there ever was.
    """
    return rows.filter(done_at__isnull=True, withdrawn_at__isnull=True), rows.filter(ended_since(at))


def counted(rows: QuerySet[Task], at: datetime, by: str, **counts: Count) -> dict[Any, Counter[str]]:
    """Tasks standing at `at`, by a field: each of `counts`.

    Grouped by an expression, since by the field itself a database may go along an index of all tasks in its order.
    """
    found: dict[Any, Counter[str]] = defaultdict(Counter)
    for part in parts_of(rows, at):
        for key, *figures in part.order_by().values_list(Coalesce(by, by)).annotate(**counts):
            found[key].update(dict(zip(counts, figures, strict=True)))
    return found


def past_due(at: datetime) -> Q:
    """Due before `at`; said of an expression, so that no index of due times leads along tasks that ended long ago."""
    return Q(LessThan(Coalesce("due_at", "due_at"), at))


def first_due(rows: QuerySet[Task], at: datetime, limit: int, after: tuple[datetime, int] | None = None) -> list[Task]:
    """The first `limit` of `rows`, all standing at `at`, by due time and key, after the mark `after`.

    Of those that ended since, all are looked at: an order would lead the database along every task by its due time.
    """
    still, since = parts_of(rows, at)
    still = still.filter(due_at__isnull=False)
    if after is not None:
        still = still.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], pk__gt=after[1]))
    marks = ((due, pk) for due, pk in since.order_by().values_list("due_at", "pk") if due is not None)
    soonest = nsmallest(limit, (mark for mark in marks if after is None or mark > after))
    found = [*still.order_by("due_at", "pk")[:limit], *rows.filter(pk__in=[pk for _, pk in soonest])]
    return sorted(found, key=lambda task: (task.due_at, task.pk))[:limit]


def first_waiting(rows: QuerySet[Task], at: datetime, limit: int, after: int = 0) -> list[Task]:
    """The first `limit` of `rows`, all standing at `at`, that have no due time yet, by key, after the key `after`."""
    still, since = parts_of(rows, at)
    ended_ = (pk for due, pk in since.order_by().values_list("due_at", "pk") if due is None and pk > after)
    found = [
        *still.filter(due_at__isnull=True, pk__gt=after).order_by("pk")[:limit],
        *rows.filter(pk__in=nsmallest(limit, ended_)),
    ]
    return sorted(found, key=lambda task: task.pk)[:limit]


def ended(operation: Operation, at: datetime, unit: str = "", clause: str = "") -> dict[str, Counter[str]]:
    """How many tasks had been done and withdrawn at `at`, by clause; of one unit and clause, by code, if given.

    What is kept of all that have ended, less those that ended since.
    """
    kept = EndedTasks.objects.filter(operation=operation)
    since = Task.objects.filter(ended_since(at), operation=operation).order_by()
    if unit:
        kept, since = kept.filter(unit_code=unit), since.filter(unit__code=unit)
    if clause:
        kept, since = kept.filter(clause_id=clause), since.filter(clause_id=clause)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, is_done, withdrawn in kept.values_list("clause_id").annotate(Sum("done"), Sum("withdrawn")):
        found[name].update({DONE: is_done, WITHDRAWN: withdrawn})
    for name, is_done, withdrawn in since.values_list("clause_id").annotate(Count("done_at"), Count("withdrawn_at")):
        found[name].subtract({DONE: is_done, WITHDRAWN: withdrawn})
    return found


def not_released(at: datetime) -> Q:
    """Still waiting for other tasks at `at`."""
    return Q(released_at__isnull=True) | Q(released_at__gt=at)


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
    found = owed(operation, at).filter(past_due(at))
    first = first_due(found.select_related("place", "unit"), at, limit)
    return tuple(lines(first, words, at)), sum(part.count() for part in parts_of(found, at))


def obligations(operation: Operation, words: PlanWords, at: datetime) -> tuple[TaskLine, ...]:
    """What the level in force asks for, its review and its report, the sooner due first."""
    names = [clause.id for clause in words.plan.level_obligations]
    found = owed(operation, at).filter(clause_id__in=names).select_related("place", "unit")
    return tuple(lines(first_due(found, at, MOST_OBLIGATIONS), words, at))


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
    counts = {
        "total": Count("pk"),
        "waiting": Count("pk", filter=not_released(at)),
        "late": Count("pk", filter=past_due(at)),
    }
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for clause, figures in counted(owed(operation, at), at, "clause_id", **counts).items():
        sums[words.phase_of(clause)].update(figures)
    for clause, ends in ended(operation, at).items():
        if ends[DONE]:
            sums[words.phase_of(clause)].update({"total": ends[DONE], "done": ends[DONE]})
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
    late_ = owed(operation, at).filter(past_due(at), place__isnull=False)
    return {place: figures["late"] for place, figures in counted(late_, at, "place", late=Count("pk")).items()}


def owed_by_unit(operation: Operation, at: datetime) -> dict[int, tuple[int, int]]:
    """Open and overdue tasks of each unit, by its key."""
    counts = {"owed": Count("pk"), "overdue": Count("pk", filter=past_due(at))}
    rows = counted(owed(operation, at).filter(unit__isnull=False), at, "unit", **counts)
    return {unit: (figures["owed"], figures["overdue"]) for unit, figures in rows.items()}
