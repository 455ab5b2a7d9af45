"""`muster plan nightly`: every version in force against the bureau of today, at once."""

from __future__ import annotations

import json

import click

JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
FOUND_SOMETHING = 1


@click.command("nightly")
@JSON
def nightly_command(as_json: bool) -> int:
    """Check every released plan in force against today's people, stock and contacts, as the worker does each night.

    Doing it twice on a day adds nothing. Exit 1 when an error speaks.
    """
    from muster.cli import prepare_django, seal_log

    prepare_django()
    from muster.kernel.commands import Actor
    from muster.preparedness.plans.queries.nights import last_nights
    from muster.preparedness.plans.services import released_check

    released_check(by=Actor.system("command line"))
    seal_log()
    found = [
        {
            "plan": night.row.version.plan.code,
            "version": night.row.version.version,
            "day": night.row.day.isoformat(),
            "errors": night.row.errors,
            "warnings": night.row.warnings,
            "suppressed": night.row.suppressed,
            "new": list(night.row.new),
            "gone": list(night.gone),
            "findings": night.row.findings,
        }
        for night in last_nights()
    ]
    if as_json:
        click.echo(json.dumps({"plans": found}, ensure_ascii=False))
    for one in [] if as_json else found:
        click.echo(
            f"{one['plan']} {one['version']}  {one['day']}  {one['errors']} / {one['warnings']}  +{len(one['new'])}"
        )
    return FOUND_SOMETHING if any(one["errors"] for one in found) else 0
