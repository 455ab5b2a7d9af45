"""An official document as PDF, set by Typst: embedded subsets of the faces, bookmarks, tags, text that is found.

It is PDF/A-2a and PDF/UA-1, so that it can be archived and read aloud. One whose words have a sign that no face has is
a tagged PDF 1.7 and shows a box there. The same document gives the same bytes: no clock and no face of the machine is
asked.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import Any, Final

import typst

from muster.engines.documents import Block, Document, Facts, Heading, Paragraph, Table
from muster.kernel.documents.fonts import faces, families

_LAYOUT: Final = Path(__file__).with_name("official.typ")
_ARCHIVED: Final[list[typst.PDFStandard]] = ["a-2a", "ua-1"]  # the first of them needs a date
_KINDS: Final = {Heading: "heading", Paragraph: "paragraph", Facts: "facts", Table: "table"}
_NOT_TO_STANDARD: Final = "PDF/"  # how Typst begins to say what keeps a document from a standard


def pdf_of(document: Document) -> bytes:
    """The document as PDF. Raises FontsMissing."""
    return pdf_of_data(_LAYOUT, _data(document), archived=document.dated is not None)


def pages_of(document: Document) -> list[int]:
    """The page of each heading of the body, from 1, in their order. Raises FontsMissing."""
    found = _compiler(_LAYOUT, _data(document)).eval("query(heading).map(it => it.location().page())")
    pages: list[int] = json.loads(found)
    return pages


def pdf_of_data(layout: Path, data: dict[str, Any], *, archived: bool) -> bytes:
    """Any layout with its data; `archived` for PDF/A, whose data must have a date. Raises FontsMissing."""
    compiler = _compiler(layout, data)
    try:
        written = compiler.compile(format="pdf", timestamp=0, pdf_standards=_ARCHIVED if archived else ["ua-1"])
    except typst.TypstError as refused:
        if not refused.message.startswith(_NOT_TO_STANDARD):
            raise
        written = compiler.compile(format="pdf", timestamp=0)
    assert isinstance(written, bytes)
    return written


def _compiler(layout: Path, data: dict[str, Any]) -> typst.Compiler:
    given = data | {"fonts": families()}
    return typst.Compiler(
        layout,
        root=layout.parent,
        font_paths=faces(),
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(given, ensure_ascii=False)},
    )


def _data(document: Document) -> dict[str, Any]:
    dated = document.dated.astimezone(UTC) if document.dated else None
    parts = ("year", "month", "day", "hour", "minute", "second")
    return asdict(document) | {
        "cover": [_block(one) for one in document.cover],
        "body": [_block(one) for one in document.body],
        "dated": {part: getattr(dated, part) for part in parts} if dated else None,
    }


def _block(block: Block) -> dict[str, Any]:
    return {"kind": _KINDS[type(block)]} | asdict(block)
