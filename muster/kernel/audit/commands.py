"""`muster audit ...`: verify the log, export it, keep another witness, acknowledge a restore."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from rich.console import Console
from rich.table import Column, Table

from muster.kernel.audit import export, restores, sealing, witness
from muster.kernel.audit.verification import Verification, verify

FOUND_SOMETHING = 1
SHOW_AFTER_SECONDS = 2.0
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def audit() -> None:
    """The tamper-evident log of every command and of every read of personal data."""


@audit.command("verify")
@click.option("--witness", "witness_file", type=FILE, help="Compare with this copy instead of the installation's own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def verify_command(witness_file: Path | None, as_json: bool) -> int:
    """Recompute the whole log and compare it with its witness; exit 1 when they do not fit."""
    if witness_file is not None and not witness_file.is_file():
        raise click.ClickException(f"{witness_file}: there is no such witness file")
    path = witness_file or settings.MUSTER_WITNESS
    found = verify(path, _Progress())
    if as_json:
        click.echo(json.dumps(_facts(found, path), ensure_ascii=False))
    else:
        _show(found, path)
    return 0 if found.ok else FOUND_SOMETHING


class _Progress:
    """Entries read so far, on standard error, once it takes longer than two seconds."""

    def __init__(self) -> None:
        self.shown = time.monotonic() + SHOW_AFTER_SECONDS - 1

    def __call__(self, done: int) -> None:
        if time.monotonic() - self.shown >= 1:
            self.shown = time.monotonic()
            click.echo(f"{done:,} entries", err=True)


def _facts(found: Verification, path: Path) -> dict[str, Any]:
    return {
        "entries": found.entries,
        "root": found.root,
        "ok": found.ok,
        "first_bad": found.first_bad,
        "sealed": found.sealed,
        "verified": found.verified,
        "unsealed": found.unsealed,
        "checkpoints": found.checkpoints,
        "witness": str(path),
        "witnessed": found.witnessed,
        "findings": [asdict(finding) for finding in found.findings],
        "restores": found.restores,
        "seconds": found.seconds,
    }


def _show(found: Verification, path: Path) -> None:
    table = Table("", Column(overflow="fold"), show_header=False, box=None)  # a root is compared to its last figure
    table.add_row("entries", f"{found.entries} ({found.sealed} sealed, {found.unsealed} waiting)")
    table.add_row("root", found.root)
    table.add_row("checkpoints", str(found.checkpoints))
    table.add_row("witness", f"{path} ({found.witnessed} entries)")
    table.add_row("restores acknowledged", str(len(found.restores)))
    table.add_row("seconds", str(found.seconds))
    console = Console()
    console.print(table)
    for finding in found.findings:
        place = "" if finding.position is None else f", from no. {finding.position}"
        console.print(f"[bold red]{finding.kind}[/]{place}: {finding.text}", highlight=False)
    if found.ok:
        console.print("The log is as it was sealed and witnessed.")


@audit.command("export")
@click.argument("file", type=FILE, required=False)
def export_command(file: Path | None) -> None:
    """Write the log as JSON lines to FILE or standard output, for docs/verify_audit.py."""
    if file is None:
        for line in export.lines():
            sys.stdout.write(line + "\n")
        return
    fresh = file.with_name(file.name + ".part")
    with fresh.open("w", encoding="utf-8") as out:
        for line in export.lines():
            out.write(line + "\n")
    fresh.replace(file)
    click.echo(f"written to {file}", err=True)


@audit.command("seal")
def seal_command() -> None:
    """Seal what waits, now, as the worker does every minute."""
    made = sealing.seal()
    click.echo(f"sealed up to entry {made.size - 1}: {made.root}" if made else "nothing waits", err=True)


@audit.command("witness")
@click.argument("file", type=FILE)
@click.option("--new", is_flag=True, help="Begin a new witness file with the whole history.")
def witness_command(file: Path, new: bool) -> None:
    """Bring another witness up to date, on a disk or a host that the database's administrators do not control."""
    if new and file.exists():
        raise click.ClickException(f"{file} exists; a witness is only ever appended to")
    if not new and not file.exists():
        raise click.ClickException(f"{file}: there is no such witness; begin one with --new")
    with witness.held(file):
        count = sealing.reconcile(file, new=new)
    click.echo(f"{count} checkpoints appended to {file}", err=True)


@audit.command("restored")
@click.option("--reason", required=True, help="Why a backup was put back, and on whose order.")
def restored_command(reason: str) -> None:
    """Acknowledge that the database was set back by a restore; what was lost stays visible in the witness."""
    facts = restores.acknowledge(path=settings.MUSTER_WITNESS, reason=reason)
    lost = facts["restored"]
    click.echo(f"acknowledged: entries {lost['to']['size']} to {lost['from']['size'] - 1} are lost", err=True)
