"""The audit log: one leaf for each command and each read of personal data."""

from __future__ import annotations

from django.db import models


class Leaf(models.Model):
    """One entry. `content` is canonical JSON and `leaf_hash` its hash; the position comes when the log is sealed."""

    position = models.BigIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=16)
    action = models.CharField(max_length=80)
    principal = models.CharField(max_length=80)
    at = models.DateTimeField()
    content = models.TextField()
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="leaf_newest_first")]

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"
