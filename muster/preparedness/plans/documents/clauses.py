"""The clauses of a plan as a table: codes for machines, words in both languages for people."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils.duration import duration_iso_string

from muster.engines.plan import Clause, Plan, Text
from muster.engines.plan.checks.titles import title_of, titles_of
from muster.engines.plan.hashing import clause_hash
from muster.engines.plan.types import PeopleNeed
from muster.engines.plan.words import LEVEL_NAMES
from muster.kernel.tables import write_csv

Row = dict[str, object]


def clauses_csv(plan: Plan) -> bytes:
    """One row a clause, in the plan's order.

    Durations are ISO 8601, lists are divided by blanks, people are "qualification count x shifts source".
    """
    rows = [_row(plan, clause) for clause in plan.clauses]
    return write_csv(list(rows[0]), [list(row.values()) for row in rows])


def _row(plan: Plan, clause: Clause) -> Row:
    return _head(plan, clause) | _when(clause) | _with_what(plan, clause) | _end(plan, clause)


def _head(plan: Plan, clause: Clause) -> Row:
    role = plan.roles.get(clause.actor)
    return {
        "plan": plan.id,
        "version": plan.version,
        "clause": clause.id,
        "phase": clause.phase,
        **_both("title", clause.title),
        **_both("text", clause.text),
        "actor": clause.actor,
        **_both("actor", role.title if role else Text("")),
        "action": clause.action,
        **_both("action", title_of(clause.action, "action")),
    }


def _when(clause: Clause) -> Row:
    return {
        "levels": " ".join(LEVEL_NAMES[number] for number in sorted(clause.levels, reverse=True)),
        "on": clause.on,
        "due": _moment(clause.due),
        "every": _moment(clause.every),
        "after": " ".join(clause.after),
        "per": clause.per,
        **_both("per", title_of(clause.per)),
    }


def _with_what(plan: Plan, clause: Clause) -> Row:
    standard = plan.standards.get(clause.standard)
    return {
        "people": "; ".join(_people(need) for need in clause.people),
        "standard": clause.standard,
        **_both("standard", standard.title if standard else Text("")),
        "supplies": "; ".join(f"{one.item} {one.quantity:g} {one.basis}" for one in clause.supplies),
        "partners": " ".join(clause.partners),
        **_both("partners", titles_of(clause.partners, "partner")),
        "evidence": " ".join(clause.evidence),
        **_both("evidence", titles_of(clause.evidence, "evidence")),
    }


def _end(plan: Plan, clause: Clause) -> Row:
    measure = clause.measure
    ground = next((one for one in plan.legal_basis if one.id == clause.ground), None)
    return {
        **_both("ends", clause.ends),
        "measure": measure.kind if measure else "",
        "expires": _moment(measure.expires if measure else None),
        "review": _moment(measure.review if measure else None),
        "renews": clause.renews,
        "ground": clause.ground,
        **_both("ground", ground.title if ground else Text("")),
        "articles": ground.articles if ground else "",
        "data_class": clause.data_class,
        "decision": _yes(clause.decision),
        "public": _yes(clause.public),
        "clause_hash": clause_hash(plan, clause),
    }


def _both(name: str, text: Text) -> Row:
    return {f"{name}_zh": text.zh, f"{name}_en": text.en}


def _moment(when: timedelta | time | None) -> str:
    if when is None:
        return ""
    return f"{when:%H:%M}" if isinstance(when, time) else duration_iso_string(when)


def _people(need: PeopleNeed) -> str:
    return f"{need.qualification} {need.count} x {need.shifts} {need.source}"


def _yes(value: bool) -> str:
    return "yes" if value else ""
