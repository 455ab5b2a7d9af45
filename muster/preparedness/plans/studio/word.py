"""A Word plan's headings, numbered lists and tables as draft clauses; what it does not say is left open.

Only words are taken: no picture, field, macro or link of the file is looked at, and what was struck out or hidden in it
stays out. The container is checked before anything is parsed, as every workbook is.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from muster.engines.plan.editing import clauses_added, clauses_of
from muster.kernel.tables.container import check_container
from muster.kernel.tables.errors import TableRefused
from muster.kernel.tables.types import MIB, Limits
from muster.preparedness.plans.refusals import WordRefused

Values = dict[str, Any]
LIMITS: Final = Limits(file_bytes=10 * MIB, unpacked_bytes=40 * MIB, entries=2000)
MOST: Final = 1000  # clauses out of one document
BLOCKS: Final = 20_000  # paragraphs and rows that are looked at
TITLE, TEXT, ANNEX = 60, 4000, 200  # characters
_DOCUMENT: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHINESE: Final = "一二三四五六七八九十百零〇"
# How documents of Chinese offices are numbered, from the outside in (GB/T 9704: 一、（一）1.（1）).
_NUMBERS: Final = (
    (re.compile(rf"第[{_CHINESE}\d]{{1,6}}[编章]\s*"), 0),
    (re.compile(rf"第[{_CHINESE}\d]{{1,6}}[节条]\s*"), 2),
    (re.compile(rf"[{_CHINESE}]{{1,4}}[、.．]\s*"), 1),
    (re.compile(rf"[（(][{_CHINESE}]{{1,4}}[）)]\s*"), 2),
    (re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}[、.．]?\s+"), 3),
    (re.compile(r"\d{1,3}\s*[、.．)）]\s*(?!\d)"), 3),
    (re.compile(r"[（(]\d{1,3}[）)]\s*"), 4),
    (re.compile(r"[①-⑳]\s*"), 5),
)
_LIST: Final = 3  # the depth of the first level of a list that Word itself numbers
_SENTENCE: Final = re.compile(r"[。；;：:]|\.(?=\s|$)")


@dataclass(slots=True)
class Entry:
    """A heading or numbered paragraph with the words below it; `depth` None for plain words."""

    depth: int
    words: str
    below: list[str] = field(default_factory=list)
    annex: str = ""
    holds: bool = False  # others stand under it


def clauses_in_word(content: bytes, name: str) -> list[Values]:
    """Draft clauses of a .docx: title, text and annex. Raises WordRefused for what is none or was made to do harm."""
    try:
        if len(content) > LIMITS.file_bytes:
            raise TableRefused("file_too_large", name, limit=LIMITS.file_bytes // MIB)
        check_container(content, name, LIMITS, main=_DOCUMENT)
        with zipfile.ZipFile(BytesIO(content)) as archive:
            body = fromstring(archive.read(_DOCUMENT), forbid_dtd=True)
            styles = _depths(archive)
    except TableRefused as refused:
        raise WordRefused(name, refused.code) from refused
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, KeyError, ValueError, OSError) as broken:
        raise WordRefused(name, "workbook_broken") from broken
    entries = _entries(body, styles)
    found = [_clause(entry) for entry in entries if not entry.holds or entry.below]
    if not found:
        raise WordRefused(name, "empty")
    return found[:MOST]


def with_clauses(text: str, clauses: list[Values]) -> str:
    """The text with these clauses behind its own, under ids that are free (W001, W002 and so on)."""
    taken = {key for key, _said in clauses_of(text)}
    free = (name for number in count(1) if (name := f"W{number:03d}") not in taken)
    return clauses_added(text, [{"id": name} | values for name, values in zip(free, clauses, strict=False)])


def _depths(archive: zipfile.ZipFile) -> dict[str, int]:
    """The depth of each style that is a heading, by its id."""
    if _STYLES not in archive.namelist():
        return {}
    found: dict[str, int] = {}
    for style in fromstring(archive.read(_STYLES), forbid_dtd=True).iter(f"{_W}style"):
        level = style.find(f"{_W}pPr/{_W}outlineLvl")
        if level is not None and (level.get(f"{_W}val") or "").isdecimal():
            found[style.get(f"{_W}styleId") or ""] = int(level.get(f"{_W}val") or 0)
    return found


def _entries(body: Element, styles: dict[str, int]) -> list[Entry]:
    entries: list[Entry] = []
    above: list[Entry] = []
    for number, (depth, words) in enumerate(_blocks(body, styles)):
        if number > BLOCKS:
            break
        if depth is None:
            if entries:
                entries[-1].below.append(words)
            continue
        above = [one for one in above if one.depth < depth]
        for one in above:
            one.holds = True
        entry = Entry(depth, words, annex=" / ".join(one.words for one in above))
        entries.append(entry)
        above.append(entry)
    return entries


def _blocks(body: Element, styles: dict[str, int]) -> Iterator[tuple[int | None, str]]:
    """Paragraphs and rows of tables in their order: the depth of each (None for plain words), and its words."""
    for block in _in_order(body):
        if block.tag == f"{_W}tbl":
            yield from _rows(block)
        elif words := _words(block):
            depth, said = _depth(block, words, styles)
            yield depth, said


def _in_order(parent: Element) -> Iterator[Element]:
    pending = [parent]
    while pending:
        node = pending.pop()
        if node.tag in (f"{_W}p", f"{_W}tbl"):
            yield node
        elif node.tag != _FALLBACK:
            pending += reversed(list(node))


def _depth(paragraph: Element, words: str, styles: dict[str, int]) -> tuple[int | None, str]:
    """By the number that stands before it, by its style, by Word's own numbering."""
    for pattern, depth in _NUMBERS:
        if (match := pattern.match(words)) and match.end() < len(words):
            return depth, words[match.end() :]
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    if style is not None and (style.get(f"{_W}val") or "") in styles:
        return styles[style.get(f"{_W}val") or ""], words
    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    if outline is not None and (level := outline.get(f"{_W}val") or "").isdecimal() and int(level) < 9:
        return int(level), words
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
    if numbered is not None and (level := numbered.get(f"{_W}val") or "").isdecimal():
        return _LIST + int(level), words
    return None, words


