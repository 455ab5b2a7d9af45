"""Word and PDF of a plan: what was released is in them, they can be known again, and what is not in force says so."""

from __future__ import annotations

import hashlib
import io
import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from muster.engines.documents import CHINESE, ENGLISH
from muster.engines.plan.cards import role_card, site_kinds
from muster.kernel.access.roles import FIELD_OFFICER, PARTNER_LIAISON
from muster.preparedness.plans import queries
from muster.preparedness.plans.commands import plan as plan_commands
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.official.composing import DOCX, FORMS, PDF, of_draft, of_version, written
from tests.engines.plan.faults import PLANS
from tests.kernel.organisation.browser import reader
from tests.preparedness.plans import office

pytestmark = pytest.mark.django_db
VERSION = "/plans/S-PHE-01/3.0/"


def pages_of(content: bytes) -> list[str]:
    return [page.extract_text().replace("\n", "") for page in PdfReader(io.BytesIO(content)).pages]


def command(*words: str) -> Any:
    return CliRunner().invoke(plan_commands, ["document", *words], standalone_mode=False)


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_a_clause_is_found_by_its_title_in_the_pdf_and_in_word(third: PlanVersion, language: str) -> None:
    found, plan = of_version(third, language), queries.plan_of(third)
    pages = pages_of(written(found, PDF))
    word = docx.Document(io.BytesIO(written(found, DOCX)))
    headings = " ".join(one.text for one in word.paragraphs if one.style.name.startswith("Heading"))
    whole = "".join(pages).replace(" ", "").replace("-", "")
    for clause in plan.clauses:
        title = clause.title.en if language == ENGLISH else clause.title.zh
        assert title.replace(" ", "").replace("-", "") in whole
        assert title in headings
    assert all(f"SHA-256 {plan.hash}" in page for page in pages)
    assert not any("草案 未发布" in page or "已废止" in page for page in pages)
    assert len(pages) < 60


def test_the_same_version_gives_the_same_bytes_and_its_archive_is_to_the_standard(third: PlanVersion) -> None:
    for form in FORMS:
        first = written(of_version(third, CHINESE), form)
        written.cache_clear()
        assert written(of_version(PlanVersion.objects.get(pk=third.pk), CHINESE), form) == first
    metadata = PdfReader(io.BytesIO(written(of_version(third, CHINESE), PDF))).root_object["/Metadata"].get_data()
    assert b"pdfaid" in metadata
    assert b"pdfuaid" in metadata


def test_what_is_no_longer_in_force_says_so_on_every_page(second: PlanVersion, third: PlanVersion) -> None:
    pages = pages_of(written(of_version(second, CHINESE), PDF))
    assert all("已废止" in page for page in pages)
    assert "已由第3.0版替代" in pages[0]
    word = docx.Document(io.BytesIO(written(of_version(second, CHINESE), DOCX)))
    assert "已废止" in word.sections[0].header._element.xml


def test_a_draft_says_on_every_page_that_it_is_none_to_act_upon(db: None) -> None:
    office.build()
    pages = pages_of(written(of_draft(office.approved(), CHINESE), PDF))
    assert all("草案 未发布" in page for page in pages)


def test_page_and_api_give_the_same_files_to_the_bureau_and_none_to_partners(third: PlanVersion) -> None:
    client, liaison = reader(FIELD_OFFICER), reader(PARTNER_LIAISON)
    for form, kind in FORMS.items():
        path = f"{VERSION}document.{form}?language=zh"
        page, program = client.get(path), client.get(f"/api{path}")
        assert page.status_code == program.status_code == 200
        assert page.content == program.content
        assert page["Content-Type"] == kind
        assert page["Content-Disposition"] == f'attachment; filename="S-PHE-01-3.0-zh.{form}"'
        digest = b64encode(hashlib.sha256(page.content).digest()).decode()
        assert page["Repr-Digest"] == f"sha-256=:{digest}:"
        assert f"{VERSION}document.{form}?language=both" in client.get(VERSION).content.decode()
        assert liaison.get(path).status_code == 404
        assert client.get(path.replace("3.0", "9.9")).status_code == 404
    assert client.get(f"{VERSION}document.odt").status_code == 404


