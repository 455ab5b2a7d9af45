"""The database itself keeps the log: a leaf takes its position once, and nothing of it is changed or removed."""

from django.db import migrations

LEAF, CHECKPOINT, NODE = "audit_leaf", "audit_checkpoint", "audit_node"
COLUMNS = ("id", "kind", "action", "principal", "at", "content", "leaf_hash")
TEXT = "the audit log is kept as it was written"

POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{TEXT}'; END $$;
CREATE TRIGGER {LEAF}_positioned_once BEFORE UPDATE ON {LEAF} FOR EACH ROW
WHEN (OLD.position IS NOT NULL OR NEW.position IS NULL
      OR ({", ".join(f"OLD.{name}" for name in COLUMNS)}) IS DISTINCT FROM ({", ".join(f"NEW.{name}" for name in COLUMNS)}))
EXECUTE FUNCTION audit_kept();
CREATE TRIGGER {LEAF}_kept BEFORE DELETE ON {LEAF} FOR EACH ROW EXECUTE FUNCTION audit_kept();
CREATE TRIGGER {LEAF}_not_emptied BEFORE TRUNCATE ON {LEAF} FOR EACH STATEMENT EXECUTE FUNCTION audit_kept();
CREATE TRIGGER {CHECKPOINT}_kept BEFORE UPDATE OR DELETE ON {CHECKPOINT} FOR EACH ROW EXECUTE FUNCTION audit_kept();
CREATE TRIGGER {CHECKPOINT}_not_emptied BEFORE TRUNCATE ON {CHECKPOINT} FOR EACH STATEMENT EXECUTE FUNCTION audit_kept();
CREATE TRIGGER {NODE}_kept BEFORE UPDATE OR DELETE ON {NODE} FOR EACH ROW EXECUTE FUNCTION audit_kept();
"""
DROP_POSTGRESQL = f"""
DROP TRIGGER {LEAF}_positioned_once ON {LEAF};
DROP TRIGGER {LEAF}_kept ON {LEAF};
DROP TRIGGER {LEAF}_not_emptied ON {LEAF};
DROP TRIGGER {CHECKPOINT}_kept ON {CHECKPOINT};
DROP TRIGGER {CHECKPOINT}_not_emptied ON {CHECKPOINT};
DROP TRIGGER {NODE}_kept ON {NODE};
DROP FUNCTION audit_kept();
"""


def refuse(table: str, action: str) -> str:
    return f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} BEGIN SELECT RAISE(ABORT, '{TEXT}'); END"


SQLITE = {
    f"{LEAF}_positioned_once": (
        f"CREATE TRIGGER {LEAF}_positioned_once BEFORE UPDATE ON {LEAF} "
        "WHEN OLD.position IS NOT NULL OR NEW.position IS NULL OR "
        + " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in COLUMNS)
        + f" BEGIN SELECT RAISE(ABORT, '{TEXT}'); END"
    ),
    **{
        f"{table}_no_{action}": refuse(table, action.upper())
        for table, action in [(LEAF, "delete"), (CHECKPOINT, "update"), (CHECKPOINT, "delete"), (NODE, "update"), (NODE, "delete")]
    },
}


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for statement in SQLITE.values():
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP_POSTGRESQL)
        return
    for name in SQLITE:
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_checkpoints")]
    operations = [migrations.RunPython(forwards, backwards)]
