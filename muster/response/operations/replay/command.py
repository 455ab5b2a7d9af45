"""`muster replay`: a recorded epidemic through a plan."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any, Final

import click
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from muster.kernel.commands import Actor
from muster.kernel.organisation.models import Area
from muster.preparedness.plans.queries import PlanVersion
from muster.prevention.situation.rows import InputRow
from muster.prevention.situation.series import Series
from muster.response.operations.replay.chance import Chance
from muster.response.operations.replay.city import city_now
from muster.response.operations.replay.epidemic import ASSUMED, Day, Epidemic, assumed_inputs, from_counts
from muster.response.operations.replay.files import FileUnreadable, read_counts, read_inputs, read_plan, released
from muster.response.operations.replay.page import as_page
from muster.response.operations.replay.playing import SEED, play
from muster.response.operations.replay.report import as_json
from muster.response.operations.replay.terminal import show
from muster.sample import curve
from muster.sample.city import city_load, city_missing
from muster.sample.places import CITY
from muster.sample.size import Size
from muster.serve import migrate, step

PLAN: Final = Path(curve.__file__).parent / "plans" / "S-PHE-01.yaml"
FILE = click.Path(path_type=Path)


@click.command("replay", help="A recorded epidemic through a plan, day by day.")
@click.option("--plan", "plan_file", type=FILE, help="Plan in YAML; S City's own if none is given.")
@click.option("--cases", "cases_file", type=FILE, help="CSV of daily counts: date, new_confirmed.")
@click.option("--inputs", "inputs_file", type=FILE, help="CSV of what is told: name, value, valid_from.")
@click.option("--seed", default=SEED, show_default=True, help="The same files and seed give the same report.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for report.json and report.html.")
@click.option("--json", "as_document", is_flag=True, help="One JSON document on standard output.")
def replay(
    plan_file: Path | None,
    cases_file: Path | None,
    inputs_file: Path | None,
    seed: int,
    out: Path | None,
    as_document: bool,
) -> None:
    """Read everything, then play, then show."""
    plan, text = read_plan(plan_file or PLAN)
    series = read_counts(cases_file) if cases_file else None
    inputs = read_inputs(inputs_file) if inputs_file else None
    migrate()
    if city_missing():
        city_load(size=Size(), progress=step)
    if series is None or cases_file is None:
        epidemic = own_epidemic(inputs)
    else:
        epidemic = other_epidemic(cases_file, series, inputs, seed)
    version = released(plan, text, Actor.system("replay"))
    report = played(version, epidemic, seed, plan.hash)
    if out is not None:
        write(report, out)
    if as_document:
        click.echo(as_json(report), nl=False)
    else:
        show(report, Console())


def own_epidemic(inputs: list[InputRow] | None) -> Epidemic:
    """S City's own, with what it was told."""
    days = []
    for bulletin in curve.bulletins():
        cases: dict[str, int] = defaultdict(int)
        for row in bulletin.counts:
            if row.area != CITY and row.measure == "confirmed":
                cases[row.area] += int(row.value)
        days.append(Day(bulletin.day, bulletin.counts, dict(cases)))
    return Epidemic(curve.CURVE.name, days, list(curve.inputs()) if inputs is None else inputs)


def other_epidemic(path: Path, series: Series, inputs: list[InputRow] | None, seed: int) -> Epidemic:
    """Counts of a file, in S City's districts."""
    assert series.first is not None, "read_counts asks for dates"
    city = Area.objects.get(parent=None).code
    days = from_counts(series.first, series.counts, city, city_now().populations, Chance(seed))
    if inputs is not None:
        return Epidemic(path.name, days, inputs)
    return Epidemic(path.name, days, assumed_inputs(series.first), tuple(name for name, _kind in ASSUMED))


def played(version: PlanVersion, epidemic: Epidemic, seed: int, plan_hash: str) -> dict[str, Any]:
    """Play it, with a bar on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[day]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Replaying"), total=len(epidemic.days), day="")
        report, _operations = play(
            version=version,
            epidemic=epidemic,
            seed=seed,
            plan_hash=plan_hash,
            progress=lambda day: bar.update(task, advance=1, day=f"{day.day}"),
        )
    return report


def write(report: dict[str, Any], folder: Path) -> None:
    """report.json and report.html. Raises DomainError where the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(as_json(report), "utf-8")
        (folder / "report.html").write_text(as_page(report), "utf-8")
    except OSError as problem:
        raise FileUnreadable(what=f"{problem.strerror}", where=f"{folder}") from problem
