"""A real Muster for a browser to visit: pages over WSGI, events over ASGI, a database file of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 40


@dataclass
class Site:
    """One running Muster. `folder` holds its database, its secrets and its logs."""

    folder: Path
    port: int
    settings: str = "tests.journeys.settings"
    extra: dict[str, str] = field(default_factory=dict)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address of the pages, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def events_url(self) -> str:
        """The address of the event stream."""
        return f"http://127.0.0.1:{self.port + 1}/events/"

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this site is started with."""
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("MUSTER_")}
        own = {
            "DJANGO_SETTINGS_MODULE": self.settings,
            "MUSTER_VAR": str(self.folder),
            "MUSTER_EVENTS_PORT": str(self.port + 1),
            "PYTHONPATH": str(ROOT),
        }
        return {**inherited, **own, **self.extra}

    def run(self, *arguments: str) -> str:
        """Runs `python ARGUMENTS` at this site; returns what it printed. `site.run("-m", "muster.cli", "status")`."""
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def prepare(self, function: str) -> str:
        """Calls `package.module:function` with Django ready, in a process of its own: the way to load data."""
        module, name = function.split(":")
        return self.run("-c", f"import django; django.setup(); from {module} import {name}; {name}()")

    def start(self) -> None:
        """Starts both servers and waits until they take connections."""
        granian = ["-m", "granian", "--host", "127.0.0.1", "--no-ws", "--log-level", "warning"]
        self._spawn("pages", [*granian, *self._wsgi()])
        self._spawn(
            "events", [*granian, "--interface", "asginl", "--port", str(self.port + 1), "muster.asgi:application"]
        )
        for port in (self.port, self.port + 1):
            self._wait_for(port)

    def _wsgi(self) -> list[str]:
        return ["--interface", "wsgi", "--port", str(self.port), "--blocking-threads", "4", "muster.wsgi:application"]

    def stop(self) -> None:
        """Ends what this site started and nothing else."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()

    def log(self, name: str) -> Path:
        """Where the process called `name` (pages or events) writes."""
        return self.folder / f"{name}.out"

    def end_of_log(self, lines: int = 30) -> str:
        """The last lines of what the site has written: a traceback, when a page failed."""
        written = [path for path in (self.folder / "muster.log", self.log("pages")) if path.exists()]
        return "\n".join("\n".join(path.read_text("utf-8", "replace").splitlines()[-lines:]) for path in written)

    def _spawn(self, name: str, arguments: list[str]) -> None:
        output: IO[bytes] = self.log(name).open("ab")
        with output:
            self.processes.append(
                subprocess.Popen(
                    [sys.executable, *arguments],
                    env=self.environment,
                    cwd=ROOT,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                )
            )

    def _wait_for(self, port: int) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            ended = [process for process in self.processes if process.poll() is not None]
            assert not ended, f"a server of the site ended:\n{self._said()}"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(f"nothing answers on port {port}:\n{self._said()}")

    def _said(self) -> str:
        return "\n".join(
            self.log(name).read_text("utf-8", "replace") for name in ("pages", "events") if self.log(name).exists()
        )


def new_site(folders: pytest.TempPathFactory, name: str, **variables: str) -> Site:
    """A site that is ready to start, with the accounts of all roles; `variables` are MUSTER_* of its own.

    The database is made once in a test run, whatever the number of sites and of pytest's workers, and copied.
    """
    base = folders.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    original = shared / "prepared-site"
    with (shared / "prepared-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not original.exists():
            making = folders.mktemp("making-site")
            Site(making, 0).run("-m", "tests.journeys.accounts")
            making.rename(original)
    folder = folders.mktemp(name)
    shutil.copytree(original, folder, dirs_exist_ok=True)
    return Site(folder, free_ports(), extra=variables)


def free_ports() -> int:
    """A port that is free and whose successor is free too."""
    for _ in range(100):
        with socket.socket() as first:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            with socket.socket() as second:
                try:
                    second.bind(("127.0.0.1", port + 1))
                except OSError:
                    continue
                return port
    raise AssertionError("no two ports in a row are free")
