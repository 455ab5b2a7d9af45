"""Reading the log. No question here takes longer because the log has grown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from muster.engines.proof import inclusion_holds, inclusion_proof, node_hash
from muster.kernel.audit import heartbeat
from muster.kernel.audit.models import KEPT_FROM, Check, Checkpoint, Leaf, Node

PAGE: Final = 50
LOOKED_THROUGH: Final = 20_000  # entries that one page of a search looks through


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is listed."""

    id: int
    position: int | None
    kind: str
    action: str
    principal: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Entries:
    """A page of entries, the newest first; `older` goes into `before` of the next page, None when there is none."""

    entries: Sequence[Entry]
    older: int | None


@dataclass(frozen=True, slots=True)
class Inclusion:
    """The proof that an entry is in the log under a root; `holds` is what checking it says."""

    position: int
    size: int
    root: str
    at: datetime
    path: Sequence[str]
    holds: bool


@dataclass(frozen=True, slots=True)
class EntryDetail:
    """One entry with all that it says and its proof; no proof while it waits to be sealed."""

    entry: Entry
    facts: dict[str, Any]
    content: str
    leaf_hash: str
    inclusion: Inclusion | None


@dataclass(frozen=True, slots=True)
class State:
    """How the log stands: what is sealed, what waits, what the last full check said, who works on it."""

    sealed: int
    unsealed: int
    checkpoint: Checkpoint | None
    check: Check | None
    workers: int

    @property
    def entries(self) -> int:
        return self.sealed + self.unsealed


def entries(*, before: int | None = None, kind: str = "", action: str = "", principal: str = "") -> Entries:
    """Entries older than the entry with id `before`, those that fit; an action fits by its beginning."""
    top = before or (Leaf.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    floor = 0 if principal or not (kind or action) else max(0, top - LOOKED_THROUGH)
    wanted: dict[str, Any] = {"kind": kind, "action__startswith": action, "principal": principal}
    found = Leaf.objects.filter(pk__lt=top, pk__gte=floor, **{name: value for name, value in wanted.items() if value})
    columns = ("pk", "position", "kind", "action", "principal", "at")
    rows = [Entry(*row) for row in found.order_by("-pk").values_list(*columns)[: PAGE + 1]]
    older = rows[PAGE - 1].id if len(rows) > PAGE else (floor or None)
    return Entries(rows[:PAGE], older)


def entry(key: int) -> EntryDetail | None:
    """One entry by its id; None when there is none."""
    leaf = Leaf.objects.filter(pk=key).first()
    if leaf is None:
        return None
    shown = Entry(leaf.pk, leaf.position, leaf.kind, leaf.action, leaf.principal, leaf.at)
    return EntryDetail(shown, json.loads(leaf.content), leaf.content, leaf.leaf_hash, inclusion(leaf))


def inclusion(leaf: Leaf) -> Inclusion | None:
    """The proof against the newest checkpoint, made from kept subtrees and at most two stretches of leaves."""
    newest = Checkpoint.objects.order_by("-size").first()
    if leaf.position is None or newest is None or leaf.position >= newest.size:
        return None
    path = inclusion_proof(leaf.position, newest.size, _Tree())
    holds = inclusion_holds(bytes.fromhex(leaf.leaf_hash), leaf.position, newest.size, path, bytes.fromhex(newest.root))
    return Inclusion(leaf.position, newest.size, newest.root, newest.at, [step.hex() for step in path], holds)


class _Tree:
    """Complete subtrees of the stored log: large ones are kept, small ones are computed from their leaves."""

    def __init__(self) -> None:
        self.leaves: dict[int, bytes] = {}

    def __call__(self, level: int, index: int) -> bytes:
        if level >= KEPT_FROM:
            return bytes.fromhex(Node.objects.values_list("hash", flat=True).get(level=level, index=index))
        if level:
            return node_hash(self(level - 1, 2 * index), self(level - 1, 2 * index + 1))
        if index not in self.leaves:
            self._read(index)
        return self.leaves[index]

    def _read(self, index: int) -> None:
        """The stretch of 256 leaves round this one."""
        start = index >> KEPT_FROM << KEPT_FROM
        rows = Leaf.objects.filter(position__gte=start, position__lt=start + (1 << KEPT_FROM)).order_by("position")
        leaves = enumerate(rows.values_list("leaf_hash", flat=True), start=start)
        self.leaves.update((place, bytes.fromhex(leaf)) for place, leaf in leaves)


def checkpoints(*, before: int | None = None) -> tuple[list[Checkpoint], int | None]:
    """Checkpoints of less than `before` entries, the newest first, and where the next page begins."""
    found = Checkpoint.objects.order_by("-size")
    rows = list((found if before is None else found.filter(size__lt=before))[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].size if len(rows) > PAGE else None


def last_check() -> Check | None:
    """What the last full check said; None before the first."""
    return Check.objects.order_by("-pk").first()


def state() -> State:
    """How the log stands now."""
    newest = Checkpoint.objects.order_by("-size").first()
    return State(
        sealed=newest.size if newest else 0,
        unsealed=Leaf.objects.filter(position=None).count(),
        checkpoint=newest,
        check=last_check(),
        workers=len(heartbeat.alive()),
    )
