"""`muster situation ...`: import a file of counts, show what is known."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from django.db import connection
from django.utils.translation import gettext as _

from muster.kernel import clock
from muster.kernel.commands import Actor
from muster.prevention.situation import importing, services
from muster.prevention.situation.knowledge import within_reach
from muster.prevention.situation.models import LIVE, ReportBatch, ReportMode
from muster.prevention.situation.queries import (
    Preview,
    RowView,
    area_figures,
    counts_preview,
    curve,
    indicators,
)

if TYPE_CHECKING:
    from rich.table import Table

SHOWN: Final = 20
FILE = click.Path(path_type=Path, dir_okay=False)
MODES = click.Choice([mode.value for mode in ReportMode])
FOUND_SOMETHING: Final = 1


@click.group()
def situation() -> None:
    """Case counts and indicators."""


@situation.command("import")
@click.argument("file", type=FILE)
@click.option("--area", default="", help="Code of the area whose counts these are, where the file does not say.")
@click.option("--mode", type=MODES, default=ReportMode.DAILY.value, show_default=True, help="How the source counts.")
@click.option("--source", default="", help="Who counted; the file's name if nothing is given.")
@click.option("--feed", default=LIVE, show_default=True)
@click.option("--partly", is_flag=True, help="Receive the good rows although others are rejected.")
@click.option("--check", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def import_command(
    file: Path, area: str, mode: str, source: str, feed: str, partly: bool, check: bool, as_json: bool
) -> int:
    """Receive the counts in a CSV file or workbook, all of it or, with --partly, without the rejected rows."""
    begin = time.monotonic()
    content = read_bytes(file)
    refuse_unprepared()
    reading = importing.read_counts(content, file_name=file.name, mode=mode, area=area)
    preview = counts_preview(rows=reading.rows, moment=clock.now(), feed=feed, mode=mode)
    if preview.refused and not partly and not check:
        raise click.ClickException(refusal(file, preview))
    facts: dict[str, Any] = {"file": str(file), "rows": preview.rows, **preview.fates, "batch": None}
    facts |= {
        "ignored": list(reading.ignored),
        "sheet": reading.sheet,
        "first_day": preview.first_day and f"{preview.first_day}",
        "last_day": preview.last_day and f"{preview.last_day}",
        "problems": [problem_facts(row) for row in preview.rejected],
        "noticed": [noticed_facts(row) for row in preview.noticed],
    }
    if not check:
        if time.monotonic() - begin > 1:
            click.echo(_("Receiving %(rows)d rows ...") % {"rows": preview.rows}, err=True)
        batch = services.counts_receive(
            by=Actor.system("command line"),
            rows=reading.rows,
            source=source or file.name,
            feed=feed,
            mode=mode,
            file_name=reading.file_name,
            file_sha256=hashlib.sha256(content).hexdigest(),
        )
        facts["batch"] = batch.pk
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
    else:
        show_import(facts, preview)
    return FOUND_SOMETHING if preview.refused else 0


def refuse_unprepared() -> None:
    """A database without tables is told in one line. Raises ClickException."""
    if ReportBatch._meta.db_table not in connection.introspection.table_names():
        raise click.ClickException(
            _("the database is empty; start Muster once, or load a city with `muster sample load`")
        )


def read_bytes(file: Path) -> bytes:
    """The file's content. Raises ClickException in one line."""
    try:
        return file.read_bytes()
    except OSError as problem:
        raise click.ClickException(f"{file}: {problem.strerror}") from problem


def refusal(file: Path, preview: Preview) -> str:
    """One line: the first rejected row, how many more, how to go on."""
    first, more = preview.rejected[0], preview.refused - 1
    others = _(" (and %(count)d more)") % {"count": more} if more else ""
    mend = _("nothing was received; correct the file, or receive the other rows with --partly")
    return f"{file}:{first.number}: {told(first)}{others}; {mend}"


