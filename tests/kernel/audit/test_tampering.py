"""Every way of altering the log, at random places, is found by both verifiers; clean logs raise no alarm."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.db import transaction

from muster.kernel.audit import export, restores
from muster.kernel.audit.errors import WitnessProblem
from muster.kernel.audit.models import Checkpoint, Leaf, Node
from muster.kernel.audit.sealing import seal
from muster.kernel.audit.verification import verify
from tests.kernel.audit.log import entries
from tests.kernel.audit.tampering import TAMPERINGS, guards_down

pytestmark = pytest.mark.django_db
SEED = 20200123


@pytest.fixture(scope="module")
def stranger() -> ModuleType:
    """The verifier that knows nothing of Muster."""
    path = Path(settings.BASE_DIR) / "docs" / "verify_audit.py"
    spec = importlib.util.spec_from_file_location("verify_audit", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sealed_log() -> None:
    """600 entries in 7 checkpoints, and 5 that wait."""
    for first in range(0, 600, 100):
        entries(100, first)
        seal()
    entries(5, 600)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back, in the database and in the witness."""
    kept = settings.MUSTER_WITNESS.read_bytes()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    settings.MUSTER_WITNESS.write_bytes(kept)


def exported(folder: Path) -> Path:
    path = folder / "log.jsonl"
    path.write_text("".join(f"{line}\n" for line in export.lines()), "utf-8")
    return path


def stranger_is_content(stranger: ModuleType, folder: Path) -> bool:
    try:
        stranger.verify(exported(folder), settings.MUSTER_WITNESS)
    except (stranger.Broken, OSError, ValueError, KeyError):
        return False
    return True


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_tampering_is_found(kind: str, sealed_log: None, stranger: ModuleType, tmp_path: Path, fault_runs: int) -> None:
    runs, missed = max(3, fault_runs // len(TAMPERINGS)), []
    for run in range(runs):
        with undone():
            with guards_down():
                TAMPERINGS[kind](random.Random(SEED + run))
            found = verify(settings.MUSTER_WITNESS)
            if found.ok or stranger_is_content(stranger, tmp_path):
                missed.append(SEED + run)
    print(f"{kind}: {runs} runs, seeds from {SEED}, missed {len(missed)}, bound {3 / runs:.1e}")
    assert missed == []
    assert verify(settings.MUSTER_WITNESS).ok


def test_a_clean_log_raises_no_alarm_however_it_grew(stranger: ModuleType, tmp_path: Path, fault_runs: int) -> None:
    chance, first = random.Random(SEED), 0
    for _ in range(max(12, fault_runs // 100)):
        count = chance.choice([1, 2, 7, 99, 100, 101])
        entries(count, first)
        first += count
        if chance.random() < 0.7:
            seal()
        found = verify(settings.MUSTER_WITNESS)
        assert (found.ok, found.entries, found.first_bad) == (True, first, None)
        assert stranger_is_content(stranger, tmp_path)
    print(f"clean appends: {first}, seed {SEED}, false alarms 0")


def test_both_verifiers_find_the_same_root(sealed_log: None, stranger: ModuleType, tmp_path: Path) -> None:
    ours = verify(settings.MUSTER_WITNESS)
    theirs = stranger.verify(exported(tmp_path), settings.MUSTER_WITNESS)
    assert (ours.root, ours.entries, ours.witnessed) == (theirs["root"], theirs["entries"], theirs["witnessed"])


def test_the_first_entry_that_cannot_be_trusted_is_named(sealed_log: None) -> None:
    with guards_down():
        Leaf.objects.filter(position=417).update(content='{"number":1}')
    found = verify(settings.MUSTER_WITNESS)
    assert (found.ok, found.first_bad) == (False, 417)
    assert [finding.kind for finding in found.findings] == ["entry"]


def test_a_change_in_the_tail_that_waits_shows_in_the_entrys_own_hash(sealed_log: None) -> None:
    with guards_down():
        victim = Leaf.objects.filter(position=None).order_by("pk")[0]
        Leaf.objects.filter(pk=victim.pk).update(content="{}")
    assert [finding.kind for finding in verify(settings.MUSTER_WITNESS).findings] == ["unsealed"]


@pytest.mark.parametrize(("model", "change", "kind"), [(Node, "hash", "node"), (Checkpoint, "peaks", "checkpoint")])
def test_what_proofs_and_the_next_sealing_are_made_from_is_checked_too(
    sealed_log: None, model: type[Node] | type[Checkpoint], change: str, kind: str
) -> None:
    victim = model.objects.order_by("-pk")[0]
    held = getattr(victim, change)
    with guards_down():
        model.objects.filter(pk=victim.pk).update(**{change: "f" * len(held)})
    assert [finding.kind for finding in verify(settings.MUSTER_WITNESS).findings] == [kind]


def test_a_witness_with_a_foreign_line_proves_nothing(sealed_log: None) -> None:
    with settings.MUSTER_WITNESS.open("a") as file:
        file.write("not a checkpoint\n")
    found = verify(settings.MUSTER_WITNESS)
    assert [finding.kind for finding in found.findings] == ["witness_unreadable"]
    assert (found.ok, found.first_bad) == (False, None)


def test_a_restore_of_another_history_cannot_be_acknowledged(sealed_log: None) -> None:
    chance = random.Random(SEED)
    with guards_down():
        TAMPERINGS["fork_from_an_old_backup"](chance)
        kept = list(Checkpoint.objects.order_by("size"))[-2]
        Leaf.objects.filter(position__gte=kept.size).delete()
        Checkpoint.objects.filter(size__gt=kept.size).delete()
        Checkpoint.objects.filter(size=kept.size).update(hash="0" * 64)
    with pytest.raises(WitnessProblem, match="not seen"):
        restores.acknowledge(path=settings.MUSTER_WITNESS, reason="disk failure")
