"""`muster status`: does this installation keep its promises right now?"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Column, Table

from muster import __version__
from muster.kernel.audit import heartbeat
from muster.kernel.audit.health import Problem, problems
from muster.kernel.audit.models import Check, Checkpoint, Leaf
from muster.kernel.ui.templatetags.ui import when

FOUND_SOMETHING = 1


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def status(as_json: bool) -> int:
    """Version, database, entries of the log, workers, and what is wrong; exit 1 when anything is."""
    found = problems()
    facts = {"version": __version__, "database": _database(), **_log(found), "problems": [asdict(one) for one in found]}
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
    else:
        _show(facts)
    return FOUND_SOMETHING if found else 0


def _database() -> str:
    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version} {connection.settings_dict['NAME']}"


def _log(found: list[Problem]) -> dict[str, Any]:
    """Figures of the log; zeros while its tables are missing."""
    if any(problem.id == "migrations_missing" for problem in found):
        try:
            return _figures()
        except DatabaseError:
            return {"entries": 0, "sealed": 0, "root": "", "workers": 0, "checked": None}
    return _figures()


def _figures() -> dict[str, Any]:
    newest = Checkpoint.objects.order_by("-size").first()
    check = Check.objects.order_by("-pk").first()
    sealed = newest.size if newest else 0
    return {
        "entries": sealed + Leaf.objects.filter(position=None).count(),
        "sealed": sealed,
        "root": newest.root if newest else "",
        "workers": len(heartbeat.alive()),
        "checked": {"at": check.at.isoformat(), "ok": check.ok, "seconds": check.seconds} if check else None,
    }


def _show(facts: dict[str, Any]) -> None:
    """For people: in the language of the terminal and the bureau's zone."""
    labels = (_("version"), _("database"), _("entries"), _("sealed"), _("root"), _("workers"))
    table = Table("", Column(overflow="fold"), show_header=False, box=None)  # a root is compared to its last figure
    for label, name in zip(labels, ("version", "database", "entries", "sealed", "root", "workers"), strict=True):
        table.add_row(label, str(facts[name]))
    table.add_row(_("last full check"), _checked(facts["checked"]))
    console = Console()
    console.print(table)
    head = _("problem")
    for problem in facts["problems"]:
        console.print(f"[bold red]{head}[/] {problem['text']} {problem['mend']}", highlight=False)
    if not facts["problems"]:
        console.print(_("No problems."))


def _checked(check: dict[str, Any] | None) -> str:
    if check is None:
        return _("none yet")
    outcome = _("as sealed") if check["ok"] else _("FAILED")
    return f"{when(datetime.fromisoformat(check['at']))} {outcome}"
