"""Many rows of one table at once: what a report of a city's year or a whole bureau needs.

Django makes an object of every row and a text of every value; here the database is given the values as they are. On
SQLite one prepared statement takes them all, on PostgreSQL one statement takes each column as an array.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, Model

from muster.kernel import progress

TOGETHER: Final = 5_000  # rows between two looks at whether whoever waits has given up
Values = Sequence[Any]


def insert_many(model: type[Model], columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Insert `rows`, each with a value for every one of `columns` (names in the table, as `area_id`), in order.

    No default is filled in and no signal is sent: the caller gives every column that may not be empty. The
    constraints of the database hold as ever. Inside the transaction of a command; tells how far it is, and raises
    `progress.Stopped` between two parts when nobody waits any more.
    """
    database = connections[DEFAULT_DB_ALIAS]
    insert = _arrays if database.vendor == "postgresql" else _one_by_one
    fields = {field.column: field for field in model._meta.concrete_fields}
    for start in range(0, len(rows), TOGETHER):
        part = list(zip(*rows[start : start + TOGETHER], strict=True))
        values = [_stored(database, fields[name], column) for name, column in zip(columns, part, strict=True)]
        insert(database, model, columns, values)
        progress.tell(min(start + TOGETHER, len(rows)), len(rows))


def _stored(database: BaseDatabaseWrapper, field: Any, column: Values) -> Values:
    """A column in the form in which this database keeps it: days and moments have one of their own in each."""
    if not isinstance(field, DateField):
        return column
    forms = {value: field.get_db_prep_value(value, database) for value in set(column)}
    return [forms[value] for value in column]


def _one_by_one(database: BaseDatabaseWrapper, model: type[Model], names: Sequence[str], columns: list[Values]) -> None:
    marks = ", ".join(["%s"] * len(names))
    with database.cursor() as cursor:
        cursor.executemany(f"{_into(database, model, names)} VALUES ({marks})", list(zip(*columns, strict=True)))


def _arrays(database: BaseDatabaseWrapper, model: type[Model], names: Sequence[str], columns: list[Values]) -> None:
    types = {field.column: field.db_type(database) for field in model._meta.concrete_fields}
    arrays = ", ".join(f"%s::{types[name]}[]" for name in names)
    with database.cursor() as cursor:
        sql = f"{_into(database, model, names)} SELECT * FROM UNNEST({arrays})"  # noqa: S608 our own names
        cursor.execute(sql, list(map(list, columns)))


def _into(database: BaseDatabaseWrapper, model: type[Model], columns: Sequence[str]) -> str:
    quote = database.ops.quote_name
    return f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
