"""The hook on every database connection that refuses to read personal data outside an audited read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from muster.kernel.access.personal import open_reading
from muster.kernel.access.purposes import TABLES, PersonalTable
from muster.kernel.access.statements import is_about, is_read

Execute = Callable[[Any, Any, bool, dict[str, Any]], Any]


class PersonalDataRefused(Exception):
    """A statement would have read personal data although no audited read was open for it. It was not run."""


def install() -> None:
    """Guards the connections that are open and those that will be; called once at start-up."""
    connection_created.connect(_guard_connection, dispatch_uid="muster personal data")
    for connection in connections.all(initialized_only=True):
        _guard_connection(connection=connection)


def _guard_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, guard)
    raw: Any = connection.connection
    if connection.vendor == "postgresql" and raw is not None and not issubclass(raw.cursor_factory, GuardedCopy):
        raw.cursor_factory = type("GuardedCursor", (GuardedCopy, raw.cursor_factory), {})


def guard(execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Runs a statement unless it reads personal data that is not open. Raises PersonalDataRefused."""
    refuse_reading(sql, None if many else params)
    return execute(sql, params, many, context)


def refuse_reading(sql: Any, params: Any = None) -> None:
    """Raises PersonalDataRefused when `sql` reads a registered table, but for the subjects of an open audited read."""
    text = sql if isinstance(sql, str) else _as_text(sql)
    folded = text.lower()
    for table, entry in TABLES.items():
        if table in folded and is_read(text, table, entry.columns) and not _is_open(text, params, entry):
            raise PersonalDataRefused(
                f"{table} holds personal data: read it by {entry.subject_column} inside "
                "audited_read(by=..., purpose=..., subjects=...)"
            )


def _is_open(text: str, params: Any, entry: PersonalTable) -> bool:
    reading = open_reading(entry)
    return reading is not None and is_about(text, params, entry.subject_column, reading.subjects)


def _as_text(sql: Any) -> str:
    if isinstance(sql, bytes):
        return sql.decode()
    return str(sql.as_string(None)) if hasattr(sql, "as_string") else str(sql)


class GuardedCopy:
    """PostgreSQL's COPY goes past Django, so the cursor itself refuses it."""

    def copy(self, statement: Any, *arguments: Any, **keywords: Any) -> Any:
        """As psycopg's `copy`. Raises PersonalDataRefused."""
        refuse_reading(statement)
        return super().copy(statement, *arguments, **keywords)  # type: ignore[misc]
