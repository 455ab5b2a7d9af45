"""What one clause says, as a hash: what was agreed to a clause holds as long as the clause says the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import time, timedelta
from functools import cache
from typing import Any

from muster.engines.plan.conditions import Condition
from muster.engines.plan.findings import Finding
from muster.engines.plan.types import Clause, Plan


def clause_hash(plan: Plan, clause: str | Clause) -> str:
    """SHA-256 of the canonical content of one clause, 64 hexadecimal figures.

    Its place in the text and the clauses around it do not count, nor does what is left empty, so that a word that
    the language learns later changes no hash. Raises KeyError for a clause that the plan does not have.
    """
    found = plan.clause(clause) if isinstance(clause, str) else clause
    content = _plain(found)
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def clause_hashes(plan: Plan) -> dict[str, str]:
    """The hash of each clause, by its id."""
    return {clause.id: clause_hash(plan, clause) for clause in plan.clauses}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Condition):
        return value.text
    if names := _compared(type(value)):  # type: ignore[arg-type]
        stated = ((name, _plain(getattr(value, name))) for name in names)
        return {name: one for name, one in stated if not _says_nothing(one)}
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


@cache
def _compared(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass that say something; none for any other kind."""
    return tuple(field.name for field in fields(kind) if field.compare) if is_dataclass(kind) else ()


def _says_nothing(plain: Any) -> bool:
    return plain is None or plain is False or plain in ("", [], {})


def finding_content(plan: Plan, finding: Finding) -> str:
    """SHA-256 of what a finding is about: its clause, its role, its level, or else the plan's head.

    Whoever answers for a finding answers for this content; when it changes the finding speaks again.
    """
    kind, _, name = finding.subject.partition(":")
    about: Any
    if finding.clause:
        about = [_plain(clause) for clause in plan.clauses if clause.id == finding.clause]
    elif kind == "role":
        about = _plain(plan.roles.get(name))
    elif kind == "level":
        about = [_plain(level) for level in plan.levels if level.id == name]
    else:
        about = [plan.id, plan.review_months, plan.exercise_months, str(plan.reviewed_on), _plain(plan.reserve_days)]
        about += [_plain(ground) for ground in plan.legal_basis]
    canonical = json.dumps(about, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
