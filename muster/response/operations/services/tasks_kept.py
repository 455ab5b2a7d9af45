"""What the engine says about tasks, as rows: new ones together, changed ones together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import connection

from muster.engines.plan.effects import (
    Effect,
    TaskClosed,
    TaskLate,
    TaskRaised,
    TaskReleased,
    TaskWithdrawn,
)
from muster.engines.plan.events import Event, TaskAcknowledged, TaskBegun, TaskDone, TaskKey
from muster.engines.plan.types import Plan
from muster.kernel.commands import Actor
from muster.response.operations.models import Operation, Task
from muster.response.operations.owners import Owners

Step = tuple[Event, tuple[Effect, ...]]
TOLD: Final = (TaskAcknowledged, TaskBegun, TaskDone)
CHANGED: Final = (TaskReleased, TaskLate, TaskWithdrawn, TaskClosed)
FEW_PLACES: Final = 20
CHANGING: Final = [
    "released_at",
    "due_at",
    "acknowledged_at",
    "acknowledged_by",
    "begun_at",
    "done_at",
    "done_by",
    "withdrawn_at",
    "withdrawn_because",
    "late_at",
    "late_because",
]


class KeptTasks:
    """The tasks that some steps of the engine touch; nothing is stored before `store`.

    `rows` are open tasks that are known already, from one store of the same transaction to the next; it is kept up.
    """

    def __init__(
        self,
        operation: Operation,
        plan: Plan,
        by: Actor,
        steps: Sequence[Step],
        hindered: Mapping[TaskKey, str],
        rows: dict[TaskKey, Task],
    ) -> None:
        self.operation, self.plan, self.by = operation, plan, by
        self.steps, self.hindered, self.rows = steps, hindered, rows
        self.new: dict[TaskKey, Task] = {}
        self.changed: dict[TaskKey, Task] = {}
        self.counts: Counter[str] = Counter()
        raised = {effect.key for _event, effects in self.steps for effect in effects if isinstance(effect, TaskRaised)}
        self.owners = Owners(plan, {key.place for key in raised})
        self._read(self._touched() - raised - rows.keys())

    def _touched(self) -> set[TaskKey]:
        keys = {event.key for event, _effects in self.steps if isinstance(event, TOLD)}
        return keys | {e.key for _event, effects in self.steps for e in effects if isinstance(e, CHANGED)}

    def _read(self, keys: set[TaskKey]) -> None:
        """Open rows of these tasks. By clause: one statement, whatever their number."""
        if not keys:
            return
        found = Task.objects.filter(
            operation=self.operation,
            clause_id__in={key.clause for key in keys},
            done_at__isnull=True,
            withdrawn_at__isnull=True,
        )
        if len(places := {key.place for key in keys}) <= FEW_PLACES:
            found = found.filter(place_code__in=places)
        self.rows.update({row.key: row for row in found if row.key in keys})

    def apply(self) -> None:
        """Every step in order: what was told, then what follows from it."""
        for event, effects in self.steps:
            if isinstance(event, TOLD):
                self._tell(event)
            for effect in effects:
                self._follow(effect)

    def _row(self, key: TaskKey) -> Task | None:
        if key in self.new:
            return self.new[key]
        row = self.changed.get(key) or self.rows.get(key)
        if row is not None:
            self.changed[key] = row
        return row

    def _tell(self, event: TaskAcknowledged | TaskBegun | TaskDone) -> None:
        row = self._row(event.key)
        if row is None or not row.is_open:
            return
        if row.acknowledged_at is None:
            row.acknowledged_at, row.acknowledged_by = event.at, self.by.principal
            self.counts["acknowledged"] += 1
        if isinstance(event, TaskBegun) and row.begun_at is None:
            row.begun_at = event.at
            self.counts["begun"] += 1
        if isinstance(event, TaskDone):
            row.begun_at = row.begun_at or event.at
            row.done_by = self.by.principal

    def _follow(self, effect: Effect) -> None:
        if isinstance(effect, TaskRaised):
            self.new[effect.key] = self._raised(effect)
            self.counts["raised"] += 1
        elif isinstance(effect, CHANGED):
            row = self._row(effect.key)
            if row is not None:
                self._change(row, effect)

    def _raised(self, effect: TaskRaised) -> Task:
        clause, place, occurrence = effect.key
        site = self.owners.site(place)
        return Task(
            operation=self.operation,
            clause_id=clause,
            place_id=site,
            place_code=place,
            occurrence=occurrence,
            owner_role=self.plan.clause(clause).actor,
            unit_id=self.owners.unit(clause, place),
            raised_at=effect.at,
            released_at=None if effect.due_at is None else effect.at,
            due_at=effect.due_at,
        )

    def _change(self, row: Task, effect: TaskReleased | TaskLate | TaskWithdrawn | TaskClosed) -> None:
        if isinstance(effect, TaskReleased):
            row.released_at, row.due_at = effect.at, effect.due_at
        elif isinstance(effect, TaskLate):
            row.late_at, row.late_because = effect.due_at, self.hindered.get(effect.key, "")
            self.counts["late"] += 1
        elif isinstance(effect, TaskWithdrawn):
            row.withdrawn_at, row.withdrawn_because = effect.at, effect.reason
            self.counts["withdrawn"] += 1
        else:
            row.done_at = effect.at
            self.counts["done"] += 1

    def store(self) -> None:
        """New rows, then changed ones."""
        Task.objects.bulk_create(self.new.values(), batch_size=2_000)
        _update(list(self.changed.values()))
        for key, row in (*self.new.items(), *self.changed.items()):
            if row.is_open:
                self.rows[key] = row
            else:
                self.rows.pop(key, None)


def _update(rows: Sequence[Task]) -> None:
    """One statement, executed for each row: a replay of a large wave changes thousands of rows a day."""
    if not rows:
        return
    fields = [field for field in Task._meta.concrete_fields if field.name in CHANGING]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    statement = f"UPDATE {quote(Task._meta.db_table)} SET {columns} WHERE id = %s"  # noqa: S608 - names of columns only
    values = (
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk] for row in rows
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(values))
