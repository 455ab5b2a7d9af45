"""Crashes at every boundary between two statements of a command, and what must be true afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
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

Arguments = dict[str, Any]
Prepare = Callable[[], Arguments]
Rows = dict[str, list[str]]
Expected = dict[str, list[str] | int]
SCENARIOS: dict[str, Scenario] = {}


class Crash(BaseException):
    """The process is gone; nobody can catch that."""


class Replies(list[Receipt]):
    """What has reached the client."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A command in a situation: `prepare` builds the situation and returns the arguments of the service."""

    service: Command[Any, Any]
    prepare: Prepare


def scenario(service: Command[Any, Any]) -> Callable[[Prepare], Prepare]:
    """Puts a situation of a command, called by the name of the function, into the table."""

    def keep(prepare: Prepare) -> Prepare:
        assert prepare.__name__ not in SCENARIOS, "a situation has a name of its own"
        SCENARIOS[prepare.__name__] = Scenario(service, prepare)
        return prepare

    return keep


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
    """All rows of our tables, read past Django: its guards and its statement hooks are not what is looked at here."""
    raw: Any = connection.connection
    cursor = raw.cursor()
    rows: Rows = {model._meta.db_table: [] for model in apps.get_models(include_auto_created=True)}
    if connection.vendor == "postgresql":  # in one statement: this is asked after every crash
        cursor.execute(" UNION ALL ".join(f'SELECT \'{table}\', "{table}"::text FROM "{table}"' for table in rows))
        for table, row in cursor.fetchall():
            rows[table].append(row)
    else:
        for table in rows:
            rows[table] = list(map(str, cursor.execute(f'SELECT * FROM "{table}"').fetchall()))
    return {table: sorted(found) for table, found in rows.items()}


def expected(first: Rows, second: Rows) -> Expected:
    """The rows of each table; where two undisturbed runs differ, by keys or salts, only how many."""
    return {table: rows if rows == second[table] else len(rows) for table, rows in first.items()}


def differences(rows: Rows, wanted: Expected) -> dict[str, tuple[Any, Any]]:
    """Of each table that is not as it should be: what it should hold, and what it holds."""
    found = {table: len(rows[table]) if isinstance(like, int) else rows[table] for table, like in wanted.items()}
    return {table: (wanted[table], found[table]) for table in wanted if wanted[table] != found[table]}


@contextmanager
def undone() -> Iterator[None]:
    """Everything inside is rolled back, as far as it was committed inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def send(service: Command[Any, Any], by: Actor, arguments: Arguments, replies: Replies) -> None:
    """A client's request and its answer. Rows are read anew, as each request does."""
    receipt = service.receive(by=by, **{name: read_anew(value) for name, value in arguments.items()})
    if receipt not in replies:
        replies.append(receipt)


def read_anew(value: Any) -> Any:
    """A row as the database has it now: a crash leaves nothing in memory."""
    return type(value)._default_manager.get(pk=value.pk) if isinstance(value, Model) else value


def check_boundaries(scenario: Scenario, choose: Callable[[int], Iterable[int]] = range) -> int:
    """Crash at each boundary, or at those that are chosen of so many, look, send the command again, look again.

    Returns the number of boundaries. Raises AssertionError where something was lost, doubled or half applied.
    """
    with undone():
        arguments = scenario.prepare()
        by = arguments.pop("by")
        before = everything()
        (_, first), (ran, second) = (_undisturbed(scenario.service, by, arguments) for _ in range(2))
        after = expected(first, second)
        for boundary in choose(ran + 1):
            with undone():
                _crash_and_repeat(scenario.service, by, arguments, boundary, before, after)
        return ran + 1


def _undisturbed(service: Command[Any, Any], by: Actor, arguments: Arguments) -> tuple[int, Rows]:
    """How many statements the command takes when nothing happens to it, and what is there afterwards."""
    with undone():
        with crash_at(-1) as ran:
            send(service, by, arguments, Replies())
        return len(ran), everything()


def _crash_and_repeat(
    service: Command[Any, Any], by: Actor, arguments: Arguments, boundary: int, before: Rows, after: Expected
) -> None:
    replies = Replies()
    crashed = _crash(service, by, arguments, boundary, replies)
    if crashed and not replies:
        assert everything() == before, f"{service.name}: half applied at boundary {boundary}"
    if replies:
        check_applied_once(by.command_id, after)
    send(service, by, arguments, replies)
    check_applied_once(by.command_id, after)
    assert len({receipt.body for receipt in replies}) == 1, f"{service.name}: two answers to one command"


def _crash(service: Command[Any, Any], by: Actor, arguments: Arguments, boundary: int, replies: Replies) -> bool:
    """Whether the process died before the client had its answer."""
    try:
        with transaction.atomic(), crash_at(boundary):
            send(service, by, arguments, replies)
    except Crash:
        return True
    return False


def check_applied_once(command_id: UUID, after: Expected) -> None:
    """Everything is as one undisturbed run leaves it, and the command's own rows agree with each other."""
    assert differences(everything(), after) == {}
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
        at = datetime.fromisoformat(content.pop("at"))
        assert (at, leaf_values(**facts, at=at, content=content)[-1]) == (leaf.at, leaf.leaf_hash)
    assert all(row.at == done.at for row in OutboxRow.objects.filter(command_id=command_id))
