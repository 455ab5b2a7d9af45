"""The styles of an official document in Word, in points and lines of GB/T 9704-2012."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from muster.engines.documents import ENGLISH
from muster.kernel.documents.word.xml import Element, Value, w

TEXT_WIDTH: Final = 8844  # 156 mm in twentieths of a point
TITLE, BODY, HEAD, SECOND = "方正小标宋简体", "仿宋", "黑体", "楷体"
_LATIN: Final = "Times New Roman"
RED, BLACK = "D40000", "000000"


@dataclass(frozen=True, slots=True)
class Look:
    """How a style looks: `size` in points; `line` its height, 0 for that of the face; `level` in the outline from 1."""

    name: str
    size: float
    face: str = BODY
    line: float = 0
    before: float = 0
    after: float = 0
    align: str = "left"
    indent: bool = False
    left: float = 0
    bold: bool = False
    colour: str = BLACK
    keep: bool = False
    new_page: bool = False
    level: int = 0
    tight: bool = False  # 28 signs on a line of 156 mm


def looks(language: str, issued: bool) -> dict[str, Look]:
    """Every paragraph style by its id."""
    english = language == ENGLISH
    size, line = (11.5, 19.0) if english else (16.0, 28.95)
    small, cell = (10.0, 9.0) if english else (12.0, 10.5)
    ink = RED if issued else BLACK
    return {
        "Normal": Look("Normal", size, line=line, align="both", indent=not english, tight=not english),
        "Heading1": Look("Heading 1", size, HEAD, line=line, keep=True, indent=not english, level=1, bold=english),
        "Heading2": Look("Heading 2", size, SECOND, line=line, keep=True, indent=not english, level=2, bold=english),
        "Heading3": Look("Heading 3", size, line=line, keep=True, indent=not english, level=3, bold=True),
        "Issuer": Look("Issuer", 30 if english else 40, TITLE, before=60, align="center", colour=ink, bold=english),
        "Reference": Look("Reference", size, before=30, after=8, align="center"),
        "Title": Look("Title", 18 if english else 22, TITLE, before=38, after=20, align="center", bold=english),
        "Fact": Look("Fact", small),
        "Cell": Look("Cell", cell),
        "CellHead": Look("Cell Head", cell, HEAD, align="center", bold=english),
        "Gap": Look("Gap", 6, line=10),
        "Beside": Look("Beside", 10.5, left=0 if english else 32, after=8, align="both"),
        "Annex": Look("Annex", size, HEAD, new_page=True, after=14, keep=True),
        "AnnexTitle": Look(
            "Annex Title", 16 if english else 22, TITLE, after=18, align="center", level=1, keep=True, bold=english
        ),
        "ContentsTitle": Look(
            "Contents Title", 16 if english else 22, TITLE, after=18, align="center", new_page=True, bold=english
        ),
        "TOC1": Look("toc 1", 11 if english else 14, HEAD, before=6, bold=english),
        "TOC2": Look("toc 2", 10 if english else 12, left=18, before=2),
        "PageNumber": Look("Page Number Line", 14),
        "Version": Look("Version Line", 7.5, align="center", before=3),
        "Closing": Look("Closing", 10 if english else 14, before=2, after=2),
    }


def define_styles(word: WordDocument, language: str, issued: bool) -> None:
    """Give every style its look, and the document its languages."""
    for style_id, look in looks(language, issued).items():
        _define(word, style_id, look)
    for style_id, size, face in (("Beneath", 9.5, BODY), ("Label", 0, HEAD)):
        made = word.styles.add_style(style_id, WD_STYLE_TYPE.CHARACTER).element
        made.append(w("rPr", *_face(face), *_size(size)))


def _define(word: WordDocument, style_id: str, look: Look) -> None:
    known = {style.style_id: style for style in word.styles}
    style = known.get(style_id) or word.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    made = style.element
    made.set(qn("w:styleId"), style_id)
    for old in made.findall(qn("w:pPr")) + made.findall(qn("w:rPr")):
        made.remove(old)
    made.append(w("pPr", *_paragraph(look)))
    made.append(w("rPr", *_letters(look)))


def _paragraph(look: Look) -> list[Element]:
    """In the order of the schema."""
    found = [w("keepNext")] if look.keep else []
    found += [w("pageBreakBefore")] if look.new_page else []
    if look.name.startswith("toc"):
        found.append(w("tabs", w("tab", val="right", leader="dot", pos=TEXT_WIDTH)))
    exact: dict[str, Value] = (
        {"line": round(look.line * 20), "lineRule": "exact"} if look.line else {"line": 240, "lineRule": "auto"}
    )
    found.append(w("spacing", before=round(look.before * 20), after=round(look.after * 20), **exact))
    first: dict[str, Value] = (
        {"firstLineChars": 200, "firstLine": round(look.size * 40)} if look.indent else {"firstLine": 0}
    )
    found += [w("ind", left=round(look.left * 20), **first), w("jc", val=look.align)]
    return found + ([w("outlineLvl", val=look.level - 1)] if look.level else [])


def _letters(look: Look) -> list[Element]:
    found = _face(look.face)
    if look.bold:
        found.append(w("b"))
    found.append(w("color", val=look.colour))
    if look.tight:
        found.append(w("spacing", val=-4))
    return [*found, *_size(look.size), w("lang", val="en-GB", eastAsia="zh-CN")]


def _face(face: str) -> list[Element]:
    return [w("rFonts", ascii=_LATIN, hAnsi=_LATIN, eastAsia=face, cs=_LATIN)]


def _size(points: float) -> list[Element]:
    return [w("sz", val=round(points * 2)), w("szCs", val=round(points * 2))] if points else []
