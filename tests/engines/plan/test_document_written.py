"""Plans as files of Word and PDF that are unlike what people write: made to do harm, or very long."""

from __future__ import annotations

import io
import time
from dataclasses import replace

import docx
from pypdf import PdfReader

from muster.engines.documents import BOTH, CHINESE
from muster.engines.plan import Text
from muster.engines.plan.document import RELEASED, Standing, plan_document
from muster.kernel.documents.pdf import pages_of, pdf_of
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
