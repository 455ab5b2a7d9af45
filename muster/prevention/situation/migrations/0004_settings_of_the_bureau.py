"""What the bureau sets itself: thresholds of rules, serial intervals; each is kept as it was set."""

import datetime
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

kept = import_module("muster.prevention.situation.migrations.0002_kept_as_reported")
KEPT = ["situation_serialintervalprofile", "situation_signalrulesetting"]


def forwards(apps, schema_editor):
    statement = kept.postgresql if schema_editor.connection.vendor == "postgresql" else kept.sqlite
    for table in KEPT:
        schema_editor.execute(statement(table))


def backwards(apps, schema_editor):
    for table in KEPT:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_is_kept{on}")


class Migration(migrations.Migration):

    dependencies = [
        ('situation', '0003_reference_figures'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignalRuleSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('threshold', models.FloatField()),
                ('is_active', models.BooleanField()),
                ('reason', models.CharField(max_length=300)),
                ('set_at', models.DateTimeField()),
                ('set_by', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['set_at', 'id'],
            },
        ),
        migrations.AlterModelOptions(
            name='serialintervalprofile',
            options={'ordering': ['from_day', 'recorded_at']},
        ),
        migrations.AddField(
            model_name='serialintervalprofile',
            name='recorded_at',
            field=models.DateTimeField(default=datetime.datetime(1950, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)),
        ),
        migrations.AddField(
            model_name='serialintervalprofile',
            name='recorded_by',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='signalrule',
            name='added_by',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name='serialintervalprofile',
            name='from_day',
            field=models.DateField(),
        ),
        migrations.AddConstraint(
            model_name='serialintervalprofile',
            constraint=models.UniqueConstraint(fields=('from_day', 'recorded_at'), name='one_serial_interval_per_day_and_moment'),
        ),
        migrations.AddField(
            model_name='signalrulesetting',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settings', to='situation.signalrule'),
        ),
        migrations.AddConstraint(
            model_name='signalrulesetting',
            constraint=models.UniqueConstraint(fields=('rule', 'set_at'), name='one_setting_of_a_rule_per_moment'),
        ),
        migrations.AddConstraint(
            model_name='signalrulesetting',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_setting_says_why'),
        ),
        migrations.RunPython(forwards, backwards),
    ]
