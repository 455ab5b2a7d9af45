"""A snapshot and a result stay; of a run nothing that it was asked with changes, and nothing at all once it is over.

SQLite lets rows be removed because it is emptied row by row; see the decision on the embedded database. The function
of PostgreSQL came with 0004.
"""

from django.db import migrations

KEPT = ("plans_bureausnapshot", "plans_stressresult")
RUN = "plans_stressrun"
ASKED = 'version_id, plan_hash, title, scenario, variants, bureau_id, seed, replications, "by", person_id, at'
OVER = "OLD.state IN ('done', 'cancelled', 'failed')"
GUARDS = (  # name, table, before what, when
    *((f"{table}_is_final", table, "UPDATE", "") for table in KEPT),
    (f"{RUN}_was_asked", RUN, f"UPDATE OF {ASKED}", ""),
    (f"{RUN}_is_over", RUN, "UPDATE", OVER),
)


def forwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, event, when in GUARDS:
        condition = f"WHEN ({when}) " if when else ""
        act = (
            f"FOR EACH ROW {condition}EXECUTE FUNCTION plans_record_is_final()"
            if postgresql
            else f"{condition}BEGIN SELECT RAISE(ABORT, '{table} is final'); END"
        )
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} {act}")
    for table in (*KEPT, RUN) if postgresql else ():
        schema_editor.execute(
            f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION plans_record_is_final()"
        )


def backwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, _event, _when in GUARDS:
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))
    for table in (*KEPT, RUN) if postgresql else ():
        schema_editor.execute(f"DROP TRIGGER {table}_stays ON {table}")


class Migration(migrations.Migration):
    dependencies = [("plans", "0011_stress_tests")]
    operations = [migrations.RunPython(forwards, backwards)]
