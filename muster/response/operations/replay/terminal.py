"""The report of a replay on the terminal."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from muster.engines.plan.checks.titles import titles_of
from muster.engines.plan.types import Text
from muster.response.operations.replay.report import level_in_force, name_of, worst

SHOWN: Final = 10


def show(report: dict[str, Any], console: Console) -> None:
    """Levels, tasks, what was late and why, what was short."""
    console.print(
        _("[bold]%(plan)s %(version)s[/bold] from %(first)s to %(last)s, %(cases)s cases (%(source)s), seed %(seed)s")
        % {
            "plan": report["plan"],
            "version": report["plan_version"],
            "first": report["first_day"],
            "last": report["last_day"],
            "cases": f"{report['cases']:,}",
            "source": report["source"],
            "seed": report["seed"],
        }
    )
    if report["assumed"]:
        names = titles_of(report["assumed"], "indicator").in_language(get_language() or "zh")
        console.print(_("Assumed, since nobody told: %(names)s") % {"names": names})
    console.print(_levels(report))
    console.print(
        _("Tasks: %(raised)s raised, %(done)s done, %(withdrawn)s withdrawn, [bold]%(late)s overdue[/bold]")
        % {name: f"{count:,}" for name, count in report["tasks"].items()}
    )
    for table in (_late(report), _people(report), _stock(report)):
        if table.row_count:
            console.print(table)


def _levels(report: dict[str, Any]) -> Table:
    table = Table(title=_("Levels"), title_justify="left")
    for name in (_("When"), _("Level"), _("Reason")):
        table.add_column(name, overflow="fold")
    for row in report["levels"]:
        table.add_row(row["at"][:16].replace("T", " "), str(level_in_force(row["level"])), _half(row["reason"]))
    return table


def _half(texts: dict[str, str]) -> str:
    """The half of a text that the reader reads."""
    return Text(**texts).in_language(get_language() or "zh")


def _late(report: dict[str, Any]) -> Table:
    table = Table(title=_("Overdue, by clause and reason"), title_justify="left")
    table.add_column(_("Clause"), overflow="fold")
    for name in (_("Overdue"), _("People missing"), _("Stock missing")):
        table.add_column(name, justify="right")
    rows = sorted(report["late_by_clause"], key=lambda row: (-row["late"], row["clause"]))
    for row in rows[:SHOWN]:
        table.add_row(
            f"{row['clause']} {_half(row['title'])}", *(f"{row[name]:,}" for name in ("late", "staff", "stock"))
        )
    return table


def _people(report: dict[str, Any]) -> Table:
    found = worst(report["staff_shortfall"], "qualification")
    return _short(report, _("Officer-shifts that were not there"), "qualification", found)


def _stock(report: dict[str, Any]) -> Table:
    return _short(report, _("Stock that was not there"), "item", worst(report["stock_shortfall"], "item"))


def _short(report: dict[str, Any], title: str, what: str, found: list[tuple[tuple[str, ...], int, int, int]]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(_("Qualification") if what == "qualification" else _("Item"))
    for name in (
        _("Unit-days") if what == "qualification" else _("Store-days"),
        _("Needed"),
        _("Available"),
        _("Missing"),
    ):
        table.add_column(name, justify="right")
    for names, lines, needed, there in found[:SHOWN]:
        name = name_of(report, what, names[0]).in_language(get_language() or "zh")
        table.add_row(name, *(f"{count:,}" for count in (lines, needed, there, needed - there)))
    return table
