"""Crashes at every boundary between two statements of a command, and what must be true afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from muster.kernel.audit.models import Leaf
from muster.kernel.audit.services import leaf_values
from muster.kernel.commands import Actor, Receipt
from muster.kernel.commands.core import Command
from muster.kernel.commands.models import CommandRecord, OutboxRow

Rows = dict[str, list[tuple[Any, ...]]]


class Crash(BaseException):
    """The process is gone; nobody can catch that."""


class Replies(list[Receipt]):
    """What has reached the client."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A command in a situation: `prepare` builds the situation and returns the service and its arguments."""

    name: str
    prepare: Callable[[], tuple[Command[Any, Any], dict[str, Any]]]


@contextmanager
def crash_at(boundary: int) -> Iterator[list[str]]:
    """Inside, the process dies before the statement of this number (0 is the first); yields the statements that ran."""
    ran: list[str] = []

    def wrapper(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if len(ran) == boundary:
            raise Crash
        ran.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield ran


def everything() -> Rows:
    """All rows of all tables, read past Django: its guards and its statement hooks are not what is looked at here."""
    raw: Any = connection.connection
    cursor = raw.cursor()
    return {table: _rows(cursor, table) for table in sorted(connection.introspection.table_names())}


def _rows(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    cursor.execute(f'SELECT * FROM "{table}"')
    return sorted((tuple(map(str, row)) for row in cursor.fetchall()), key=str)


def counts(rows: Rows) -> dict[str, int]:
    """How many rows each of our tables has; SQLite's own bookkeeping aside."""
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return {table: len(found) for table, found in rows.items() if table in ours}


@contextmanager
def undone() -> Iterator[None]:
    """Everything inside is rolled back, as far as it was committed inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def send(service: Command[Any, Any], by: Actor, arguments: dict[str, Any], replies: Replies) -> None:
    """A client's request and its answer. Rows are read anew, as each request does."""
    receipt = service.receive(by=by, **{name: read_anew(value) for name, value in arguments.items()})
    if receipt not in replies:
        replies.append(receipt)


def read_anew(value: Any) -> Any:
    """A row as the database has it now: a crash leaves nothing in memory."""
    return type(value)._default_manager.get(pk=value.pk) if isinstance(value, Model) else value


def check_every_boundary(scenario: Scenario) -> int:
    """Crash at each boundary, look, send the command again, look again; returns the number of boundaries.

    Raises AssertionError where something was lost, doubled or half applied.
    """
    with undone():
        service, arguments = scenario.prepare()
        by = arguments.pop("by")
        before = everything()
        with undone():
            with crash_at(-1) as ran:
                send(service, by, arguments, Replies())
            after = everything()
        clean = counts(after)
        for boundary in range(len(ran) + 1):
            with undone():
                _crash_and_repeat(service, by, arguments, boundary, before, clean)
        return len(ran)


def _crash_and_repeat(
    service: Command[Any, Any],
    by: Actor,
    arguments: dict[str, Any],
    boundary: int,
    before: Rows,
    clean: dict[str, int],
) -> None:
    replies = Replies()
    crashed = _crash(service, by, arguments, boundary, replies)
    if crashed and not replies:
        assert everything() == before, f"{service.name}: half applied at boundary {boundary}"
    if replies:
        check_applied_once(by.command_id, clean)
    send(service, by, arguments, replies)
    check_applied_once(by.command_id, clean)
    assert len({receipt.body for receipt in replies}) == 1, f"{service.name}: two answers to one command"


def _crash(service: Command[Any, Any], by: Actor, arguments: dict[str, Any], boundary: int, replies: Replies) -> bool:
    """Whether the process died before the client had its answer."""
    try:
        with transaction.atomic(), crash_at(boundary):
            send(service, by, arguments, replies)
    except Crash:
        return True
    return False


def check_applied_once(command_id: UUID, clean: dict[str, int]) -> None:
    """As many rows everywhere as one undisturbed run leaves, and the command's own rows agree with each other."""
    found = counts(everything())
    assert found == clean, {
        table: (clean.get(table), found[table]) for table in found if found[table] != clean.get(table)
    }
    check_agreement(command_id)


def check_agreement(command_id: UUID) -> None:
    """Receipt, leaf and outbox of a command tell the same story."""
    done = CommandRecord.objects.get(pk=command_id)
    receipt = json.loads(bytes(done.receipt))
    assert (receipt["command_id"], receipt["payload"]) == (str(command_id), done.payload_hash)
    leaves = [json.loads(leaf.content) for leaf in Leaf.objects.filter(principal=done.principal).order_by("pk")]
    own = [leaf for leaf in leaves if leaf["command_id"] == str(command_id) and not leaf["within"]]
    assert [(leaf["action"], leaf["payload"]) for leaf in own] == [(done.name, done.payload_hash)]
    for leaf in Leaf.objects.filter(principal=done.principal):
        content = json.loads(leaf.content)
        facts = {key: content.pop(key) for key in ("kind", "action", "principal")}
        content.pop("at")
        assert leaf_values(**facts, at=leaf.at, content=content)[-1] == leaf.leaf_hash
    assert all(row.at == done.at for row in OutboxRow.objects.filter(command_id=command_id))
