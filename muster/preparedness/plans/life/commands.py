"""`muster plan drafts | consult | reviews | life`: where plans stand on their way, on the terminal."""

from __future__ import annotations

import json
from typing import Any

import click

JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
FOUND_SOMETHING = 1


@click.command("drafts")
@JSON
def drafts_command(as_json: bool) -> None:
    """Open drafts, their stage, and what each waits for."""
    _prepare()
    from muster.preparedness.plans.life.pages import overview

    rows = overview()
    found = [
        {
            "id": line.draft.pk,
            "plan": line.draft.code,
            "state": line.draft.state,
            "revision": line.draft.revision,
            "waits": list(line.waits),
        }
        for line in rows
    ]
    lines = [f"{line.draft.code}  {line.draft.state}  {'; '.join(line.waits)}" for line in rows]
    _say({"drafts": found}, as_json, lines)


@click.command("consult")
@click.argument("code")
@JSON
def consult_command(code: str, as_json: bool) -> int:
    """Where each partner stands with the open draft of plan CODE; exit 1 when one is silent past its deadline."""
    _prepare()
    from muster.kernel import clock
    from muster.preparedness.plans import queries
    from muster.preparedness.plans.queries.consulting import consultation_rows

    draft = queries.draft_of(code)
    if draft is None:
        raise click.UsageError(f"no draft of {code} is open")
    rows = consultation_rows(draft, clock.now())
    found = [
        {
            "partner": row.consultation.partner.code,
            "deadline": row.consultation.deadline.isoformat(),
            "silent": row.is_silent,
            "clauses": {one.clause.id: one.status for one in row.asked},
        }
        for row in rows
    ]
    lines = [f"{row.consultation.partner.code}: {_clauses(row)}" for row in rows]
    _say({"plan": code, "state": draft.state, "partners": found}, as_json, lines)
    return FOUND_SOMETHING if any(row.is_silent for row in rows) else 0


@click.command("reviews")
@JSON
def reviews_command(as_json: bool) -> int:
    """Plans that are to be looked at again, and why; exit 1 when there are any."""
    _prepare()
    from muster.preparedness.plans.queries.reviews import reviews_due

    found = [
        {
            "plan": one.plan.code,
            "reason": one.reason,
            "source": one.source,
            "clauses": one.clauses,
            "since": one.raised_at.isoformat(),
        }
        for one in reviews_due()
    ]
    lines = [f"{one['plan']}  {one['reason']}  {one['source']}  {', '.join(one['clauses'])}".rstrip() for one in found]
    _say({"reviews": found}, as_json, lines)
    return FOUND_SOMETHING if found else 0


@click.command("life")
@click.argument("code")
@click.argument("number")
@JSON
def life_command(code: str, number: str, as_json: bool) -> None:
    """How version NUMBER of plan CODE came to be: approvals, acknowledgements, filing, publication."""
    _prepare()
    from muster.preparedness.plans import queries
    from muster.preparedness.plans.queries.life import life_facts

    version = queries.version(code, number)
    if version is None:
        raise click.UsageError(f"no such version is released: {code} {number}")
    facts = life_facts(version)
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items()]
    _say({"plan": code, "version": number, "hash": version.hash, **facts}, as_json, lines)


COMMANDS = (drafts_command, consult_command, reviews_command, life_command)


def _clauses(row: Any) -> str:
    return ", ".join(f"{one.clause.id} {one.status}" for one in row.asked) or "-"


def _prepare() -> None:
    from muster.cli import prepare_django

    prepare_django()


def _say(facts: dict[str, Any], as_json: bool, lines: list[str]) -> None:
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else "\n".join(lines))
