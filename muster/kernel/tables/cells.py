"""One cell: what its text is, whether it can be trusted, and how it goes out again without becoming a formula."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any, Final

# Copied along by chat programs and web pages, without meaning in a table.
_INVISIBLE: Final = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
# Characters that make a text read otherwise than it is stored, or that no table holds.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_EXPONENT: Final = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{2,3}")
_ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
_FULL: Final = re.compile(r"#{3,}")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
EXACT: Final = 10**15  # a spreadsheet keeps fifteen figures of a number and turns the rest into zeros
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def clean(text: str) -> str:
    """Text without blanks at its ends and without invisible characters; line breaks as one character."""
    return _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\u00a0", " ").strip()


def damage(text: str) -> str:
    """Why the text of a cell cannot be trusted, a key of `problems.DAMAGE`; empty when it can."""
    if _CONTROL.search(text):
        return "control"
    if _EXPONENT.fullmatch(text):
        return "exponent"
    if text in _ERRORS or _FULL.fullmatch(text):
        return "error_value"
    return ""


def text_of(value: Any) -> tuple[str, str]:
    """Text of a workbook's value and its damage: dates as ISO 8601, whole numbers without a decimal point."""
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return ("true" if value else "false"), ""
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat(), ""
    if isinstance(value, date | time):
        return value.isoformat(), ""
    text = clean(str(value))
    return text, damage(text)


def _number(value: int | float) -> tuple[str, str]:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value), "error_value"
    text = str(int(value)) if value == int(value) else repr(value)
    return text, "precision" if abs(value) >= EXACT else ""


def safe_cell(value: Any) -> Any:
    """A value for an exported table: text that a spreadsheet program would run as a formula gets an apostrophe."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
