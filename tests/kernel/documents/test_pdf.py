"""Official documents as PDF: found by their words, embedded faces, bookmarks, the same bytes again."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from muster.engines.documents import BOTH, Document, Words
from muster.kernel.documents import fonts, pdf
from muster.kernel.documents.pdf import pages_of, pdf_of
from tests.kernel.documents.samples import BODY, HOSTILE, document, hostile

AGAIN = """
import hashlib
from tests.kernel.documents.samples import document
from muster.kernel.documents.pdf import pdf_of
print(hashlib.sha256(pdf_of(document())).hexdigest())
"""


def read(found: Document) -> PdfReader:
    return PdfReader(io.BytesIO(pdf_of(found)))


def text_of(reader: PdfReader) -> str:
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "")


def bookmarks(outline: Any) -> Iterator[str]:
    for one in outline:
        if isinstance(one, list):
            yield from bookmarks(one)
        else:
            yield one.title


def test_what_it_says_is_found_in_its_text() -> None:
    said = text_of(read(document()))
    for words in (
        "S市公安局",
        "应急预案",
        "（一）强化值班值守（C01）",
        "值班长接到预警后一小时内到岗。",
        "口罩",
        "附件1",
    ):
        assert words in said


def test_every_page_has_its_number_and_the_hash_at_its_foot() -> None:
    found = document()
    pages = read(found).pages
    for number, page in enumerate(pages, 1):
        said = page.extract_text()
        assert f"— {number} —" in said
        assert found.footer in said.replace("\n", "")
    assert len(pages) == 4  # first page, contents, text, annex


def test_the_contents_name_the_page_on_which_each_heading_stands() -> None:
    found = document()
    pages = read(found).pages
    headings = [block.words.main for block in BODY if hasattr(block, "level")]
    for words, page in zip(headings, pages_of(found), strict=True):
        assert words in pages[page - 1].extract_text()
        line = next(line for line in pages[1].extract_text().splitlines() if words in line)
        assert line.rstrip().endswith(str(page))


def test_it_has_bookmarks_tags_a_language_and_embedded_subsets_of_its_faces() -> None:
    reader = read(document())
    assert list(bookmarks(reader.outline)) == ["一、总则", "（一）强化值班值守（C01）", "附件1　物资需求表"]
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("zh")
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("应急预案", "S市公安局")
    assert "9de1" * 16 in str(reader.metadata["/Keywords"])
    assert b"pdfaid" in reader.root_object["/Metadata"].get_data()
    assert {len(face) for page in reader.pages for face in names(page)} == {2}  # each with the mark of a subset


def names(page: Any) -> list[list[str]]:
    faces = page["/Resources"]["/Font"].values()
    return [str(face.get_object()["/BaseFont"]).split("+") for face in faces]


def test_the_same_document_gives_the_same_bytes_in_another_process_too() -> None:
    import hashlib

    done = subprocess.run([sys.executable, "-c", AGAIN], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == hashlib.sha256(pdf_of(document())).hexdigest()


def test_another_word_gives_other_bytes() -> None:
    assert pdf_of(document()) != pdf_of(replace(document(), footer="S-PHE-01 3.1"))


def test_the_mark_of_what_is_not_in_force_stands_on_every_page() -> None:
    pages = read(document(mark=Words("已废止", "SUPERSEDED"))).pages
    assert all("已废止" in page.extract_text() for page in pages)
    assert not any("已废止" in page.extract_text() for page in read(document()).pages)


def test_words_of_both_languages_stand_beneath_one_another() -> None:
    both = document(language=BOTH, title=Words("应急预案", "Emergency plan"))
    said = read(both).pages[0].extract_text()
    assert said.index("应急预案") < said.index("Emergency plan")


def test_what_was_made_to_do_harm_is_printed_as_it_was_written() -> None:
    reader = read(hostile())
    said = text_of(reader).replace(" ", "")
    assert said.count(HOSTILE.replace(" ", "")) >= 4
    assert "长" * 30 in said
    assert "x" * 500 in said
    assert "\u202e" not in said
    width = reader.pages[0].mediabox.width
    assert all(page.mediabox.width == width for page in reader.pages)


def test_without_its_faces_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(fonts, "INSTALLED", tmp_path)
    with pytest.raises(fonts.FontsMissing, match=r"\./run"):
        pdf_of(document())


def test_a_document_that_takes_too_much_is_refused_and_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_MEMORY", 64 * 1024**2)
    with pytest.raises(pdf.DocumentTooLarge, match="应急预案"):
        pdf_of(document())


def test_faces_of_the_office_come_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("MUSTER_FONTS", str(tmp_path))
    assert fonts.wanted()["folders"][0] == str(tmp_path)
    assert all(names[-1].startswith("Noto") for names in fonts.wanted()["faces"].values())
