"""The quick way through a plan's text: libyaml, for texts with nothing unusual in them.

A plan of 60 clauses takes 0.2 s by a parser in Python and a fiftieth of that by libyaml. Whatever is refused, or read
differently by YAML 1.1 and 1.2, is left to the careful reader (`reading`), which says what is wrong and where. A test
holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import yaml

Path = tuple[str | int, ...]
Read = tuple[Any, dict[Path, int], int]  # values, the line of each path, the number of nodes

_NEXT: Final[Any] = getattr(getattr(yaml, "cyaml", None), "CParser", None)
_UNUSUAL: Final = ("\t", "\x85", "\u2028", "\u2029", "\ufeff", "\n%")  # line ends of YAML 1.1 only; directives


_NOTHING: Final = frozenset({"", "~", "null"})


_VALUES: Final = frozenset({yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent})


class _Unusual(Exception):
    """Something for the careful reader."""


class TooMany(Exception):
    """More values than a plan may have; `line` is that of the first one too many."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def quick_read(text: str, *, deepest: int, most: int) -> Read | None:
    """The values of a text with their lines; None for one that must be read with care. Raises TooMany."""
    if _NEXT is None or text.startswith("%") or any(one in text for one in _UNUSUAL):
        return None
    parser = _NEXT(text)
    try:
        return _document(parser.get_event, deepest, most)
    except (_Unusual, yaml.YAMLError, ValueError, RecursionError):
        return None
    finally:
        parser.dispose()


def _document(event: Callable[[], Any], deepest: int, most: int) -> Read:
    lines: dict[Path, int] = {}
    event(), event()  # the stream and the document begin
    nodes = 0

    def node(found: Any, path: Path) -> Any:
        nonlocal nodes
        nodes += 1
        kind = found.__class__
        if kind not in _VALUES or found.anchor is not None or found.tag is not None:
            raise _Unusual
        if nodes > most:
            raise TooMany(found.start_mark.line + 1)
        if len(path) > deepest:
            raise _Unusual
        if kind is yaml.ScalarEvent:
            if found.style in ("|", ">"):
                raise _Unusual
            return None if not found.style and found.value in _NOTHING else found.value
        return mapping(path) if kind is yaml.MappingStartEvent else sequence(path)

    def mapping(path: Path) -> dict[str, Any]:
        nonlocal nodes
        values: dict[str, Any] = {}
        key: Any
        while (key := event()).__class__ is not yaml.MappingEndEvent:
            nodes += 1
            if key.__class__ is not yaml.ScalarEvent or key.value in values or key.anchor or key.tag:
                raise _Unusual
            name = key.value
            here = (*path, name)
            mark: Any = key.start_mark  # libyaml always gives one
            lines[here] = mark.line + 1
            values[name] = node(event(), here)
        return values

    def sequence(path: Path) -> list[Any]:
        values: list[Any] = []
        item: Any
        while (item := event()).__class__ is not yaml.SequenceEndEvent:
            here = (*path, len(values))
            lines[here] = item.start_mark.line + 1
            values.append(node(item, here))
        return values

    root = node(event(), ())
    if not isinstance(event(), yaml.DocumentEndEvent) or not isinstance(event(), yaml.StreamEndEvent):
        raise _Unusual
    return root, lines, nodes
