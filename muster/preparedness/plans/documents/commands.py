"""`muster plan package | verify`: a released version as one file, and whether such a file was altered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from muster.engines.plan import Text
from muster.engines.plan.unpacking import LARGEST, Verified, verify
from muster.preparedness.plans import terminal
from muster.preparedness.plans.official.commands import document_command

FOUND_SOMETHING: Final = 1
JSON: Final = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
_WRITTEN: Final = Text("已写入 {file}（{plan} {version}，哈希 {hash}）", "wrote {file} ({plan} {version}, hash {hash})")
_WHOLE: Final = Text(
    "{plan} {version} 完整，未被改动；请与纸质件或发布页上的哈希核对：{hash}",
    "{plan} {version} is whole and unaltered; compare the hash with that on paper or on the page: {hash}",
)
_ALTERED: Final = Text("{file}：不是发布时的内容", "{file}: is not what was released")
_NOT_WRITTEN: Final = Text("{file}：无法写入（{reason}）", "{file}: cannot be written ({reason})")
_NOT_READ: Final = Text("{file}：无法读取（{reason}）", "{file}: cannot be read ({reason})")


@click.command("package")
@click.argument("code")
@click.argument("number", metavar="VERSION")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@JSON
def package_command(code: str, number: str, out: Path, as_json: bool) -> None:
    """Write a released version with everything that proves it into one file, which `verify` checks anywhere."""
    from muster.cli import prepare_django

    prepare_django()
    from muster.preparedness.plans import queries
    from muster.preparedness.plans.documents.package import package_of

    version = queries.version(code, number)
    if version is None:
        raise click.UsageError(f"no such version is released: {code} {number}")
    try:
        out.write_bytes(package_of(version))
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise click.ClickException(terminal.say(_NOT_WRITTEN).format(file=out, reason=reason)) from problem
    facts = {"file": str(out), "plan": code, "version": number, "hash": version.hash}
    click.echo(json.dumps(facts) if as_json else terminal.say(_WRITTEN).format(**facts))


@click.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--hash", "expected", default="", help="The hash that the version must have, as known from elsewhere.")
@JSON
def verify_command(file: Path, expected: str, as_json: bool) -> int:
    """Check a package without any database; exit 1 when something was altered, and name it."""
    found = verify(_content(file), expected.strip().lower())
    if as_json:
        click.echo(json.dumps(_facts(file, found), ensure_ascii=False))
    elif found.faults:
        click.echo(terminal.say(_ALTERED).format(file=file))
        for fault in found.faults:
            click.echo(f"  {fault.part or file.name}: {terminal.say(fault.what)}")
    else:
        click.echo(terminal.say(_WHOLE).format(plan=found.plan, version=found.version, hash=found.hash))
    return FOUND_SOMETHING if found.faults else 0


def _content(file: Path) -> bytes:
    """No more of it than a package can have: what is larger is refused by its first bytes."""
    try:
        with file.open("rb") as source:
            return source.read(LARGEST + 1)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise click.ClickException(terminal.say(_NOT_READ).format(file=file, reason=reason)) from problem


def _facts(file: Path, found: Verified) -> dict[str, object]:
    return {
        "file": str(file),
        "plan": found.plan,
        "version": found.version,
        "hash": found.hash,
        "altered": [{"part": one.part, "what": one.what.en, "what_zh": one.what.zh} for one in found.faults],
    }


COMMANDS: Final = (package_command, verify_command, document_command)
