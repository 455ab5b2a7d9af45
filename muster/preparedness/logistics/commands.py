"""`muster ledger ...`: the stock book recomputed from its first line."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from muster.kernel.commands import Actor
from muster.preparedness.logistics.ledger import Check, check_book
from muster.preparedness.logistics.services import balances_restate

FOUND_SOMETHING = 1


@click.group()
def ledger() -> None:
    """The stock book: what came in, went out and moved."""


@ledger.command("check")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def check_command(as_json: bool) -> int:
    """Recompute every balance from the lines: no lot was ever below zero, every transfer came in where it went out.

    Exit 1 when something does not balance.
    """
    found = check_book()
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        _show(found)
    return FOUND_SOMETHING if found.unbalanced else 0


@ledger.command("restate")
def restate_command() -> None:
    """Count every balance anew from the lines of the book, after the database was mended by hand."""
    click.echo(f"{balances_restate(by=Actor.system('cli'))} balances put right")


def _show(found: Check) -> None:
    console = Console()
    console.print(f"{found.items} items, {found.entries} lines, {found.transfers} transfers: ", end="")
    console.print("all balance" if not found.unbalanced else f"{len(found.unbalanced)} do not balance")
    if found.unbalanced:
        table = Table("what", "item", "store", "lot", "quantity")
        for one in found.unbalanced:
            table.add_row(one.what, one.item, one.store, one.lot, str(one.quantity))
        console.print(table)
