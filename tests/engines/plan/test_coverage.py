"""Which clauses were tried, how stale the rest is, and the exercise that tries most of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.engines.plan import Clause
from muster.engines.plan.coverage import (
    FULL,
    LIVE,
    TABLETOP,
    WAYS,
    ClauseCoverage,
    Use,
    coverage,
    risk,
    smallest_exercise,
)
from muster.engines.plan.hashing import clause_hashes
from tests.engines.plan.faults import clause, shipped

TODAY = date(2020, 1, 10)
PLAN = replace(shipped(), exercise_months=12)
CONTENTS = clause_hashes(PLAN)
K03 = PLAN.positions["K03"]


def tried(name: str, days_ago: float, way: str = FULL, unit: str = "ST-1") -> Use:
    return Use(name, CONTENTS[name], way, unit, TODAY - timedelta(days=days_ago))


def of_k03(*uses: Use) -> ClauseCoverage:
    return coverage(PLAN, CONTENTS, uses, TODAY)[K03]


def test_a_clause_that_was_never_tried_is_as_stale_as_can_be() -> None:
    untried = of_k03()
    assert (untried.staleness, untried.last, untried.units, untried.outdated) == (1.0, {}, (), False)


def test_half_the_interval_after_a_full_exercise_a_clause_is_half_stale() -> None:
    assert of_k03(tried("K03", 182.625)).staleness == pytest.approx(0.5, abs=1 / 365)
    assert of_k03(tried("K03", 400)).staleness == 1.0


def test_talking_it_through_stands_for_a_quarter_of_the_interval() -> None:
    quarter = 365.25 / 4
    assert of_k03(tried("K03", quarter / 2, TABLETOP)).staleness == pytest.approx(0.5, abs=1 / quarter)
    assert of_k03(tried("K03", quarter + 1, TABLETOP)).staleness == 1.0


def test_an_old_full_exercise_may_still_stand_for_more_than_a_late_tabletop() -> None:
    both = of_k03(tried("K03", 100), tried("K03", 80, TABLETOP))
    assert both.staleness == of_k03(tried("K03", 100)).staleness
    assert both.last_day == TODAY - timedelta(days=80)


def test_a_trial_of_other_words_counts_for_nothing_and_is_told() -> None:
    changed = clause("K03", standard="full")(PLAN)
    found = coverage(changed, clause_hashes(changed), [tried("K03", 5)], TODAY)[K03]
    assert (found.staleness, found.outdated) == (1.0, True)


def test_what_was_tried_after_the_day_is_not_known_on_it() -> None:
    assert of_k03(tried("K03", -1)).staleness == 1.0


def test_units_are_named_once() -> None:
    uses = [tried("K03", 9, LIVE, "ST-2"), tried("K03", 5), tried("K03", 3)]
    assert of_k03(*uses).units == ("ST-1", "ST-2")


@given(st.sampled_from(sorted(WAYS)), st.integers(0, 1000), st.integers(0, 1000))
def test_time_makes_a_trial_no_fresher(way: str, sooner: int, longer: int) -> None:
    near, far = sorted((sooner, longer))
    assert of_k03(tried("K03", near, way)).staleness <= of_k03(tried("K03", far, way)).staleness


@given(st.lists(st.tuples(st.sampled_from(sorted(WAYS)), st.integers(0, 700)), max_size=5))
def test_one_more_trial_makes_nothing_staler(trials: list[tuple[str, int]]) -> None:
    uses = [tried("K03", days, way) for way, days in trials]
    assert all(of_k03(*uses).staleness <= of_k03(*uses[:count]).staleness for count in range(len(uses)))


def test_risk_counts_what_goes_wrong_without_practice() -> None:
    plain = replace(PLAN.clause("K03"), measure=None, standard="", partners=(), decision=False, due=timedelta(hours=3))
    assert risk(plain) == 1
    assert risk(replace(plain, partners=("subdistricts",), due=timedelta(minutes=30))) == 3


def weighted(clauses: Sequence[tuple[frozenset[int], str, str, int]]) -> list[ClauseCoverage]:
    """Clauses by levels, moment, kind of place or event, and weight."""
    base = PLAN.clause("K03")
    return [
        ClauseCoverage(_clause(base, number, levels, on, per), {}, (), False, 1.0, float(weight))
        for number, (levels, on, per, weight) in enumerate(clauses)
    ]


def _clause(base: Clause, number: int, levels: frozenset[int], on: str, per: str) -> Clause:
    return replace(base, id=f"C{number}", levels=levels, on=on, per=per, scales="site" if per else "once")


kinds = st.sampled_from(["", "", "checkpoint", "hospital", "transfer"])
standing = st.tuples(st.frozensets(st.integers(1, 4), min_size=1), st.just(""), kinds, st.integers(0, 9))
ending = st.tuples(
    st.just(frozenset[int]()), st.sampled_from(["level_down", "stand_down"]), st.just(""), st.integers(0, 9)
)


def subsets(of: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    return chain.from_iterable(combinations(of, count) for count in range(len(of) + 1))


def reach(covered: Sequence[ClauseCoverage], levels: Sequence[int], injects: Sequence[str]) -> float:
    """What an exercise tries, asked of each clause by itself."""
    return sum(
        one.weight
        for one in covered
        if (levels and one.clause.on in injects)
        or (set(levels) & one.clause.levels and (not one.clause.per or one.clause.per in injects))
    )


@given(st.lists(standing | ending, min_size=1, max_size=7), st.sampled_from([0.3, 0.5, 0.8, 1.0]))
def test_no_smaller_exercise_tries_as_much(clauses: list[tuple[frozenset[int], str, str, int]], most: float) -> None:
    covered = weighted(clauses)
    total = sum(one.weight for one in covered)
    proposed = smallest_exercise(covered, most=most)
    tried_weight = sum(one.weight for one in covered if one.clause.id in proposed.clauses)
    assert reach(covered, proposed.levels, proposed.injects) == pytest.approx(tried_weight)
    assert tried_weight >= most * total - 1e-9
    injects = sorted({one.clause.per or one.clause.on for one in covered} - {""})
    enough = [
        len(levels) + len(chosen)
        for levels in subsets([4, 3, 2, 1])
        for chosen in subsets(injects)
        if reach(covered, levels, chosen) >= most * total - 1e-9
    ]
    assert proposed.size == min(enough)


def test_where_nothing_is_stale_there_is_nothing_to_exercise() -> None:
    fresh = coverage(PLAN, CONTENTS, [tried(name, 0) for name in CONTENTS], TODAY)
    assert smallest_exercise(fresh).size == 0


def test_s_citys_plan_untried_is_tried_for_the_most_part_by_few_injects() -> None:
    proposed = smallest_exercise(coverage(PLAN, CONTENTS, [], TODAY))
    assert proposed.share >= 0.8
    assert proposed.size < len({one.per for one in PLAN.clauses}) + 4
