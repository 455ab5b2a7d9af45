"""A Word plan becomes draft clauses: its headings, lists and tables, and nothing that could do harm."""

from __future__ import annotations

import zipfile
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from muster.engines.plan.editing import clauses_of
from muster.kernel.access.roles import PLANS_OFFICER
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.refusals import WordRefused
from muster.preparedness.plans.studio.opening import frame
from muster.preparedness.plans.studio.word import clauses_in_word, with_clauses
from tests.kernel.organisation.browser import reader
from tests.preparedness.plans.conftest import officer

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(words: str, style: str = "", level: int | None = None, extra: str = "") -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{extra}<w:r><w:t>{words}</w:t></w:r></w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def document(*blocks: str, head: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document {W}><w:body>{"".join(blocks)}</w:body></w:document>'
    )
    styles = (
        f'<?xml version="1.0"?><w:styles {W}><w:style w:styleId="Heading1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
        '</w:style><w:style w:styleId="2"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>'
    )
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
        archive.writestr("word/styles.xml", styles)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return kept.getvalue()


def test_chinese_numbers_make_clauses_with_the_headings_above_as_annex() -> None:
    found = clauses_in_word(
        document(
            paragraph("S市公安局应急预案"),
            paragraph("一、组织指挥"),
            paragraph("（一）启动"),
            paragraph("1. 值班长一小时内到位。同时开始记录行动日志。"),
            paragraph("日志由专人保管。"),
            paragraph("2、通知各单位"),
            paragraph("（二）报告"),
            paragraph("每日八时前报送。"),
            paragraph("二、保障"),
        ),
        "plan.docx",
    )
    assert [one["title"]["zh"] for one in found] == ["值班长一小时内到位", "通知各单位", "报告", "保障"]
    assert found[0]["text"]["zh"] == "值班长一小时内到位。同时开始记录行动日志。 日志由专人保管。"
    assert found[0]["annex"] == "组织指挥 / 启动"
    assert found[2] == {"title": {"zh": "报告"}, "text": {"zh": "每日八时前报送。"}, "annex": "组织指挥"}
    assert "text" not in found[1]


def test_headings_by_style_lists_by_word_and_tables_are_taken_too() -> None:
    found = clauses_in_word(
        document(
            paragraph("Response", "Heading1"),
            paragraph("Checkpoints", "2"),
            paragraph("Guard the motorway exits", level=0),
            paragraph("Three officers a shift", level=1),
            table(("No.", "Task", "Who"), ("1", "Count the stock", "Logistics"), ("2", "Call the liaison", "Office")),
        ),
        "plan.docx",
    )
    titles = [one["title"]["en"] for one in found]
    assert titles == ["Three officers a shift", "Count the stock", "Call the liaison"]
    assert found[0]["annex"] == "Response / Checkpoints / Guard the motorway exits"
    assert found[1]["text"] == {"zh": "Who：Logistics"} or found[1]["text"] == {"en": "Who：Logistics"}


def test_what_was_struck_out_or_hidden_stays_out() -> None:
    gone = "<w:del><w:r><w:delText>secret</w:delText></w:r></w:del>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    found = clauses_in_word(document(paragraph("1. 通知各单位", extra=gone + hidden)), "plan.docx")
    assert found == [{"title": {"zh": "通知各单位"}}]


ENTITY = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
HARMFUL = {
    "entity": document(paragraph("1. &x;"), head=ENTITY),
    "no document": b"PK\x03\x04 not a zip",
    "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "text": "一、组织".encode(),
    "nothing": document(paragraph("just words")),
    "bomb": document(paragraph("1. x"), parts={"word/media/a.bin": b"\x00" * 60_000_000}),
    "outside": document(paragraph("1. x"), parts={"../outside.xml": b"<a/>"}),
    "half": document(paragraph("1. x"))[:-40],
    "broken": document("<w:p>"),
    "empty": b"",
}


@pytest.mark.parametrize("content", HARMFUL.values(), ids=HARMFUL)
def test_what_is_no_document_or_would_do_harm_is_refused(content: bytes) -> None:
    with pytest.raises(WordRefused):
        clauses_in_word(content, "plan.docx")


def test_ids_are_free_ones_and_each_clause_says_what_is_missing() -> None:
    once = with_clauses(frame("S-NEW", "新", ""), [{"title": {"zh": "甲"}}])
    twice = with_clauses(once, [{"title": {"zh": "乙"}}])
    assert [key for key, _said in clauses_of(twice)] == ["W001", "W002"]


@pytest.mark.django_db
def test_a_document_comes_into_a_draft_and_the_checks_ask_for_the_rest() -> None:
    with translation.override("en"):
        draft = services.draft_open(by=officer(), code="S-NEW", text=frame("S-NEW", "新", ""))
        content = document(paragraph("一、启动"), paragraph("1. 通知各单位"), paragraph("2. 核对电话"))
        client = reader(PLANS_OFFICER)
        sent = {"base_revision": 1, "command_id": str(uuid4()), "file": SimpleUploadedFile("p.docx", content)}
        assert client.post(f"/plans/studio/{draft.pk}/word/", sent).status_code == 302
        kept = queries.draft(draft.pk)
        assert kept is not None
        assert [key for key, _said in clauses_of(kept.text)] == ["W001", "W002"]
        sheet = client.get(f"/plans/studio/{draft.pk}/").context["sheet"]
        assert {problem.what for problem in sheet.cards[0].problems} == {"`action` is missing", "`due` is missing"}
        wrong = sent | {"command_id": str(uuid4()), "file": SimpleUploadedFile("p.docx", b"PK")}
        refused = client.post(f"/plans/studio/{draft.pk}/word/", wrong)
        assert refused.status_code == 422
