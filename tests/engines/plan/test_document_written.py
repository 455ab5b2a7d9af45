"""Plans as files of Word and PDF that are unlike what people write: made to do harm, or very long."""

from __future__ import annotations

import io
import time
from dataclasses import replace

import docx
from pypdf import PdfReader

from muster.engines.documents import BOTH, CHINESE
from muster.engines.plan import Text
from muster.engines.plan.document import RELEASED, Standing, card_sheets, plan_document
from muster.kernel.documents.pdf import pages_of, pdf_of, sheets_pdf_of
from muster.kernel.documents.word import docx_of
from tests.engines.plan.faults import shipped

HARM = "<&]]>#{panic()}*强*$x$\\ {0} %s"


def test_texts_that_were_made_to_do_harm_are_printed_as_they_are() -> None:
    said = Text(HARM + "\u202e😀" + "长" * 300, HARM + "x" * 400)
    plan = replace(
        shipped(), title=said, clauses=tuple(replace(one, title=said, ends=said) for one in shipped().clauses[:9])
    )
    found = plan_document(plan, language=BOTH, standing=Standing(RELEASED), units={})
    whole = "".join(
        page.extract_text().replace("\n", "") for page in PdfReader(io.BytesIO(pdf_of(found))).pages
    ).replace(" ", "")
    assert whole.count(HARM.replace(" ", "")) >= 18
    word = docx.Document(io.BytesIO(docx_of(found, pages_of(found))))
    assert sum(HARM in one.text for one in word.paragraphs if one.style.name == "Heading 2") == 9
    assert "\u202e" not in word.element.xml


def test_a_plan_of_a_thousand_clauses_is_written_whole() -> None:
    first = shipped().clauses
    clauses = tuple(replace(first[n % len(first)], id=f"X{n:04}") for n in range(1000))
    started = time.monotonic()
    found = plan_document(replace(shipped(), clauses=clauses), language=CHINESE, standing=Standing(RELEASED), units={})
    content = docx_of(found, pages_of(found))
    assert time.monotonic() - started < 30
    word = docx.Document(io.BytesIO(content))
    assert sum("X" in one.text for one in word.paragraphs if one.style.name == "Heading 2") == 1000
    contents = [one.text for one in word.paragraphs if one.style.name == "toc 2"]
    assert len(contents) > 1000
    assert all(line.rpartition("\t")[2].isdecimal() for line in contents)


def test_a_card_stays_on_one_page_and_is_printed_smaller_for_it() -> None:
    sheets = card_sheets(shipped(), language=BOTH, standing=Standing(RELEASED), units={})
    pages = PdfReader(io.BytesIO(sheets_pdf_of(sheets))).pages
    assert len(pages) == len(sheets.sheets)
    assert all(page.mediabox.width > page.mediabox.height for page in pages)


def test_a_card_that_no_size_fits_runs_on_with_its_head_again() -> None:
    chief = next(one.actor for one in shipped().clauses)
    many = tuple(replace(one, actor=chief, after=()) for one in shipped().clauses)
    sheets = card_sheets(replace(shipped(), clauses=many), language=BOTH, standing=Standing(RELEASED), units={})
    longest = max(sheets.sheets, key=lambda sheet: len(sheet.table.rows))
    first = replace(sheets, sheets=(longest,))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(sheets_pdf_of(first))).pages]
    assert len(pages) > 1
    assert all("What is owed" in page for page in pages)
