"""A clause as its form shows it, and what the form says as values of the plan's text."""

from __future__ import annotations

import re
from typing import Any, Final

from django.http import QueryDict

Values = dict[str, Any]
TEXTS: Final = ("title", "text", "ends")  # in both languages
LINES: Final = ("id", "phase", "annex", "on", "actor", "action", "due", "every", "per", "renews", "standard", "ground")
LISTS: Final = ("levels", "partners")  # chosen by boxes
NAMES: Final = ("after", "evidence")  # written one behind the other
ROWS: Final = {
    "people": ("qualification", "count", "shifts", "from", "handles"),
    "supplies": ("item", "quantity", "basis"),
}
MEASURE: Final = ("kind", "expires", "review")
SWITCHES: Final = ("decision", "public")
UNSAID: Final = {"phase": "response", "data_class": "none"}  # what a clause says that does not say it
_BETWEEN: Final = re.compile(r"[\s,;，、；]+")
MOST_ROWS: Final = 60


def shown(said: Values, blank_rows: int = 1) -> Values:
    """What stands in the fields of the form: plain text everywhere, and a free row below the others."""
    entry: Values = {name: _line(said.get(name)) for name in (*LINES, "data_class", *SWITCHES)}
    entry |= {name: _both(said.get(name)) for name in TEXTS}
    entry |= {name: _list(said.get(name)) for name in LISTS}
    entry |= {name: ", ".join(_list(said.get(name))) for name in NAMES}
    entry["measure"] = _row(said.get("measure"), MEASURE)
    for name, columns in ROWS.items():
        rows = said.get(name)
        written = [_row(one, columns) for one in rows] if isinstance(rows, list) else []
        entry[name] = [*written, *(dict.fromkeys(columns, "") for _ in range(blank_rows))]
    return entry


def said(form: QueryDict, before: Values) -> Values:
    """What the clause says once the form is applied to what it said `before`.

    Words that the form does not know stay as they are, and so does whatever says the same as before.
    """
    values: Values = dict(before)
    for name in (*LINES, "data_class"):
        values[name] = _chosen(name, form.get(name, "").strip(), before)
    for name in SWITCHES:
        values[name] = "true" if form.get(name) else (before.get(name) if before.get(name) != "true" else None)
    for name in TEXTS:
        values[name] = _texts(form, name, before)
    for name in LISTS:
        values[name] = _in_order(form.getlist(name), before.get(name)) or None
    for name in NAMES:
        values[name] = [one for one in _BETWEEN.split(form.get(name, "")) if one] or None
    for name, columns in ROWS.items():
        values[name] = _rows(form, name, columns, before.get(name)) or None
    values["measure"] = _filled(
        {column: form.get(f"measure-{column}", "") for column in MEASURE}, before.get("measure")
    )
    return {name: one for name, one in values.items() if one is not None or name in before}


def _chosen(name: str, value: str, before: Values) -> str | None:
    if not value or (value == UNSAID.get(name) and name not in before):
        return None
    return value


def _texts(form: QueryDict, name: str, before: Values) -> Values | None:
    words = {code: form.get(f"{name}-{code}", "") for code in ("zh", "en")}
    return _filled(words, before.get(name))


def _filled(words: Values, before: Any) -> Values | None:
    """The words that say something, with what else stood beside them."""
    kept = dict(before) if isinstance(before, dict) else {}
    for key, value in words.items():
        kept[key] = value.strip() or None
    return kept if any(kept.get(key) for key in words) else None


def _in_order(chosen: list[str], before: Any) -> list[str]:
    """As they stood before; new ones behind them."""
    stood = [one for one in _list(before) if one in chosen]
    return stood + [one for one in chosen if one not in stood]


def _rows(form: QueryDict, name: str, columns: tuple[str, ...], before: Any) -> list[Values]:
    stood = before if isinstance(before, list) else []
    rows = []
    for at in range(MOST_ROWS):
        written = {column: form.get(f"{name}-{at}-{column}", "") for column in columns}
        if any(written[column].strip() for column in columns[:1]):
            row = _filled(written, stood[at] if at < len(stood) else None)
            rows += [{key: one for key, one in row.items() if one is not None}] if row else []
    return rows


def _row(value: Any, columns: tuple[str, ...]) -> Values:
    found = value if isinstance(value, dict) else {}
    return {column: _line(found.get(column)) for column in columns}


def _both(value: Any) -> Values:
    found = value if isinstance(value, dict) else {"zh": value}
    return {code: _line(found.get(code)) for code in ("zh", "en")}


def _line(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
