"""The sealer: gives committed leaves their positions, writes the checkpoint, tells the witness.

A leaf gets its position only after its commit, so one that was written early and committed late is sealed late and is
never lost. The witness is told after the commit; what it missed when the process died in between, it is told next time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from muster.engines.proof import Frontier
from muster.kernel import clock
from muster.kernel.audit import witness
from muster.kernel.audit.errors import WitnessAhead, WitnessDiffers, WitnessMissing
from muster.kernel.audit.models import KEPT_FROM, Checkpoint, Leaf, Node

ENTRIES: Final = 100
PERIOD: Final = timedelta(seconds=60)
BATCH: Final = 10_000
SEALER_LOCK: Final = 0x6D757374  # one number for all sealers of a PostgreSQL database


def seal_if_due() -> Checkpoint | None:
    """Seal when 100 entries wait, or any has waited since a checkpoint 60 seconds ago; None when nothing is due."""
    waiting = Leaf.objects.filter(position=None).values_list("pk", flat=True)[:ENTRIES].count()
    if not waiting:
        return None
    newest = Checkpoint.objects.order_by("-size").values_list("at", flat=True).first()
    age = PERIOD if newest is None else clock.now() - newest
    if waiting >= ENTRIES or age >= PERIOD or age < timedelta():  # a clock that went back must not stop the sealer
        return seal()
    return None


def seal(path: Path | None = None) -> Checkpoint | None:
    """Seal whatever is committed, now; returns the newest checkpoint, None when there was nothing to seal.

    Raises WitnessMissing, WitnessAhead or WitnessDiffers when log and witness do not fit; nothing is sealed then.
    """
    path = path or settings.MUSTER_WITNESS
    newest = None
    with witness.held(path):
        reconcile(path)
        while made := _seal_batch(clock.now()):
            newest = made
        reconcile(path)
    return newest


def reconcile(path: Path, *, new: bool = False) -> int:
    """Tell the witness every checkpoint that it has not seen; returns how many those were.

    `new`: somebody has decided that this witness begins now, although the log has been sealed before.
    """
    last = witness.newest(path)
    if last is None:
        if not new:
            _begin(path)
        missing = list(Checkpoint.objects.order_by("size"))
    else:
        must_know(last, path)
        missing = list(Checkpoint.objects.filter(size__gt=last.size).order_by("size"))
    witness.append(path, map(witness.line_of, missing))
    return len(missing)


@transaction.atomic(durable=True)
def _begin(path: Path) -> None:
    """The first checkpoint, over nothing. A witness may be new only while nothing has been sealed."""
    _one_sealer()
    if Checkpoint.objects.filter(size__gt=0).exists():
        raise WitnessMissing(
            _("The log has been sealed before, and its witness is not there."),
            where=str(path),
            mend=_("Put the witness file back; if it is lost, say so with: muster audit witness FILE --new"),
        )
    if not Checkpoint.objects.exists():
        Checkpoint.of(Frontier(), at=clock.now(), previous="").save(force_insert=True)


def must_know(last: witness.Seen, path: Path) -> None:
    """The database must hold the newest checkpoint that the witness has seen."""
    if Checkpoint.objects.filter(size=last.size, hash=last.hash).exists():
        return
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None or newest.size < last.size:
        raise WitnessAhead(
            _("The witness has seen %(seen)d sealed entries, and the database holds %(held)d: it was rolled back.")
            % {"seen": last.size, "held": newest.size if newest else 0},
            where=str(path),
            mend=_("If a backup was restored on purpose, say so with: muster audit restored --reason TEXT"),
        )
    raise WitnessDiffers(
        _("The database holds another history than the witness has seen."),
        where=f"{path}, {last.size}",
        mend=_("Find where it begins with: muster audit verify"),
    )


@transaction.atomic(durable=True)
def _seal_batch(now: datetime) -> Checkpoint | None:
    """One checkpoint over at most BATCH waiting leaves, in the order of their ids."""
    _one_sealer()
    waiting = Leaf.objects.filter(position=None).order_by("pk").select_for_update()
    leaves = list(waiting.values_list("pk", "leaf_hash")[:BATCH])
    if not leaves:
        return None
    newest = Checkpoint.objects.order_by("-size")[0]
    frontier = newest.frontier()
    _give_positions(newest.size, (key for key, _ in leaves))
    completed = frontier.extend((bytes.fromhex(leaf_hash) for _, leaf_hash in leaves), keep_from=KEPT_FROM)
    Node.objects.bulk_create(Node.many(completed), batch_size=1000)
    checkpoint = Checkpoint.of(frontier, at=now, previous=newest.hash)
    checkpoint.save(force_insert=True)
    return checkpoint


def _one_sealer() -> None:
    """Wait for any other sealer's transaction. On SQLite every transaction has waited already when it began."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER_LOCK])


def _give_positions(first: int, keys: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE audit_leaf SET position = %s WHERE id = %s", list(enumerate(keys, start=first)))
