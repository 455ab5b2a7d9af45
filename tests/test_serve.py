"""`muster serve` as it is started by people: a real process, a real browser's request, a real Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    os.environ.get("MUSTER_DATABASE", "").startswith("postgres"),
    reason="these serve the embedded database, whatever the other tests run on",
)
ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 240.0
SMALL_STORY = """
from datetime import date
from muster.cli import prepare_django
prepare_django()
from muster.sample.size import Size
from muster.sample.story import story_load
from muster.serve import migrate, step
migrate()
story_load(step, size=Size.of(480, 16), last=date(2020, 1, 21))
"""


def environment(var: Path) -> dict[str, str]:
    """An installation of its own on the embedded database, whatever this test run uses."""
    left_out = ("MUSTER_", "DJANGO_", "LC_", "LANG")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return {**kept, "MUSTER_VAR": str(var), "PYTHONPATH": str(ROOT)}


def muster(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "muster.cli", *arguments]


def free_port() -> int:
    """A port that is free, and the one above it too."""
    for _ in range(50):
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            with contextlib.suppress(OSError):
                other.bind(("127.0.0.1", port + 1))
                return port
    raise AssertionError("no two free ports in a row")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class Served:
    """A running `muster serve` and what it has said so far."""

    def __init__(self, var: Path, port: int, more: Mapping[str, str] | None = None) -> None:
        self.port = port
        self.said = var.parent / f"{var.name}-{port}.txt"
        with self.said.open("w") as output:
            self.process = subprocess.Popen(
                muster("serve", "--port", str(port)),
                env={**environment(var), **(more or {})},
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
            )

    def wait_for(self, words: str) -> str:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if words in (text := self.said.read_text("utf-8")):
                return text
            assert self.process.poll() is None, text
            time.sleep(0.05)
        raise AssertionError(f"{words!r} was not said in {PATIENCE} s: {self.said.read_text('utf-8')}")

    def get(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return int(answer.status)

    def children(self) -> list[int]:
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in listed.stdout.split()]

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=20)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small S City with its story, so that a start has nothing left to prepare."""
    var = tmp_path_factory.mktemp("served") / "var"
    subprocess.run([sys.executable, "-c", SMALL_STORY], env=environment(var), cwd=ROOT, check=True)
    return var


@pytest.fixture
def served(installation: Path) -> Iterator[Served]:
    running = Served(installation, free_port())
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()


def test_a_second_start_prepares_nothing_prints_address_and_logins_answers_and_ends_with_ctrl_c(served: Served) -> None:
    said = served.wait_for("Ctrl-C")
    assert " ..." not in said
    assert f"http://127.0.0.1:{served.port}/" in said
    assert all(title in said for title in ("Commander", "Duty officer", "Auditor", "Partner liaison"))
    assert served.get("/login/") == 200
    assert served.end() == 0
    assert "Traceback" not in served.said.read_text("utf-8")
    assert is_free(served.port)
    assert is_free(served.port + 1)


def test_a_taken_port_is_said_before_any_work_is_done(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        refused = subprocess.run(
            muster("serve", "--port", str(port)),
            env=environment(tmp_path / "var"),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert refused.returncode == 2
    assert str(port) in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "var" / "muster.sqlite3").exists()


def test_when_one_part_dies_the_others_are_stopped_and_it_says_which(served: Served) -> None:
    served.wait_for("Ctrl-C")
    os.kill(served.children()[-1], signal.SIGKILL)
    assert served.process.wait(timeout=20) == 2
    assert "worker" in served.said.read_text("utf-8")
    assert is_free(served.port)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends the children of a killed parent")
def test_a_killed_start_leaves_no_port_taken(served: Served) -> None:
    served.wait_for("Ctrl-C")
    served.process.kill()
    served.process.wait()
    until = time.monotonic() + 10
    while time.monotonic() < until and not (is_free(served.port) and is_free(served.port + 1)):
        time.sleep(0.1)
    assert is_free(served.port)
    assert is_free(served.port + 1)


def test_a_start_that_was_killed_while_it_loaded_begins_again_cleanly(tmp_path: Path) -> None:
    var = tmp_path / "var"
    killed = Served(var, free_port())
    killed.wait_for("Loading people")
    killed.process.kill()
    killed.process.wait()
    size = ("--officers", "480", "--stations", "16", "--json")
    loaded = subprocess.run(
        muster("sample", "load", "s-city", *size), env=environment(var), cwd=ROOT, capture_output=True, check=False
    )
    assert loaded.returncode == 0, loaded.stderr
