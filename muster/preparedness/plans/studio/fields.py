"""Fields of a form over one raw value of the plan's text: what stands in them, and what they say when they come back.

A field that comes back as it went out leaves the text as it is, and words that no field knows stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise

Values = dict[str, Any]
Reading = Callable[[QueryDict, str, Any], Any]
MOST_ROWS: Final = 60
LANGUAGES: Final = ("zh", "en")
LINE, CHOICE, CONDITION, BOTH, LINES, BOXES, AMOUNTS, TEXTS, GRADES = (
    "line", "choice", "condition", "both", "lines", "boxes", "amounts", "texts", "grades",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One word of the plan language in a form; `choices` names a list of options, `hint` stands in an empty field."""

    name: str
    label: str | Promise
    kind: str = LINE
    choices: str = ""
    help: str | Promise = ""
    hint: str = ""


def shown(field: Field, value: Any, blank_rows: int = 1) -> Any:
    """What stands in the field: text, texts by language, a list of words, or rows with some free ones below."""
    if field.kind == BOTH:
        return _halves(value)
    if field.kind == BOXES:
        return _words(value)
    if field.kind == LINES:
        return "\n".join(_words(value))
    if field.kind in _COLUMNS:
        free = [dict.fromkeys(_COLUMNS[field.kind], "") for _ in range(blank_rows)]
        return [*_rows_shown(field.kind, value), *free]
    return value if isinstance(value, str) else ""


def said(field: Field, form: QueryDict, before: Any) -> Any:
    """What the field says, None for nothing; what stood there before where it shows the same."""
    value = _READINGS.get(field.kind, _line)(form, field.name, before)
    return before if shown(field, value) == shown(field, before) else value


_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    AMOUNTS: ("item", "quantity"),
    TEXTS: LANGUAGES,
    GRADES: ("id", *LANGUAGES),
}


def _rows_shown(kind: str, value: Any) -> list[Values]:
    if kind == AMOUNTS:
        rows = value.items() if isinstance(value, dict) else ()
        return [{"item": item, "quantity": one if isinstance(one, str) else ""} for item, one in rows]
    listed = _mappings(value)
    if kind == TEXTS:
        return [_halves(one) for one in listed]
    return [{"id": _text(one.get("id")), **_halves(one.get("name"))} for one in listed]


def _line(form: QueryDict, name: str, before: Any) -> Any:
    written = form.get(name, "").strip()
    return written or None


def _both(form: QueryDict, name: str, before: Any) -> Any:
    return _in_both(form, name, before)


def _in_both(form: QueryDict, prefix: str, before: Any) -> Values | None:
    kept = dict(before) if isinstance(before, dict) else {}
    halves = {half: form.get(f"{prefix}-{half}", "").strip() for half in LANGUAGES}
    said_now = kept | {half: one or None for half, one in halves.items() if one or half in kept}
    return said_now if any(halves.values()) else None


def _lines(form: QueryDict, name: str, before: Any) -> Any:
    return [one.strip() for one in form.get(name, "").splitlines() if one.strip()] or None


def _boxes(form: QueryDict, name: str, before: Any) -> Any:
    chosen = form.getlist(name)
    stood = [one for one in _words(before) if one in chosen]
    return stood + [one for one in chosen if one not in stood] or None


def _amounts(form: QueryDict, name: str, before: Any) -> Any:
    rows = [(form.get(f"{name}-{at}-item", ""), form.get(f"{name}-{at}-quantity", "")) for at in range(MOST_ROWS)]
    return {item: quantity.strip() for item, quantity in rows if item} or None


def _texts(form: QueryDict, name: str, before: Any) -> Any:
    stood = _mappings(before)
    rows = [_in_both(form, f"{name}-{at}", stood[at] if at < len(stood) else None) for at in range(MOST_ROWS)]
    return [row for row in rows if row] or None


def _grades(form: QueryDict, name: str, before: Any) -> Any:
    stood, rows = _mappings(before), []
    for at in range(MOST_ROWS):
        was = stood[at] if at < len(stood) else {}
        code, title = form.get(f"{name}-{at}-id", "").strip(), _in_both(form, f"{name}-{at}", was.get("name"))
        if code or title:
            rows.append(was | {"id": code or None, "name": title})
    return [{word: one for word, one in row.items() if one is not None} for row in rows] or None


_READINGS: Final[Mapping[str, Reading]] = {
    BOTH: _both,
    LINES: _lines,
    BOXES: _boxes,
    AMOUNTS: _amounts,
    TEXTS: _texts,
    GRADES: _grades,
}


def _mappings(value: Any) -> list[Values]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _halves(value: Any) -> Values:
    found = value if isinstance(value, dict) else {"zh": value}
    return {half: _text(found.get(half)) for half in LANGUAGES}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
