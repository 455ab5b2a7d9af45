"""How many tasks have ended is kept by the database itself, so that no page counts them; those that ended lately are found."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

TASK, KEPT = "operations_task", "operations_endedtasks"
HAS_ENDED = "(NEW.done_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL)"
EVENTS = {
    "ends": (
        "AFTER UPDATE OF done_at, withdrawn_at",
        f"OLD.done_at IS NULL AND OLD.withdrawn_at IS NULL AND {HAS_ENDED}",
    ),
    "begins_ended": ("AFTER INSERT", HAS_ENDED),
}


def statement():
    is_done, is_withdrawn = (
        f"CASE WHEN NEW.{moment} IS NULL THEN 0 ELSE 1 END" for moment in ("done_at", "withdrawn_at")
    )
    return (
        f"INSERT INTO {KEPT} (operation_id, clause_id, unit_code, done, withdrawn) VALUES (NEW.operation_id, NEW.clause_id, "
        "COALESCE((SELECT code FROM organisation_unit WHERE id = NEW.unit_id), ''), "
        f"{is_done}, {is_withdrawn}) ON CONFLICT (operation_id, clause_id, unit_code) DO UPDATE "
        f"SET done = {KEPT}.done + excluded.done, withdrawn = {KEPT}.withdrawn + excluded.withdrawn"
    )


def forwards(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    if on_postgresql:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION operations_task_ended() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN {statement()}; RETURN NULL; END $$",
            params=None,
        )
    for name, (event, condition) in EVENTS.items():
        body = "EXECUTE FUNCTION operations_task_ended()" if on_postgresql else f"BEGIN {statement()}; END"
        schema_editor.execute(
            f"CREATE TRIGGER {TASK}_{name} {event} ON {TASK} FOR EACH ROW WHEN ({condition}) {body}", params=None
        )
    begin(apps)


def begin(apps):
    """The tasks that have ended before this."""
    task, kept = apps.get_model("operations", "Task"), apps.get_model("operations", "EndedTasks")
    ended = task.objects.filter(Q(done_at__isnull=False) | Q(withdrawn_at__isnull=False)).order_by()
    rows = ended.values("operation_id", "clause_id", code=Coalesce("unit__code", models.Value("")))
    kept.objects.bulk_create(
        [
            kept(unit_code=row.pop("code"), **row)
            for row in rows.annotate(done=Count("done_at"), withdrawn=Count("withdrawn_at"))
        ],
        batch_size=500,
    )


def backwards(apps, schema_editor):
    on = f" ON {TASK}" if schema_editor.connection.vendor == "postgresql" else ""
    for name in EVENTS:
        schema_editor.execute(f"DROP TRIGGER {TASK}_{name}{on}")


class Migration(migrations.Migration):
    dependencies = [("operations", "0004_reasons_in_both_languages")]
    operations = [
        migrations.RemoveIndex(model_name="task", name="task_by_unit"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["operation", "unit", "due_at"],
                condition=Q(done_at__isnull=True, withdrawn_at__isnull=True),
                name="open_task_by_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(F("operation"), Coalesce("done_at", "withdrawn_at"), name="task_by_end"),
        ),
        migrations.CreateModel(
            name="EndedTasks",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clause_id", models.CharField(max_length=32)),
                ("unit_code", models.CharField(blank=True, max_length=64)),
                ("done", models.PositiveIntegerField()),
                ("withdrawn", models.PositiveIntegerField()),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended_tasks",
                        to="operations.operation",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="endedtasks",
            constraint=models.UniqueConstraint(
                fields=("operation", "clause_id", "unit_code"), name="one_count_of_ended_tasks_per_clause_and_unit"
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
