"""What belongs to one operation or one task, as of a moment."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db.models import Count, QuerySet

from muster.engines.plan.events import TaskKey
from muster.engines.plan.state import State
from muster.kernel.organisation.models import Site
from muster.response.operations.board.tasks import DONE, WITHDRAWN, ended, owed, parts_of
from muster.response.operations.models import EngineState, Evidence, Operation, PlaceOpening, Task
from muster.response.operations.queries.difference import within
from muster.response.operations.queries.pages import STANDING, conditions, of_unit_and_clause, still_open


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


def task_counts(*, operation: Operation, at: datetime, unit: str = "", clause: str = "") -> dict[str, int]:
    """Tasks by state at `at`, of all units and clauses or of one; "late", "unfinished" and "all" among them."""
    counted = {state: Count("pk", filter=condition) for state, condition in conditions(at).items() if state in STANDING}
    counts: Counter[str] = Counter(dict.fromkeys(counted, 0))
    for part in parts_of(of_unit_and_clause(owed(operation, at), unit, clause), at):
        counts.update(part.aggregate(**counted))
    over = sum(ended(operation, at, unit, clause).values(), Counter())
    done, withdrawn = over[DONE], over[WITHDRAWN]
    return {**counts, DONE: done, WITHDRAWN: withdrawn, "all": counts["unfinished"] + done}


def sites_to_open(*, operation: Operation) -> QuerySet[Site]:
    """Sites of the operation's area that are not open, by kind and name."""
    taken = PlaceOpening.objects.filter(operation=operation, closed_at__isnull=True).values("site")
    return Site.objects.filter(within(operation.area_id), is_active=True).exclude(pk__in=taken).order_by("kind", "code")


def sites_to_close(*, operation: Operation) -> QuerySet[Site]:
    """Sites that the operation has open."""
    return Site.objects.filter(openings__operation=operation, openings__closed_at__isnull=True).order_by("code")


def open_places(*, operation: Operation, at: datetime) -> dict[str, int]:
    """Places open at `at`, by kind."""
    rows = PlaceOpening.objects.filter(still_open(at), operation=operation, opened_at__lte=at).order_by("site__kind")
    return dict(rows.values_list("site__kind").annotate(Count("pk")))
