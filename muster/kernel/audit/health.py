"""Whether this installation keeps its promises right now: each problem is a sentence with its remedy. Nothing here
reads the whole log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from muster.kernel import clock
from muster.kernel.audit import heartbeat, witness
from muster.kernel.audit.errors import WitnessMissing, WitnessProblem
from muster.kernel.audit.models import Check, Checkpoint, Leaf
from muster.kernel.audit.sealing import ENTRIES, must_know
from muster.kernel.audit.wording import finding_title
from muster.kernel.commands import durability
from muster.kernel.ui.templatetags.ui import when

TELLING: Final = timedelta(seconds=10)  # between a checkpoint's commit and its line in the witness


@dataclass(frozen=True, slots=True)
class Problem:
    """Something for the system administrator to mend."""

    id: str
    text: str
    mend: str = ""


def problems() -> list[Problem]:
    """All of them, the gravest first; without its tables the database is asked nothing else."""
    found = [*_unsafe(), *_behind_the_code()]
    if any(problem.id == "migrations_missing" for problem in found):
        return found
    checks: tuple[Callable[[], Iterator[Problem]], ...] = (_witness, _last_check, _unsealed, _silent_workers)
    return [*found, *(problem for check in checks for problem in check())]


def _unsafe() -> Iterator[Problem]:
    for fault in durability.faults(connection):
        yield Problem("not_durable", fault)


def _behind_the_code() -> Iterator[Problem]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield Problem(
            "migrations_missing",
            _("The database is %d steps behind this version.") % len(plan),
            _("It is brought up to date by: muster serve"),
        )


def _witness() -> Iterator[Problem]:
    """What log and witness say of each other."""
    newest = Checkpoint.objects.order_by("-size").first()
    try:
        behind = _entries_not_told(settings.MUSTER_WITNESS, newest)
    except WitnessProblem as problem:
        yield Problem(problem.code, f"{problem.where}: {problem.what}", str(problem.mend))
        return
    if behind and newest is not None and clock.now() - newest.at > TELLING:
        yield Problem("witness_behind", _("The witness has not been told of %d sealed entries.") % behind)


def _entries_not_told(path: Path, newest: Checkpoint | None) -> int:
    seen = witness.newest(path)
    size = newest.size if newest else 0
    if seen is None and size:
        raise WitnessMissing(_("The log has been sealed before, and its witness is not there."), where=str(path))
    if seen is None:
        return 0
    must_know(seen, path)
    return size - seen.size


def _last_check() -> Iterator[Problem]:
    check = Check.objects.order_by("-pk").first()
    if check is not None and not check.ok:
        yield Problem(
            "log_altered",
            _("The full check of the audit log fails since %(since)s: %(finding)s.")
            % {"since": when(check.since), "finding": finding_title(check.finding)},
            _("Where it begins is told by: muster audit verify"),
        )


def _unsealed() -> Iterator[Problem]:
    waiting = Leaf.objects.filter(position=None).count()
    if waiting and not heartbeat.alive():
        yield Problem(
            "nobody_seals",
            _("%d entries wait to be sealed, and no worker is running.") % waiting,
            _("Start one with: muster worker"),
        )
    elif waiting > 3 * ENTRIES:
        yield Problem("sealer_behind", _("%d entries wait to be sealed.") % waiting, _("Look into the worker's log."))


def _silent_workers() -> Iterator[Problem]:
    for worker in heartbeat.silent():
        yield Problem(
            "worker_silent",
            _("Worker %(worker)s was last heard of at %(at)s.") % {"worker": worker.worker, "at": when(worker.at)},
        )
