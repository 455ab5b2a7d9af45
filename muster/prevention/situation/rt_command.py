"""`muster rt FILE`: the reproduction number of a series of counts, without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import click

from muster.engines.epidemic import EpidemicInputInvalid, GammaPrior, ReproductionNumber, jumps, reproduction_number
from muster.engines.epidemic import serial_interval as gamma_interval
from muster.engines.epidemic.serial_interval import Floats
from muster.kernel import clock
from muster.kernel.errors import DomainError
from muster.kernel.tables import TableRefused
from muster.prevention.situation.series import RowWrong, Series, SeriesInvalid, read_file, read_series

MEAN, SD = 4.7, 2.9  # days; Nishiura et al. 2020, early SARS-CoV-2
QUANTILES: Final = {"q025": 0.025, "median": 0.5, "q975": 0.975}
FILE = click.Path(path_type=Path)


@click.command("rt", help="Reproduction number of a series of daily counts (Cori et al. 2013).")
@click.argument("file", type=FILE)
@click.option("--serial-interval", "interval_file", type=FILE, help="CSV with day and probability, lag 0 first.")
@click.option("--mean", type=float, help=f"Mean of the serial interval in days; {MEAN} if nothing is given.")
@click.option("--sd", type=float, help=f"Its standard deviation in days; {SD} if nothing is given.")
@click.option("--window", type=click.IntRange(1, 365), default=7, show_default=True, help="Days per estimate.")
@click.option("--prior-mean", type=float, default=5.0, show_default=True)
@click.option("--prior-sd", type=float, default=5.0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def rt(
    file: Path,
    interval_file: Path | None,
    mean: float | None,
    sd: float | None,
    window: int,
    prior_mean: float,
    prior_sd: float,
    as_json: bool,
) -> None:
    """Read, estimate, show."""
    try:
        series = read_series(file, clock.today())
        interval = interval_of(interval_file, mean, sd)
        estimate = estimated(file, series, interval, window, GammaPrior.of(prior_mean, prior_sd))
    except TableRefused as problem:
        raise click.ClickException(in_english(problem)) from problem
    except (DomainError, EpidemicInputInvalid) as problem:
        raise click.ClickException(str(problem)) from problem
    rows = rows_of(series, estimate)
    if as_json:
        click.echo(json.dumps(rows, allow_nan=False))
    else:
        show(rows)


def estimated(file: Path, series: Series, interval: Floats, window: int, prior: GammaPrior) -> ReproductionNumber:
    """The estimate, or what the file lacks for one."""
    if len(series.counts) <= window:
        lacks = f"{len(series.counts)} days of counts; expected at least {window + 1} for windows of {window} days"
        raise SeriesInvalid(file, [RowWrong(len(series.counts) + 1, lacks)])
    return reproduction_number(series.counts, interval, window=window, prior=prior)


def interval_of(path: Path | None, mean: float | None, sd: float | None) -> Floats:
    """The serial interval that the options ask for. Raises SerialIntervalInvalid, SeriesInvalid, UsageError."""
    if path is None:
        if (mean is None) != (sd is None):
            raise click.UsageError("--mean and --sd belong together; give both or none")
        return gamma_interval(MEAN if mean is None else mean, SD if sd is None else sd)
    if mean is not None or sd is not None:
        raise click.UsageError("--serial-interval and --mean/--sd exclude each other; give one of them")
    return read_interval(path)


def read_interval(path: Path) -> Floats:
    """Probabilities by lag from a CSV file. Raises SerialIntervalInvalid, SeriesInvalid."""
    from muster.engines.epidemic.serial_interval import checked

    table = read_file(path)
    column = next((header for header in table.headers if header.strip().lower() == "probability"), None)
    if column is None:
        raise SeriesInvalid(path, [RowWrong(1, f"no column probability; the headings are {', '.join(table.headers)}")])
    lag = next((header for header in table.headers if header.strip().lower() in {"day", "lag"}), None)
    weights, problems = [], []
    for place, row in enumerate(table.rows):
        try:
            weights.append(float(row.cells.get(column, "")))
        except ValueError:
            problems.append(RowWrong(row.number, f"{row.cells.get(column, '')!r} is no probability"))
        if lag is not None and row.cells.get(lag, "") != str(place):
            problems.append(RowWrong(row.number, f"day {row.cells.get(lag, '')!r}; expected day {place}"))
    if problems:
        raise SeriesInvalid(path, problems)
    try:
        return checked(weights)
    except EpidemicInputInvalid as problem:
        raise SeriesInvalid(path, [RowWrong(table.rows[0].number, str(problem))]) from problem


def rows_of(series: Series, estimate: ReproductionNumber) -> list[dict[str, Any]]:
    """One plain object per window."""
    columns = {
        "t_start": estimate.t_start,
        "t_end": estimate.t_end,
        "mean": estimate.mean,
        "sd": estimate.sd,
        **{name: estimate.quantile(q) for name, q in QUANTILES.items()},
        "p_above_1": estimate.p_above(1.0),
        "cases": estimate.cases.astype(int),
        "reliable": estimate.reliable,
    }
    late = {each.day + 1 for each in jumps([float(count) for count in series.counts])}
    rows = [
        dict(zip(columns, values, strict=True))
        for values in zip(*(column.tolist() for column in columns.values()), strict=True)
    ]
    for row in rows:
        row["late_reports"] = sorted(late & set(range(row["t_start"], row["t_end"] + 1)))
        if series.first is not None:
            row["date_start"], row["date_end"] = f"{series.day(row['t_start'])}", f"{series.day(row['t_end'])}"
    return rows


def show(rows: list[dict[str, Any]]) -> None:
    """A table for people; estimates that are mostly prior are dimmed and say so."""
    from rich.console import Console
    from rich.table import Table

    table = Table(
        title="Reproduction number", caption="R: mean and 95% credible interval. Few cases: mostly the prior belief."
    )
    days = rows[0]["t_end"] - rows[0]["t_start"] + 1
    table.add_column(f"{days} days to", no_wrap=True)
    for heading in ("cases", "R", "2.5%", "median", "97.5%", "P(R>1)"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("")
    for row in rows:
        figures = [f"{row[name]:.2f}" for name in ("mean", "q025", "median", "q975", "p_above_1")]
        table.add_row(
            str(row.get("date_end", row["t_end"])),
            str(row["cases"]),
            *figures,
            note(row),
            style="" if row["reliable"] else "dim",
        )
    Console().print(table)


def note(row: dict[str, Any]) -> str:
    """What a reader must know before he believes a row."""
    few = "" if row["reliable"] else "few cases"
    late = "late report?" if row["late_reports"] else ""
    return "; ".join(part for part in (few, late) if part)


def in_english(problem: DomainError) -> str:
    """The texts of a refused file; they are shared with the pages, so they need the catalogue."""
    from django.utils import translation

    from muster.cli import prepare_django

    prepare_django()
    with translation.override("en"):
        return str(problem)
