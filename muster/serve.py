"""`muster serve`: from an empty machine to pages in the browser."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

EVENTS_OFFSET: Final = 1  # the event stream listens on the port above the pages
START_SECONDS: Final = 60
STOP_SECONDS: Final = 5
PR_SET_PDEATHSIG: Final = 1
Tell = Callable[[str], None]
Parts = Mapping[str, "subprocess.Popen[bytes]"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_534))
@click.option("--empty", is_flag=True, help="Do not load S City into an empty database.")
def serve(host: str, port: int, empty: bool) -> None:
    """Prepare the database, load S City if it is empty, replay the wave, and serve the pages."""
    refuse_taken_ports(host, port)
    with alone():
        migrate()
        if not empty:
            load_story()
    run_processes(host, port)


def refuse_taken_ports(host: str, port: int) -> None:
    """Says at once that somebody else listens, before any work is done."""
    for number in (port, port + EVENTS_OFFSET):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, number))
            except OSError as problem:
                raise click.ClickException(_port_problem(host, number, problem)) from problem


def _port_problem(host: str, port: int, problem: OSError) -> str:
    named = {"host": host, "port": port, "reason": problem.strerror or problem}
    if problem.errno == errno.EADDRINUSE:
        return _("port %(port)s on %(host)s is taken; stop what listens there or give another with --port") % named
    return _("cannot listen on port %(port)s of %(host)s: %(reason)s") % named


@contextmanager
def alone() -> Iterator[None]:
    """Two who start at the same moment do not both prepare the database: the second waits and finds it done."""
    with (settings.VAR / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate() -> None:
    """Brings the database to this version's shape; silent when it is there already."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with step(_("Preparing the database")):
            call_command("migrate", verbosity=0)


def load_story() -> None:
    """S City and its wave, once; what an interrupted start left out is done now."""
    from muster.sample.story import story_load, story_missing

    if story_missing():
        story_load(progress=step)


@contextmanager
def step(title: str) -> Iterator[Tell]:
    """One line on standard error for one piece of work, with the seconds that it took.

    What it yields shows how far the work is, on a terminal only.
    """
    line = f"{title} ..."
    click.echo(line, err=True, nl=False)
    begun = time.monotonic()
    try:
        yield lambda detail: _rewrite(line, detail)
    except BaseException:  # also Ctrl-C: what comes next begins on a line of its own
        click.echo("", err=True)
        raise
    _rewrite(line, "")
    click.echo(f" {time.monotonic() - begun:.1f} s", err=True)


def _rewrite(line: str, detail: str) -> None:
    """The line anew, with how far its work is behind it."""
    if sys.stderr.isatty():
        click.echo(f"\r{line} {detail:<24}\r{line}" + (f" {detail}" if detail else ""), err=True, nl=False)


def run_processes(host: str, port: int) -> None:
    """Pages, event stream and worker, until the first of them ends or somebody stops us."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "muster.settings",
        "MUSTER_EVENTS_PORT": str(port + EVENTS_OFFSET),
    }
    connection.close()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: sys.exit(0))
    parts: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for title, arguments in process_arguments(host, port).items():
            parts[title] = start(arguments, environment)
        wait_until_answering(host, port, parts)
        announce(host, port)
        watch(parts)
    finally:
        stop(parts)


def process_arguments(host: str, port: int) -> dict[str, list[str]]:
    """Pages over WSGI on threads; the event stream alone over ASGI; one worker."""
    granian = [sys.executable, "-m", "granian", "--host", host, "--no-ws", "--log-level", "error"]
    return {
        "pages": [
            *granian,
            *("--interface", "wsgi", "--port", str(port), "--blocking-threads", "8", "muster.wsgi:application"),
        ],
        "events": [
            *granian,
            *("--interface", "asginl", "--port", str(port + EVENTS_OFFSET), "muster.asgi:application"),
        ],
        "worker": [sys.executable, "-m", "muster.cli", "worker"],
    }


def start(arguments: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A part in a session of its own, so that Ctrl-C reaches us alone and we end it in order."""
    return subprocess.Popen(  # noqa: S603
        arguments, env=environment, start_new_session=True, preexec_fn=end_with_parent if _LIBC else None
    )


_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent() -> None:
    """Linux ends a part whose parent was killed: no port stays taken by somebody who serves nobody."""
    if _LIBC:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until_answering(host: str, port: int, parts: Parts) -> None:
    """Returns when pages and event stream take connections."""
    waiting = [port, port + EVENTS_OFFSET]
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if dead := ended(parts):
            raise click.ClickException(_("%(part)s could not start; the lines above say why") % {"part": dead})
        waiting = [number for number in waiting if not answers(host, number)]
        if not waiting:
            return
        time.sleep(0.05)
    raise click.ClickException(
        _("nothing answers on port %(port)s after %(seconds)s seconds") % {"port": waiting[0], "seconds": START_SECONDS}
    )


def answers(host: str, port: int) -> bool:
    """Whether a connection is taken."""
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def ended(parts: Parts) -> str:
    """The name of a part that has ended, or an empty one."""
    return next((title for title, process in parts.items() if process.poll() is not None), "")


def watch(parts: Parts) -> None:
    """Returns never: raises when one of the parts has ended."""
    while not (dead := ended(parts)):
        time.sleep(0.5)
    raise click.ClickException(
        _("%(part)s stopped by itself, so Muster stops too; its log is %(log)s")
        % {"part": dead, "log": settings.VAR / "muster.log"}
    )


def announce(host: str, port: int) -> None:
    """The address, and in the demonstration profile one login per role."""
    click.echo("\n  " + _("Muster is at %(address)s") % {"address": f"http://{host}:{port}/"} + "\n")
    if settings.PROFILE == "demo":
        from muster.sample.accounts import demo_logins

        if logins := demo_logins():
            click.echo("  " + _("Password of all logins below: %(password)s") % {"password": logins[0].password} + "\n")
        for login in logins:
            click.echo(f"  {login.login:<14}{login.role}")
    click.echo("\n  " + _("Ctrl-C stops it. Nothing leaves this machine."))
    sys.stdout.flush()


def stop(parts: Parts) -> None:
    """Ends the processes that this one started, gently first."""
    for process in parts.values():
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + STOP_SECONDS
    for process in parts.values():
        try:
            process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
