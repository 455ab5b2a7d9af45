"""`muster serve`: from an empty machine to pages in the browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

EVENTS_OFFSET = 1  # the event stream listens on the port above the pages


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--empty", is_flag=True, help="Do not load S City into an empty database.")
def serve(host: str, port: int, empty: bool) -> None:
    """Prepare the database, load S City if it is empty, replay the wave, and serve the pages."""
    refuse_taken_ports(host, port)
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
                raise click.ClickException(
                    f"port {number} on {host} is taken; stop what listens there or give another with --port"
                ) from problem


def migrate() -> None:
    """Brings the database to this version's shape; silent when it is there already."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with step("Preparing the database"):
            call_command("migrate", verbosity=0)


def load_story() -> None:
    """S City and its wave, once."""
    from muster.sample.story import story_load, story_missing

    if story_missing():
        story_load(progress=step)


@contextmanager
def step(title: str) -> Iterator[None]:
    """One line for one piece of work, with the seconds that it took."""
    click.echo(f"{title} ...", err=True, nl=False)
    begun = time.monotonic()
    try:
        yield
    except BaseException:  # also Ctrl-C: what comes next begins on a line of its own
        click.echo("", err=True)
        raise
    click.echo(f" {time.monotonic() - begun:.1f} s", err=True)


def run_processes(host: str, port: int) -> None:
    """Pages, event stream and worker, until the first of them ends or somebody stops us."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "muster.settings",
        "MUSTER_EVENTS_PORT": str(port + EVENTS_OFFSET),
    }
    connection.close()
    processes = [subprocess.Popen(arguments, env=environment) for arguments in process_arguments(host, port)]  # noqa: S603
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: sys.exit(0))
    try:
        wait_until_answering(host, port, processes)
        announce(host, port)
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
        raise click.ClickException(f"a part of Muster stopped; its log is {settings.VAR / 'muster.log'}")
    finally:
        stop(processes)


def process_arguments(host: str, port: int) -> list[list[str]]:
    """Pages over WSGI on threads; the event stream alone over ASGI; one worker."""
    granian = [sys.executable, "-m", "granian", "--host", host, "--no-ws", "--log-level", "warning"]
    return [
        [*granian, "--interface", "wsgi", "--port", str(port), "--blocking-threads", "8", "muster.wsgi:application"],
        [*granian, "--interface", "asginl", "--port", str(port + EVENTS_OFFSET), "muster.asgi:application"],
        [sys.executable, "-m", "muster.cli", "worker"],
    ]


def wait_until_answering(host: str, port: int, processes: list[subprocess.Popen[bytes]]) -> None:
    """Returns when the pages' port takes connections."""
    for _ in range(600):
        if any(process.poll() is not None for process in processes):
            raise click.ClickException("Muster could not start; the lines above say why")
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.05)
    raise click.ClickException(f"nothing answers on port {port} after 30 seconds")


def announce(host: str, port: int) -> None:
    """The address, and in the demonstration profile one login per role."""
    click.echo(f"\n  Muster is at http://{host}:{port}/\n")
    if settings.PROFILE == "demo":
        from muster.sample.accounts import demo_logins

        for login in demo_logins():
            click.echo(f"  {login.role:<26} {login.login:<14} {login.password}")
        click.echo("\n  Ctrl-C stops it. Nothing leaves this machine.")
    sys.stdout.flush()


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ends the processes that this one started, gently first."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
