"""What was reported stays as it was reported: the database itself refuses to change it."""

from django.db import migrations

KEPT = ["situation_casecount", "situation_reportbatch", "situation_externalinput", "situation_surveillancestart", "situation_signaldecision"]


def sqlite(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is kept as it was reported'); END"
    )


def postgresql(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION situation_is_kept()"
    )


FUNCTION = (
    "CREATE OR REPLACE FUNCTION situation_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN RAISE EXCEPTION '% is kept as it was reported', TG_TABLE_NAME; END $$"
)


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
    statement = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    for table in KEPT:
        schema_editor.execute(statement(table))


def backwards(apps, schema_editor):
    for table in KEPT:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_is_kept{on}")


class Migration(migrations.Migration):
    dependencies = [("situation", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
