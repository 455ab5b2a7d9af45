"""What was said on the way to a version stays, and the database itself holds the two approvals.

No author of a draft approves it, and a draft becomes released only with the approvals of two people on exactly the
content that was released.
"""

from django.db import migrations

FINAL = [
    "plans_attachment", "plans_clauseanswer", "plans_objectionreply", "plans_legalopinion", "plans_approval",
    "plans_approvedelsewhere", "plans_filing", "plans_publication",
]  # fmt: skip
AUTHOR = (
    "EXISTS (SELECT 1 FROM plans_draftrevision written "
    "WHERE written.draft_id = NEW.draft_id AND written.person_id = NEW.person_id)"
)
APPROVED = (
    "(SELECT COUNT(DISTINCT approval.person_id) FROM plans_approval approval "
    "JOIN plans_planversion released ON released.id = NEW.released_as_id AND released.hash = approval.plan_hash "
    "WHERE approval.draft_id = NEW.id AND approval.submission = NEW.submission AND approval.verdict = 'approved')"
)
NOT_AUTHOR = "an author does not approve his own draft"
TWO = "a draft is released with two approvals of its content"


def guards(schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, table, moment, condition, refusal in (
            ("approver", "plans_approval", "INSERT", AUTHOR, NOT_AUTHOR),
            ("released", "plans_draft", "INSERT OR UPDATE", f"NEW.state = 'released' AND {APPROVED} < 2", TWO),
        ):
            yield (
                f"CREATE OR REPLACE FUNCTION plans_guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; "
                "END IF; RETURN NEW; END $$"
            )
            yield (
                f"CREATE TRIGGER {table}_guard BEFORE {moment} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION plans_guard_{name}()"
            )
        return
    yield (
        f"CREATE TRIGGER plans_approval_guard BEFORE INSERT ON plans_approval WHEN {AUTHOR} "
        f"BEGIN SELECT RAISE(ABORT, '{NOT_AUTHOR}'); END"
    )
    for action in ("INSERT", "UPDATE"):
        yield (
            f"CREATE TRIGGER plans_draft_guard_{action.lower()} BEFORE {action} ON plans_draft "
            f"WHEN NEW.state = 'released' AND {APPROVED} < 2 BEGIN SELECT RAISE(ABORT, '{TWO}'); END"
        )


def kept(schema_editor, table):
    if schema_editor.connection.vendor == "postgresql":
        return (
            f"CREATE TRIGGER {table}_is_final BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION plans_record_is_final()"
        )
    return (
        f"CREATE TRIGGER {table}_is_final BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is final'); END"
    )


def forwards(apps, schema_editor):
    for statement in guards(schema_editor):
        schema_editor.execute(statement, params=None)
    for table in FINAL:
        schema_editor.execute(kept(schema_editor, table))


def backwards(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in FINAL:
        schema_editor.execute(f"DROP TRIGGER {table}_is_final" + (f" ON {table}" if on_postgresql else ""))
    if on_postgresql:
        schema_editor.execute("DROP TRIGGER plans_approval_guard ON plans_approval")
        schema_editor.execute("DROP TRIGGER plans_draft_guard ON plans_draft")
        return
    for trigger in ("plans_approval_guard", "plans_draft_guard_insert", "plans_draft_guard_update"):
        schema_editor.execute(f"DROP TRIGGER {trigger}")


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_life_of_a_version")]
    operations = [migrations.RunPython(forwards, backwards)]
