"""Every word that a plan may use has a title in both languages."""

from __future__ import annotations

import pytest

from muster.engines.plan import words
from muster.engines.plan.checks.titles import VOCABULARIES, in_words, title_of, titles_of
from tests.engines.plan.faults import shipped

CLOSED = {
    "site": words.SITE_KINDS,
    "arising": words.ARISING,
    "action": words.ACTION_KINDS,
    "qualification": words.QUALIFICATIONS,
    "item": words.ITEMS,
    "partner": words.PARTNERS,
    "data_class": words.DATA_CLASSES,
    "indicator": words.INDICATORS,
}


@pytest.mark.parametrize("kind", CLOSED)
def test_a_closed_vocabulary_has_titles_for_its_words_and_no_others(kind: str) -> None:
    assert set(VOCABULARIES[kind]) == set(CLOSED[kind])
    assert all(zh and en for zh, en in VOCABULARIES[kind].values())


@pytest.mark.parametrize("name", ["S-PHE-01.yaml", "S-PHE-01-v2.yaml"])
def test_every_kind_of_evidence_and_measure_of_the_shipped_plans_has_a_title(name: str) -> None:
    clauses = shipped(name).clauses
    assert {kind for clause in clauses for kind in clause.evidence} <= set(VOCABULARIES["evidence"])
    assert {clause.measure.kind for clause in clauses if clause.measure} <= set(VOCABULARIES["measure"])


def test_a_word_without_a_title_is_its_own() -> None:
    assert title_of("moon_landing").zh == title_of("moon_landing").en == "moon_landing"


def test_a_word_in_two_vocabularies_is_told_apart_by_its_kind() -> None:
    assert title_of("patrol", "action").zh != title_of("patrol", "qualification").zh


def test_words_in_a_row_are_joined_as_each_language_does() -> None:
    assert titles_of(["media", "customs"]).zh == "新闻媒体、海关"
    assert titles_of(["media", "customs"]).en == "media, customs"


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        ("local_cases_7d >= 1", "近7日本地病例 ≥ 1", "local cases of 7 days ≥ 1"),
        ("!external_alert && rt_q975<1.0",
         "没有 外部预警 且 再生数上限 < 1.0", "no alert from outside and upper limit of Rt < 1.0"),
        ("(new_cases == 0 || rt_mean != 2.5)", "(新增病例 = 0 或 再生数 ≠ 2.5)", "(new cases = 0 or Rt ≠ 2.5)"),
    ],
)  # fmt: skip
def test_a_condition_is_said_in_words(condition: str, zh: str, en: str) -> None:
    assert (in_words(condition).zh, in_words(condition).en) == (zh, en)
