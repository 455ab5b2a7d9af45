"""A plan's text into a `Plan`, or into every problem that it has, by line."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import ValidationError

from muster.engines.plan.agreement import disagreements
from muster.engines.plan.building import build
from muster.engines.plan.complaints import complaints
from muster.engines.plan.errors import PlanInvalid, Problem
from muster.engines.plan.reading import Document, Path, read
from muster.engines.plan.schema import PlanForm
from muster.engines.plan.text import Text
from muster.engines.plan.types import Plan

_NO_PLAN = (
    Text("文本不是预案", "the text is no plan"),
    Text("`词: 值` 行", "`word: value` lines"),
    Text("以 `plan: 编号` 开头", "begin with `plan: ID`"),
)


def load_plan(text: str | bytes, *, name: str = "plan") -> Plan:
    """Read a plan written in YAML (docs/plan-language.md has the words, `json_schema` their shape).

    Parameters
    ----------
    text : the YAML; bytes must be UTF-8.
    name : what problems call the file.

    Raises
    ------
    PlanInvalid : with every problem found, by line; nothing is loaded in part.
    """
    document = read(text, name)
    if not isinstance(document.root, dict):
        raise PlanInvalid((Problem.told(name, 1, "", _NO_PLAN),))
    problems = _twice(document, name)
    form = _form(document, name, problems)
    problems += [_problem(document, name, *found) for found in disagreements(document.root)]
    if form is None or problems:
        raise PlanInvalid(tuple(sorted(problems, key=lambda problem: problem.line)))
    return build(form, document, file=name, content_hash=content_hash(form))


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a plan's text."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | PlanForm.model_json_schema(by_alias=True)


def content_hash(form: PlanForm) -> str:
    """SHA-256 over the canonical content, as 64 hexadecimal figures."""
    canonical = json.dumps(form.content(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _form(document: Document, name: str, problems: list[Problem]) -> PlanForm | None:
    try:
        return PlanForm.model_validate(document.root)
    except ValidationError as error:
        problems += [_problem(document, name, *found) for found in complaints(error)]
        return None


def _twice(document: Document, name: str) -> list[Problem]:
    once, mend = Text("每个词一次", "each word once"), Text("删去其中一个", "remove one of the two")
    return [
        _problem(document, name, path, Text(f"`{path[-1]}` 出现两次", f"`{path[-1]}` stands twice"), once, mend)
        for path, _line in document.twice
    ]


def _problem(document: Document, name: str, path: Path, what: Text, expected: Text, mend: Text) -> Problem:
    return Problem.told(name, document.line(path), _clause_of(document.root, path), (what, expected, mend))


def _clause_of(root: dict[str, Any], path: Path) -> str:
    """The id of the clause that the path lies in, as far as it has one."""
    if len(path) < 2 or path[0] != "clauses" or not isinstance(path[1], int):
        return ""
    clause = root["clauses"][path[1]]
    written = clause.get("id") if isinstance(clause, dict) else None
    return written if isinstance(written, str) else f"#{path[1] + 1}"
