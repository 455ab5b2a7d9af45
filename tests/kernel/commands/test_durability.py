"""Muster does not write to a database that could lose what it has acknowledged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from muster.kernel.commands import durability
from muster.settings import database

pytestmark = pytest.mark.django_db
UNSAFE = {
    "PRAGMA synchronous=NORMAL": "synchronous is 1",
    "PRAGMA synchronous=OFF": "synchronous is 0",
    "PRAGMA journal_mode=DELETE": "journal_mode is delete",
    "PRAGMA foreign_keys=OFF": "foreign_keys is 0",
}


@pytest.fixture
def on_file(db: None, tmp_path: Path) -> Iterator[DatabaseWrapper]:
    """A connection with the product's own settings to a file."""
    made = DatabaseWrapper(
        {
            **connection.settings_dict,
            **database(f"sqlite:///{tmp_path}/station.sqlite3"),
            "TIME_ZONE": None,
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": False,
        },
        "station",
    )
    yield made
    made.close()


def test_the_products_own_settings_are_durable(on_file: DatabaseWrapper) -> None:
    on_file.ensure_connection()
    assert list(durability.faults(on_file)) == []
    assert list(durability.faults(connection)) == []


@pytest.mark.parametrize(("statement", "named"), UNSAFE.items())
def test_an_unsafe_setting_is_named(on_file: DatabaseWrapper, statement: str, named: str) -> None:
    on_file.ensure_connection()
    raw: Any = on_file.connection
    raw.execute(statement)
    assert any(named in fault for fault in durability.faults(on_file))


def test_an_unsafe_connection_is_refused_and_closed(on_file: DatabaseWrapper) -> None:
    on_file.settings_dict["OPTIONS"] = {**on_file.settings_dict["OPTIONS"], "init_command": "PRAGMA synchronous=OFF"}
    with pytest.raises(ImproperlyConfigured, match="synchronous is 0"):
        on_file.ensure_connection()
    assert on_file.connection is None


def test_transactions_must_take_the_write_lock_when_they_begin(on_file: DatabaseWrapper) -> None:
    on_file.settings_dict["OPTIONS"] = {**on_file.settings_dict["OPTIONS"], "transaction_mode": "DEFERRED"}
    with pytest.raises(ImproperlyConfigured, match="transaction_mode"):
        on_file.ensure_connection()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own settings")
def test_a_server_that_does_not_wait_for_its_disk_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert list(durability.faults(connection)) != []


def test_sqlite_is_new_enough_for_what_is_asked_of_it() -> None:
    assert sqlite3.sqlite_version_info >= (3, 35)
