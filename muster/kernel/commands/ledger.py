"""The rows that every command leaves, written together: its own row, its leaves, its outbox rows.

Plain SQL, because this runs in every write of the system: on PostgreSQL one statement, one round trip.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any, Final, NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from muster.kernel.audit.services import LeafValues

UNIQUE_VIOLATION: Final = "23505"  # PostgreSQL, appendix A
TOGETHER: Final = 100  # rows of one kind in a statement; what is more goes before it
LEAF: Final = ("audit_leaf", ("kind", "action", "principal", "at", "content", "leaf_hash"))
OUTBOX: Final = ("commands_outboxrow", ("topic", "payload", "command_id", "at"))
RECORD: Final = ("commands_commandrecord", ("id", "name", "principal", "payload_hash", "at", "receipt", "gone"))
Values = Sequence[Any]


class Done(NamedTuple):
    """The command's own row, without Django's cost of making a `CommandRecord`."""

    id: UUID
    name: str
    principal: str
    payload_hash: str
    at: datetime
    receipt: bytes


Part = tuple[tuple[str, tuple[str, ...]], list[Values]]  # a table with its columns, and rows for it


def write(record: Done, leaves: Sequence[LeafValues], told: Sequence[tuple[str, Any]]) -> None:
    """Insert everything in the running transaction. Raises IntegrityError when the command's id was used before."""
    database = connections[DEFAULT_DB_ALIAS]
    moment = database.ops.adapt_datetimefield_value
    at, key = moment(record.at), _key(database, record.id)
    leaf_rows: list[Values] = [
        (*leaf[:3], at if leaf[3] is record.at else moment(leaf[3]), *leaf[4:]) for leaf in leaves
    ]
    outbox_rows: list[Values] = [(topic, json.dumps(payload, ensure_ascii=False), key, at) for topic, payload in told]
    own: Values = (key, record.name, record.principal, record.payload_hash, at, record.receipt, False)
    parts: list[Part] = [*_chunks(LEAF, leaf_rows), *_chunks(OUTBOX, outbox_rows), (RECORD, [own])]
    with database.cursor() as cursor:
        for sql, values in _statements(database, parts):
            cursor.execute(sql, values)


def is_taken(problem: IntegrityError) -> bool:
    """Was a row refused because another one has what must be unique?"""
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
        return getattr(problem.__cause__, "sqlstate", "") == UNIQUE_VIOLATION
    return str(problem).startswith("UNIQUE constraint failed")


def is_done(command_id: UUID) -> bool:
    """Whether a command with this id was done before."""
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor:
        cursor.execute("SELECT 1 FROM commands_commandrecord WHERE id = %s", [_key(database, command_id)])
        return cursor.fetchone() is not None


def _chunks(table: tuple[str, tuple[str, ...]], rows: list[Values]) -> Iterator[Part]:
    for start in range(0, len(rows), TOGETHER):
        yield table, rows[start : start + TOGETHER]


def _statements(database: BaseDatabaseWrapper, parts: list[Part]) -> Iterator[tuple[str, list[Any]]]:
    """One statement for each part, or all parts in one where the database can, and the commit with them.

    On PostgreSQL the last round trip is saved: COMMIT goes with the rows. psycopg sees that the transaction is over,
    and what Django does at the end of it becomes nothing. Only where this transaction is the command's own.
    """
    if database.vendor == "postgresql" and len(parts) <= 3:
        yield from _at_once(database, parts)
        return
    for table, rows in parts:
        yield _insert(table, len(rows), database.vendor), [value for row in rows for value in row]


def _at_once(database: BaseDatabaseWrapper, parts: list[Part]) -> Iterator[tuple[str, list[Any]]]:
    """The parts as one prepared statement: PostgreSQL plans it once in a connection (85 us of 465 saved).

    A value that stands in several columns (the moment, the command's id) is sent once. The statement is prepared in
    the session, so a pooler between Muster and the server must keep sessions (docs/operations.md).
    """
    places: dict[tuple[int, bool], int] = {}
    sent: list[Any] = []
    pattern: list[int] = []
    for (_, columns), rows in parts:
        for row in rows:
            for column, value in zip(columns, row, strict=True):
                place = places.setdefault((id(value), column == "payload"), len(sent) + 1)
                if place > len(sent):
                    sent.append(value)
                pattern.append(place)
    name, sql = _all_in_one(tuple((table, len(rows)) for table, rows in parts), tuple(pattern))
    known = _prepared.setdefault(database.connection, set())
    if name not in known:
        yield f"PREPARE {name} AS {sql}", []
        known.add(name)
    end = "; COMMIT" if database.in_atomic_block and not database.savepoint_ids else ""
    yield f"EXECUTE {name} ({', '.join(['%s'] * len(sent))}){end}", sent


_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # names by connection of psycopg


@cache
def _all_in_one(shape: tuple[tuple[Any, int], ...], pattern: tuple[int, ...]) -> tuple[str, str]:
    """Name and text of the statement for rows of this shape; `pattern` has the number of each parameter."""
    *before, last = (_insert(table, count, "postgresql") for table, count in shape)
    named = ", ".join(f"part{n} AS ({part})" for n, part in enumerate(before))
    sql = f"WITH {named} {last}" if before else last
    numbered = sql.replace("%s", "$%s") % pattern
    return f"muster_{sha256(numbered.encode()).hexdigest()[:16]}", numbered


@cache
def _insert(table: tuple[str, tuple[str, ...]], count: int, vendor: str) -> str:
    name, columns = table
    marks = ["%s::jsonb" if column == "payload" and vendor == "postgresql" else "%s" for column in columns]
    row = f"({', '.join(marks)})"
    return f"INSERT INTO {name} ({', '.join(columns)}) VALUES {', '.join([row] * count)}"  # noqa: S608 our own names


def _key(database: BaseDatabaseWrapper, key: UUID) -> Any:
    return key if database.features.has_native_uuid_field else key.hex
