"""The whole log as JSON lines, for `docs/verify_audit.py` and for whoever verifies elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from muster.kernel.audit.models import Checkpoint, Leaf
from muster.kernel.audit.verification import CHUNK, COLUMNS


def lines() -> Iterator[str]:
    """Checkpoints, sealed entries in order, then the entries that wait.

    While others write, an entry may be sealed between the two: only what the first lines' checkpoints cover is given
    as sealed.
    """
    checkpoints = list(Checkpoint.objects.order_by("size"))
    for checkpoint in checkpoints:
        yield _line("checkpoint", {**json.loads(checkpoint.statement()), "hash": checkpoint.hash})
    size = checkpoints[-1].size if checkpoints else 0
    held = Leaf.objects.filter(position__isnull=False)
    for leaf in held.filter(position__lt=size).order_by("position").values(*COLUMNS).iterator(chunk_size=CHUNK):
        yield _line("leaf", leaf)
    stray = held.filter(position__gte=Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0)
    for leaf in stray.order_by("position").values(*COLUMNS).iterator(chunk_size=CHUNK):
        yield _line("leaf", leaf)
    for leaf in Leaf.objects.filter(position=None).order_by("pk").values(*COLUMNS).iterator(chunk_size=CHUNK):
        yield _line("leaf", leaf)


def _line(kind: str, row: dict[str, Any]) -> str:
    at = row["at"]
    facts = {"type": kind, **row, "at": at if isinstance(at, str) else at.isoformat()}
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
