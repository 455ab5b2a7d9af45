"""What a command leaves behind beside the rows of its area."""

from __future__ import annotations

from django.db import models


class CommandRecord(models.Model):
    """One command that was done. Its id was made by the client; the id alone decides whether it was done before."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=80)
    principal = models.CharField(max_length=80)
    payload_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    receipt = models.BinaryField()
    gone = models.BooleanField(default=False)  # what it wrote has been erased since; it is never done again

    def __str__(self) -> str:
        return f"{self.name} {self.id}"


class Conflict(models.Model):
    """A command that came with the id of another one and other content: both are kept, a person decides."""

    command_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=80)
    principal = models.CharField(max_length=80)
    payload_hash = models.CharField(max_length=64)
    content = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.command_id}"


class OutboxRow(models.Model):
    """Something to tell others, committed with the command that caused it; nothing is told from anywhere else."""

    topic = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    command_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["topic", "id"], name="outbox_by_topic")]

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"
