"""What each day of an operation asked for, and what was not there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from muster.kernel.organisation.models import Unit
from muster.preparedness.logistics.models import Item, Store
from muster.response.operations.models.operation import Operation


class DayFigures(models.Model):
    """One day of an operation in figures, in the bureau's days; people in officer-shifts.

    `tasks_late` became overdue on that day. `new_cases` is empty where no report came. `places` counts open sites by
    kind.
    """

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    level = models.PositiveSmallIntegerField()
    new_cases = models.PositiveIntegerField(null=True, blank=True)
    tasks_raised = models.PositiveIntegerField(default=0)
    tasks_done = models.PositiveIntegerField(default=0)
    tasks_late = models.PositiveIntegerField(default=0)
    tasks_open = models.PositiveIntegerField(default=0)
    people_needed = models.PositiveIntegerField(default=0)
    people_assigned = models.PositiveIntegerField(default=0)
    people_present = models.PositiveIntegerField(default=0)
    people_absent = models.PositiveIntegerField(default=0)
    places = models.JSONField(default=dict)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["operation", "day"], name="one_row_of_figures_per_day"),
            models.CheckConstraint(condition=Q(level__lte=4), name="day_level_is_known"),
            models.CheckConstraint(
                condition=Q(people_assigned__lte=F("people_needed")), name="nobody_is_assigned_who_is_not_needed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation_id} {self.day}"


class StaffShortfall(models.Model):
    """Officer-shifts of one qualification that one unit lacked on one day."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="staff_shortfalls")
    day = models.DateField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    qualification = models.CharField(max_length=32)
    needed = models.PositiveIntegerField()
    available = models.PositiveIntegerField()

    class Meta:
        ordering = ["day", "unit", "qualification"]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "day", "unit", "qualification"], name="one_staff_shortfall_per_day_and_unit"
            ),
            models.CheckConstraint(condition=Q(available__lt=F("needed")), name="staff_shortfall_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.day} unit {self.unit_id} {self.qualification}: {self.available} of {self.needed}"


class StockShortfall(models.Model):
    """Units of issue of one item that one store lacked on one day."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="stock_shortfalls")
    day = models.DateField()
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    needed = models.PositiveBigIntegerField()
    available = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["day", "store", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "day", "store", "item"], name="one_stock_shortfall_per_day_and_store"
            ),
            models.CheckConstraint(condition=Q(available__lt=F("needed")), name="stock_shortfall_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.day} item {self.item_id} at store {self.store_id}: {self.available} of {self.needed}"


class StockDay(models.Model):
    """What a store held of an item on one day of an exercise or a replay: a book of its own, apart from the stock book.

    Units of issue. `moved` is what came from the central store, or with a minus what it gave.
    """

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="stock_days")
    day = models.DateField()
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    opening = models.PositiveBigIntegerField()
    delivered = models.PositiveBigIntegerField(default=0)
    moved = models.BigIntegerField(default=0)
    used = models.PositiveBigIntegerField(default=0)
    expired = models.PositiveBigIntegerField(default=0)
    closing = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["day", "store", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "day", "store", "item"], name="one_stock_day_per_store_and_item"
            ),
            models.CheckConstraint(
                condition=Q(closing=F("opening") + F("delivered") + F("moved") - F("used") - F("expired")),
                name="the_stock_of_a_day_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} item {self.item_id} at store {self.store_id}"
