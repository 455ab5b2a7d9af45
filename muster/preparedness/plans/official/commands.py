"""`muster plan document`: a plan as Word or PDF."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from muster.engines.documents import BOTH, CHINESE, ENGLISH, LANGUAGES, Document, Sheets
from muster.engines.plan import Plan, PlanInvalid, Text
from muster.engines.plan.above import Chain
from muster.engines.plan.together import Source, Together
from muster.preparedness.plans import terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

PDF: Final = "pdf"
FORMS: Final = ("docx", PDF)
_SETTING: Final = Text("正在排版……", "setting the pages ...")
_WRITTEN: Final = Text("已写入 {file}（SHA-256 {sha256}）", "wrote {file} (SHA-256 {sha256})")
_NOT_WRITTEN: Final = Text("{file}：无法写入（{reason}）", "{file}: cannot be written ({reason})")
_NOT_READ: Final = Text("{file}：无法读取（{reason}）", "{file}: cannot be read ({reason})")
_UNKNOWN: Final = Text(
    "{plan}：既不是文件，也没有发布过这样的版本", "{plan}: no such file, and no such version is released"
)
_WHICH_FORM: Final = Text(
    "{file}：请用 --format 指明 docx 或 pdf", "{file}: say with --format whether it is docx or pdf"
)

_CARDS_AS_PDF: Final = Text("行动卡只有 PDF 格式", "action cards are written as PDF only")


@click.command("document")
@click.argument("plan", metavar="PLAN")
@click.argument("number", metavar="[VERSION]", required=False)
@click.option("--format", "form", type=click.Choice(FORMS), help="What to write; else as the file is called.")
@click.option("--language", type=click.Choice(LANGUAGES), help=f"{CHINESE}, {ENGLISH} or {BOTH}; else the terminal's.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write.")
@click.option("--cards", is_flag=True, help="The action cards instead of the plan, as PDF, one a page.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def document_command(
    plan: str, number: str | None, form: str | None, language: str | None, out: Path, cards: bool, as_json: bool
) -> None:
    """Write a plan as Word or PDF in the layout of official documents.

    PLAN is the code of a released plan (without VERSION the one in force), or a file in YAML, which is written as a
    draft. The same version, language and standing give the same bytes.
    """
    form = form or out.suffix.removeprefix(".").lower()
    if form not in FORMS:
        raise click.UsageError(_say(_WHICH_FORM, file=out))
    if cards and form != PDF:
        raise click.UsageError(_say(_CARDS_AS_PDF))
    found = _found(plan, number, language or _own_language(), cards)
    click.echo(_say(_SETTING), err=True)
    content = _written(found, form)
    try:
        out.write_bytes(content)
    except OSError as problem:
        raise click.ClickException(_say(_NOT_WRITTEN, file=out, reason=problem.strerror or problem)) from problem
    facts = {"file": str(out), "hash": found.identifier, "sha256": hashlib.sha256(content).hexdigest()}
    click.echo(json.dumps(facts) if as_json else _say(_WRITTEN, **facts))


def _found(plan: str, number: str | None, language: str, cards: bool) -> Document | Sheets:
    """What is to be written; a database that cannot be read is bad input."""
    from muster.cli import prepare_django

    prepare_django()
    from django.db import DatabaseError

    try:
        return _composed(plan, number, language, cards)
    except DatabaseError as problem:
        raise click.ClickException(_say(terminal.NO_DATABASE, reason=problem)) from problem


def _composed(plan: str, number: str | None, language: str, cards: bool) -> Document | Sheets:
    from muster.preparedness.plans import queries
    from muster.preparedness.plans.official import composing

    file = Path(plan)
    if file.is_file() and number is None:
        of_text = composing.cards_of_text if cards else composing.of_text
        return of_text(_plan_in(file), language, _units())
    version = queries.version(plan, number) if number else queries.latest_version(plan)
    if version is None:
        raise click.UsageError(_say(_UNKNOWN, plan=f"{plan} {number or ''}".strip()))
    return composing.cards_of_version(version, language) if cards else composing.of_version(version, language)


def _written(found: Document | Sheets, form: str) -> bytes:
    from muster.preparedness.plans.official import composing

    return composing.written_cards(found) if isinstance(found, Sheets) else composing.written(found, form)


def _plan_in(file: Path) -> Plan:
    from muster.preparedness.plans.queries.versions import released_plan

    def higher(code: str, number: str, below: Chain) -> Plan | None:
        return released_plan(code, number, below)

    try:
        return Together([Source(file.read_bytes(), str(file))], higher).plans()[0]
    except OSError as problem:
        raise click.ClickException(_say(_NOT_READ, file=file, reason=problem.strerror or problem)) from problem
    except PlanInvalid as invalid:
        raise click.ClickException(terminal.in_one_line(invalid)) from invalid


def _units() -> Mapping[str, Text]:
    """Names of units, where there is a database; without one they are called by their codes."""
    from django.db import DatabaseError

    from muster.preparedness.plans.official.composing import unit_names

    try:
        return unit_names()
    except DatabaseError:
        return {}


def _own_language() -> str:
    return CHINESE if terminal.terminal_language().startswith(CHINESE) else ENGLISH


def _say(text: Text, **facts: object) -> str:
    return terminal.say(text).format(**facts)
