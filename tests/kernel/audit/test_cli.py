"""`muster audit` and `muster status`, as the system administrator types them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder

from muster import cli
from muster.kernel import clock
from muster.kernel.audit import heartbeat, witness
from muster.kernel.audit.checks import check_now
from muster.kernel.audit.models import Checkpoint, Heartbeat, Leaf
from muster.kernel.audit.sealing import seal
from tests.kernel.audit.log import entries
from tests.kernel.audit.tampering import guards_down, put_an_old_backup_back
from tests.kernel.audit.test_tampering import SEED

pytestmark = pytest.mark.django_db
Shown = pytest.CaptureFixture[str]


@pytest.fixture
def log() -> None:
    for first in (0, 100, 200):
        entries(100, first)
        seal()
    entries(3, 300)


def told(capsys: Shown, *arguments: str) -> tuple[int, dict[str, object]]:
    """Exit status and the one document on standard output."""
    capsys.readouterr()
    status = cli.main(list(arguments))
    return status, json.loads(capsys.readouterr().out)


def problems(capsys: Shown) -> list[str]:
    _, facts = told(capsys, "status", "--json")
    return [problem["id"] for problem in facts["problems"]]  # type: ignore[attr-defined]


def test_an_honest_log_verifies(log: None, capsys: Shown) -> None:
    status, facts = told(capsys, "audit", "verify", "--json")
    assert (status, facts["ok"], facts["entries"], facts["first_bad"]) == (0, True, 303, None)
    assert facts["root"] == Checkpoint.objects.get(size=300).root
    assert cli.main(["audit", "verify"]) == 0


def test_an_altered_log_is_exit_1_and_names_the_first_entry(log: None, capsys: Shown) -> None:
    with guards_down():
        Leaf.objects.filter(position=117).update(principal="account:99")
    status, facts = told(capsys, "audit", "verify", "--json")
    assert (status, facts["ok"], facts["first_bad"]) == (1, False, 117)
    assert cli.main(["audit", "verify"]) == 1


def test_another_copy_of_the_witness_can_be_asked(log: None, capsys: Shown, tmp_path: Path) -> None:
    copy = tmp_path / "oversight.jsonl"
    copy.write_bytes(settings.MUSTER_WITNESS.read_bytes())
    settings.MUSTER_WITNESS.unlink()
    assert told(capsys, "audit", "verify", "--json")[0] == 1
    assert told(capsys, "audit", "verify", "--witness", str(copy), "--json")[0] == 0


def test_a_witness_that_is_not_there_is_bad_input(log: None, capsys: Shown, tmp_path: Path) -> None:
    assert cli.main(["audit", "verify", "--witness", str(tmp_path / "nothing.jsonl")]) == 2
    shown = capsys.readouterr()
    assert (shown.out, len(shown.err.strip().splitlines())) == ("", 1)


def test_an_export_is_verified_without_muster(log: None, capsys: Shown, tmp_path: Path) -> None:
    assert cli.main(["audit", "export", str(tmp_path / "log.jsonl")]) == 0
    verifier = [sys.executable, "-I", str(settings.BASE_DIR / "docs" / "verify_audit.py")]
    arguments = [*verifier, str(tmp_path / "log.jsonl"), str(settings.MUSTER_WITNESS)]
    honest = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert (honest.returncode, json.loads(honest.stdout)["entries"]) == (0, 303)
    exported = (tmp_path / "log.jsonl").read_text("utf-8")
    (tmp_path / "log.jsonl").write_text(exported.replace('\\"number\\":55,', '\\"number\\":56,'), "utf-8")
    altered = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert (altered.returncode, json.loads(altered.stdout)["first_bad"]) == (1, 55)


def test_a_second_witness_is_begun_and_kept_up_to_date(log: None, tmp_path: Path, capsys: Shown) -> None:
    other = tmp_path / "other.jsonl"
    assert cli.main(["audit", "witness", str(other)]) == 2
    assert cli.main(["audit", "witness", str(other), "--new"]) == 0
    seal()
    assert cli.main(["audit", "witness", str(other)]) == 0
    assert other.read_bytes() == settings.MUSTER_WITNESS.read_bytes()
    assert cli.main(["audit", "witness", str(other), "--new"]) == 2


def test_a_restored_backup_is_announced_until_it_is_acknowledged_and_stays_visible(log: None, capsys: Shown) -> None:
    import random

    seal()
    assert cli.main(["audit", "restored", "--reason", "nothing was restored"]) == 2
    with guards_down():
        put_an_old_backup_back(random.Random(SEED))
    left = Checkpoint.objects.order_by("-size")[0].size
    assert told(capsys, "audit", "verify", "--json")[0] == 1
    assert "rollback" in problems(capsys)
    assert cli.main(["audit", "restored", "--reason", "disk failure, order 17"]) == 0
    seal()
    status, facts = told(capsys, "audit", "verify", "--json")
    assert (status, facts["ok"], facts["entries"]) == (0, True, left + 1)
    assert facts["restores"][0]["reason"] == "disk failure, order 17"  # type: ignore[index]
    assert "rollback" not in problems(capsys)


def test_a_healthy_installation_has_no_problems(capsys: Shown) -> None:
    status, facts = told(capsys, "status", "--json")
    assert (status, facts["problems"], facts["entries"], facts["workers"]) == (0, [], 0, 0)
    assert cli.main(["status"]) == 0


def test_status_names_what_is_wrong_with_the_witness(log: None, capsys: Shown) -> None:
    with heartbeat.beating():
        assert problems(capsys) == []
        kept = settings.MUSTER_WITNESS.read_bytes()
        settings.MUSTER_WITNESS.unlink()
        assert problems(capsys) == ["witness_missing"]
        settings.MUSTER_WITNESS.write_bytes(kept + b"nonsense\n")
        assert problems(capsys) == ["witness_unreadable"]
        settings.MUSTER_WITNESS.write_bytes(b"".join(kept.splitlines(keepends=True)[:-1]))
        with clock.frozen(clock.now() + timedelta(seconds=30)):
            assert "witness_behind" in problems(capsys)


def test_status_says_when_nobody_seals(log: None, capsys: Shown) -> None:
    assert problems(capsys) == ["nobody_seals"]
    with heartbeat.beating():
        assert problems(capsys) == []
        entries(300, 303)
        assert problems(capsys) == ["sealer_behind"]


def test_status_names_a_worker_that_fell_silent(capsys: Shown) -> None:
    long_ago = clock.now() - timedelta(minutes=5)
    Heartbeat.objects.create(worker="desk:1", started_at=long_ago, at=long_ago)
    assert problems(capsys) == ["worker_silent"]


def test_a_new_worker_takes_the_place_of_one_that_was_killed_on_the_same_machine(capsys: Shown) -> None:
    long_ago = clock.now() - timedelta(minutes=5)
    for host in (socket.gethostname(), "another-machine"):
        Heartbeat.objects.create(worker=f"{host}:1", started_at=long_ago, at=long_ago)
    with heartbeat.beating():
        assert [worker.worker for worker in heartbeat.silent()] == ["another-machine:1"]


def test_a_worker_that_stops_in_order_leaves_no_trace() -> None:
    with heartbeat.beating() as beat:
        beat()
        assert len(heartbeat.alive()) == 1
    assert not Heartbeat.objects.exists()


def test_status_repeats_what_the_last_full_check_found(log: None, capsys: Shown) -> None:
    with guards_down():
        Leaf.objects.filter(position=1).update(content="{}")
    check_now()
    assert "log_altered" in problems(capsys)


def test_status_of_a_database_that_is_behind_says_only_that(capsys: Shown) -> None:
    MigrationRecorder.Migration.objects.filter(app="audit", name__startswith="0003").delete()
    assert problems(capsys) == ["migrations_missing"]


def test_nothing_that_was_witnessed_is_written_twice(log: None) -> None:
    sizes = [seen.size for seen in witness.read(settings.MUSTER_WITNESS).seen]
    seal()
    seal()
    again = [seen.size for seen in witness.read(settings.MUSTER_WITNESS).seen]
    assert again == [*sizes, 303]
