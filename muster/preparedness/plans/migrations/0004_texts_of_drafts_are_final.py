"""A text that a draft once had stays: the database refuses to change it, and PostgreSQL to remove it.

SQLite lets rows be removed because it is emptied row by row; see the decision on the embedded database.
"""

from django.db import migrations

TABLE = "plans_draftrevision"
FUNCTION = (
    "CREATE OR REPLACE FUNCTION plans_record_is_final() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN RAISE EXCEPTION '% is final', TG_TABLE_NAME; END $$"
)


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_is_final BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION plans_record_is_final()"
        )
        return
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_is_final BEFORE UPDATE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{TABLE} is final'); END"
    )


def backwards(apps, schema_editor):
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {TABLE}_is_final{on}")


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_drafts")]
    operations = [migrations.RunPython(forwards, backwards)]
