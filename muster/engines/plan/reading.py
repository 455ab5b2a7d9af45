"""YAML into plain values, with the line of every key and item.

Every scalar stays text until the schema reads it, so `version: 3.10` and `title: no` mean what they say. Aliases and
tags are refused: a plan is a document for people, and aliases are how a small file grows to fill a machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

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
from ruamel.yaml.reader import ReaderError

from muster.engines.plan.errors import PlanInvalid, Problem
from muster.engines.plan.limits import DIVIDE, refuse_too_many
from muster.engines.plan.pieces import Pieces, pieces_of
from muster.engines.plan.quick import TooMany, quick_read
from muster.engines.plan.text import UNSAID, Text, same

LARGEST = 1_000_000  # characters; a plan of 60 clauses has under 100,000
DEEPEST = 12  # a plan has 6 levels
MOST_NODES = 60_000

Path = tuple[str | int, ...]
Told = tuple[Text, Text, Text]  # what, expected, mend


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


_AROUND = 3  # nodes of `clauses:` around a clause that is read by itself


class _Read(NamedTuple):
    document: Document
    nodes: int


_YAML = same("YAML")
_NEIGHBOURS = Text("查看本行和上一行", "look at this line and the one before it")
_MANY = Text("值太多", "too many values"), Text(f"最多 {MOST_NODES} 个", f"at most {MOST_NODES}"), DIVIDE
_DEEP = (
    Text("文本嵌套过深", "the text is nested too deep"),
    Text(f"最多 {DEEPEST} 层", f"at most {DEEPEST} levels"),
    UNSAID,
)
_TAB = (
    Text("缩进中有制表符", "a tab in the indentation"),
    Text("空格", "blanks"),
    Text("把制表符换成空格", "replace the tab by blanks"),
)
_ENCODING = (
    Text("文本不是 UTF-8", "the text is not UTF-8"),
    same("UTF-8"),
    Text("把文件存为 UTF-8", "save the file as UTF-8"),
)
_SECOND = (
    Text("第二个文档", "a second document"),
    Text("一个文件一份预案", "one plan a file"),
    Text("删去 `---` 行", "remove the line `---`"),
)
_ALIAS = (
    Text("锚点或别名（`&` 或 `*`）", "an anchor or alias (`&` or `*`)"),
    Text("普通的值", "plain values"),
    Text("把值写全，或加引号", "write the value out, or quote it"),
)
_TAG = (
    Text("标签（`!`）", "a tag (`!`)"),
    Text("普通的值", "plain values"),
    Text("文字以 `!` 开头时加引号", "quote the text if it begins with `!`"),
)
_KEY = (
    Text("键不是一个词", "a key that is no word"),
    Text("`词: 值`", "`word: value`"),
    Text("文字以 [ 或 { 开头时加引号", "quote text that begins with [ or {"),
)


def read(text: str | bytes, name: str) -> Document:
    """Raises PlanInvalid where the text is no YAML, or no YAML that a plan may use.

    Clauses that were read before, in whatever text, are not parsed again. The values are shared: nobody changes them.
    """
    decoded = _decoded(text, name)
    try:
        quickly = _quick(decoded)
    except TooMany as many:
        refuse_too_many(decoded, name)
        raise _invalid(name, many.line, _MANY) from None
    return quickly or _in_pieces(decoded) or _whole(decoded, name).document


@lru_cache(maxsize=6)
def _quick(text: str) -> Document | None:
    """The document by libyaml; None for anything that must be read with care.

    One stroke in the studio asks ten times for the text before it and the one after it, so the last few are kept.
    """
    found = quick_read(text, deepest=DEEPEST, most=MOST_NODES)
    return None if found is None else Document(found[0], found[1])


def _in_pieces(text: str) -> Document | None:
    """The document put together from its pieces; None where it must be read whole, so that mistakes get their lines."""
    pieces = pieces_of(text)
    if pieces is None:
        return None
    try:
        read_pieces = [
            _piece(pieces.head),
            *(_piece("clauses:\n" + pieces.unit(at)) for at in range(len(pieces.units))),
        ]
    except PlanInvalid:
        return None
    nodes = read_pieces[0].nodes + sum(piece.nodes - _AROUND for piece in read_pieces[1:])
    if nodes > MOST_NODES or not isinstance(read_pieces[0].document.root, dict):
        return None
    return _assembled(pieces, [piece.document for piece in read_pieces])


def _assembled(pieces: Pieces, documents: list[Document]) -> Document | None:
    head, *units = documents
    items = [item for unit in units for item in unit.root["clauses"]]
    if len(items) != len(pieces.units) or any(path == ("clauses",) for path, _line_of in head.twice):
        return None
    below = pieces.close - pieces.opening - 1  # lines of the list, which the head lacks
    whole = Document(root=dict(head.root) | {"clauses": items})
    whole.lines = {path: line + (below if line > pieces.opening + 1 else 0) for path, line in head.lines.items()}
    whole.twice = [(path, line + (below if line > pieces.opening + 1 else 0)) for path, line in head.twice]
    for at, unit in enumerate(units):
        shift = pieces.units[at][0] - 1
        whole.lines.update((_moved(path, at), line + shift) for path, line in unit.lines.items() if len(path) > 1)
        whole.twice += [(_moved(path, at), line + shift) for path, line in unit.twice]
    return whole


def _moved(path: Path, at: int) -> Path:
    return (path[0], at, *path[2:])


@lru_cache(maxsize=8192)
def _piece(text: str) -> _Read:
    return _whole(text, "")


def _whole(text: str, name: str) -> _Read:
    builder = _Builder(name)
    events = YAML(typ="safe", pure=True).parse(text)
    try:
        return _Read(builder.build(events), builder.nodes)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _invalid(name, mark.line + 1 if mark else 0, _syntax(error, text, mark)) from None
    except ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        raise _invalid(name, before.count("\n") + 1, _sign(error.character)) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise _invalid(name, 0, (_no_yaml(error), _YAML, UNSAID)) from None


def _decoded(text: str | bytes, name: str) -> str:
    if len(text) > LARGEST:
        refuse_too_many(text, name)
        what = Text(f"文本有 {len(text)} 个字符", f"the text has {len(text)} characters")
        raise _invalid(name, 0, (what, Text(f"最多 {LARGEST} 个", f"at most {LARGEST}"), DIVIDE))
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _invalid(name, text.count(b"\n", 0, error.start) + 1, _ENCODING) from None


def _syntax(error: MarkedYAMLError, text: str, mark: Any) -> Told:
    """What, expected, mend of a syntax error."""
    lines = text.splitlines()
    wrong = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in wrong[: mark.column + 1 if mark else None]:
        return _TAB
    return _no_yaml(error), _YAML, _NEIGHBOURS


def _sign(sign: str | int) -> Told:
    """A sign that no text may have; such come from damaged files and from other programs."""
    number = ord(sign) if isinstance(sign, str) else sign
    what = Text(f"文本中有控制字符 U+{number:04X}", f"a control character U+{number:04X} in the text")
    return what, Text("文字", "words"), Text("删去该字符", "take it out")


def _no_yaml(error: Exception) -> Text:
    """With the parser's own words, which are English."""
    message = error.problem if isinstance(error, MarkedYAMLError) and error.problem else str(error)
    first = message.splitlines()[0][:120] if message else type(error).__name__
    return Text(f"文本不是 YAML：{first}", f"the text is no YAML: {first}")


def _invalid(name: str, line: int, told: Told) -> PlanInvalid:
    return PlanInvalid((Problem.told(name, line, "", told),))


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
                    raise self._refused(event, _SECOND)
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
            raise self._refused(event, _MANY)
        if len(path) > DEEPEST:
            raise self._refused(event, _DEEP)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(event, _ALIAS)
        if _has_tag(event):
            raise self._refused(event, _TAG)

    def _mapping(self, events: Iterator[Event], path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                raise self._refused(event, _KEY)
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

    def _refused(self, event: Event, told: Told) -> PlanInvalid:
        return _invalid(self.name, _line(event), told)


def _scalar(event: ScalarEvent) -> str | None:
    """The text; None for a plain blank, `~` or `null`."""
    plain = event.style is None or event.style == ""
    return None if plain and event.value in ("", "~", "null") else str(event.value)


def _has_tag(event: Event) -> bool:
    tag = getattr(event, "tag", None)
    return tag is not None and str(tag) not in ("", "None")


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1
