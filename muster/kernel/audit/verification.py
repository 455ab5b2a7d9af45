"""The full check: every leaf, every checkpoint and the witness, recomputed from nothing.

Reads in chunks, in constant memory but for the checkpoints, while others go on writing.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from muster.engines.proof import EMPTY_ROOT, Frontier
from muster.engines.proof.hashing import LEAF
from muster.kernel.audit import witness
from muster.kernel.audit.errors import WitnessProblem
from muster.kernel.audit.models import KEPT_FROM, Checkpoint, Leaf, Node

CHUNK: Final = 5000
COLUMNS: Final = ("position", "kind", "action", "principal", "at", "content", "leaf_hash")
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; `position` is the first entry that can no longer be trusted, None if none is named."""

    kind: str
    text: str
    position: int | None = None


@dataclass(slots=True)
class Verification:
    """What the full check found. `root` is of the `verified` entries, which are all sealed ones when nothing is wrong;
    `unsealed` ones are held by their own hash alone.
    """

    entries: int = 0
    sealed: int = 0
    verified: int = 0
    unsealed: int = 0
    checkpoints: int = 0
    witnessed: int = 0
    root: str = EMPTY_ROOT.hex()
    findings: list[Finding] = field(default_factory=list)
    restores: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return not self.findings

    @property
    def first_bad(self) -> int | None:
        """The first entry that cannot be trusted; None when all can, or when no entry is named."""
        return min((found.position for found in self.findings if found.position is not None), default=None)


def verify(path: Path, progress: Progress = lambda done: None) -> Verification:
    """Recompute the log and compare it with its checkpoints and with the witness at `path`."""
    begun = time.monotonic()
    reading = _Reading(progress)
    reading.all_sealed()
    reading.tail()
    reading.compare(path)
    reading.found.seconds = round(time.monotonic() - begun, 2)
    return reading.found


