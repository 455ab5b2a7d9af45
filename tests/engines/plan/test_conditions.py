"""Conditions over indicators: three truth values, and mistakes named when the plan is read."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan.conditions import ConditionInvalid, read_condition

Verdict = bool | None
Case = tuple[str, Callable[[Mapping[str, float]], Verdict]]

NUMBERS = ("new_cases", "local_cases_7d", "incidence_7d", "rt_mean")
COMPARISONS = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


def test_a_true_condition_holds_and_a_false_one_does_not() -> None:
    condition = read_condition("incidence_7d >= 10.0 || local_cases_7d >= 1")
    assert condition.holds({"incidence_7d": 12.5, "local_cases_7d": 0}) is True
    assert condition.holds({"incidence_7d": 9.9, "local_cases_7d": 0}) is False


def test_a_missing_figure_is_unknown_and_never_false() -> None:
    condition = read_condition("local_cases_7d == 0")
    assert condition.holds({}) is None
    assert condition.missing({}) == ("local_cases_7d",)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("new_cases > 0 || external_alert", True),
        ("external_alert || new_cases > 0", True),
        ("new_cases > 0 && !external_alert", False),
        ("!external_alert && new_cases > 0", False),
        ("new_cases > 0 || !external_alert", None),
        ("new_cases > 0 && external_alert", None),
        ("!(new_cases > 0)", None),
        ("new_cases + 1 > 0", None),
        ("(new_cases > 0) == true", None),
        ("new_cases > 0 || rt_mean > 1.0", None),
    ],
)
def test_the_unknown_decides_only_where_the_known_does_not(text: str, verdict: Verdict) -> None:
    assert read_condition(text).holds({"external_alert": True}) is verdict


def test_a_whole_number_compares_with_a_real_one() -> None:
    assert read_condition("local_cases_7d >= 10.0").holds({"local_cases_7d": 10}) is True
    assert read_condition("incidence_7d >= 10").holds({"incidence_7d": 10.0}) is True
    assert read_condition("incidence_7d == 10").holds({"incidence_7d": 10}) is True


def test_cases_that_do_not_double_have_an_infinite_doubling_time_and_no_number_is_unknown() -> None:
    condition = read_condition("doubling_days <= 4")
    assert condition.holds({"doubling_days": math.inf}) is False
    assert condition.holds({"doubling_days": math.nan}) is None


def test_the_indicators_of_a_condition_are_known() -> None:
    condition = read_condition("rt_q025 > 1.0 && local_cases_7d >= 20 || rt_q025 > 2.0")
    assert condition.names == ("rt_q025", "local_cases_7d")
    assert condition.seen({"rt_q025": 1.1, "new_cases": 3}) == {"rt_q025": 1.1}


@pytest.mark.parametrize(
    ("text", "what", "mend"),
    [
        ("local_case_7d >= 1", "unknown indicator `local_case_7d`", "did you mean `local_cases_7d`?"),
        ("local_cases_7d", "gives a number", "compare it"),
        ("local_cases_7d && external_alert", "`&&` meets a whole number", "compare the number first"),
        ("external_alert >= 1", "`>=` meets true or false", ""),
        ("external_alert == 1", "`==` meets a whole number", ""),
        ("1 < new_cases < 3", "`<` meets true or false", ""),
        ("local_cases_14d / 2 > local_cases_7d", "division of two whole numbers", "2.0"),
        ("new_cases in [1, 2]", "no use for", ""),
        ("size('x') > 1", "no use for a function", ""),
        ("new_cases > 1 ? true : false", "no use for `? :`", ""),
        ("new_cases >", "is no condition", ""),
        ("new_cases >= 1 local_cases_7d", "is no condition", ""),
        ("", "empty", ""),
    ],
)
def test_a_mistake_is_named_when_the_condition_is_read(text: str, what: str, mend: str) -> None:
    with pytest.raises(ConditionInvalid) as refused:
        read_condition(text)
    assert what in refused.value.what.en
    assert mend in refused.value.mend.en
    assert refused.value.what.zh != refused.value.what.en


@pytest.mark.parametrize(
    "text", ["(" * 400 + "true" + ")" * 400, "!" * 900 + "true", "true" + "||true" * 150, "x" * 5000]
)
def test_a_condition_too_deep_to_evaluate_is_refused(text: str) -> None:
    with pytest.raises(ConditionInvalid):
        read_condition(text)


def comparisons() -> st.SearchStrategy[Case]:
    def case(name: str, sign: str, figure: int, real: bool) -> Case:
        written = f"{figure}.0" if real else str(figure)

        def truth(values: Mapping[str, float]) -> Verdict:
            return COMPARISONS[sign](values[name], figure) if name in values else None

        return f"{name} {sign} {written}", truth

    return st.builds(
        case, st.sampled_from(NUMBERS), st.sampled_from(list(COMPARISONS)), st.integers(0, 4), st.booleans()
    )


def joined(parts: st.SearchStrategy[Case]) -> st.SearchStrategy[Case]:
    return st.one_of(
        st.builds(lambda a: (f"!({a[0]})", lambda v: negated(a[1](v))), parts),
        st.builds(lambda a, b: (f"({a[0]}) && ({b[0]})", lambda v: both(a[1](v), b[1](v))), parts, parts),
        st.builds(
            lambda a, b: (f"({a[0]}) || ({b[0]})", lambda v: negated(both(negated(a[1](v)), negated(b[1](v))))),
            parts,
            parts,
        ),
    )


def negated(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict


def both(first: Verdict, second: Verdict) -> Verdict:
    if first is False or second is False:
        return False
    return None if first is None or second is None else True


@given(
    case=st.recursive(comparisons(), joined, max_leaves=4),
    values=st.dictionaries(st.sampled_from(NUMBERS), st.integers(0, 4)),
)
@settings(deadline=None)
def test_a_condition_says_what_the_logic_of_three_values_says(case: Case, values: dict[str, int]) -> None:
    text, truth = case
    assert read_condition(text).holds(values) is truth(values)
