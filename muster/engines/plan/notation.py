"""How single values of a plan are written: durations, times of day, levels, conditions, words of a vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from muster.engines.plan import words
from muster.engines.plan.conditions import Condition, ConditionInvalid, read_condition
from muster.engines.plan.text import UNSAID, Text, nearest, one_of_these

DURATION_EXPECTED = Text("时长，例如 30m、2h 或 14d", "a duration such as 30m, 2h or 14d")
DUE_EXPECTED = Text(
    f'{DURATION_EXPECTED.zh}，或钟点，例如 "08:00"', f'{DURATION_EXPECTED.en}, or a time of day such as "08:00"'
)
CLOCK_EXPECTED = Text('从 "00:00" 到 "23:59" 的钟点', 'a time from "00:00" to "23:59"')
LEVEL_EXPECTED = Text("I、II、III 或 IV", "I, II, III or IV")
ZONE_EXPECTED = Text("时区名，例如 Asia/Shanghai", "a name such as Asia/Shanghai")
DAY_EXPECTED = Text("日期，例如 2026-05-01", "a day such as 2026-05-01")
SOURCE_EXPECTED = Text(
    "unit:单位代码、each:sub_bureau、each:station、place 或 force",
    "unit:CODE, each:sub_bureau, each:station, place or force",
)
SWITCH_EXPECTED = Text("true 或 false", "true or false")
_DURATION = re.compile(r"(?=\d)(?:(\d{1,4})d)?\s*(?:(\d{1,4})h)?\s*(?:(\d{1,4})m)?")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_SOURCE = re.compile(r"unit:[A-Z][A-Z0-9-]{0,31}|each:sub_bureau|each:station|place|force")


def wrong(what: Text, expected: Text, mend: Text = UNSAID) -> PydanticCustomError:
    """A mistake in a value; the loader adds file, line and clause."""
    return PydanticCustomError("notation", "a mistake", {"what": what, "expected": expected, "mend": mend})


def _text(value: Any, expected: Text) -> str:
    if not isinstance(value, str):
        raise wrong(Text("不是单个值", "no single value"), expected)
    return value.strip()


def _duration(value: Any) -> timedelta:
    text = _text(value, DURATION_EXPECTED)
    match = _DURATION.fullmatch(text)
    days, hours, minutes = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    length = timedelta(days=days, hours=hours, minutes=minutes)
    if not length:
        raise wrong(Text(f"`{text}` 不是时长", f"`{text}` is no duration"), DURATION_EXPECTED)
    return length


def _due(value: Any) -> timedelta | time:
    text = _text(value, DUE_EXPECTED)
    if clock := _CLOCK.fullmatch(text):
        return time(int(clock[1]), int(clock[2]))
    if ":" in text:
        raise wrong(Text(f"`{text}` 不是钟点", f"`{text}` is no time of day"), CLOCK_EXPECTED)
    return _duration(text)


def _level(value: Any) -> int:
    text = _text(value, LEVEL_EXPECTED)
    if text not in words.ROMAN:
        raise wrong(Text(f"`{text}` 不是响应级别", f"`{text}` is no level"), LEVEL_EXPECTED)
    return words.ROMAN[text]


def _condition(value: Any) -> Condition:
    try:
        return read_condition(" ".join(_text(value, Text("条件式", "a condition")).split()))
    except ConditionInvalid as error:
        raise wrong(error.what, error.expected, error.mend) from None


def _zone(value: Any) -> str:
    text = _text(value, ZONE_EXPECTED)
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise wrong(Text(f"`{text}` 不是时区", f"`{text}` is no time zone"), ZONE_EXPECTED) from None
    return text


def _day(value: Any) -> date:
    text = _text(value, DAY_EXPECTED)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong(Text(f"`{text}` 不是日期", f"`{text}` is no day"), DAY_EXPECTED) from None


def _source(value: Any) -> str:
    text = _text(value, SOURCE_EXPECTED)
    if not _SOURCE.fullmatch(text):
        what = Text(f"`{text}` 没有说明人员从哪里来", f"`{text}` does not say where people come from")
        raise wrong(what, SOURCE_EXPECTED)
    return text


def _switch(value: Any) -> bool:
    if value in ("true", "false"):
        return bool(value == "true")
    what = Text(f"`{shown(value)}` 既非 true 也非 false", f"`{shown(value)}` is neither true nor false")
    raise wrong(what, SWITCH_EXPECTED)


class Written:
    """How one kind of value is written: `check` reads it, `schema` is its JSON Schema, `plain` writes it down again."""

    def __init__(
        self,
        check: Callable[[Any], Any],
        schema: dict[str, Any],
        expected: Text = UNSAID,
        plain: Callable[[Any], Any] | None = None,
    ) -> None:
        self.check, self.schema, self.expected, self.plain = check, schema, expected, plain

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        plain = core_schema.plain_serializer_function_ser_schema(self.plain) if self.plain else None
        return core_schema.no_info_plain_validator_function(self.check, serialization=plain)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return dict(self.schema)  # pydantic adds the default of each field to what it is given


def shown(value: Any) -> str:
    """A value in a message, at most 40 characters of it."""
    text = "{...}" if isinstance(value, dict) else "[...]" if isinstance(value, list) else str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def one_of(known: Iterable[str], kind: Text) -> Written:
    """A word of a closed vocabulary."""
    vocabulary = tuple(known)

    def check(value: Any) -> str:
        text = _text(value, kind)
        if text not in vocabulary:
            what = Text(f"未知{kind.zh} `{shown(text)}`", f"unknown {kind.en} `{shown(text)}`")
            raise wrong(what, one_of_these(vocabulary), nearest(text, vocabulary))
        return text

    return Written(check, {"type": "string", "enum": list(vocabulary)})


def named(pattern: str, expected: Text, *, unquoted: bool = False) -> Written:
    """A name of the author's own, of one form; `unquoted` if it may look like a number to other readers of YAML."""

    def check(value: Any) -> str:
        text = _text(value, expected)
        if not re.fullmatch(pattern, text):
            raise wrong(Text(f"`{shown(text)}` 写法不对", f"`{shown(text)}` is not written so"), expected)
        return text

    kind = ["string", "number"] if unquoted else "string"
    return Written(check, {"type": kind, "pattern": f"^(?:{pattern})$", "description": expected.en}, expected)


