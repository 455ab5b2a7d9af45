"""The command line: `muster COMMAND ...`. Each command lives in its work area and is loaded only when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass

import click

FOUND_SOMETHING = 1
BAD_INPUT = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command is defined, and whether it needs the database."""

    module: str
    name: str
    database: bool
    help: str


COMMANDS = {
    "serve": Place("muster.serve", "serve", True, "Prepare the database, load S City, serve the pages."),
    "worker": Place("muster.worker", "worker", True, "Seal the audit log and pass on what waits in the outbox."),
    "rt": Place("muster.prevention.situation.rt_command", "rt", False, "Reproduction number of a series of counts."),
    "situation": Place("muster.prevention.situation.commands", "situation", True, "Case counts and indicators."),
    "plan": Place("muster.preparedness.plans.commands", "plan", False, "Check and compare contingency plans."),
    "replay": Place("muster.response.operations.replay.command", "replay", True, "A recorded epidemic through a plan."),
    "stress": Place("muster.stress", "stress", True, "Break a plan before the epidemic does."),
    "sample": Place("muster.sample.commands", "sample", True, "Load fictional S City at any size."),
    "organisation": Place(
        "muster.kernel.organisation.commands", "organisation", True, "Import units, people, areas and sites."
    ),
    "ledger": Place("muster.preparedness.logistics.commands", "ledger", True, "Check the stock book."),
    "audit": Place("muster.kernel.audit.commands", "audit", True, "Verify and export the audit log."),
    "status": Place("muster.kernel.audit.status_command", "status", True, "Version, database and problems."),
}
WRITERS = {"organisation", "replay", "sample", "situation", "stress"}


class Commands(click.Group):
    """Loads a command when it is asked for, so that one command never waits for another's imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        place = COMMANDS.get(name)
        if place is None:
            return None
        if place.database:
            prepare_django()
        command: click.Command = getattr(importlib.import_module(place.module), place.name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.help) for name, place in COMMANDS.items()])


def prepare_django() -> None:
    """Django's settings and applications; messages for the terminal follow the LANG of the reader."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.settings")
    import django

    django.setup()
    from django.utils import translation

    translation.activate(terminal_language())


def terminal_language() -> str:
    """Chinese where the reader's terminal is Chinese, else English."""
    wanted = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh-hans" if wanted.lower().startswith("zh") else "en"


def forget_language() -> None:
    """Whoever called this as a function goes on in his own language; a command without Django never had one."""
    conf = sys.modules.get("django.conf")
    if conf is not None and conf.settings.configured:
        sys.modules["django.utils.translation"].deactivate()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def muster() -> None:
    """Muster: the emergency-management system of a city police bureau. Without a command it serves S City."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns 0 done, 1 done and something found, 2 bad input, and never shows a traceback."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        outcome = muster.main(args=given or ["serve"], prog_name="muster", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        return 130
    except click.ClickException as problem:
        click.echo(f"muster: {problem.format_message()}", err=True)
        return BAD_INPUT
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as problem:
        return explain(problem)
    finally:
        forget_language()
    if given and given[0] in WRITERS:
        seal_log()
    return outcome if isinstance(outcome, int) else 0


def seal_log() -> None:
    """What a command has written is sealed before it ends: there may be no worker that does it."""
    from django.db import DatabaseError

    from muster.kernel.audit.errors import WitnessProblem
    from muster.kernel.audit.services import seal

    try:
        seal()
    except DatabaseError:  # there is no database yet, so nothing was written: somebody asked for help
        return
    except WitnessProblem as problem:
        click.echo(f"muster: the audit log was not sealed: {problem}", err=True)


def explain(problem: Exception) -> int:
    """One line for a person; what a developer needs goes to the log."""
    if is_domain_error(problem):
        click.echo(f"muster: {problem}", err=True)
        return BAD_INPUT
    if os.environ.get("MUSTER_TRACEBACK"):
        raise problem
    click.echo(f"muster: unexpected {type(problem).__name__}: {problem} (MUSTER_TRACEBACK=1 shows where)", err=True)
    return BAD_INPUT


def is_domain_error(problem: Exception) -> bool:
    """Whether it is a mistake that a person can mend."""
    from muster.kernel.errors import DomainError

    return isinstance(problem, DomainError)


if __name__ == "__main__":
    sys.exit(main())
