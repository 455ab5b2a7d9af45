"""An official document as PDF, set by Typst: embedded subsets of the faces, bookmarks, tags, text that is found.

It is PDF/A-2a and PDF/UA-1, so that it can be archived and read aloud. One whose words have a sign that no face has is
a tagged PDF 1.7 and shows a box there. The same document gives the same bytes: no clock and no face of the machine is
asked.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from muster.engines.documents import Block, Document, Facts, Heading, Paragraph, Sheets, Table
from muster.kernel.documents import fonts
from muster.kernel.errors import DomainError

_HERE: Final = Path(__file__).parent
_OFFICIAL: Final = _HERE / "official.typ"
_SHEETS: Final = _HERE / "sheets.typ"
_SETTING: Final = _HERE / "setting.py"
_SECONDS, _MEMORY = 120, 6 * 1024**3  # of one document; a plan of 2,000 clauses takes about 10 s and 2 GB
_KINDS: Final = {Heading: "heading", Paragraph: "paragraph", Facts: "facts", Table: "table"}


class DocumentTooLarge(DomainError):
    """Setting its pages took more time or memory than a document may take."""

    def __init__(self, title: str) -> None:
        super().__init__(
            what=_("The pages of this document could not be set."),
            where=title[:80],
            expected=_("a document that takes less than two minutes"),
            mend=_("Divide it into several, or shorten its longest texts."),
        )


def pdf_of(document: Document) -> bytes:
    """The document as PDF. Raises FontsMissing, DocumentTooLarge."""
    return _set(_OFFICIAL, document, _data(document))


def pages_of(document: Document) -> list[int]:
    """The page of each heading of the body, from 1, in their order. Raises FontsMissing, DocumentTooLarge."""
    pages: list[int] = json.loads(_set(_OFFICIAL, document, _data(document), pages=True))
    return pages


def sheets_pdf_of(sheets: Sheets) -> bytes:
    """The sheets as PDF, each on a page of its own. Raises FontsMissing, DocumentTooLarge."""
    return _set(_SHEETS, sheets, asdict(sheets) | {"dated": _parts(sheets.dated)})


def _set(layout: Path, document: Document | Sheets, data: dict[str, Any], *, pages: bool = False) -> bytes:
    """In a process of its own: what Typst keeps of a document would stay in one that serves pages for weeks."""
    order = {
        "layout": str(layout),
        "document": data,
        "dated": document.dated is not None,
        "pages": pages,
        "seconds": _SECONDS,
        "memory_bytes": _MEMORY,
        **fonts.wanted(),
    }
    command = [sys.executable, "-I", str(_SETTING)]
    done = subprocess.run(command, input=json.dumps(order).encode(), capture_output=True, check=False)  # noqa: S603
    if done.returncode < 0 or b"memory" in done.stderr.lower():
        raise DocumentTooLarge(document.title.main)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


def _data(document: Document) -> dict[str, Any]:
    return asdict(document) | {
        "cover": [_block(one) for one in document.cover],
        "body": [_block(one) for one in document.body],
        "dated": _parts(document.dated),
    }


def _parts(moment: datetime | None) -> dict[str, int] | None:
    """In UTC, as Typst takes a moment."""
    if moment is None:
        return None
    found = moment.astimezone(UTC)
    return {part: getattr(found, part) for part in ("year", "month", "day", "hour", "minute", "second")}


def _block(block: Block) -> dict[str, Any]:
    return {"kind": _KINDS[type(block)]} | asdict(block)
