"""Nothing on a page grows with history: what a page reads of an operation is what stands, however much has ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count

from muster.response.operations.board.assemble import board_at
from muster.response.operations.board.moment import moment_of
from muster.response.operations.models import EndedTasks, LogEntry, Operation, Task
from muster.response.operations.queries import pages
from muster.response.operations.queries.records import task_counts
from tests.response.operations.bureau import NOON

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FEW, MANY = 300, 6_000
READS: dict[str, Callable[[Operation, datetime], Any]] = {
    "the board": lambda operation, at: board_at(operation, moment_of(operation)),
    "the counts of tasks": lambda operation, at: task_counts(operation=operation, at=at),
    "late tasks": lambda operation, at: pages.task_page(operation=operation, at=at, state="late"),
    "unfinished tasks": lambda operation, at: pages.task_page(operation=operation, at=at, state="unfinished"),
    "all tasks": lambda operation, at: pages.task_page(operation=operation, at=at),
    "the log": lambda operation, at: pages.log_page(operation=operation, at=at),
}


def end(operation: Operation, count: int, first: int, at: datetime) -> None:
    """As many tasks of each clause and unit as there have been weeks, done and withdrawn; and a log that says so."""
    made = list(Task.objects.filter(operation=operation, done_at=None, withdrawn_at=None).order_by("pk"))
    ended = []
    for number in range(first, first + count):
        like = made[number % len(made)]
        task = Task(**{field.attname: getattr(like, field.attname) for field in Task._meta.concrete_fields})
        task.pk, task.occurrence = None, f"history-{number}"
        task.released_at, task.due_at = task.raised_at, task.raised_at + HOUR
        task.done_at, task.withdrawn_at = (at, None) if number % 5 else (None, at)
        ended.append(task)
    Task.objects.bulk_create(ended, batch_size=500)
    LogEntry.objects.bulk_create(
        [
            LogEntry(operation=operation, kind="note", text_zh="记", text_en="noted", at=at, by="t", author="t")
            for _ in range(count)
        ],
        batch_size=500,
    )


@contextmanager
def steps() -> Iterator[list[int]]:
    """Hundreds of steps that SQLite takes in all statements within."""
    taken = [0]

    def step() -> int:
        taken[0] += 1
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(step, 100)
    try:
        yield taken
    finally:
        connection.connection.set_progress_handler(None, 0)


def cost_of(read: Callable[[Operation, datetime], Any], operation: Operation, at: datetime) -> int:
    read(operation, at)
    with steps() as taken:
        read(operation, at)
    return taken[0]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts the steps of SQLite")
def test_twenty_times_the_history_costs_a_page_nothing(operation: Operation) -> None:
    end(operation, FEW, 0, NOON + HOUR)
    at = NOON + 2 * HOUR
    operation.clock_at = at
    before = {name: cost_of(read, operation, at) for name, read in READS.items()}
    end(operation, MANY - FEW, FEW, NOON + HOUR)
    after = {name: cost_of(read, operation, at) for name, read in READS.items()}
    grown = {name: (before[name], after[name]) for name in READS if after[name] > before[name] + (MANY - FEW) // 100}
    assert grown == {}, "less than a step for each task that has ended since"


def test_a_page_that_reads_all_of_history_would_be_noticed(operation: Operation) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("counts the steps of SQLite")
    end(operation, MANY, 0, NOON + HOUR)
    assert cost_of(lambda one, at: one.tasks.filter(late_at=at).count(), operation, NOON) > (MANY - FEW) // 100


def test_what_has_ended_is_counted_whoever_ended_it_and_at_every_moment(operation: Operation) -> None:
    tasks = Task.objects.filter(operation=operation)
    total = tasks.count()
    end(operation, 40, 0, NOON + HOUR)
    first, second, *_ = tasks.filter(done_at=None, withdrawn_at=None).order_by("pk")
    Task.objects.filter(pk=first.pk).update(withdrawn_at=NOON + 2 * HOUR)
    second.released_at = second.released_at or second.raised_at
    second.due_at = second.due_at or second.raised_at + HOUR
    second.done_at = NOON + 3 * HOUR
    second.save()
    second.save()
    for hours in range(5):
        at = NOON + hours * HOUR
        counts = task_counts(operation=operation, at=at)
        assert counts["done"] == tasks.filter(done_at__lte=at).count()
        assert counts["withdrawn"] == tasks.filter(withdrawn_at__lte=at).count()
        assert counts["unfinished"] == tasks.filter(raised_at__lte=at).count() - counts["done"] - counts["withdrawn"]
    assert tasks.count() == total + 40
    kept = {(row.clause_id, row.unit_code): (row.done, row.withdrawn) for row in EndedTasks.objects.all()}
    rows = tasks.exclude(done_at=None, withdrawn_at=None).order_by().values_list("clause_id", "unit__code")
    counted = rows.annotate(Count("done_at"), Count("withdrawn_at"))
    assert kept == {(clause, unit or ""): (done, withdrawn) for clause, unit, done, withdrawn in counted}
