"""Balances are kept beside the book, and begin as what its lines come to."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q, Sum


def begin(apps, schema_editor):
    entry, balance = apps.get_model("logistics", "StockEntry"), apps.get_model("logistics", "StockBalance")
    lines = entry.objects.order_by().values("store_id", "item_id", "lot", "expires_on")
    totals = lines.annotate(total=Sum("quantity")).filter(total__gt=0)
    balance.objects.bulk_create(
        [balance(quantity=lot.pop("total"), **lot) for lot in totals.iterator()], batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [("logistics", "0003_transfers")]
    operations = [
        migrations.AddIndex(
            model_name="stockentry", index=models.Index(fields=["at"], name="stock_book_by_time")
        ),
        migrations.CreateModel(
            name="StockBalance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lot", models.CharField(blank=True, max_length=40)),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("quantity", models.BigIntegerField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="balances", to="logistics.item"
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="balances", to="logistics.store"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="stockbalance",
            constraint=models.CheckConstraint(condition=Q(quantity__gt=0), name="a_balance_is_never_below_zero"),
        ),
        migrations.AddConstraint(
            model_name="stockbalance",
            constraint=models.UniqueConstraint(
                fields=("store", "item", "lot", "expires_on"), name="one_balance_per_lot"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockbalance",
            constraint=models.UniqueConstraint(
                condition=Q(expires_on=None), fields=("store", "item", "lot"), name="one_balance_per_lasting_lot"
            ),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