def _rows(table: Element) -> Iterator[tuple[int | None, str]]:
    """Each row below the first as an entry of its own: its first cell, then the others with their headings."""
    rows = [
        [" ".join(filter(None, map(_words, cell.iter(f"{_W}p")))) for cell in row.iter(f"{_W}tc")]
        for row in table.iter(f"{_W}tr")
    ]
    heads = rows[0] if rows else []
    for row in rows[1:]:
        named = [(heads[at] if at < len(heads) else "", cell) for at, cell in enumerate(row) if cell]
        named = [(head, cell) for head, cell in named if not cell.isdecimal()]  # the number of the row
        if named:
            yield _LIST, named[0][1]
            for head, cell in named[1:]:
                yield None, f"{head}：{cell}" if head else cell


def _words(paragraph: Element) -> str:
    """What a reader sees of a paragraph."""
    parts: list[str] = []
    for run in _runs(paragraph):
        if run.find(f"{_W}rPr/{_W}vanish") is None:
            parts += [_sign(node) for node in run]
    return " ".join("".join(parts).split())


def _runs(paragraph: Element) -> Iterator[Element]:
    pending = [paragraph]
    while pending:
        node = pending.pop()
        if node.tag == f"{_W}r":
            yield node
        elif node.tag not in (f"{_W}del", f"{_W}moveFrom", _FALLBACK):
            pending += reversed(list(node))


def _sign(node: Element) -> str:
    if node.tag == f"{_W}t":
        return node.text or ""
    return " " if node.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr") else ""


def _clause(entry: Entry) -> Values:
    """A short heading is the title; of a long paragraph the first sentence is, and all of it the text."""
    first = _SENTENCE.split(entry.words, maxsplit=1)[0].strip() or entry.words
    title = first if len(first) <= TITLE else first[: TITLE - 1] + "…"
    said = entry.below if title == entry.words.rstrip("。.；;：:") else [entry.words, *entry.below]
    body = " ".join(said)[:TEXT]
    values: Values = {"title": {_language(title): title}}
    if body:
        values["text"] = {_language(body): body}
    if entry.annex:
        values["annex"] = entry.annex[:ANNEX]
    return values


def _language(words: str) -> str:
    return "zh" if re.search(r"[\u3400-\u9fff]", words) else "en"
