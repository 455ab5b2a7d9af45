"""The Word file as a whole."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from muster.engines.documents import ENGLISH, Document
from muster.kernel.documents.word.pages import set_pages
from muster.kernel.documents.word.styles import RED, define_styles
from muster.kernel.documents.word.writing import contents, last_frame, written
from muster.kernel.documents.word.xml import Element, paragraph, run, w

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # of ZIP
_LONGEST: Final = 255  # signs of a property


def docx_of(document: Document, pages: Sequence[int]) -> bytes:
    """The document as Word; the same document and pages give the same bytes.

    `pages` has the page of each heading of the body, as `pdf.pages_of` finds them.
    """
    word = docx.Document()
    define_styles(word, document.language, document.issued)
    set_pages(word, document)
    _say_what_it_is(word, document)
    _update_fields(word)
    body = word.element.body
    end = body.sectPr
    for one in _everything(document, pages):
        end.addprevious(one)
    return _same_bytes(word)


def _everything(document: Document, pages: Sequence[int]) -> list[Element]:
    found = [*_first_page(document), *written(document.cover)]
    found.append(paragraph("ContentsTitle", run(document.contents.main), *_smaller(document.contents.beneath)))
    found += contents(document.body, pages)
    body = list(written(document.body))
    if body and body[0].pPr is not None:
        body[0].pPr.insert(1, w("pageBreakBefore"))
    closing = [last_frame(*document.closing), paragraph("Gap")] if document.closing else []
    return [*found, *body, *closing]


def _first_page(document: Document) -> list[Element]:
    issuer = paragraph("Issuer", run(document.issuer.main), *_smaller(document.issuer.beneath))
    reference = paragraph("Reference", run(document.reference.main), *_smaller(document.reference.beneath))
    colour = RED if document.issued else "000000"
    reference.pPr.append(w("pBdr", w("bottom", val="single", sz=12, space=8, color=colour)))
    return [issuer, reference, paragraph("Title", run(document.title.main), *_smaller(document.title.beneath))]


def _smaller(text: str) -> list[Element]:
    return [w("r", w("br")), run(text, "Beneath")] if text else []


def _say_what_it_is(word: WordDocument, document: Document) -> None:
    """Properties of the file, none of them from a clock or the library's own template."""
    facts = word.core_properties
    facts.title, facts.author = document.title.main[:_LONGEST], document.issuer.main[:_LONGEST]
    facts.subject, facts.identifier = document.reference.main[:_LONGEST], document.identifier
    facts.comments, facts.keywords, facts.last_modified_by = "", document.identifier, ""
    facts.language = "en-GB" if document.language == ENGLISH else "zh-CN"
    facts.created = facts.modified = (document.dated or datetime(1980, 1, 1, tzinfo=UTC)).astimezone(UTC)
    facts.revision = 1


def _update_fields(word: WordDocument) -> None:
    """Word asks when the file is opened, and numbers the contents by its own pages."""
    settings = word.settings.element
    settings.find(qn("w:compat")).addprevious(w("updateFields", val="true"))


def _same_bytes(word: WordDocument) -> bytes:
    """The package with the times of its entries taken out, and in order of name but for what must be first."""
    saved, out = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            target.writestr(zipfile.ZipInfo(name, _EARLIEST), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
