"""`muster stress`: when and where a plan breaks under an epidemic, with the bureau that the database holds."""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import click
from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from muster.engines.plan import Plan
from muster.engines.plan.words import INDICATORS
from muster.engines.stress import (
    Outcome,
    Recorded,
    Scenario,
    StressRefused,
    Told,
    Variant,
    compare,
    repairs,
    simulate,
)
from muster.engines.stress.running import Progress as Made
from muster.kernel import clock
from muster.preparedness.plans.commands import read_bytes, read_plans
from muster.preparedness.plans.queries.bureau import bureau_at
from muster.preparedness.plans.stress.terminal import show
from muster.preparedness.plans.stress_errors import StressImpossible
from muster.prevention.situation.series import RowWrong, SeriesInvalid, read_series
from muster.sample import curve
from muster.sample.city import city_load, city_missing
from muster.sample.places import CITY
from muster.sample.size import Size
from muster.serve import migrate, step

PLAN: Final = Path(curve.__file__).parent / "plans" / "S-PHE-01.yaml"
FILE: Final = click.Path(path_type=Path)
SEED: Final = 20_200_123
RANKED: Final = 200  # replications of each repair: enough to rank them
LARGEST_SEED: Final = 2**62


@click.command("stress", help="Break a plan before the epidemic does: simulate it with the bureau of the database.")
@click.option("--plan", "plan_file", type=FILE, help="Plan in YAML; S City's own if none is given.")
@click.option("--cases", "cases_file", type=FILE, help="CSV of daily counts: date, new_confirmed.")
@click.option("--scenario", "scenario_file", type=FILE, help="Everything else of the scenario, as JSON.")
@click.option("--variant", "variant_files", type=FILE, multiple=True, help="What might be otherwise, as JSON.")
@click.option("--replications", default=1_000, show_default=True, type=click.IntRange(1, 1_000_000))
@click.option("--seed", default=SEED, show_default=True, type=click.IntRange(0, LARGEST_SEED))
@click.option("--processes", default=os.cpu_count() or 1, type=click.IntRange(1), help="All cores if not given.")
@click.option("--repairs/--no-repairs", "ranked", default=True, help="Rank what would mend it.")
@click.option("--json", "as_document", is_flag=True, help="One JSON document on standard output.")
def stress(
    plan_file: Path | None,
    cases_file: Path | None,
    scenario_file: Path | None,
    variant_files: Sequence[Path],
    replications: int,
    seed: int,
    processes: int,
    ranked: bool,
    as_document: bool,
) -> None:
    """Read everything, then simulate, then show."""
    (plan,) = read_plans([plan_file or PLAN], False)
    variants = [_variant(path) for path in variant_files]
    scenario = _scenario(cases_file, scenario_file)
    migrate()
    if city_missing():
        city_load(size=Size(), progress=step)
    begun = time.perf_counter()
    outcome, mended = _simulated(plan, scenario, variants, replications, seed, processes, ranked)
    facts = facts_of(outcome, mended, time.perf_counter() - begun)
    if as_document:
        click.echo(json.dumps(facts, ensure_ascii=False))
    else:
        show(plan, facts, Console())


def _simulated(
    plan: Plan, scenario: Scenario, variants: Sequence[Variant], replications: int, seed: int, processes: int,
    ranked: bool,
) -> tuple[Outcome, list[dict[str, Any]]]:  # fmt: skip
    """The outcome and the ranked repairs, with a bar on standard error."""
    bureau = bureau_at(scenario.first_day)
    try:
        with _bar() as progress:
            how: dict[str, Any] = {"seed": seed, "processes": processes}
            outcome = simulate(
                plan, bureau, scenario, variants=variants, replications=replications, progress=progress("plan"), **how
            )
            if not ranked:
                return outcome, []
            few = min(replications, RANKED)
            found = repairs(plan, bureau, scenario, replications=few, progress=progress("repairs"), **how)
    except StressRefused as refused:
        raise StressImpossible(refused) from refused
    return outcome, [one.to_plain() for one in found]


class _bar:
    """Progress on standard error; what it is entered for gives the function that is told."""

    def __enter__(self) -> Callable[[str], Callable[[Made], None]]:
        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        self.shown = Progress(*columns, console=Console(stderr=True), transient=True)
        self.shown.start()
        return self.of

    def __exit__(self, *_problem: object) -> None:
        self.shown.stop()

    def of(self, what: str) -> Callable[[Made], None]:
        """A bar of its own for each part of the work."""
        task = self.shown.add_task(what, total=None)
        return lambda made: self.shown.update(task, completed=made.done, total=made.total)


def facts_of(outcome: Outcome, mended: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    """The document: keys of the command line's contract first, then everything that the engine answers."""
    base = outcome.base
    return {
        "plan": outcome.plan,
        "plan_hash": outcome.plan_hash,
        "replications": outcome.replications,
        "seed": outcome.seed,
        "seconds": round(seconds, 3),
        "clauses": [{"id": one.id, "p_late": one.p_late.mean, "se": one.p_late.se} for one in base.clauses],
        "staff": [
            {"qualification": one.name, "p_shortfall": one.p.mean, "se": one.p.se, "first_day_median": _median(one)}
            for one in base.staff
        ],
        "stock": [
            {"item": one.name, "p_stockout": one.p.mean, "se": one.p.se, "first_day_median": _median(one)}
            for one in base.stock
        ],
        "repairs": mended,
        "variants": [one.to_plain() for one in compare(outcome.answers)],
        "outcome": outcome.to_plain(),
    }


def _median(one: Any) -> int | None:
    found: int | None = one.first_day.get("0.5")
    return found


def _variant(path: Path) -> Variant:
    try:
        return Variant.from_json(read_bytes(path))
    except StressRefused as refused:
        raise StressImpossible(refused, f"{path}: ") from refused


def _scenario(cases_file: Path | None, scenario_file: Path | None) -> Scenario:
    """S City's own epidemic and defaults, but for what the files say."""
    given = own_scenario()
    if scenario_file is not None:
        try:
            given = Scenario.from_json(read_bytes(scenario_file))
        except StressRefused as refused:
            raise StressImpossible(refused, f"{scenario_file}: ") from refused
    if cases_file is None:
        return given
    series = read_series(cases_file, clock.now().astimezone(settings.BUREAU_ZONE).date())
    if series.first is None:
        raise SeriesInvalid(cases_file, [RowWrong(1, "no column date; the day of each count is needed")])
    told = () if scenario_file is None else given.told
    cases = Recorded(tuple(series.counts))
    return replace(given, first_day=series.first, days=len(series.counts), cases=cases, told=told)


def own_scenario() -> Scenario:
    """S City's wave as it was recorded, and what the city was told meanwhile."""
    first = curve.bulletins()[0].day
    counts: dict[str, dict[date, int]] = {"confirmed": defaultdict(int), "imported": defaultdict(int)}
    for bulletin in curve.bulletins():
        for row in bulletin.counts:
            if row.area == CITY and row.measure in counts:
                counts[row.measure][bulletin.day] += int(row.value)
    days = [bulletin.day for bulletin in curve.bulletins()]
    confirmed, imported = (tuple(counts[name][day] for day in days) for name in ("confirmed", "imported"))
    return Scenario(first, len(days), Recorded(confirmed, imported), name=curve.CURVE.name, told=tuple(_told(first)))


def _told(first: date) -> Iterator[Told]:
    for row in curve.inputs():
        day = (row.valid_from.astimezone(settings.BUREAU_ZONE).date() - first).days
        if row.name in INDICATORS and not row.name.startswith("officer_"):
            yield Told(row.name, max(day, 0), float(row.value))
