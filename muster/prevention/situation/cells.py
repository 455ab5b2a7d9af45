"""What stands in a cell of a report: a day or a count of persons, as people write them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

# 12 and - as a Chinese keyboard may write them; footnote marks such as ² stay what they are
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x2212: "-"}
_TIME: Final = r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
_DAY: Final = re.compile(rf"(\d{{4}})([-/.年])(\d{{1,2}})([-/.月])(\d{{1,2}})日?(?:{_TIME})?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_ZERO: Final = date(1899, 12, 30)  # so that 1 March 1900 is 61: Excel believes in 29 February 1900
_SERIALS: Final = range(36526, 55153)  # 2000 to 2050: other numbers of five figures are mistakes
_THOUSANDS: Final = r"\d{1,3}(?:,\d{3})+"
_WHOLE: Final = re.compile(rf"[+-]?(?:\d{{1,9}}|{_THOUSANDS})(?:\.0+)?")
_NUMBER: Final = re.compile(rf"[+-]?(?:\d+|{_THOUSANDS})(?:\.\d+)?")
LONGEST: Final = 16  # characters of a count


def plain(text: str) -> str:
    """The cell with half-width figures and signs, without blanks at its ends."""
    return (text if text.isascii() else text.translate(_FULL_WIDTH)).strip()


@lru_cache(maxsize=4096)  # a report names each day once for every area
def day_in(text: str) -> date | None:
    """The day that a cell names: 2020-01-31, 2020/1/31, 2020年1月31日, 20200131, with a time of day or without.

    A number of five figures is what a spreadsheet program stores for a day: 43861 is 2020-01-31.
    """
    text = plain(text)
    if (serial := _SERIAL.fullmatch(text)) and int(serial[1]) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(serial[1]))
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
    """The whole number in a cell, negative or not; None if there is none. 12.0 is 12, 1,234 is 1234."""
    text = plain(text)
    return int(float(text.replace(",", ""))) if len(text) <= LONGEST and _WHOLE.fullmatch(text) else None


def is_number(text: str) -> bool:
    """Whether a cell holds a number of any kind."""
    return _NUMBER.fullmatch(plain(text)) is not None
