"""`muster sample`: S City at any size into an empty database."""

from __future__ import annotations

import json

import click

from muster.sample.city import city_load
from muster.sample.size import OFFICERS, SEED, STATIONS, Size
from muster.serve import migrate, step


@click.group()
def sample() -> None:
    """Fictional S City."""


@sample.command()
@click.argument("name", type=click.Choice(["s-city"]))
@click.option("--officers", default=OFFICERS, show_default=True, help="Police officers; half as many auxiliaries.")
@click.option("--stations", default=STATIONS, show_default=True, help="Police stations; sites follow them.")
@click.option("--seed", default=SEED, show_default=True, help="The same seed and size make the same city.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def load(name: str, officers: int, stations: int, seed: int, as_json: bool) -> None:
    """Make a city and load it, all of it or nothing."""
    size = Size.of(officers, stations, seed)
    migrate()
    counts = city_load(size=size, progress=step)
    if as_json:
        click.echo(json.dumps(counts))
        return
    for kind, count in counts.items():
        click.echo(f"{kind.replace('_', ' '):<16}{count:>9,}")
