"""The head of a plan as fields: short ones by themselves, the larger parts each as text in the plan language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise

from muster.engines.plan import PlanInvalid
from muster.engines.plan.editing import EditRefused, head_of
from muster.engines.plan.editing.writing import flow
from muster.engines.plan.reading import read
from muster.preparedness.plans.refusals import EditImpossible
from muster.preparedness.plans.wording import HEAD

Values = dict[str, Any]
FIELDS: Final = ("version", "unit", "reviewed_on", "review_months", "exercise_months", "fresh_for")
PARTS: Final[dict[str, Promise]] = {
    "levels": HEAD["levels"],
    "roles": HEAD["roles"],
    "legal_basis": HEAD["legal_basis"],
    "standards": HEAD["standards"],
    "reserve_days": HEAD["reserve_days"],
    "authority": HEAD["authority"],
    "gradings": HEAD["gradings"],
}
DEEP: Final = frozenset({"levels", "authority", "gradings"})  # written over several lines each


@dataclass(frozen=True, slots=True)
class Part:
    """One larger part: what it is called, and its text."""

    name: str
    title: Promise
    text: str

    @property
    def lines(self) -> int:
        """How many lines its field needs."""
        return min(24, max(3, self.text.count("\n") + 2))


def part_of(name: str, text: str) -> Part:
    """A part with its title."""
    return Part(name, PARTS[name], text)


def parts_shown(head: Values) -> dict[str, str]:
    """What stands in the fields."""
    shown = {name: one if isinstance(one := head.get(name), str) else "" for name in FIELDS}
    title = head.get("title")
    shown |= {f"title-{half}": (title.get(half) or "") if isinstance(title, dict) else "" for half in ("zh", "en")}
    return shown | {name: _lines(head.get(name), deep=name in DEEP) for name in PARTS}


def parts_said(code: str, form: QueryDict, text: str) -> Values:
    """What the head says once the form is applied. Raises EditImpossible for a part that cannot be read."""
    before = head_of(text)
    said: Values = {name: form.get(name, "").strip() or None for name in FIELDS}
    title = before.get("title")
    halves = {half: form.get(f"title-{half}", "").strip() or None for half in ("zh", "en")}
    said["title"] = (dict(title) if isinstance(title, dict) else {}) | halves
    for name in PARTS:
        written = str(form.get(name, ""))
        if name in form and _lines(before.get(name), deep=name in DEEP).split() != written.split():
            said[name] = _read(code, name, written)
    return said


def _read(code: str, name: str, text: str) -> Any:
    try:
        return read(text.replace("\r\n", "\n"), name).root
    except PlanInvalid as invalid:
        first = invalid.problems[0]
        raise EditImpossible(f"{code} {name}:{first.line}", EditRefused(*first.texts)) from invalid


def _lines(value: Any, *, deep: bool) -> str:
    """A part as text: each entry on a line, or each of its words where an entry has many."""
    if not isinstance(value, dict):
        return "" if value is None else flow(value)
    if not deep:
        return "\n".join(f"{key}: {flow(one)}" for key, one in value.items())
    return "\n".join(_entry(key, one) for key, one in value.items())


def _entry(key: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"{key}:\n" + "\n".join(f"  {word}: {flow(one)}" for word, one in value.items())
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return f"{key}:\n" + "\n".join(f"  - {flow(one)}" for one in value)
    return f"{key}: {flow(value)}"
