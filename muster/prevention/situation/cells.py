"""What stands in a cell of a report: a day or a count of persons, as people write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_DAY: Final = re.compile(r"(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?(?:[T ]\d{1,2}:\d{2}.*)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WHOLE: Final = re.compile(r"[+-]?\d{1,9}(?:\.0+)?")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")


def day_in(text: str) -> date | None:
    """The day that a cell names: 2020-01-31, 2020/1/31, 2020年1月31日, 20200131, with a time of day or without."""
    found = _COMPACT.fullmatch(text)
    parts = found.groups() if found else ()
    if not parts:
        found = _DAY.fullmatch(text)
        parts = (found[1], found[3], found[5]) if found else ()
    try:
        return date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        return None


def count_in(text: str) -> int | None:
    """The whole number in a cell, negative or not; None if there is none. 12.0 is 12."""
    return int(float(text)) if _WHOLE.fullmatch(text) else None


def is_number(text: str) -> bool:
    """Whether a cell holds a number of any kind."""
    return _NUMBER.fullmatch(text) is not None
