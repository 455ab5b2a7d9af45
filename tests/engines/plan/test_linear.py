"""Arithmetic in conditions means what its evaluation says: turned into one comparison, or decided for good."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from muster.engines.plan.checks.overlap import possible
from muster.engines.plan.checks.triggers import ALWAYS, DECIDES, NEVER, nature
from muster.engines.plan.conditions import read_condition

SIGNS = st.sampled_from([">", ">=", "<", "<=", "==", "!="])
COUNTS = ("local_cases_7d", "local_cases_14d", "imported_cases_7d")
FIGURES = st.integers(-9, 9)


@given(FIGURES, FIGURES, FIGURES, FIGURES, SIGNS)
@settings(max_examples=120, deadline=None)
def test_a_condition_of_one_indicator_is_judged_as_every_figure_says(a: int, b: int, c: int, d: int, sign: str) -> None:
    written = f"{a} * local_cases_7d + {b} {sign} {c} * local_cases_7d - {d}"
    condition = read_condition(written.replace("+ -", "- ").replace("- -", "+ "))
    said = {condition.truth({"local_cases_7d": cases}) for cases in range(60)}
    assert condition.shape.plain
    assert nature(condition) == {frozenset({True}): ALWAYS, frozenset({False}): NEVER}.get(frozenset(said), DECIDES)


@given(st.lists(st.tuples(st.sampled_from(COUNTS), FIGURES), min_size=2, max_size=4), FIGURES, SIGNS, st.data())
@settings(max_examples=120, deadline=None)
def test_whatever_is_called_idle_is_so_on_every_day_that_can_be(
    parts: list[tuple[str, int]], figure: int, sign: str, data: st.DataObject
) -> None:
    written = " + ".join(f"({factor} * {name})" for name, factor in parts)
    condition = read_condition(f"{written} {sign} {figure}")
    kind = nature(condition)
    day = {name: data.draw(st.integers(0, 500)) for name in COUNTS}
    assume(possible(day))
    if kind != DECIDES:
        assert condition.truth(day) is (kind == ALWAYS)
        assert condition.holds(day) is (kind == ALWAYS)
