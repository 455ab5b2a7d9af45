"""What changed outside the clauses is told entry by entry, in words, and nothing that is equal is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils.translation import override

from muster.engines.plan import Plan, load_plan
from muster.engines.plan.difference import diff
from muster.engines.plan.words import INDICATORS
from muster.preparedness.plans.head_changes import Row, head_changes
from tests.preparedness.plans.conftest import text_of


@pytest.fixture
def told() -> Callable[[str, str], list[Row]]:
    """The rows of a change to the shipped plan: what is replaced by what."""

    def tell(old: str, new: str) -> list[Row]:
        text = text_of("S-PHE-01.yaml")
        assert text.count(old) >= 1, old
        a, b = load_plan(text), load_plan(text.replace(old, new, 1))
        with override("en"):
            return head_changes(a, b, diff(a, b).head)

    return tell


def test_another_trigger_is_one_row_in_words(told: Callable[[str, str], list[Row]]) -> None:
    (row,) = told('trigger: "local_cases_7d >= 1"', 'trigger: "local_cases_7d >= 2"')
    assert row == (
        "Levels · Level III (partial activation) · Proposed when",
        "local cases of 7 days ≥ 1",
        "local cases of 7 days ≥ 2",
    )


def test_other_terms_of_a_level_are_told_each_for_itself(told: Callable[[str, str], list[Row]]) -> None:
    rows = told("review: 24h\n    report_every: 6h", "review: 12h\n    report_every: 4h")
    assert [(row[0].rsplit(" · ")[-1], *row[1:]) for row in rows] == [
        ("Looked at again", "1 day", "12 hours"),
        ("Report every", "6 hours", "4 hours"),
    ]


def test_another_reserve_names_the_item(told: Callable[[str, str], list[Row]]) -> None:
    assert told("kn95: 14", "kn95: 21") == [("Reserve days · KN95 respirators", "14", "21")]


def test_a_ground_that_is_new_is_named_and_stands_alone(told: Callable[[str, str], list[Row]]) -> None:
    rows = told("legal_basis:\n", 'legal_basis:\n  new_law: {title: {zh: 新法, en: New Law}, articles: "9"}\n')
    assert rows == [("Legal basis · New Law", "–", "New Law · 9")]


def test_nothing_of_the_plans_own_code_is_told_between_the_two_versions(plan_pair: tuple[Plan, Plan]) -> None:
    a, b = plan_pair
    with override("en"):
        rows = head_changes(a, b, diff(a, b).head)
    assert rows
    codes = {*a.roles, *b.roles, *(one.id for one in (*a.legal_basis, *b.legal_basis)), *INDICATORS}
    said = " ".join(" ".join(row) for row in rows)
    assert not [code for code in codes if "_" in code and code in said]
    assert all(before != after for _title, before, after in rows)


@pytest.fixture
def plan_pair() -> tuple[Plan, Plan]:
    """S City's second and third version."""
    return load_plan(text_of("S-PHE-01-v2.yaml")), load_plan(text_of("S-PHE-01.yaml"))
