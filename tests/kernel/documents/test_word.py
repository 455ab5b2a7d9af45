"""Official documents as Word: opened again with the library, they have what they were given."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Mm

from muster.engines.documents import BOTH, ENGLISH, Document, Heading, Words
from muster.kernel.documents.word import docx_of
from tests.kernel.documents.samples import HOSTILE, document, hostile

PAGES = [3, 3, 4]
AGAIN = """
import hashlib
from tests.kernel.documents.samples import document
from muster.kernel.documents.word import docx_of
print(hashlib.sha256(docx_of(document(), [3, 3, 4])).hexdigest())
"""


def opened(found: Document, pages: list[int] | None = None) -> Any:
    return docx.Document(io.BytesIO(docx_of(found, pages or PAGES)))


def in_style(word: Any, *names: str) -> list[str]:
    return [one.text for one in word.paragraphs if one.style.name in names]


def test_headings_paragraphs_and_tables_are_those_of_the_blocks() -> None:
    word = opened(document())
    assert in_style(word, "Heading 1") == ["一、总则"]
    assert in_style(word, "Heading 2") == ["（一）强化值班值守（C01）"]
    assert in_style(word, "Annex", "Annex Title") == ["附件1", "物资需求表"]
    assert "值班长接到预警后一小时内到岗。" in in_style(word, "Normal")
    table = next(one for one in word.tables if one.cell(0, 0).text == "物资")
    assert [cell.text for row in table.rows for cell in row.cells] == ["物资", "数量", "口罩", "14", "手套", "7"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_pages_have_the_margins_and_faces_of_the_standard() -> None:
    word = opened(document())
    section = word.sections[0]
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(edge / Mm(1)) for edge in edges] == [37, 35, 28, 26]
    faces = {
        name: word.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Heading 1", "Heading 2", "Title")
    }
    assert faces == {"Normal": "仿宋", "Heading 1": "黑体", "Heading 2": "楷体", "Title": "方正小标宋简体"}
    assert word.styles["Normal"].font.size.pt == 16
    assert word.styles["Title"].font.size.pt == 22


def test_odd_and_even_pages_have_number_version_and_hash_at_their_foot() -> None:
    found = document()
    section = opened(found).sections[0]
    for footer in (section.footer, section.even_page_footer):
        number, version = footer.paragraphs
        assert "PAGE" in number._p.xpath("string(.//w:instrText)")
        assert number.text == "— 1 —"
        assert version.text == found.footer


def test_the_contents_are_a_field_with_a_line_for_each_heading_and_its_page() -> None:
    word = opened(document())
    assert in_style(word, "toc 1", "toc 2") == ["一、总则\t3", "（一）强化值班值守（C01）\t3", "物资需求表\t4"]
    codes = word.element.body.xpath("string(.//w:instrText)")
    assert codes.strip().startswith("TOC")
    assert word.settings.element.find(qn("w:updateFields")) is not None
    marks = {one.get(qn("w:name")) for one in word.element.body.iter(qn("w:bookmarkStart"))}
    assert {one.get(qn("w:anchor")) for one in word.element.body.iter(qn("w:hyperlink"))} == marks


def test_only_what_is_not_in_force_has_a_mark_and_only_what_was_issued_is_red() -> None:
    plain = opened(document())
    marked = opened(document(mark=Words("草案 未发布"), issued=False))
    assert "textpath" not in plain.sections[0].header._element.xml
    for header in (marked.sections[0].header, marked.sections[0].even_page_header):
        assert 'string="草案 未发布"' in header._element.xml
    assert str(plain.styles["Issuer"].font.color.rgb) == "D40000"
    assert str(marked.styles["Issuer"].font.color.rgb) == "000000"


def test_the_file_says_what_it_is_and_nothing_of_when_it_was_written() -> None:
    found = document()
    facts = opened(found).core_properties
    assert (facts.title, facts.author, facts.identifier) == ("应急预案", "S市公安局", found.identifier)
    assert facts.created == facts.modified == found.dated
    with zipfile.ZipFile(io.BytesIO(docx_of(found, PAGES))) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_document_gives_the_same_bytes_in_another_process_too() -> None:
    import hashlib

    done = subprocess.run([sys.executable, "-c", AGAIN], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == hashlib.sha256(docx_of(document(), PAGES)).hexdigest()


def test_words_of_both_languages_stand_beneath_one_another() -> None:
    word = opened(document(language=BOTH, body=(Heading(1, Words("一、总则", "1. General")),)), [3])
    assert in_style(word, "Heading 1") == ["一、总则\n1. General"]


def test_english_has_a_size_of_its_own() -> None:
    assert opened(document(language=ENGLISH)).styles["Normal"].font.size.pt == 11.5


def test_what_was_made_to_do_harm_is_written_as_text() -> None:
    found = hostile()
    count = sum(isinstance(block, Heading) for block in found.body)
    word = opened(found, [3] * count)
    assert HOSTILE in in_style(word, "Heading 2")
    assert "应急😀🚨预案" in in_style(word, "Normal")
    assert HOSTILE in {table.cell(0, 0).text for table in word.tables}
