"""Tasks, what proves them, the places that are open, and what arises one by one."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from muster.engines.plan.events import TaskKey
from muster.kernel.organisation.models import Site, Unit
from muster.response.operations.models.operation import Operation
from muster.response.operations.models.record import Authored


class Task(models.Model):
    """One clause of a plan at work in one place of an operation, the how-many-eth time.

    Its state at any moment follows from its timestamps; none of them is ever taken back.
    `released_at` and `due_at` are empty while it waits for other tasks. `late_because` says what held it up.
    """

    class State(models.TextChoices):
        """What can be said of a task at a moment."""

        WAITING = "waiting", _("Waiting")
        OPEN = "open", _("Open")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        IN_WORK = "in_work", _("In work")
        DONE = "done", _("Done")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Hindrance(models.TextChoices):
        """What held a task up."""

        NONE = "", _("Not stated")
        STAFF = "staff", _("People missing")
        STOCK = "stock", _("Stock missing")

    class Withdrawal(models.TextChoices):
        """Why nobody need do it any more."""

        NONE = "", "–"
        LEVEL = "level", _("The level changed")
        PLACE_CLOSED = "place_closed", _("The place was closed")
        STAND_DOWN = "stand_down", _("The operation was stood down")
        EXPIRED = "expired", _("The measure ran out")

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="tasks")
    clause_id = models.CharField(max_length=32)
    place = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    place_code = models.CharField(max_length=64, blank=True)
    occurrence = models.CharField(max_length=64, blank=True)
    owner_role = models.CharField(max_length=64)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    raised_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=80, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=16, choices=Withdrawal.choices, blank=True, default="")
    late_at = models.DateTimeField(null=True, blank=True)
    late_because = models.CharField(max_length=16, choices=Hindrance.choices, blank=True, default="")

    class Meta:
        ordering = ["raised_at", "pk"]
        indexes = [
            models.Index(fields=["operation", "due_at"], name="task_by_due"),
            models.Index(
                fields=["operation", "due_at", "id"],
                condition=Q(done_at__isnull=True, withdrawn_at__isnull=True),
                name="open_task_by_due",
            ),
            models.Index(
                fields=["operation", "unit", "due_at"],
                condition=Q(done_at__isnull=True, withdrawn_at__isnull=True),
                name="open_task_by_unit",
            ),
            models.Index(F("operation"), Coalesce("done_at", "withdrawn_at"), name="task_by_end"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "clause_id", "place_code", "occurrence"], name="one_task_per_clause_place_and_time"
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, due_at__isnull=True)
                | Q(released_at__gte=F("raised_at"), due_at__isnull=False),
                name="a_released_task_is_due",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(withdrawn_at__isnull=True), name="done_or_withdrawn_not_both"
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=True) | ~Q(place_code=""), name="a_placed_task_has_the_code_of_its_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.place_code} {self.occurrence}".rstrip()

    @property
    def key(self) -> TaskKey:
        """What the engine calls it."""
        return TaskKey(self.clause_id, self.place_code, self.occurrence)

    @property
    def is_open(self) -> bool:
        """Neither done nor withdrawn."""
        return self.done_at is None and self.withdrawn_at is None

    def is_late(self, now: datetime) -> bool:
        """Past due at `now` and neither done nor withdrawn by then."""
        over = min(moment for moment in (self.done_at, self.withdrawn_at, now) if moment is not None)
        return self.due_at is not None and self.due_at < now and over > self.due_at


class EndedTasks(models.Model):
    """How many tasks of a clause and unit have ended in an operation, by now; `unit_code` is empty for those of none.

    Kept by triggers on the table of tasks (migration 0005), whoever ends them and however: there is no task that ended
    and is not counted. What had ended at a moment is this less the tasks that ended since.
    """

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="ended_tasks")
    clause_id = models.CharField(max_length=32)
    unit_code = models.CharField(max_length=64, blank=True)
    done = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "clause_id", "unit_code"], name="one_count_of_ended_tasks_per_clause_and_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.done} done and {self.withdrawn} withdrawn of {self.clause_id}"


class Evidence(Authored):
    """One thing that proves a task: of the kind that the clause asks for. Never changed.

    A file itself is kept by whoever made it; `file_sha256` binds it (64 hexadecimal figures, or empty).
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=64)
    note = models.CharField(max_length=500, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} for task {self.task_id}"


class PlaceOpening(models.Model):
    """A site that an operation had open, from when until when."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="openings")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="openings")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.CharField(max_length=80)
    closed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["operation", "opened_at"], name="opening_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "site"], condition=Q(closed_at__isnull=True), name="a_place_is_open_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="a_place_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} from {self.opened_at:%Y-%m-%d %H:%M}"

    def closed_by_then(self, at: datetime) -> datetime | None:
        """When it was closed, as far as that was known at `at`."""
        return self.closed_at if self.closed_at is not None and self.closed_at <= at else None


class Arising(models.Model):
    """A request, a case or a batch that the operation has to deal with; `ref` is unique in its kind. Never changed."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="arisings")
    kind = models.CharField(max_length=32)
    ref = models.CharField(max_length=64)
    place_code = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["operation", "kind", "ref"], name="one_arising_per_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
