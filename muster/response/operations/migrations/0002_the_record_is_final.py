"""What was written in the log, decided, proven or received stays: the database refuses to change it, and PostgreSQL to remove it.

SQLite lets rows be removed because it is emptied row by row; see the decision on the embedded database.
"""

from django.db import migrations

FINAL = ["operations_logentry", "operations_decision", "operations_evidence", "operations_arising"]


def sqlite(table):
    return (
        f"CREATE TRIGGER {table}_is_final BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is final'); END"
    )


def postgresql(table):
    return (
        f"CREATE TRIGGER {table}_is_final BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION operations_record_is_final()"
    )


FUNCTION = (
    "CREATE OR REPLACE FUNCTION operations_record_is_final() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN RAISE EXCEPTION '% is final', TG_TABLE_NAME; END $$"
)


def forwards(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    if on_postgresql:
        schema_editor.execute(FUNCTION, params=None)
    for table in FINAL:
        schema_editor.execute((postgresql if on_postgresql else sqlite)(table))


def backwards(apps, schema_editor):
    for table in FINAL:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_is_final{on}")


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
