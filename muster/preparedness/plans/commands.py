"""`muster plan ...`: check and compare plans, print the schema, release a version."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from muster.engines.plan import Plan, PlanInvalid, json_schema
from muster.engines.plan.above import Chain, Higher, nobody
from muster.engines.plan.checks import check
from muster.engines.plan.checks.copies import copies
from muster.engines.plan.difference import diff
from muster.engines.plan.findings import ERROR, Finding, gravest_first
from muster.engines.plan.together import Source, Together, newest
from muster.engines.plan.world import World
from muster.preparedness.plans import terminal
from muster.preparedness.plans.checked.commands import nightly_command
from muster.preparedness.plans.documents.commands import COMMANDS as DOCUMENTS
from muster.preparedness.plans.facts import said_facts
from muster.preparedness.plans.life.commands import COMMANDS as LIFE
from muster.preparedness.plans.said import Said, speaking

FOUND_SOMETHING: Final = 1
Answered = Callable[[Plan, Sequence[Finding]], tuple[Said, ...]]
FILE: Final = click.Path(path_type=Path)
JSON: Final = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file, the plan in it, and what is wrong with that."""

    file: Path
    plan: Plan
    said: tuple[Said, ...]


@click.group()
def plan() -> None:
    """Check, compare and release contingency plans."""


for _command in (*LIFE, *DOCUMENTS):
    plan.add_command(_command)


@plan.command("check")
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@click.option("--db", "with_database", is_flag=True, help="Hold it against the people, stock and places, too.")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="Day of the check; with it an overdue review is found."
)
@JSON
def check_command(files: Sequence[Path], with_database: bool, today: Any, as_json: bool) -> int:
    """Look for faults in plans; exit 1 when there is an error that nobody answers for.

    A plan that extends another is read with it: among the files given, else, with --db, among the released versions.
    With --db what somebody answers for is shown as suppressed: by whom, why and until when.
    A file that is no plan is bad input: exit 2, with the first mistake in one line.
    """
    plans = read_plans(files, with_database)
    world = world_of(with_database, today.date() if today else None)
    checked = checked_all(files, plans, world, _answered(with_database, today))
    if as_json:
        click.echo(json.dumps({"plans": [facts_of(one) for one in checked]}, ensure_ascii=False))
    else:
        for one in checked:
            terminal.show_findings(str(one.file), one.plan, one.said)
    return FOUND_SOMETHING if any(speaking(one.said)[ERROR] for one in checked) else 0


@plan.command("diff")
@click.argument("first", type=FILE, metavar="A")
@click.argument("second", type=FILE, metavar="B")
@click.option("--db", "with_database", is_flag=True, help="Find the plan that they extend among the released versions.")
@JSON
def diff_command(first: Path, second: Path, with_database: bool, as_json: bool) -> None:
    """Clauses added, removed, changed and moved from plan A to plan B."""
    a, b = read_plans([first, second], with_database)
    difference = diff(a, b)
    if not as_json:
        terminal.show_difference(a, b, difference)
        return
    facts = {
        "added": difference.added,
        "removed": difference.removed,
        "changed": list(difference.changed),
        "fields": difference.changed,
        "moved": difference.moved,
        "head": difference.head,
    }
    click.echo(json.dumps(facts, ensure_ascii=False))


