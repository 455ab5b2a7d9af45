"""One cell: what its text is, whether it can be trusted, and how it goes out again without becoming a formula."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any, Final

from muster.kernel.texts import clean as clean
from muster.kernel.texts import hides_something

_EXPONENT: Final = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{2,3}")
_ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
_FULL: Final = re.compile(r"#{3,}")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
EXACT: Final = 10**15  # a spreadsheet keeps fifteen figures of a number and turns the rest into zeros
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def damage(text: str) -> str:
    """Why the text of a cell cannot be trusted, a key of `problems.DAMAGE`; empty when it can."""
    if hides_something(text):
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
