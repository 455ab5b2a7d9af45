"""Blocks as paragraphs and tables of Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final

from docx.oxml.ns import qn

from muster.engines.documents import Block, Facts, Heading, Paragraph, Table, Words
from muster.kernel.documents.word.styles import TEXT_WIDTH
from muster.kernel.documents.word.xml import Element, field, instruction, mark, paragraph, run, said, w

_LABEL, _INDENT, _PADDING = 1800, 640, 80  # twentieths of a point
_LONG: Final = 1000  # signs in a row
_DEPTH: Final = 2  # of the contents
_EDGES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


def written(blocks: Sequence[Block]) -> Iterator[Element]:
    """The blocks in their order; headings have the bookmarks of the contents."""
    numbers = count(1)
    for block in blocks:
        if isinstance(block, Heading):
            yield from _heading(block, next(numbers))
        elif isinstance(block, Paragraph):
            yield paragraph("Normal", run(block.words.main))
            if block.words.beneath:
                yield paragraph("Beside", run(block.words.beneath))
        else:
            yield _facts(block) if isinstance(block, Facts) else _table(block)
            yield paragraph("Gap")  # Word joins two tables that nothing divides


def contents(blocks: Sequence[Block], pages: Sequence[int]) -> list[Element]:
    """The contents as a field of Word with a line for each heading of the first two levels.

    `pages` has the page of every heading in `blocks`, as they are known before Word has set the pages itself.
    """
    headings = [block for block in blocks if isinstance(block, Heading)]
    places = enumerate(zip(headings, pages, strict=True), 1)
    lines = [_line(one, number, page) for number, (one, page) in places if one.level <= _DEPTH]
    if not lines:
        return []
    opening = [mark("begin"), instruction(f'TOC \\o "1-{_DEPTH}" \\h \\z \\u'), mark("separate")]
    for place, part in enumerate(opening, 1):
        lines[0].insert(place, part)
    lines[-1].append(mark("end"))
    return lines


def _line(heading: Heading, number: int, page: int) -> Element:
    link = w("hyperlink", *said(heading.words), w("r", w("tab")), *field(f"PAGEREF {_bookmark(number)} \\h", str(page)))
    for name, value in (("anchor", _bookmark(number)), ("history", "1")):
        link.set(f"{{{link.nsmap['w']}}}{name}", value)
    return paragraph(f"TOC{heading.level}", link)


def _heading(heading: Heading, number: int) -> Iterator[Element]:
    style = f"Heading{heading.level}"
    if heading.annex is not None:
        yield paragraph("Annex", *said(heading.annex))
        style = "AnnexTitle"
    opened = w("bookmarkStart", id=number, name=_bookmark(number))
    made = paragraph(style, opened, *said(heading.words), w("bookmarkEnd", id=number))
    if heading.words.beneath:
        made.pPr.append(w("spacing", line=240, lineRule="auto"))
    yield made


def _bookmark(number: int) -> str:
    return f"_Toc{number:08}"


def _facts(facts: Facts) -> Element:
    made = _ruled([_LABEL, TEXT_WIDTH - _LABEL - _INDENT], border="none", left=_INDENT)
    for name, words in facts.rows:
        made.append(_row([paragraph("Fact", *said(name, "Label")), paragraph("Fact", *said(words))], _whole(words)))
    return made


def _table(table: Table) -> Element:
    whole = sum(table.widths)
    made = _ruled([TEXT_WIDTH * share // whole for share in table.widths], border="single")
    head = [paragraph("CellHead", *said(words)) for words in table.head]
    made.append(_row(head, [w("cantSplit"), w("tblHeader")]))
    for row in table.rows:
        made.append(_row([paragraph("Cell", *said(words)) for words in row], _whole(*row)))
    return made


def _ruled(widths: list[int], *, border: str, left: int = _PADDING) -> Element:
    """A table without rows."""
    edges = w("tblBorders", *(w(edge, val=border, sz=4, space=0, color="000000") for edge in _EDGES))
    margins = w(
        "tblCellMar", w("top", w=40, type="dxa"), w("left", w=_PADDING, type="dxa"), w("bottom", w=40, type="dxa")
    )
    width, place = w("tblW", w=sum(widths), type="dxa"), w("tblInd", w=left, type="dxa")
    form = w("tblPr", width, place, edges, w("tblLayout", type="fixed"), margins)
    return w("tbl", form, w("tblGrid", *(w("gridCol", w=width) for width in widths)))


def _row(cells: list[Element], form: list[Element]) -> Element:
    made = w("tr", *([w("trPr", *form)] if form else []))
    for cell in cells:
        made.append(w("tc", w("tcPr", w("vAlign", val="center")), cell))
    return made


def _whole(*row: Words) -> list[Element]:
    """A row stays on one page, unless it is longer than a page may be."""
    return [w("cantSplit")] if sum(len(one.main) + len(one.beneath) for one in row) < _LONG else []


def last_frame(left: Words, right: Words) -> Element:
    """Who issued it and when, between two lines (GB/T 9704-2012, 7.4)."""
    cells = [paragraph("Closing", *said(left)), paragraph("Closing", *said(right))]
    cells[1].pPr.append(w("jc", val="right"))
    made = _ruled([TEXT_WIDTH // 2, TEXT_WIDTH - TEXT_WIDTH // 2], border="none")
    made.append(_row(cells, [w("cantSplit")]))
    edges = made.tblPr.find(qn("w:tblBorders"))
    for name in ("top", "bottom"):
        edge = edges.find(qn(f"w:{name}"))
        edge.set(qn("w:val"), "single")
        edge.set(qn("w:sz"), "8")
    return made
