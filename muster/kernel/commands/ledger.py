"""The rows that every command leaves, written together: its own row, its leaves, its outbox rows.

Plain SQL, because this runs in every write of the system: on PostgreSQL one statement, one round trip.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db import connection

from muster.kernel.audit.services import LeafValues
from muster.kernel.commands.models import CommandRecord

TOGETHER: Final = 100  # rows of one kind in a statement; what is more goes before it
LEAF: Final = ("audit_leaf", ("kind", "action", "principal", "at", "content", "leaf_hash"))
OUTBOX: Final = ("commands_outboxrow", ("topic", "payload", "command_id", "at"))
RECORD: Final = ("commands_commandrecord", ("id", "name", "principal", "payload_hash", "at", "receipt", "gone"))
Values = Sequence[Any]
Part = tuple[tuple[str, tuple[str, ...]], list[Values]]  # a table with its columns, and rows for it


def write(record: CommandRecord, leaves: Sequence[LeafValues], told: Sequence[tuple[str, Any]]) -> None:
    """Insert everything in the running transaction. Raises IntegrityError when the command's id was used before."""
    at, key = _moment(record.at), _key(record.id)
    leaf_rows: list[Values] = [
        (*leaf[:3], at if leaf[3] is record.at else _moment(leaf[3]), *leaf[4:]) for leaf in leaves
    ]
    outbox_rows: list[Values] = [(topic, json.dumps(payload, ensure_ascii=False), key, at) for topic, payload in told]
    own: Values = (key, record.name, record.principal, record.payload_hash, at, record.receipt, False)
    parts: list[Part] = [*_chunks(LEAF, leaf_rows), *_chunks(OUTBOX, outbox_rows), (RECORD, [own])]
    with connection.cursor() as cursor:
        for sql, values in _statements(parts):
            cursor.execute(sql, values)


def is_done(command_id: UUID) -> bool:
    """Whether a command with this id was done before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM commands_commandrecord WHERE id = %s", [_key(command_id)])
        return cursor.fetchone() is not None


def _chunks(table: tuple[str, tuple[str, ...]], rows: list[Values]) -> Iterator[Part]:
    for start in range(0, len(rows), TOGETHER):
        yield table, rows[start : start + TOGETHER]


def _statements(parts: list[Part]) -> Iterator[tuple[str, list[Any]]]:
    """One statement for each part, or all parts in one where the database can, and the commit with them.

    On PostgreSQL the last round trip is saved: COMMIT goes with the rows. psycopg sees that the transaction is over,
    and what Django does at the end of it becomes nothing. Only where this transaction is the command's own.
    """
    if connection.vendor == "postgresql" and len(parts) <= 3:
        shape = tuple((table, len(rows)) for table, rows in parts)
        end = "; COMMIT" if connection.in_atomic_block and not connection.savepoint_ids else ""
        yield _all_in_one(shape) + end, [value for _, rows in parts for row in rows for value in row]
        return
    for table, rows in parts:
        yield _insert(table, len(rows), connection.vendor), [value for row in rows for value in row]


@cache
def _all_in_one(shape: tuple[tuple[Any, int], ...]) -> str:
    *before, last = (_insert(table, count, "postgresql") for table, count in shape)
    return "WITH " + ", ".join(f"part{n} AS ({part})" for n, part in enumerate(before)) + f" {last}"


@cache
def _insert(table: tuple[str, tuple[str, ...]], count: int, vendor: str) -> str:
    name, columns = table
    marks = ["%s::jsonb" if column == "payload" and vendor == "postgresql" else "%s" for column in columns]
    row = f"({', '.join(marks)})"
    return f"INSERT INTO {name} ({', '.join(columns)}) VALUES {', '.join([row] * count)}"  # noqa: S608 our own names


def _moment(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _key(key: UUID) -> Any:
    return key if connection.features.has_native_uuid_field else key.hex
