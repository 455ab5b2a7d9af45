"""A line of the stock book is final: the database itself refuses to change it, and PostgreSQL to remove it.

SQLite lets rows be removed because it is emptied row by row; see the decision on the embedded database.
"""

from django.db import migrations

TABLE = "logistics_stockentry"
MESSAGE = "a line of the stock book is final"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION logistics_line_is_final() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_is_final BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION logistics_line_is_final()"
        )
        return
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_is_final BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def backwards(apps, schema_editor):
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {TABLE}_is_final{on}")


class Migration(migrations.Migration):
    dependencies = [("logistics", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
