"""What changed between two versions of a plan."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from muster.engines.plan import Plan
from muster.engines.plan.difference import diff
from tests.engines.plan.faults import clause, plan, role, shipped

NUMBER = len(shipped().clauses)


def with_order(order: list[int]) -> Plan:
    return replace(shipped(), clauses=tuple(shipped().clauses[place] for place in order))


def test_a_plan_does_not_differ_from_itself() -> None:
    assert diff(shipped(), shipped()).is_empty


def test_a_changed_clause_is_named_with_its_fields() -> None:
    found = diff(shipped(), clause("K03", standard="full", evidence=("order",))(shipped()))
    assert found.changed == {"K03": ("standard", "evidence")}
    assert (found.added, found.removed, found.moved, found.head) == ((), (), (), ())


def test_a_clause_on_another_line_is_the_same_clause() -> None:
    assert diff(shipped(), clause("K03", line=9999)(shipped())).is_empty


def test_what_changed_outside_the_clauses_is_named() -> None:
    spoilt = role("commander", deputies=())(plan(review_months=24)(shipped()))
    assert diff(shipped(), spoilt).head == ("review_months", "roles")


def test_a_clause_that_went_to_the_end_has_moved_and_no_other() -> None:
    order = [*range(1, NUMBER), 0]
    assert diff(shipped(), with_order(order)).moved == ("C01",)


@given(st.sets(st.integers(0, NUMBER - 1), min_size=1), st.sets(st.integers(0, NUMBER - 1), min_size=1))
def test_added_one_way_is_removed_the_other(first: set[int], second: set[int]) -> None:
    a, b = with_order(sorted(first)), with_order(sorted(second))
    there, back = diff(a, b), diff(b, a)
    assert set(there.added) == set(back.removed) == {c.id for c in b.clauses} - {c.id for c in a.clauses}
    assert set(there.removed) == set(back.added)
    assert there.moved == back.moved == ()


@given(st.permutations(list(range(12))))
def test_what_has_not_moved_stands_in_the_same_order(order: list[int]) -> None:
    a, b = with_order(list(range(12))), with_order(order)
    moved = diff(a, b).moved
    kept = [c.id for c in b.clauses if c.id not in moved]
    assert kept == [c.id for c in a.clauses if c.id not in moved]
    assert bool(moved) == (order != sorted(order))


def test_the_third_version_of_the_shipped_plan_against_the_second() -> None:
    found = diff(shipped("S-PHE-01-v2.yaml"), shipped())
    assert "E06" in found.added
    assert found.removed == ()
    assert "measure" in found.changed["K03"]
    assert {"roles", "levels", "reserve_days"} <= set(found.head)
