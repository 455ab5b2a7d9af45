"""What differs outside the clauses of two plans: entry by entry, field by field, never two whole lists side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from muster.engines.plan import Plan, Text
from muster.engines.plan.types import Authority, Grade, Ground, Level, Role, Standard
from muster.preparedness.plans.queries.words import in_readers_language, title
from muster.preparedness.plans.wording import HEAD, NOTHING, shown

Row = tuple[str, str, str]
PARTS: Final[Mapping[str, Promise]] = {
    "title": _("Title"),
    "name": _("Title"),
    "articles": _("Articles"),
    "until": _("In force until"),
    "unit": _("Unit"),
    "scope": _("Once in each"),
    "holder": _("Holder"),
    "deputies": _("Deputies"),
    "qualification": _("Qualification"),
    "per_officer_shift": _("Items for each officer and shift"),
    "colour": _("Colour"),
    "duty_grade": _("Duty grade"),
    "activated_by": _("Set by"),
    "trigger": _("Proposed when"),
    "release": _("Left when"),
    "held_days": _("Days in a row"),
    "review": _("Looked at again"),
    "report_every": _("Report every"),
    "declared_by": _("Declared by"),
    "system_may": _("What the system may do"),
    "above_government": _("Levels above the government's"),
    "above_needs": _("A level above needs"),
    "below_needs": _("A level below needs"),
    "persons": _("Persons"),
    "record": _("Stated in the record"),
    "rules": _("Rules"),
    "number": _("Number"),
}


def head_changes(a: Plan, b: Plan, names: Sequence[str]) -> list[Row]:
    """Title, before and after of everything that differs, in the reader's language; nothing that is equal."""
    return [row for name in names for row in _rows(str(HEAD[name]), getattr(a, name), getattr(b, name))]


def _rows(where: str, before: Any, after: Any) -> Iterator[Row]:
    old, new = _parts(before), _parts(after)
    if old is None or new is None:
        yield where, shown(before), shown(after)
        return
    for key in dict.fromkeys((*old, *new)):
        one, other = old.get(key), new.get(key)
        if one != other:
            called = f"{where} · {_called(key, one if one is not None else other)}"
            yield from _rows(called, one, other) if None not in (one, other) else [(called, _all(one), _all(other))]


def _parts(value: Any) -> dict[str, Any] | None:
    """The named parts of a value; None where it is one piece."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple) and value and all(isinstance(one, Level | Ground | Grade) for one in value):
        return {one.id: one for one in value}
    if isinstance(value, Level | Ground | Grade | Role | Standard | Authority):
        return {field.name: getattr(value, field.name) for field in fields(value) if field.compare}
    return None


def _called(key: str, value: Any) -> str:
    """What a part is called: by its own title, by the name of its field, or as a word of the plan language."""
    own = getattr(value, "title", None) or getattr(value, "name", None)
    if isinstance(own, Text):
        return in_readers_language(own)
    return str(PARTS[key]) if key in PARTS else title(key)


def _all(value: Any) -> str:
    """An entry that is there in one of the plans only."""
    parts = _parts(value)
    if value is None or parts is None:
        return shown(value)
    said = (shown(part) for key, part in parts.items() if key != "id")
    return " · ".join(words for words in said if words != NOTHING)
