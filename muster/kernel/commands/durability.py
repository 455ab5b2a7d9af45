"""What the write path promises rests on these settings of the database; Muster does not run without them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE: Final = {"journal_mode": {"wal"}, "synchronous": {"2", "3"}, "foreign_keys": {"1"}}  # 2 is FULL, 3 EXTRA
POSTGRESQL: Final = {
    "fsync": {"on"},
    "full_page_writes": {"on"},
    "synchronous_commit": {"on", "local", "remote_write", "remote_apply"},  # each waits for the disk of the server
}


def faults(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Each sentence is a setting of this connection that would let an acknowledged write be lost."""
    if connection.vendor == "postgresql":
        yield from _wrong(_postgresql(connection), POSTGRESQL)
    elif _lives_in_memory(connection):
        return
    else:
        yield from _wrong(_sqlite(connection), SQLITE)
        if (mode := str(getattr(connection, "transaction_mode", None)).upper()) != "IMMEDIATE":
            yield f"transaction_mode is {mode}, and must be IMMEDIATE"


def _wrong(found: dict[str, str], expected: dict[str, set[str]]) -> Iterator[str]:
    for name, allowed in expected.items():
        if found[name] not in allowed:
            yield f"{name} is {found[name]}, and must be {' or '.join(sorted(allowed))}"


def _sqlite(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        return {name: str(cursor.execute(f"PRAGMA {name}").fetchone()[0]).lower() for name in SQLITE}


def _postgresql(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"current_setting('{name}')" for name in POSTGRESQL))
        return dict(zip(POSTGRESQL, cursor.fetchone(), strict=True))


def _lives_in_memory(connection: BaseDatabaseWrapper) -> bool:
    """The database that Django makes for tests; nothing of it is meant to outlive the process."""
    return str(connection.settings_dict["NAME"]).startswith("file:memorydb_")


def refuse_unless_durable(sender: object, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """For every new connection. Raises ImproperlyConfigured, and leaves no connection behind."""
    if found := list(faults(connection)):
        connection.close()
        raise ImproperlyConfigured(f"Muster does not write to this database: {'; '.join(found)}")