def told(row: RowView) -> str:
    """What is wrong with a row, with what stands in it."""
    return f"{' '.join(part for part in (row.area, row.day, row.value) if part)}: {row.what} ({row.expected})"


def problem_facts(row: RowView) -> dict[str, Any]:
    """A rejected row for a program."""
    kept = {name: value for name, value in asdict(row).items() if name != "fate"}
    return {**kept, "what": row.what, "expected": row.expected}


def noticed_facts(row: RowView) -> dict[str, Any]:
    """A row that corrects what was known (`previous`), or is overtaken by a later row of its file that says that."""
    names = ("number", "area", "day", "measure", "value", "fate", "previous")
    return {name: getattr(row, name) for name in names}


def show_import(facts: dict[str, Any], preview: Preview) -> None:
    """What was done; the rows that correct or repeat something, and those that were rejected."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    names = ("rows", "new", "same", "corrected", "superseded", "rejected")
    console.print(", ".join(f"{facts[name]} {name}" for name in names))
    if preview.first_day:
        console.print(f"{preview.first_day} to {preview.last_day}, {preview.areas} area(s)")
    if preview.noticed:
        table = Table("line", "row", "fate", "known or later")
        for row in preview.noticed[:SHOWN]:
            table.add_row(str(row.number), cells_of(row), row.fate, str(row.previous))
        show_table(table, len(preview.noticed))
    if preview.rejected:
        table = Table("line", "row", "problem", "expected")
        for row in preview.rejected[:SHOWN]:
            table.add_row(str(row.number), cells_of(row), row.what, row.expected)
        show_table(table, preview.refused)


def cells_of(row: RowView) -> str:
    """What stands in a row."""
    return f"{row.area} {row.day} {row.measure} {row.value}"


def show_table(table: Table, rows: int) -> None:
    """The first rows, and how many there are beside them."""
    from rich.console import Console

    Console().print(table)
    if rows > SHOWN:
        Console().print(f"... {rows - SHOWN} more, with --json")


@situation.command("show")
@click.option("--area", required=True, help="Code of the area.")
@click.option("--feed", default=LIVE, show_default=True)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"]), help="Bureau's time.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def show_command(area: str, feed: str, as_of: datetime | None, as_json: bool) -> None:
    """What was known of an area at a moment: indicators, curve, risk of its districts."""
    refuse_unprepared()
    moment = clock.now() if as_of is None else within_reach(as_of)
    facts = situation_facts(area, feed, moment)
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    click.echo(f"{area}, {facts['as_of']}, last reported day {facts['last_day'] or 'none'}")
    show_pairs([(name, each["value"], each["taken_at"]) for name, each in facts["indicators"].items()])


def situation_facts(area: str, feed: str, moment: datetime) -> dict[str, Any]:
    """Everything that is known, for a program: absent is unknown."""
    seen = indicators(feed=feed, area=area, as_of=moment)
    days = curve(feed=feed, area=area, as_of=moment)
    figures = area_figures(feed=feed, as_of=moment)
    return {
        "area": area,
        "feed": feed,
        "as_of": moment.isoformat(),
        "last_day": seen.last_day and f"{seen.last_day}",
        "indicators": {
            name: {"value": value, "taken_at": seen.taken_at[name].isoformat()} for name, value in seen.values.items()
        },
        "unknown": dict(seen.missing),
        "curve": [{**asdict(day), "day": f"{day.day}"} for day in days],
        "districts": {
            code: {**asdict(each), "last_day": each.last_day and f"{each.last_day}"} for code, each in figures.items()
        },
    }


def show_pairs(rows: Sequence[tuple[str, Any, str]]) -> None:
    """Name, value and moment in columns."""
    from rich.console import Console
    from rich.table import Table

    table = Table("indicator", "value", "as of")
    for name, value, moment in rows:
        table.add_row(name, f"{value:.3f}" if isinstance(value, float) else str(value), moment)
    Console().print(table)
