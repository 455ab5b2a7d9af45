"""The audit log: leaves, the checkpoints that seal them, and what is known about its health."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import models
from django.db.models import Q

from muster.engines.proof import Frontier

KEPT_FROM: Final = 8  # subtrees of 256 leaves and more are kept: a proof reads two stretches of leaves and log n nodes
HASH_BYTES: Final = 32


class Leaf(models.Model):
    """One entry. `content` is canonical JSON and `leaf_hash` its hash; the position comes when the log is sealed.

    The database refuses to delete a leaf or to change anything of it but to give it its position, once.
    """

    position = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=16)
    action = models.CharField(max_length=80)
    principal = models.CharField(max_length=80)
    at = models.DateTimeField()
    content = models.TextField()
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["position"], condition=Q(position__isnull=False), name="one_leaf_per_position"
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(position__isnull=True), name="leaf_unsealed"),
            models.Index(fields=["principal", "id"], name="leaf_by_principal"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"


class Checkpoint(models.Model):
    """The state of the log once `size` leaves were sealed: its root, chained to the checkpoint before.

    `hash` is SHA-256 over `statement()`. `peaks` are the complete subtrees (see engines.proof.Frontier), from which
    the next stretch is grown. The first checkpoint has size 0.
    """

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)
    peaks = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.size} {self.root}"

    @classmethod
    def of(cls, frontier: Frontier, *, at: datetime, previous: str) -> Checkpoint:
        """The checkpoint of a tree, not yet stored."""
        peaks = b"".join(frontier.peaks).hex()
        made = cls(size=frontier.size, root=frontier.root().hex(), at=at, previous=previous, peaks=peaks)
        made.hash = made.digest()
        return made

    def statement(self) -> str:
        """What the hash covers, as canonical JSON."""
        facts = {"at": self.at.isoformat(), "previous": self.previous, "root": self.root, "size": self.size}
        return json.dumps(facts, sort_keys=True, separators=(",", ":"))

    def digest(self) -> str:
        """What `hash` must be."""
        return hashlib.sha256(self.statement().encode()).hexdigest()

    def frontier(self) -> Frontier:
        """The tree as it stood. Raises ValueError when the stored peaks do not fit the size."""
        whole = bytes.fromhex(self.peaks)
        return Frontier(self.size, (whole[at : at + HASH_BYTES] for at in range(0, len(whole), HASH_BYTES)))


class Node(models.Model):
    """A complete subtree of 2**level sealed leaves, kept so that a proof does not read the whole log."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="one_node_per_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"

    @classmethod
    def many(cls, completed: Iterable[tuple[int, int, bytes]]) -> list[Node]:
        """Rows for the subtrees that a frontier handed out."""
        return [cls(level=level, index=index, hash=node.hex()) for level, index, node in completed]


class Check(models.Model):
    """A stretch of time over which full checks of the log said the same; the newest row is the present state."""

    since = models.DateTimeField()
    at = models.DateTimeField()
    ok = models.BooleanField()
    entries = models.BigIntegerField()
    root = models.CharField(max_length=64)
    first_bad = models.BigIntegerField(null=True)
    finding = models.CharField(max_length=300, blank=True)
    seconds = models.FloatField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {'ok' if self.ok else self.finding}"


class Heartbeat(models.Model):
    """When a worker was last alive."""

    worker = models.CharField(max_length=120, primary_key=True)
    started_at = models.DateTimeField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
