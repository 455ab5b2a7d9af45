"""A clause has one hash as long as it says the same, wherever it stands."""

from __future__ import annotations

from muster.engines.plan import load_plan
from muster.engines.plan.difference import diff
from muster.engines.plan.hashing import clause_hash, clause_hashes
from tests.engines.plan.faults import PLANS

OLD = load_plan((PLANS / "S-PHE-01-v2.yaml").read_text("utf-8"))
NEW = load_plan((PLANS / "S-PHE-01.yaml").read_text("utf-8"))


def test_exactly_the_clauses_that_a_comparison_calls_changed_have_other_hashes() -> None:
    before, after = clause_hashes(OLD), clause_hashes(NEW)
    other = {clause for clause in before.keys() & after.keys() if before[clause] != after[clause]}
    assert other == set(diff(OLD, NEW).changed)
    assert other


def test_no_two_clauses_of_a_plan_have_one_hash() -> None:
    hashes = clause_hashes(NEW)
    assert len(set(hashes.values())) == len(NEW.clauses)


def test_comments_blanks_and_the_place_in_the_text_do_not_count() -> None:
    text = (PLANS / "S-PHE-01.yaml").read_text("utf-8")
    moved = load_plan("# a remark\n\n" + text)
    clause = NEW.clauses[10].id
    assert moved.clause(clause).line != NEW.clause(clause).line
    assert clause_hash(moved, clause) == clause_hash(NEW, NEW.clause(clause))


def test_one_word_more_is_another_hash() -> None:
    text = (PLANS / "S-PHE-01.yaml").read_text("utf-8").replace("en: Staff the liaison", "en: Staff soon the liaison")
    before, after = clause_hashes(NEW), clause_hashes(load_plan(text))
    assert len({clause for clause in before if before[clause] != after[clause]}) == 1