def prose(longest: int) -> Written:
    """Free words."""
    expected = Text(f"文字，最多 {longest} 字", f"words, at most {longest} characters")

    def check(value: Any) -> str:
        text = " ".join(_text(value, expected).split())
        if not text or len(text) > longest:
            raise wrong(Text(f"{len(text)} 字", f"{len(text)} characters"), expected)
        return text

    return Written(check, {"type": "string", "minLength": 1, "maxLength": longest})


def number(kind: type[int] | type[float], least: float, most: float) -> Written:
    """A number in a range, written in figures."""
    noun = Text("整数", "whole number") if kind is int else Text("数", "number")
    expected = Text(f"{least:g} 到 {most:g} 的{noun.zh}", f"a {noun.en} from {least:g} to {most:g}")

    def check(value: Any) -> int | float:
        text = shown(_text(value, expected))
        try:
            read = kind(text)
        except ValueError:
            raise wrong(Text(f"`{text}` 不是{noun.zh}", f"`{text}` is no {noun.en}"), expected) from None
        if not least <= read <= most:
            raise wrong(Text(f"{text} 超出范围", f"{text} is out of range"), expected)
        return read

    schema = {"type": "integer" if kind is int else "number", "minimum": least, "maximum": most}
    return Written(check, schema, expected)


def _seconds(value: timedelta | time) -> int | str:
    return value.isoformat("minutes") if isinstance(value, time) else int(value.total_seconds())


_DURATION_SCHEMA = {"type": "string", "pattern": f"^{_DURATION.pattern}$", "description": DURATION_EXPECTED.en}

Duration = Annotated[timedelta, Written(_duration, _DURATION_SCHEMA, DURATION_EXPECTED, _seconds)]
Due = Annotated[
    timedelta | time, Written(_due, {"type": "string", "description": DUE_EXPECTED.en}, DUE_EXPECTED, _seconds)
]
LevelNumber = Annotated[int, Written(_level, {"type": "string", "enum": list(words.ROMAN)}, LEVEL_EXPECTED)]
ConditionText = Annotated[
    Condition,
    Written(_condition, {"type": "string", "description": "CEL over indicators"}, plain=lambda read: read.text),
]
Zone = Annotated[str, Written(_zone, {"type": "string"})]
Day = Annotated[date, Written(_day, {"type": "string", "format": "date"}, DAY_EXPECTED, date.isoformat)]
Source = Annotated[str, Written(_source, {"type": "string", "pattern": f"^(?:{_SOURCE.pattern})$"})]
Switch = Annotated[bool, Written(_switch, {"type": "boolean"})]
Line = Annotated[str, prose(200)]
Prose = Annotated[str, prose(4000)]
