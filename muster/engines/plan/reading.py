"""YAML into plain values, with the line of every key and item.

Every scalar stays text until the schema reads it, so `version: 3.10` and `title: no` mean what they say. Aliases and
tags are refused: a plan is a document for people, and aliases are how a small file grows to fill a machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from muster.engines.plan.errors import PlanInvalid, Problem

LARGEST = 1_000_000  # characters; a plan of 60 clauses has under 100,000
DEEPEST = 12  # a plan has 6 levels
MOST_NODES = 60_000

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """The values of a plan's text, the line of each path, and the keys that stand twice in one mapping."""

    root: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    twice: list[tuple[Path, int]] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of the path, or of the nearest thing that holds it."""
        for length in range(len(path), 0, -1):
            if found := self.lines.get(path[:length]):
                return found
        return 1


def read(text: str | bytes, name: str) -> Document:
    """Raises PlanInvalid where the text is no YAML, or no YAML that a plan may use."""
    decoded = _decoded(text, name)
    events = YAML(typ="safe", pure=True).parse(decoded)
    try:
        return _Builder(name).build(events)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _invalid(name, mark.line + 1 if mark else 0, *_syntax(error, decoded, mark)) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise _invalid(name, 0, f"the text is no YAML: {_first_line(error)}", "YAML", "") from None


def _decoded(text: str | bytes, name: str) -> str:
    if len(text) > LARGEST:
        raise _invalid(name, 0, f"the text has {len(text)} characters", f"at most {LARGEST}", "")
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise _invalid(name, line, "the text is not UTF-8", "UTF-8", "save the file as UTF-8") from None


def _syntax(error: MarkedYAMLError, text: str, mark: Any) -> tuple[str, str, str]:
    """What, expected, mend of a syntax error."""
    lines = text.splitlines()
    wrong = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in wrong[: mark.column + 1 if mark else None]:
        return "a tab in the indentation", "blanks", "replace the tab by blanks"
    return f"the text is no YAML: {_first_line(error)}", "YAML", "look at this line and the one before it"


def _first_line(error: Exception) -> str:
    message = error.problem if isinstance(error, MarkedYAMLError) and error.problem else str(error)
    return message.splitlines()[0][:120] if message else type(error).__name__


def _invalid(name: str, line: int, what: str, expected: str, mend: str) -> PlanInvalid:
    return PlanInvalid((Problem(name, line, "", what, expected, mend),))


class _Builder:
    """Values from YAML events, one recursion a level, no deeper than DEEPEST."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.document = Document()
        self.nodes = 0
        self.documents = 0

    def build(self, events: Iterator[Event]) -> Document:
        for event in events:
            if isinstance(event, DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    raise self._refused(event, "a second document", "one plan a file", "remove the line `---`")
            elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
                self.document.root = self._node(event, events, ())
        return self.document

    def _node(self, event: Event, events: Iterator[Event], path: Path) -> Any:
        self._allowed(event, path)
        if isinstance(event, ScalarEvent):
            return _scalar(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path)
        return self._sequence(events, path)

    def _allowed(self, event: Event, path: Path) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self._refused(event, "too many values", f"at most {MOST_NODES}", "")
        if len(path) > DEEPEST:
            raise self._refused(event, "the text is nested too deep", f"at most {DEEPEST} levels", "")
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(
                event, "an anchor or alias (`&` or `*`)", "plain values", "write the value out, or quote it"
            )
        if _has_tag(event):
            raise self._refused(event, "a tag (`!`)", "plain values", "quote the text if it begins with `!`")

    def _mapping(self, events: Iterator[Event], path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                raise self._refused(
                    event, "a key that is no word", "`word: value`", "quote text that begins with [ or {"
                )
            self._allowed(event, path)
            key = str(event.value)
            here = (*path, key)
            if key in values:
                self.document.twice.append((here, _line(event)))
            self.document.lines[here] = _line(event)
            values[key] = self._node(next(events), events, here)
        return values

    def _sequence(self, events: Iterator[Event], path: Path) -> list[Any]:
        values: list[Any] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            here = (*path, len(values))
            self.document.lines[here] = _line(event)
            values.append(self._node(event, events, here))
        return values

    def _refused(self, event: Event, what: str, expected: str, mend: str) -> PlanInvalid:
        return _invalid(self.name, _line(event), what, expected, mend)


def _scalar(event: ScalarEvent) -> str | None:
    """The text; None for a plain blank, `~` or `null`."""
    plain = event.style is None or event.style == ""
    return None if plain and event.value in ("", "~", "null") else str(event.value)


def _has_tag(event: Event) -> bool:
    tag = getattr(event, "tag", None)
    return tag is not None and str(tag) not in ("", "None")


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1
