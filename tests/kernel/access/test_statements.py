"""What counts as reading a table of personal data: everything that could bring out a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.kernel.access.statements import is_about, is_read

TABLE, COLUMNS = "secret_names", {"name", "phone"}

READS = [
    "SELECT * FROM secret_names",
    'select "secret_names"."name" from "secret_names" where "secret_names"."person_id" = %s',
    'SELECT COUNT(*) FROM "secret_names"',
    'SELECT 1 FROM people JOIN "secret_names" ON true',
    "SELECT id FROM people WHERE EXISTS (SELECT 1 FROM Secret_Names)",
    "WITH n AS (SELECT * FROM secret_names) SELECT * FROM n",
    "/* a note */ -- and another\n SELECT phone FROM secret_names",
    "INSERT INTO elsewhere (name) SELECT name FROM secret_names",
    "INSERT INTO secret_names (name) SELECT name FROM secret_names",
    "INSERT INTO elsewhere TABLE secret_names",
    "CREATE TABLE copied AS SELECT * FROM secret_names",
    "CREATE VIEW shown AS SELECT * FROM secret_names",
    "UPDATE elsewhere SET name = secret_names.name FROM secret_names",
    "UPDATE secret_names SET phone = %s WHERE name = %s",
    "UPDATE secret_names SET phone = %s RETURNING name",
    'INSERT INTO "secret_names" ("name") VALUES (%s) RETURNING "secret_names"."name"',
    "DELETE FROM secret_names WHERE phone LIKE %s",
    "DELETE FROM secret_names RETURNING *",
    "DELETE FROM elsewhere USING secret_names",
    "COPY secret_names TO STDOUT",
    "COPY secret_names (name) TO '/tmp/x'",
    "COPY (SELECT * FROM secret_names) TO STDOUT",
    "TABLE secret_names",
    "EXPLAIN ANALYZE SELECT * FROM secret_names",
    "DO $$ BEGIN PERFORM name FROM secret_names; END $$",
    "UPDATE secret_names SET phone = ''; SELECT * FROM secret_names",
    "SELECT query_to_xml('select * from secret_names', true, true, '')",
]
WRITES = [
    'INSERT INTO "secret_names" ("person_id", "name", "phone") VALUES (%s, %s, %s), (%s, %s, %s)',
    'INSERT INTO "secret_names" ("name") SELECT * FROM UNNEST((%s)::varchar[])',
    'INSERT INTO "secret_names" ("name") VALUES (%s) RETURNING "secret_names"."id"',
    'INSERT INTO "secret_names" ("name") VALUES (%s) ON CONFLICT("person_id") DO UPDATE SET "name" = EXCLUDED."name"',
    'INSERT OR IGNORE INTO "secret_names" ("name") VALUES (%s)',
    'UPDATE "secret_names" SET "phone" = %s WHERE "secret_names"."person_id" = %s',
    'DELETE FROM "secret_names" WHERE "secret_names"."person_id" IN (%s, %s)',
    'DELETE FROM "secret_names"',
    'TRUNCATE "people", "secret_names";',
    "COPY secret_names (name) FROM STDIN",
    'CREATE TABLE "secret_names" ("person_id" bigint NOT NULL PRIMARY KEY)',
    'ALTER TABLE "secret_names" ADD COLUMN "mail" varchar(80)',
    'CREATE INDEX "i" ON "secret_names" ("person_id")',
    'INSERT INTO "new__secret_names" ("name") SELECT "name" FROM "secret_names"',
    'PRAGMA table_info("secret_names")',
    "SELECT name FROM not_so_secret_names",
    "SELECT setval(pg_get_serial_sequence('\"secret_names\"','id'), 1, false)",
]


@pytest.mark.parametrize("sql", READS)
def test_whatever_could_bring_out_a_name_is_a_read(sql: str) -> None:
    assert is_read(sql, TABLE, COLUMNS)


@pytest.mark.parametrize("sql", WRITES)
def test_writing_erasing_and_changing_the_shape_are_not_reads(sql: str) -> None:
    assert not is_read(sql, TABLE, COLUMNS)


@given(st.sampled_from(READS), st.sampled_from([" ", "\n", "\t", "\n\n  ", " /* x */ "]), st.booleans())
def test_neither_blanks_nor_comments_nor_case_hide_a_read(sql: str, blank: str, shouted: bool) -> None:
    disguised = sql.replace(" ", blank)
    assert is_read(disguised.upper() if shouted else disguised, TABLE, COLUMNS)


BY_KEY = 'SELECT "secret_names"."name" FROM "secret_names" WHERE "secret_names"."person_id" '


@pytest.mark.parametrize(
    ("sql", "params", "about"),
    [
        (BY_KEY + "= %s", (1,), True),
        (BY_KEY + "IN (%s, %s)", (1, 2), True),
        (BY_KEY + "= %s LIMIT 21", (1,), True),
        (BY_KEY + "IN (%s, %s)", (1, 3), False),
        (BY_KEY + "= %s", None, False),
        (BY_KEY + "= %s OR name = ''", (1,), False),
        (BY_KEY + "= %s AND name = %s", (1, "Wang"), False),
        (BY_KEY + "> %s", (1,), False),
        (BY_KEY + "= %s UNION SELECT name FROM secret_names", (1,), False),
        (BY_KEY + "IN (SELECT id FROM people WHERE id = %s)", (1,), False),
        ("SELECT * FROM secret_names", (), False),
        ("SELECT * FROM secret_names WHERE name = 'Wang'", (), False),
    ],
)
def test_an_open_read_is_for_the_rows_of_its_subjects_alone(sql: str, params: object, about: bool) -> None:
    assert is_about(sql, params, "person_id", {1, 2}) is about
