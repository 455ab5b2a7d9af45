"""The log of an operation, which reads like an ICS-214: when, who, what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.models import Person
from muster.response.operations.models.operation import Operation

SYSTEM_AUTHORS: dict[str, Promise] = {
    "system:worker": _("System"),
    "system:replay": _("Replay"),
    "system:replay-duty-officer": _("Duty officer (scripted)"),
    "system:replay-commander": _("Commander (scripted)"),
}


def written_by(principal: str, person: Person | None) -> str:
    """What readers see of an actor, in their language: a service number or who he is to the machine; never a name."""
    return person.code if person else str(SYSTEM_AUTHORS.get(principal, principal))


class Authored(models.Model):
    """Something that somebody wrote down at a moment; `author` is what readers may see of him: a service number."""

    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    author = models.CharField(max_length=80)

    class Meta:
        abstract = True

    @property
    def who(self) -> str:
        """Who it was, in the language of the reader; never a name."""
        return str(SYSTEM_AUTHORS.get(self.author, self.author))


class LogEntry(Authored):
    """One line of the log, in both languages. Never changed or removed: a mistake is put right by another line."""

    class Kind(models.TextChoices):
        """What the line is about."""

        LEVEL = "level", _("Level")
        PROPOSAL = "proposal", _("Proposal")
        DECISION = "decision", _("Decision")
        TASK = "task", _("Task")
        LATE = "late", _("Overdue")
        PLACE = "place", _("Place")
        ARISING = "arising", _("Request")
        MEASURE = "measure", _("Measure")
        FIGURES = "figures", _("Figures")
        SHORTFALL = "shortfall", _("Shortfall")
        NOTE = "note", _("Note")

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="log")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    text_zh = models.CharField(max_length=1000)
    text_en = models.CharField(max_length=1000)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["operation", "-at", "-id"], name="log_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "level",
                        "proposal",
                        "decision",
                        "task",
                        "late",
                        "place",
                        "arising",
                        "measure",
                        "figures",
                        "shortfall",
                        "note",
                    ]
                ),
                name="log_kind_is_known",
            ),
            models.CheckConstraint(condition=~Q(text_zh="") & ~Q(text_en=""), name="the_log_speaks_both_languages"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
