"""Reasons stand in both languages; those that were written before stand for both.

Changing a table makes SQLite forget its triggers, so the guard of decisions is put up again.
"""

from django.db import migrations, models
from django.db.models import Q

GUARD = "operations_decision_is_final"


def without_guard(apps, schema_editor):
    on = " ON operations_decision" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {GUARD}{on}")


def guarded(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        body = "BEFORE UPDATE OR DELETE ON operations_decision FOR EACH ROW EXECUTE FUNCTION operations_record_is_final()"
    else:
        body = "BEFORE UPDATE ON operations_decision BEGIN SELECT RAISE(ABORT, 'operations_decision is final'); END"
    schema_editor.execute(f"CREATE TRIGGER {GUARD} {body}")


def said_in_both(apps, schema_editor):
    for name, fields in (("Proposal", ("reason", "because")), ("Decision", ("reason",))):
        model = apps.get_model("operations", name)
        model.objects.update(**{f"{field}_en": models.F(f"{field}_zh") for field in fields})


def reason(name):
    return migrations.AlterField(name, "reason_en", models.CharField(max_length=1000))


class Migration(migrations.Migration):
    dependencies = [("operations", "0003_hindrances")]
    operations = [
        migrations.RunPython(without_guard, guarded),
        migrations.RemoveConstraint("proposal", "a_refusal_says_why"),
        migrations.RemoveConstraint("decision", "a_decision_says_why"),
        migrations.RenameField("proposal", "reason", "reason_zh"),
        migrations.RenameField("proposal", "decided_because", "because_zh"),
        migrations.RenameField("decision", "reason", "reason_zh"),
        migrations.AddField("proposal", "reason_en", models.CharField(max_length=1000, default="")),
        migrations.AddField("decision", "reason_en", models.CharField(max_length=1000, default="")),
        migrations.AddField("proposal", "because_en", models.CharField(max_length=1000, blank=True, default="")),
        migrations.AlterField("proposal", "because_zh", models.CharField(max_length=1000, blank=True, default="")),
        migrations.RunPython(said_in_both, migrations.RunPython.noop),
        reason("proposal"),
        reason("decision"),
        migrations.AddConstraint(
            "proposal",
            models.CheckConstraint(condition=~Q(outcome="refused") | ~Q(because_zh=""), name="a_refusal_says_why"),
        ),
        migrations.AddConstraint(
            "decision", models.CheckConstraint(condition=~Q(reason_zh=""), name="a_decision_says_why")
        ),
        migrations.RunPython(guarded, without_guard),
    ]
