"""The parts of a YAML text with the place of each, so that one can be changed without touching the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, from `start` to `end` of the text; `quote` is "", '"', "'", "|" or ">"."""

    start: int
    end: int
    value: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    start: int
    key_end: int
    key: str
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in braces (`flow`) or on lines of their own."""

    start: int
    end: int
    flow: bool
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Items, in brackets (`flow`) or with dashes."""

    start: int
    end: int
    flow: bool
    items: list[Node] = field(default_factory=list)


Node = Scalar | Mapping | Sequence


def nodes_of(text: str) -> Node | None:
    """The root of a text that `reading.read` accepts; None for one without a value."""
    events = YAML(typ="safe", pure=True).parse(text)
    for event in events:
        if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
            return _node(text, event, events)
    return None


def plain(node: Node) -> Any:
    """The value that a node says: text, None, dict or list."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return {entry.key: plain(entry.value) for entry in node.entries}
    return [plain(item) for item in node.items]


def _node(text: str, event: Event, events: Iterator[Event]) -> Node:
    if isinstance(event, ScalarEvent):
        return _scalar(text, event)
    return _mapping(text, event, events) if isinstance(event, MappingStartEvent) else _sequence(text, event, events)


def _scalar(text: str, event: ScalarEvent) -> Scalar:
    start, end = event.start_mark.index, event.end_mark.index
    quote = event.style or ""
    if quote in ("|", ">"):
        end = start + len(text[start:end].rstrip())
    empty = not quote and event.value in ("", "~", "null")
    return Scalar(start, end, None if empty else str(event.value), quote)


def _mapping(text: str, event: Event, events: Iterator[Event]) -> Mapping:
    entries: list[Entry] = []
    closing = event
    for key in events:
        if isinstance(key, MappingEndEvent):
            closing = key
            break
        name = str(getattr(key, "value", ""))
        entries.append(Entry(key.start_mark.index, key.end_mark.index, name, _node(text, next(events), events)))
    start, end = _span(text, event, closing, [(entry.start, entry.value.end) for entry in entries])
    return Mapping(start, end, bool(getattr(event, "flow_style", False)), entries)


def _sequence(text: str, event: Event, events: Iterator[Event]) -> Sequence:
    items: list[Node] = []
    closing = event
    for item in events:
        if isinstance(item, SequenceEndEvent):
            closing = item
            break
        items.append(_node(text, item, events))
    start, end = _span(text, event, closing, [(item.start, item.end) for item in items])
    return Sequence(start, end, bool(getattr(event, "flow_style", False)), items)


def _span(text: str, event: Any, closing: Any, parts: list[tuple[int, int]]) -> tuple[int, int]:
    """In brackets from the first to the last of them; else from the first part to the end of the last one's line."""
    start: int = event.start_mark.index
    if event.flow_style or not parts:
        return start, closing.end_mark.index
    line = text[parts[-1][1] :].split("\n", 1)[0].rstrip()
    beside = len(line) if not line or line.lstrip().startswith("#") else 0
    return start, parts[-1][1] + beside