@plan.command("schema")
def schema_command() -> None:
    """The JSON Schema of a plan's text."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@plan.command("release")
@click.argument("file", type=FILE)
@click.option("--approved", default="", help="Who approved it outside Muster, with which document.")
@JSON
def release_command(file: Path, approved: str, as_json: bool) -> None:
    """Release the plan in FILE as a version that nobody can change."""
    read_plans([file], with_database=True)
    from muster.cli import seal_log
    from muster.kernel.commands import Actor
    from muster.preparedness.plans.services import version_release

    text = read_bytes(file).decode("utf-8-sig")
    by = Actor.system("command line")
    version = version_release(by=by, text=text, name=str(file), approved_elsewhere=approved)
    seal_log()
    facts = {"plan": version.plan.code, "version": version.version, "hash": version.hash}
    click.echo(json.dumps(facts) if as_json else terminal.released(facts))


def read_plans(files: Sequence[Path], with_database: bool = False) -> list[Plan]:
    """The plans in files, which may extend one another; one line for whatever is wrong with any of them."""
    sources = [Source(read_bytes(file), str(file)) for file in files]
    try:
        return Together(sources, _released() if with_database else nobody).plans()
    except PlanInvalid as invalid:
        raise click.ClickException(terminal.in_one_line(invalid)) from invalid


def _released() -> Higher:
    """Finds a higher plan among the released versions."""
    prepare_database()
    from django.db import DatabaseError

    from muster.preparedness.plans.queries.versions import released_plan

    def find(code: str, number: str, below: Chain) -> Plan | None:
        try:
            return released_plan(code, number, below)
        except DatabaseError as problem:
            raise click.ClickException(terminal.say(terminal.NO_DATABASE).format(reason=problem)) from problem

    return find


def read_bytes(file: Path) -> bytes:
    """The file's content; what cannot be read is bad input."""
    try:
        return file.read_bytes()
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise click.ClickException(terminal.say(terminal.UNREADABLE).format(file=file, reason=reason)) from problem


def world_of(with_database: bool, today: date | None) -> World | None:
    """The bureau as it is now, or nothing but the day, or nothing."""
    if not with_database:
        return World(today=today) if today else None
    prepare_database()
    from django.db import DatabaseError

    from muster.preparedness.plans import queries

    click.echo(terminal.say(terminal.LOOKING), err=True)
    try:
        moment = queries.moment_of(today) if today else queries.last_known()
        world = queries.world_at(moment)
    except DatabaseError as problem:
        raise click.ClickException(terminal.say(terminal.NO_DATABASE).format(reason=problem)) from problem
    click.echo(terminal.say(terminal.AS_OF).format(day=world.today), err=True)
    return world


def prepare_database() -> None:
    """Only what needs the database waits for it."""
    from muster.cli import prepare_django

    prepare_django()


def _answered(with_database: bool, today: Any) -> Answered:
    """Finds what somebody answers for on a day; without a database nobody is known to."""
    if not with_database:
        return lambda _plan, findings: tuple(Said(one) for one in findings)
    from muster.kernel import clock
    from muster.preparedness.plans.queries.suppressed import applied

    day = today.date() if today else clock.today()
    return lambda plan, findings: applied(plan, findings, day).said


def checked_all(files: Sequence[Path], plans: Sequence[Plan], world: World | None, answered: Answered) -> list[Checked]:
    """Each plan with its findings; with several files also which was copied from which, and which is out of date."""
    copied = copies(plans)
    known = {**newest(plans), **((world.newest or {}) if world else {})}
    world = replace(world or World(), newest=known)
    checked = []
    for place, (file, one) in enumerate(zip(files, plans, strict=True)):
        findings = [*check(one, world), *([copied[place]] if place in copied else [])]
        checked.append(Checked(file, one, answered(one, sorted(findings, key=gravest_first))))
    return checked


def facts_of(checked: Checked) -> dict[str, Any]:
    """A checked file as plain values; messages in English, and in Chinese beside it."""
    return {
        "file": str(checked.file),
        "plan": checked.plan.id,
        "version": checked.plan.version,
        "hash": checked.plan.hash,
        "findings": [said_facts(one) for one in checked.said],
    }


@plan.command("coverage")
@click.argument("code")
@click.argument("number", required=False)
@JSON
def coverage_command(code: str, number: str | None, as_json: bool) -> int:
    """Which clauses of a released plan were tried, and the smallest exercise that tries most of what is stale.

    Without a version, of the one released last. Exit 1 when something was never tried.
    """
    from muster.cli import prepare_django

    prepare_django()
    from muster.kernel import clock
    from muster.preparedness.plans import queries
    from muster.preparedness.plans.coverage.pages import coverage_facts

    version = queries.version(code, number) if number else queries.latest_version(code)
    if version is None:
        raise click.UsageError(f"no such version is released: {code} {number or ''}".strip())
    facts = coverage_facts(version, clock.today())
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
    else:
        terminal.show_coverage(facts)
    return FOUND_SOMETHING if any(not clause["last"] for clause in facts["clauses"]) else 0


plan.add_command(nightly_command)
