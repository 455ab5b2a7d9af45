"""A column that holds personal data is in the purpose register, or the build fails."""

from __future__ import annotations

import re

from django.apps import apps
from django.db.models import CharField, DateField, Field, Model, TextField

from muster.kernel.access.purposes import TABLES
from muster.kernel.organisation.models import Person

CALLED = re.compile(r"(full_|first_|last_|family_|given_|old_)?(name|surname)(_zh|_en)?|nickname|alias")
REACHED = re.compile(r"(.*_)?(phones?|telephones?|mobile|email|mail_address|home_address|wechat|weixin)(_.*)?")
NUMBERED = re.compile(r"(.*_)?(id_number|identity_number|id_card|passport|plate|licence_number)(_.*)?")
PRIVATE = re.compile(
    r"(.*_)?(birth|birthday|birth_date|gender|sex|age|diagnosis|symptoms?|temperature|test_result|vaccin\w*)(_.*)?"
)
NEVER = re.compile(
    r"(.*_)?(religion|ethnic\w*|nation(ality)?|politic\w*|party|opinion|petition\w*|debts?|credit|face)(_.*)?"
)


def tables() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("muster.")]


def hangs_on_a_person(model: type[Model]) -> bool:
    return any(field.related_model is Person for field in model._meta.get_fields() if field.concrete)


def looks_personal(model: type[Model], field: Field[object, object]) -> bool:
    if not isinstance(field, CharField | TextField | DateField) or field.choices:
        return False
    patterns = [REACHED, NUMBERED, *([CALLED, PRIVATE] if hangs_on_a_person(model) else [])]
    return any(pattern.fullmatch(field.name) for pattern in patterns)


def test_every_column_that_looks_personal_is_registered() -> None:
    found = {
        (model._meta.db_table, field.column)
        for model in tables()
        for field in model._meta.concrete_fields
        if looks_personal(model, field)
    }
    registered = {(table.table, column) for table in TABLES.values() for column in table.columns}
    assert found - registered == set(), "register it in kernel/access/purposes.py, with purpose, legal basis and term"
    assert ("organisation_persondetails", "phone") in found


def test_the_register_names_tables_and_columns_that_exist() -> None:
    columns = {model._meta.db_table: {field.column for field in model._meta.concrete_fields} for model in tables()}
    for table in TABLES.values():
        assert table.columns | {table.subject_column} <= columns[table.table]


def test_a_personal_table_holds_nothing_that_other_work_needs() -> None:
    for model in tables():
        table = TABLES.get(model._meta.db_table)
        if table is not None:
            own = {field.column for field in model._meta.concrete_fields if not field.primary_key}
            assert own == table.columns, "a roster or a board would have to read personal data for the other columns"


def test_no_field_holds_what_muster_refuses_to_know() -> None:
    assert [
        f"{model.__name__}.{field.name}"
        for model in tables()
        for field in model._meta.concrete_fields
        if NEVER.fullmatch(field.name)
    ] == []
