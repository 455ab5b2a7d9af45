"""A plan as a document: everything that it asks for stands in it, in the language of the document."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from muster.engines.documents import BOTH, CHINESE, ENGLISH, LANGUAGES, Document, Facts, Heading, Paragraph, Words
from muster.engines.plan import Text
from muster.engines.plan.document import DRAFT, RELEASED, SUPERSEDED, Standing, phrases, plan_document
from tests.engines.plan.faults import shipped
from tests.engines.plan.lower_plans import lower

RELEASE = Standing(RELEASED, dated=datetime(2020, 1, 21, 20, tzinfo=UTC), issuer=Text("S市公安局", "S City Police"))


def composed(language: str = CHINESE, standing: Standing = RELEASE) -> Document:
    return plan_document(
        shipped(), language=language, standing=standing, units={"CMD": Text("指挥中心", "Command centre")}
    )


def headings(document: Document) -> list[str]:
    return [one.words.main for one in document.body if isinstance(one, Heading)]


def words_of(value: object) -> list[Words]:
    """Every piece of text of a document, wherever it stands."""
    if isinstance(value, Words):
        return [value]
    if isinstance(value, tuple):
        return [words for one in value for words in words_of(one)]
    if hasattr(value, "__dataclass_fields__"):
        return [words for name in value.__dataclass_fields__ for words in words_of(getattr(value, name))]
    return []


@pytest.mark.parametrize(("language", "half"), [(CHINESE, "zh"), (ENGLISH, "en")])
def test_every_clause_has_its_heading_its_text_and_its_facts(language: str, half: str) -> None:
    document, plan = composed(language), shipped()
    said = headings(document)
    for clause in plan.clauses:
        mark = f"（{clause.id}）" if language == CHINESE else f"({clause.id})"
        (title,) = [one for one in said if one.endswith(mark)]
        assert getattr(clause.title, half) in title
    paragraphs = [one.words.main for one in document.body if isinstance(one, Paragraph)]
    assert all(any(getattr(one.text, half) in words for words in paragraphs) for one in plan.clauses)
    assert sum(isinstance(one, Facts) for one in document.body) >= len(plan.clauses)


def test_a_clause_says_who_when_after_what_with_what_and_on_which_ground() -> None:
    document = composed()
    place = next(n for n, one in enumerate(document.body) if isinstance(one, Heading) and "K03" in one.words.main)
    facts = document.body[place + 2]
    assert isinstance(facts, Facts)
    rows = {name.main: said.main for name, said in facts.rows}
    assert rows["责任岗位"] == "社区防控组组长"
    assert rows["响应级别"] == "二级、一级"
    assert rows["启动"] == "封控小区启用时"
    assert rows["时限"] == "6小时内"
    assert rows["警力"] == "社区警务每班3人、每日3班，由属地派出所派出"
    assert rows["限制措施"] == "小区封控，14天到期，不续即止，每3天复核"
    assert rows["法律依据"] == "《突发公共卫生事件应急条例》第33条"
    assert rows["协作单位"] == "各街道办事处、物业公司"


def test_every_role_stands_with_its_deputies_and_every_level_with_its_trigger_in_words() -> None:
    said = " ".join(words.main for words in words_of(composed()))
    for role in shipped().roles.values():
        assert role.title.zh in said
        assert all(deputy.partition(" / ")[0] in said for deputy in role.deputies)
    assert "省级响应级别 = 1 或 近7日本地病例 ≥ 50" in said
    assert "province_level" not in said


def test_a_document_of_both_languages_has_the_english_beneath() -> None:
    document = composed(BOTH)
    assert document.title == Words(
        "S市公安局突发公共卫生事件应急预案", "S City police plan for public-health emergencies"
    )
    chinese, english = composed(CHINESE), composed(ENGLISH)
    assert headings(document) == headings(chinese)
    beneath = [one.words.beneath for one in document.body if isinstance(one, Heading)]
    assert beneath == headings(english)


def test_how_a_version_stands_decides_on_its_mark_and_its_head() -> None:
    draft = composed(standing=Standing(DRAFT))
    assert not draft.issued
    assert draft.mark == Words("草案 未发布")
    assert draft.closing is None
    assert composed().mark is None
    assert composed().closing == (Words("S市公安局"), Words("2020年1月22日印发"))  # the day of the bureau, not of UTC
    old = composed(standing=replace(RELEASE, kind=SUPERSEDED, successor="4.0"))
    assert old.mark == Words("已废止")
    assert any("第4.0版" in words.main for words in words_of(old.cover))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_foot_of_every_page_names_version_and_hash(language: str) -> None:
    document = composed(language)
    assert document.footer == f"S-PHE-01 3.0 · SHA-256 {shipped().hash}"
    assert document.identifier == shipped().hash


def test_a_lower_plan_says_what_it_inherits_and_what_is_its_own() -> None:
    plan = lower()
    document = plan_document(plan, language=CHINESE, standing=RELEASE, units={})
    origins = {
        said.main for one in document.body if isinstance(one, Facts) for name, said in one.rows if name.main == "来源"
    }
    assert "承接上级" in origins
    assert any(plan.extension.higher.title.zh in words.main for words in words_of(document.cover) if plan.extension)


def test_the_same_arguments_give_the_same_document() -> None:
    assert composed(BOTH) == composed(BOTH)


def test_lengths_of_time_are_said_in_whole_units() -> None:
    assert phrases.span(timedelta(days=1, hours=6)) == Text("1天6小时", "1 day 6 hours")
    assert phrases.span(timedelta(minutes=45)) == Text("45分钟", "45 minutes")
    assert phrases.every(timedelta(hours=24)) == Text("每日", "every day")


def test_posts_written_in_both_languages_are_divided_and_others_left_alone() -> None:
    assert phrases.in_both("局长 / bureau chief") == Text("局长", "bureau chief")
    assert phrases.in_both("甲 / 乙") == Text("甲 / 乙", "甲 / 乙")
    assert phrases.in_both("9 / 11") == Text("9 / 11", "9 / 11")


def test_a_line_of_one_language_stands_in_documents_of_that_language() -> None:
    needs = shipped().authority.below_needs
    in_each = {language: [one.main for one in words_of(composed(language))] for language in LANGUAGES}
    assert [language for language, said in in_each.items() if needs in said] == [ENGLISH, BOTH]
    both = replace(shipped().authority, below_needs=f"政府同意 / {needs}")
    plan = replace(shipped(), authority=both)
    chinese = plan_document(plan, language=CHINESE, standing=RELEASE, units={})
    assert "政府同意" in [one.main for one in words_of(chinese)]
