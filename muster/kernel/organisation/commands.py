"""`muster organisation ...`: import units, people, areas and sites; set boundaries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.table import Table as Shown

from muster.engines.geodesy import DATUMS
from muster.kernel.commands import Actor
from muster.kernel.organisation import services
from muster.kernel.organisation.boundaries import boundaries_in
from muster.kernel.organisation.imports import KINDS, Plan, plan_import
from muster.kernel.organisation.seals import fresh_key
from muster.kernel.tables import read_table

FOUND_SOMETHING: Final = 1
SHOWN: Final = 50
LARGE: Final = 50_000  # bytes of a file that takes a few seconds
FILE: Final = click.Path(path_type=Path, dir_okay=False)
DATUM: Final = click.option(
    "--datum", type=click.Choice(DATUMS), default="wgs84", show_default=True, help="What its coordinates are given in."
)
JSON: Final = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")


@click.group()
def organisation() -> None:
    """Units, people, areas and sites of the bureau."""


@organisation.command("import")
@click.argument("file", type=FILE)
@click.option("--kind", type=click.Choice(list(KINDS)), required=True, help="What the rows are.")
@click.option("--sheet", help="The sheet of a workbook; the first visible one if it is not given.")
@click.option("--confirm", is_flag=True, help="Do it; without this nothing is written.")
@DATUM
@JSON
def import_command(file: Path, kind: str, sheet: str | None, confirm: bool, datum: str, as_json: bool) -> int:
    """Say what importing FILE (.csv, .xlsx) would do, row by row; with --confirm do it, all of it or nothing.

    Exit 1 when a preview finds problems; with --confirm they are bad input, exit 2, and nothing is loaded.
    """
    content = _read(file)
    step = _steps(len(content) > LARGE)
    step(f"reading {file.name}")
    table = read_table(content, file_name=file.name, sheet=sheet)
    step(f"comparing {len(table.rows):,} rows")
    plan = plan_import(table, kind, datum=datum, file_name=file.name)
    done: dict[str, int] = {}
    if confirm:
        if plan.problems:
            raise click.ClickException(_in_one_line(plan, file.name))
        step(f"loading {plan.added + plan.changed:,} rows")
        done = _do(content, file.name, kind, datum, sheet)
    _report(plan, file.name, content, done, as_json)
    return FOUND_SOMETHING if plan.problems else 0


@organisation.command("boundaries")
@click.argument("file", type=FILE)
@DATUM
@JSON
def boundaries_command(file: Path, datum: str, as_json: bool) -> None:
    """Set the boundaries of areas from a GeoJSON FILE whose features carry their codes or names."""
    rows = boundaries_in(_read(file), file_name=file.name, datum=datum)
    count = services.area_boundaries_set(by=Actor.system("command-line"), rows=rows)
    if as_json:
        click.echo(json.dumps({"file": file.name, "datum": datum, "areas": sorted(row.area for row in rows)}))
    else:
        click.echo(f"{count} boundaries set")


def _steps(shown: bool) -> Callable[[str], None]:
    """Says on standard error what takes longer than two seconds, as a large file does."""
    return lambda text: click.echo(text, err=True) if shown else None


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise click.ClickException(f"{file}: {problem.strerror}") from problem


def _do(content: bytes, name: str, kind: str, datum: str, sheet: str | None) -> dict[str, int]:
    key = fresh_key()
    preview = services.import_prepare(
        by=Actor.system("command-line"),
        kind=kind,
        content=content,
        file_name=name,
        key=key,
        datum=datum,
        sheet=sheet or "",
    )
    return services.import_confirm(by=Actor.system("command-line"), preview=preview.pk, key=key)


def _in_one_line(plan: Plan, name: str) -> str:
    first = plan.problems[0]
    more = f"; {len(plan.problems) - 1} more problems" if len(plan.problems) > 1 else ""
    place = f"{name}: row {first.row}" + (f", {first.column}" if first.column else "")
    return f"{place}: {first.what} ({first.expected}) {first.mend}{more}"


def _report(plan: Plan, name: str, content: bytes, done: dict[str, int], as_json: bool) -> None:
    if not as_json:
        _show(plan, name, done)
        return
    facts: dict[str, Any] = {
        "file": name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "kind": plan.kind,
        "confirmed": bool(done),
        "added": plan.added,
        "changed": plan.changed,
        "same": plan.same,
        "ignored": list(plan.ignored),
        "rows": [
            {"row": one.row, "code": one.code, "new": one.is_new, "fields": sorted(one.values)} for one in plan.changes
        ],
        "problems": [problem.facts() for problem in plan.problems],
    }
    click.echo(json.dumps(facts, ensure_ascii=False))


def _show(plan: Plan, name: str, done: dict[str, int]) -> None:
    console = Console()
    state = "loaded" if done else "nothing written"
    console.print(f"{name}: {plan.added} new, {plan.changed} changed, {plan.same} the same ({state})")
    if plan.ignored:
        console.print("columns left out: " + ", ".join(plan.ignored), markup=False)
    if not plan.problems:
        return
    table = Shown("row", "column", "problem", "expected", "mend")
    for problem in plan.problems[:SHOWN]:
        table.add_row(*(str(fact) for fact in problem.facts().values()))
    console.print(table, markup=False)
    if len(plan.problems) > SHOWN:
        console.print(f"and {len(plan.problems) - SHOWN} more problems")