def test_without_a_language_it_is_the_readers_and_an_unknown_one_is_explained(third: PlanVersion) -> None:
    chinese = reader(FIELD_OFFICER, language="zh-hans").get(f"{VERSION}document.pdf")
    assert "-zh.pdf" in chinese["Content-Disposition"]
    client = reader(PARTNER_LIAISON, FIELD_OFFICER)
    refused = client.get(f"/api{VERSION}document.pdf?language=fr")
    assert refused.status_code == 422
    assert refused.json()["expected"] == "zh, en, both"
    assert client.get(f"{VERSION}document.pdf?language=fr").status_code == 422


def test_a_draft_has_its_documents_and_one_that_is_no_plan_says_where(db: None) -> None:
    office.build()
    draft = office.approved()
    client = reader(FIELD_OFFICER)
    answer = client.get(f"/plans/studio/{draft.pk}/document.docx?language=en")
    assert answer.status_code == 200
    assert answer.content == client.get(f"/api/plans/drafts/{draft.pk}/document.docx?language=en").content
    type(draft).objects.filter(pk=draft.pk).update(text="schema: muster-plan/1\nplan: 7\n")
    assert client.get(f"/plans/studio/{draft.pk}/document.docx").status_code == 422


def test_the_terminal_writes_a_version_and_says_its_sum(third: PlanVersion, tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    done = command("S-PHE-01", "3.0", "--language", "zh", "--out", str(file), "--json")
    facts = json.loads(done.output.splitlines()[-1])
    assert facts["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert facts["hash"] == third.hash
    assert file.read_bytes() == written(of_version(third, CHINESE), PDF)


def test_the_terminal_writes_a_file_as_a_draft(db: None, tmp_path: Path) -> None:
    file = tmp_path / "draft.out"
    command(str(PLANS / "S-PHE-01.yaml"), "--format", "docx", "--language", "en", "--out", str(file))
    word = docx.Document(str(file))
    assert "DRAFT" in word.sections[0].header._element.xml


def test_the_terminal_says_what_is_wrong(db: None, tmp_path: Path) -> None:
    nothing = command("S-NONE", "--out", str(tmp_path / "a.pdf"))
    assert "S-NONE" in str(nothing.exception)
    unclear = command("S-NONE", "--out", str(tmp_path / "a.odt"))
    assert "--format" in str(unclear.exception)
    broken = tmp_path / "broken.yaml"
    broken.write_text("plan: [", "utf-8")
    assert "broken.yaml" in str(command(str(broken), "--out", str(tmp_path / "a.pdf")).exception)
    assert list(tmp_path.glob("a.*")) == []


def test_all_cards_come_in_one_file_a_card_a_page(third: PlanVersion, tmp_path: Path) -> None:
    client, path = reader(FIELD_OFFICER), f"{VERSION}cards.pdf"
    answer = client.get(f"{path}?language=zh")
    assert answer.content == client.get(f"/api{path}?language=zh").content
    assert path in client.get(f"{VERSION}cards/").content.decode()
    pages, plan = pages_of(answer.content), queries.plan_of(third)
    owing = [role for role in plan.roles.values() if role_card(plan, role.id).clauses]
    assert len(pages) == len(owing) + len(site_kinds(plan))
    for role, page in zip(owing, pages, strict=False):
        assert role.title.zh in page
        assert all(clause.title.zh in page for clause in role_card(plan, role.id).clauses)
    assert all(f"SHA-256 {plan.hash}" in page for page in pages)
    file = tmp_path / "cards.pdf"
    command("S-PHE-01", "--cards", "--language", "zh", "--out", str(file))
    assert file.read_bytes() == answer.content
    assert reader(PARTNER_LIAISON).get(path).status_code == 404
