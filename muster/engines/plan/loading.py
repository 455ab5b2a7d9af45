"""A plan's text into a `Plan`, or into every problem that it has, by line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from muster.engines.plan.above import Chain, Higher, above_of, nobody, raw_of
from muster.engines.plan.agreement import NONE, disagreements
from muster.engines.plan.building import build, build_lower
from muster.engines.plan.complaints import complaints
from muster.engines.plan.errors import PlanInvalid, Problem
from muster.engines.plan.extension import extend
from muster.engines.plan.limits import refuse_too_many
from muster.engines.plan.lower import LowerPlanForm
from muster.engines.plan.reading import Document, Path, read
from muster.engines.plan.schema import PlanForm
from muster.engines.plan.text import Text
from muster.engines.plan.types import Plan

Shape = TypeVar("Shape", PlanForm, LowerPlanForm)
_NO_PLAN = (
    Text("文本不是预案", "the text is no plan"),
    Text("`词: 值` 行", "`word: value` lines"),
    Text("以 `plan: 编号` 开头", "begin with `plan: ID`"),
)


def load_plan(text: str | bytes, *, name: str = "plan", higher: Higher = nobody) -> Plan:
    """Read a plan written in YAML (docs/plan-language.md has the words, `json_schema` their shape).

    Parameters
    ----------
    text : the YAML; bytes must be UTF-8.
    name : what problems call the file.
    higher : finds the plan that a lower one extends.

    Raises
    ------
    PlanInvalid : with every problem found, by line; nothing is loaded in part.
    """
    refuse_too_many(text, name)
    return load_document(read(text, name), name, higher)


def load_document(document: Document, name: str, higher: Higher = nobody, below: Chain = ()) -> Plan:
    """The same of a text that was read; `below` are the plans that extend this one, the lowest first."""
    if not isinstance(document.root, dict):
        raise PlanInvalid((Problem.told(name, 1, "", _NO_PLAN),))
    if "extends" in document.root:
        return _lower(document, name, higher, below)
    form = _read(PlanForm, document, name)
    return build(form, document, file=name, content_hash=content_hash(form.content()))


def _lower(document: Document, name: str, higher: Higher, below: Chain) -> Plan:
    form = _shaped(LowerPlanForm, document, name, [])
    above = above_of(form, document, name, higher, below)
    inherited = {clause.id: raw_of(clause) for clause in above.clauses}
    form = _read(LowerPlanForm, document, name, inherited)
    per = {clause.id: clause.per for clause in above.clauses}
    own = build_lower(form, document, file=name, content_hash=content_hash(form.content(above.hash)), per=per)
    return extend(above, own)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a plan's text: that of a whole plan; with `extends`, that of a lower one."""
    whole, lower = (form.model_json_schema(by_alias=True) for form in (PlanForm, LowerPlanForm))
    shapes = {**lower.pop("$defs"), **whole.pop("$defs"), "LowerPlan": lower, "Plan": whole}
    choice = {"if": {"required": ["extends"]}, "then": _shape("LowerPlan"), "else": _shape("Plan")}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", **choice, "$defs": shapes}


def _shape(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical content, as 64 hexadecimal figures."""
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def canonical_content(text: str | bytes, plan: Plan) -> str:
    """The canonical content of a text that was loaded as `plan`: JSON whose SHA-256 is the plan's hash."""
    root = read(text, plan.file).root
    if plan.extension is None:
        return _canonical(PlanForm.model_validate(root).content())
    return _canonical(LowerPlanForm.model_validate(root).content(plan.extension.higher.hash))


def _canonical(content: Mapping[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _read(shape: type[Shape], document: Document, name: str, inherited: Mapping[str, Any] = NONE) -> Shape:
    """The text in its shape, and all its words agreeing with one another; else every problem at once."""
    disagreeing = [_problem(document, name, *found) for found in disagreements(document.root, inherited)]
    return _shaped(shape, document, name, disagreeing)


def _shaped(shape: type[Shape], document: Document, name: str, problems: list[Problem]) -> Shape:
    problems = [*_twice(document, name), *problems]
    try:
        form = shape.model_validate(document.root)
    except ValidationError as error:
        problems += [_problem(document, name, *found) for found in complaints(error, shape)]
    if problems:
        raise PlanInvalid(tuple(sorted(problems, key=lambda problem: problem.line)))
    return form


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
    part = str(path[0]) if len(path) > 1 else ""
    word = {"clauses": "id", "narrows": "clause"}.get(part)
    if word is None or not isinstance(path[1], int):
        return ""
    clause = root[part][path[1]]
    written = clause.get(word) if isinstance(clause, dict) else None
    return written if isinstance(written, str) else f"#{path[1] + 1}"
