import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0002_imports"),
        ("plans", "0007_lower_plans"),
    ]

    operations = [
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("clause", models.CharField(blank=True, max_length=16)),
                ("text", models.TextField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_by", models.CharField(blank=True, max_length=64)),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_by",
                        to="plans.remark",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="plans.draft"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["draft", "id"],
                "indexes": [models.Index(fields=["draft", "clause"], name="remarks_at_a_clause")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="a_remark_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answers__isnull", True), ("settled_at__isnull", True), _connector="OR"),
                        name="a_thread_is_settled_as_one",
                    ),
                ],
            },
        ),
    ]