class _Reading:
    """One pass over the log."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.found = Verification()
        self.frontier = Frontier()
        self.checkpoints: list[Checkpoint] = []
        self.nodes: Iterator[tuple[int, int, str]] = iter(())

    def all_sealed(self) -> None:
        """Checkpoint by checkpoint, until there is no newer one, since the sealer goes on meanwhile."""
        while not self.found.findings:
            known = self.checkpoints[-1].size if self.checkpoints else -1
            fresh = list(Checkpoint.objects.filter(size__gt=known).order_by("size"))
            if not fresh:
                break
            self._read(fresh)
        self.found.checkpoints = len(self.checkpoints)
        self.found.root = self.frontier.root().hex()
        if not self.found.findings:
            self._beyond()

    def _read(self, fresh: Sequence[Checkpoint]) -> None:
        rows = _rows(self.frontier.size, fresh[-1].size)
        self.nodes = _stored_nodes(self.frontier.size)
        for checkpoint in fresh:
            self._read_until(checkpoint, rows)
            if self.found.findings:
                return
            self.checkpoints.append(checkpoint)

    def _read_until(self, checkpoint: Checkpoint, rows: Iterator[tuple[Any, ...]]) -> None:
        start, leaves = self.frontier.size, []
        for position, row in enumerate(islice(rows, checkpoint.size - start), start=start):
            if fault := leaf_fault(row, position):
                return self._find("entry", fault, position)
            leaves.append(bytes.fromhex(row[6]))
        if len(leaves) < checkpoint.size - start:
            return self._find("missing", _("entries are missing from the end"), start + len(leaves))
        completed = self.frontier.extend(leaves, keep_from=KEPT_FROM)
        self.progress(self.frontier.size)
        return self._check(checkpoint, start, completed)

    def _check(self, checkpoint: Checkpoint, start: int, completed: list[tuple[int, int, bytes]]) -> None:
        previous = self.checkpoints[-1].hash if self.checkpoints else ""
        if checkpoint.root != self.frontier.root().hex():
            return self._find("tree", _("the entries do not have the root that was sealed"), start)
        if checkpoint.hash != checkpoint.digest() or checkpoint.previous != previous:
            return self._find("checkpoint", _("the chain of checkpoints is broken"), start)
        if checkpoint.peaks != b"".join(self.frontier.peaks).hex():
            return self._find("checkpoint", _("the stored edge of the tree is wrong"), start)
        for level, index, node in completed:
            if next(self.nodes, None) != (level, index, node.hex()):
                return self._find("node", _("a stored node of the tree is wrong"), index << level)
        return None

    def _beyond(self) -> None:
        """Positions that no checkpoint covers are given by nobody but a forger."""
        stray = Leaf.objects.filter(position__gte=self.frontier.size).order_by("position").first()
        if stray is None or _newest_size() > self.frontier.size:
            return
        self._find("inserted", _("an entry has a position that was never sealed"), stray.position)

    def tail(self) -> None:
        """Entries that wait to be sealed: only their own hash holds them."""
        waiting = Leaf.objects.filter(position=None).order_by("pk").values_list("pk", *COLUMNS)
        for key, *row in waiting.iterator(chunk_size=CHUNK):
            self.found.unsealed += 1
            if fault := leaf_fault(row, None):
                self._find("unsealed", f"{fault} (id {key})", self.frontier.size)
                break
        self.found.verified = self.frontier.size
        self.found.sealed = max(self.found.verified, _newest_size() if self.found.findings else 0)
        self.found.entries = self.found.sealed + self.found.unsealed

    def compare(self, path: Path) -> None:
        """The witness must have seen this history, and no more than it."""
        try:
            testimony = witness.read(path)
        except WitnessProblem as problem:
            return self._find(problem.code, str(problem))
        self.found.restores = testimony.restores
        self.found.witnessed = testimony.last.size if testimony.last else 0
        if testimony.last is None:
            sealed = self.frontier.size or bool(self.checkpoints)
            return self._find("witness_missing", _("there is no witness: %s") % path, None) if sealed else None
        return self._compare(testimony.seen)

    def _compare(self, history: Sequence[witness.Seen]) -> None:
        held = dict(Checkpoint.objects.values_list("size", "hash"))  # read after the witness: it is told after a commit
        newest, agreed, previous = max(held, default=0), 0, ""
        for seen in history:
            if seen.previous != previous or not seen.is_whole():
                return self._find("witness_unreadable", _("the witness's own chain is broken at %d") % seen.size)
            if seen.size > newest:
                return self._find("rollback", _("the witness has seen %d entries: rolled back") % seen.size, agreed)
            if held.get(seen.size) != seen.hash:
                return self._find("fork", _("the witness has seen another history from here"), agreed)
            agreed, previous = seen.size, seen.hash
        return None

    def _find(self, kind: str, text: str, position: int | None = None) -> None:
        self.found.findings.append(Finding(kind, text, position))


def leaf_fault(row: Sequence[Any], position: int | None) -> str:
    """What is wrong with a leaf (its columns in the order of COLUMNS) at this position; empty when nothing is."""
    held, kind, action, principal, at, content, leaf_hash = row
    if held != position:
        return _("an entry is missing")
    if hashlib.sha256(LEAF + content.encode()).hexdigest() != leaf_hash:
        return _("the entry was changed: its hash does not fit")
    try:
        facts = json.loads(content)
        same = (facts["kind"], facts["action"], facts["principal"]) == (kind, action, principal)
        same = same and datetime.fromisoformat(facts["at"]) == at
    except (ValueError, KeyError, TypeError):
        same = False
    return "" if same else _("the entry was changed: its columns do not fit its content")


def _newest_size() -> int:
    return Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0


def _rows(start: int, end: int) -> Iterator[tuple[Any, ...]]:
    sealed = Leaf.objects.filter(position__gte=start, position__lt=end).order_by("position")
    return sealed.values_list(*COLUMNS).iterator(chunk_size=CHUNK)


def _stored_nodes(after: int) -> Iterator[tuple[int, int, str]]:
    """Those that end behind leaf `after`, in the order in which a growing tree completes them."""
    stored = sorted((((index + 1) << level, level), (level, index, node)) for level, index, node in _all_nodes())
    return (node for (end, _level), node in stored if end > after)


def _all_nodes() -> Iterator[tuple[int, int, str]]:
    return Node.objects.values_list("level", "index", "hash").iterator(chunk_size=CHUNK)
