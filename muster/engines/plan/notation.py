"""How single values of a plan are written: durations, times of day, levels, conditions, words of a vocabulary."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from muster.engines.plan import words
from muster.engines.plan.conditions import Condition, ConditionInvalid, read_condition

DURATION_EXPECTED = "a duration such as 30m, 2h or 14d"
DUE_EXPECTED = f'{DURATION_EXPECTED}, or a time of day such as "08:00"'
_DURATION = re.compile(r"(?=\d)(?:(\d{1,4})d)?\s*(?:(\d{1,4})h)?\s*(?:(\d{1,4})m)?")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_SOURCE = re.compile(r"unit:[A-Z][A-Z0-9-]{0,31}|each:sub_bureau|each:station|place|force")


def wrong(what: str, expected: str, mend: str = "") -> PydanticCustomError:
    """A mistake in a value; the loader adds file, line and clause."""
    return PydanticCustomError("notation", "{what}", {"what": what, "expected": expected, "mend": mend})


def nearest(word: str, known: Iterable[str]) -> str:
    """ "did you mean `x`?", or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean `{close[0]}`?" if close else ""


def _text(value: Any, expected: str) -> str:
    if not isinstance(value, str):
        raise wrong("no single value", expected)
    return value.strip()


def _duration(value: Any) -> timedelta:
    text = _text(value, DURATION_EXPECTED)
    match = _DURATION.fullmatch(text)
    days, hours, minutes = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    length = timedelta(days=days, hours=hours, minutes=minutes)
    if not length:
        raise wrong(f"`{text}` is no duration", DURATION_EXPECTED)
    return length


def _due(value: Any) -> timedelta | time:
    text = _text(value, DUE_EXPECTED)
    if clock := _CLOCK.fullmatch(text):
        return time(int(clock[1]), int(clock[2]))
    if ":" in text:
        raise wrong(f"`{text}` is no time of day", 'a time from "00:00" to "23:59"')
    return _duration(text)


def _level(value: Any) -> int:
    text = _text(value, "a level: I, II, III or IV")
    if text not in words.ROMAN:
        raise wrong(f"`{text}` is no level", "I, II, III or IV")
    return words.ROMAN[text]


def _condition(value: Any) -> Condition:
    try:
        return read_condition(" ".join(_text(value, "a condition").split()))
    except ConditionInvalid as error:
        raise wrong(error.what, error.expected, error.mend) from None


def _zone(value: Any) -> str:
    text = _text(value, "a time zone")
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise wrong(f"`{text}` is no time zone", "a name such as Asia/Shanghai") from None
    return text


def _day(value: Any) -> date:
    text = _text(value, "a day such as 2026-05-01")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong(f"`{text}` is no day", "a day such as 2026-05-01") from None


def _source(value: Any) -> str:
    text = _text(value, "where people come from")
    if not _SOURCE.fullmatch(text):
        raise wrong(
            f"`{text}` does not say where people come from", "unit:CODE, each:sub_bureau, each:station, place or force"
        )
    return text


def _switch(value: Any) -> bool:
    if value in ("true", "false"):
        return bool(value == "true")
    raise wrong(f"`{value}` is neither true nor false", "true or false")


class Written:
    """How one kind of value is written: `check` reads it, `schema` is its JSON Schema, `plain` writes it down again."""

    def __init__(
        self, check: Callable[[Any], Any], schema: dict[str, Any], plain: Callable[[Any], Any] | None = None
    ) -> None:
        self.check, self.schema, self.plain = check, schema, plain

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        plain = core_schema.plain_serializer_function_ser_schema(self.plain) if self.plain else None
        return core_schema.no_info_plain_validator_function(self.check, serialization=plain)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return self.schema


def one_of(known: Iterable[str], kind: str) -> Written:
    """A word of a closed vocabulary."""
    vocabulary = tuple(known)

    def check(value: Any) -> str:
        text = _text(value, kind)
        if text not in vocabulary:
            raise wrong(f"unknown {kind} `{text}`", "one of " + ", ".join(vocabulary), nearest(text, vocabulary))
        return text

    return Written(check, {"type": "string", "enum": list(vocabulary)})


def named(pattern: str, expected: str) -> Written:
    """A name of the author's own, of one form."""

    def check(value: Any) -> str:
        text = _text(value, expected)
        if not re.fullmatch(pattern, text):
            raise wrong(f"`{text[:40]}` is not written so", expected)
        return text

    return Written(check, {"type": "string", "pattern": f"^(?:{pattern})$", "description": expected})


def prose(longest: int) -> Written:
    """Free words."""

    def check(value: Any) -> str:
        text = " ".join(_text(value, "words").split())
        if not text or len(text) > longest:
            raise wrong(f"{len(text)} characters", f"words, at most {longest} characters")
        return text

    return Written(check, {"type": "string", "minLength": 1, "maxLength": longest})


def number(kind: type[int] | type[float], least: float, most: float) -> Written:
    """A number in a range, written in figures."""
    whole = "whole " if kind is int else ""
    expected = f"a {whole}number from {least:g} to {most:g}"

    def check(value: Any) -> int | float:
        try:
            read = kind(_text(value, expected))
        except ValueError:
            raise wrong(f"`{value}` is no {whole}number", expected) from None
        if not least <= read <= most:
            raise wrong(f"{value} is out of range", expected)
        return read

    return Written(check, {"type": "integer" if whole else "number", "minimum": least, "maximum": most})


def _seconds(value: timedelta | time) -> int | str:
    return value.isoformat("minutes") if isinstance(value, time) else int(value.total_seconds())


_DURATION_SCHEMA = {"type": "string", "pattern": f"^{_DURATION.pattern}$", "description": DURATION_EXPECTED}

Duration = Annotated[timedelta, Written(_duration, _DURATION_SCHEMA, _seconds)]
Due = Annotated[timedelta | time, Written(_due, {"type": "string", "description": DUE_EXPECTED}, _seconds)]
LevelNumber = Annotated[int, Written(_level, {"type": "string", "enum": list(words.ROMAN)})]
ConditionText = Annotated[
    Condition, Written(_condition, {"type": "string", "description": "CEL over indicators"}, lambda read: read.text)
]
Zone = Annotated[str, Written(_zone, {"type": "string"})]
Day = Annotated[date, Written(_day, {"type": "string", "format": "date"}, date.isoformat)]
Source = Annotated[str, Written(_source, {"type": "string", "pattern": f"^(?:{_SOURCE.pattern})$"})]
Switch = Annotated[bool, Written(_switch, {"type": "boolean"})]
Line = Annotated[str, prose(200)]
Prose = Annotated[str, prose(4000)]
