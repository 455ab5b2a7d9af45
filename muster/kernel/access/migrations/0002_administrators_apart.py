"""An administrator's role stands alone on an account: the database refuses a second role beside it."""

from django.db import migrations

TABLE = "access_rolegrant"
ADMINISTRATORS = "('system_administrator', 'security_administrator', 'audit_administrator')"
CLASH = (
    f"SELECT 1 FROM {TABLE} held WHERE held.account_id = NEW.account_id AND held.id <> NEW.id "
    "AND held.revoked_at IS NULL AND held.ends_at > NEW.starts_at AND held.role <> NEW.role "
    f"AND (held.role IN {ADMINISTRATORS} OR NEW.role IN {ADMINISTRATORS})"
)
REFUSAL = "an administrator holds no other role"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION access_administrators_apart() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NEW.revoked_at IS NULL AND EXISTS ({CLASH}) THEN RAISE EXCEPTION '{REFUSAL}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_apart AFTER INSERT OR UPDATE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION access_administrators_apart()"
        )
        return
    for action in ("INSERT", "UPDATE"):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_apart_{action.lower()} AFTER {action} ON {TABLE} "
            f"WHEN NEW.revoked_at IS NULL AND EXISTS ({CLASH}) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_apart ON {TABLE}")
        return
    for action in ("insert", "update"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_apart_{action}")


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
