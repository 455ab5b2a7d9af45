"""What a task waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from muster.engines.plan.state import State
from muster.response.operations.models import EngineState, Task


class Words(Protocol):
    """Whoever knows what clauses are called."""

    def clause(self, clause_id: str) -> str:
        """The title of a clause."""


@dataclass(frozen=True, slots=True)
class AwaitedTask:
    """A task that another one waits for; `pk` is empty where it has not been raised yet."""

    pk: int | None
    clause: str
    title: str
    place: str


def waits_for(task: Task, words: Words) -> list[AwaitedTask]:
    """The tasks that must be done before the time of `task` runs, as the engine keeps them."""
    stored = EngineState.objects.filter(operation_id=task.operation_id).values_list("state", flat=True).first()
    open_task = State.from_dict(stored or {}).tasks.get(task.key)
    if open_task is None:
        return []
    keys = sorted(open_task.waits_for)
    found = Task.objects.filter(operation_id=task.operation_id, clause_id__in={key.clause for key in keys})
    known = {row.key: row.pk for row in found.filter(done_at__isnull=True, withdrawn_at__isnull=True)}
    return [AwaitedTask(known.get(key), key.clause, words.clause(key.clause), key.place) for key in keys]
