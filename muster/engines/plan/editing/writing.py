"""New values as YAML: one line each, plain where every reader of YAML takes them for what they are, else quoted."""

from __future__ import annotations

import json
import re
from typing import Any

# A plain value: begins with no sign of YAML, has no colon, no comment, no bracket, and looks like no time of day.
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=][^:,\[\]{}#\"`\\]*")
_NOTHING = ("", "~", "null")
_UNPRINTABLE = re.compile(r"[\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def flow(value: Any) -> str:
    """A value on one line: `[II, I]`, `{zh: ..., en: ...}`, `6h`, `"08:00"`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(str(key))}: {flow(one)}" for key, one in value.items() if one is not None) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    return "~" if value is None else scalar(str(value))


def scalar(value: str, *, quote: str = "") -> str:
    """A single value, in these quotes if it is given any; line ends and runs of blanks become one blank."""
    said = " ".join(value.split())
    if not quote and is_plain(said):
        return said
    if quote == "'" and said.isprintable():
        return "'" + said.replace("'", "''") + "'"
    written = json.dumps(said, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", written)


def is_plain(value: str) -> bool:
    """May a value stand without quotes?"""
    return value not in _NOTHING and _PLAIN.fullmatch(value) is not None


def same(a: Any, b: Any) -> bool:
    """Do two values say the same? Runs of blanks count as one."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(one, other) for one, other in zip(a, b, strict=True))
    if isinstance(a, str) and isinstance(b, str):
        return " ".join(a.split()) == " ".join(b.split())
    return bool(a is b) or bool(a == b)
