"""A plan's text: what it says, and what is wrong with it by file, line and clause."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan import Plan, PlanInvalid, Problem, json_schema, load_plan
from muster.engines.plan.types import PeopleNeed, Text

WORDS = (
    "id",
    "title",
    "zh",
    "levels",
    "I",
    "due",
    "people",
    "after",
    "per",
    "measure",
    "renews",
    "trigger",
    "unit",
    "on",
)


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(PlanInvalid) as refused:
        load_plan(text, name="plan.yaml")
    return refused.value.problems


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_a_plan_says_what_its_text_says(small_plan: Plan) -> None:
    guard = small_plan.clause("K02")
    assert small_plan.id == "S-SMALL-01"
    assert small_plan.version == "1.0"
    assert guard.title == Text("封控小区外围值守", "Guard closed communities")
    assert guard.levels == {1, 2}
    assert (guard.scales, guard.per) == ("site", "closed_community")
    assert guard.due == timedelta(hours=6)
    assert guard.people == (PeopleNeed("community", 4, 3, "place"),)
    assert guard.measure is not None
    assert guard.measure.expires == timedelta(days=14)
    assert small_plan.clause("C03").due == time(8)
    assert small_plan.clause("K05").scales == "request"
    assert small_plan.clause("D01").scales == "batch"
    assert [level.number for level in small_plan.levels] == [1, 2, 3]
    assert small_plan.roles["station_chief"].scope == "station"
    assert [grade.number for grade in small_plan.gradings["warning_colour"]] == [1, 2, 3, 4]


def test_people_come_from_the_place_where_there_is_one_and_else_from_anywhere(
    small_plan: Plan, example_text: str
) -> None:
    unsaid = load_plan(example_text.replace(", from: place", "").replace(", from: force", ""))
    assert unsaid.clause("K02").people[0].source == "place"
    assert unsaid.clause("D02").people[0].source == "force"


def test_a_clause_knows_its_line(small_plan: Plan, example_text: str) -> None:
    assert small_plan.clause("K02").line == line_of(example_text, "- id: K02")
    assert small_plan.level(2).line == line_of(example_text, "  II:\n")
    assert small_plan.roles["commander"].line == line_of(example_text, "  commander:")


def test_blanks_comments_and_the_order_of_words_do_not_change_the_hash(small_plan: Plan, example_text: str) -> None:
    other = "# another comment\n\n" + example_text.replace("due: 2h", "due:   120m  # two hours", 1)
    other = other.replace(
        "{item: meal, quantity: 1, basis: officer_shift}", "{basis: officer_shift, quantity: 1, item: meal}"
    )
    assert load_plan(other, name="other.yaml") == small_plan
    assert load_plan(other).hash == small_plan.hash


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("due: 2h", "due: 3h"),
        ("count: 12", "count: 13"),
        ("local_cases_7d >= 10", "local_cases_7d >= 11"),
        ("held_days: 7", "held_days: 8"),
        ("en: Open the headquarters", "en: Open headquarters"),
        ("surgical_mask: 2", "surgical_mask: 3"),
        ("persons: 2", "persons: 3"),
    ],
)
def test_every_change_of_content_changes_the_hash(small_plan: Plan, example_text: str, old: str, new: str) -> None:
    assert load_plan(example_text.replace(old, new, 1)).hash != small_plan.hash


def test_the_order_of_clauses_is_content(small_plan: Plan, example_text: str) -> None:
    head, clauses = example_text.split("clauses:\n")
    *first, last = re.split(r"(?m)^(?=  - )", clauses)
    assert load_plan(head + "clauses:\n" + last + "".join(first)).hash != small_plan.hash


Change = Callable[[str], str]


def put(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("change", "at", "clause", "what", "mend"),
    [
        (put("due: 6h", "due: soon"), "due: soon", "K02", "`soon` is no duration", ""),
        (put("due: 6h", 'due: "25:00"'), 'due: "25:00"', "K02", "no time of day", ""),
        (put("per: closed_community", "sites: closed_community"), "sites:", "K02", "unknown word `sites`", "per"),
        (put("action: command", "acton: command"), "acton:", "C01", "unknown word `acton`", "did you mean `action`?"),
        (put("    action: escort\n", ""), "- id: K05", "K05", "`action` is missing", "add"),
        (put("action: patrol", "action: patroll"), "- {id: K09", "K09", "unknown kind of action `patroll`", "patrol"),
        (put("qualification: community", "qualification: comunity"), "comunity", "K02", "`comunity`", "community"),
        (put("count: 4", "count: many"), "count: many", "K02", "`many` is no whole number", ""),
        (put("count: 4", "count: -4"), "count: -4", "K02", "out of range", ""),
        (put("from: place", "from: somewhere"), "from: somewhere", "K02", "where people come from", ""),
        (put("levels: [I, II]", "levels: [I, V]"), "levels: [I, V]", "C02", "`V` is no level", ""),
        (put("levels: [I, II]", "on: level_down, levels: [I]"), "on: level_down", "C02", "both `levels` and `on`", ""),
        (put("expires: 14d", "expires: never"), "expires: never", "K02", "no duration", ""),
        (put("renews: K02", "renews: K22"), "renews: K22", "K03", "unknown clause `K22`", "K02"),
        (put("renews: K02", "renews: C02"), "renews: C02", "K03", "no measure to renew", ""),
        (put("per: verification_list}", "per: verification_list, every: 1d}"), "every: 1d", "D01", "cannot recur", ""),
        (put("on: level_down", "on: level_down, every: 1d"), "every: 1d", "E01", "winding up", ""),
        (put("decision: true", "decision: perhaps"), "decision: perhaps", "K03", "neither true nor false", ""),
        (put("data_class: personal", "data_class: secret"), "data_class: secret", "K05", "`secret`", ""),
        (put("local_cases_7d >= 10", "local_case_7d >= 10"), "local_case_7d", "", "unknown indicator", "cases_7d"),
        (put("colour: orange", "colour: purple"), "colour: purple", "", "unknown warning colour", ""),
        (put("held_days: 5", "held_days: five"), "held_days: five", "", "no whole number", ""),
        (put("  II:\n", "  V:\n"), "  V:\n", "", "`V` is no level", ""),
        (put("unit: PSB, ", ""), "  commander:", "", "either `unit` or `per`", ""),
        (put("coverall: 1", "coveral: 1"), "coveral: 1", "", "unknown item `coveral`", "coverall"),
        (put("fresh_for: 36h", "fresh_for: 36"), "fresh_for: 36", "", "no duration", ""),
        (put("zone: Asia/Shanghai", "zone: Mars/Base"), "zone: Mars", "", "no time zone", ""),
        (put("reviewed_on: 2026-05-01", "reviewed_on: 2026-13-01"), "reviewed_on", "", "is no day", ""),
        (put("muster-plan/1", "muster-plan/9"), "schema:", "", "does not fit", ""),
        (put("version: 1.0", "version: first"), "version:", "", "`first`", ""),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_line_and_clause(
    example_text: str, change: Change, at: str, clause: str, what: str, mend: str
) -> None:
    text = change(example_text)
    assert text != example_text
    found = problems_of(text)
    told = [problem for problem in found if what in problem.what]
    assert told, found
    assert told[0].line == line_of(text, at)
    assert (told[0].file, told[0].clause) == ("plan.yaml", clause)
    assert mend in told[0].mend
    assert in_chinese(told[0])


def in_chinese(problem: Problem) -> bool:
    """The same problem has its own Chinese words wherever it has English ones."""
    other = problem.in_language("zh-hans")
    pairs = ((other.what, problem.what), (other.expected, problem.expected), (other.mend, problem.mend))
    told = all(bool(chinese) == bool(english) for chinese, english in pairs)
    return told and re.search("[\u4e00-\u9fff]", other.what) is not None and problem.in_language("en") == problem


def test_all_mistakes_are_told_at_once_by_line(example_text: str) -> None:
    text = (
        example_text.replace("due: 2h", "due: soon").replace("colour: red", "colour: mauve").replace("III: {", "III: [")
    )
    text = text.replace('local_cases_7d >= 1"', 'cases >= 1"').replace("handles: 4", "handles: 0")
    found = problems_of(text)
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)
    assert len(found) == 5


def test_what_a_plan_lacks_is_left_to_the_checks(example_text: str) -> None:
    text = example_text.replace("    actor: plans_chief\n", "", 1).replace("after: [C01]", "after: [X99]")
    text = text.replace("standard: full", "standard: none_such").replace(", en: Notify all units", "")
    assert load_plan(text).clause("C01").actor == ""


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("plan: A\nversion: [1, 2\nroles: x\n", 3, "no YAML"),
        ("plan: A\n\tversion: 1\n", 2, "a tab"),
        ("plan: A\nplan: B\n", 2, "`plan` stands twice"),
        ("plan: &a A\ncopy: *a\n", 1, "an anchor or alias"),
        ("plan: A\nrun: !!python/object/apply:os.system [ls]\n", 2, "a tag"),
        ("plan: A\n---\nplan: B\n", 2, "a second document"),
        ("- a\n- b\n", 1, "no plan"),
        ("just words", 1, "no plan"),
        ("", 1, "no plan"),
        ("plan: A\n[a, b]: c\n", 2, "a key that is no word"),
        ("plan: A\ntitle: {zh: \a}\n", 2, "a control character U+0007"),
        (b"plan: A\ntitle: \xff\xfe\n", 2, "not UTF-8"),
        ("{" * 2000, 1, ""),
        ("[" * 50_000, 1, "nested too deep"),
        ("- " * 5000 + "a", 1, "nested too deep"),
        ("a: [" + "1," * 70_000 + "]", 1, "too many values"),
        ("a" * 2_000_001, 0, "2000001 characters"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_line(text: str | bytes, line: int, what: str) -> None:
    found = [problem for problem in problems_of(text) if what in problem.what]
    assert found
    assert found[0].line == line
    assert in_chinese(found[0])


def test_a_text_of_5000_clauses_is_refused_at_once_and_at_the_first_clause_too_many() -> None:
    one = "  - id: K{}\n    title: {{zh: 条款, en: Clause}}\n    action: report\n    due: 2h\n"
    text = "plan: A\nclauses:\n" + "".join(one.format(n) for n in range(5000))
    began = process_time()
    (found,) = problems_of(text)
    assert process_time() - began < 1
    assert (found.line, found.what) == (2 + 4 * 2000 + 1, "the plan has 5000 clauses")
    assert "extends this one" in found.mend


def test_a_file_that_grows_by_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "anchor" in problems_of(bomb)[0].what


def test_a_problem_is_one_line_that_says_where_what_and_how_to_mend(example_text: str) -> None:
    found = problems_of(example_text.replace("qualification: community", "qualification: comunity"))
    assert str(found[0]).startswith(f"plan.yaml:{found[0].line}: clause K02: ")
    assert str(found[0]).endswith("did you mean `community`?")
    assert "\n" not in str(found[0])


@given(
    garbage=st.recursive(
        st.one_of(st.none(), st.text(max_size=8), st.sampled_from(["I", "2h", "K01", "true", "site", "0"])),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(WORDS), inner, max_size=4)
        ),
        max_leaves=25,
    )
)
@settings(deadline=None)
def test_no_mapping_of_known_words_makes_the_reader_stumble(garbage: object) -> None:
    text = written({"plan": "A", "clauses": garbage, "levels": garbage, "roles": garbage, "gradings": garbage})
    for problem in problems_of(text):
        assert problem.what


def written(value: object) -> str:
    """A value as flow YAML with every text quoted."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key)}: {written(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(one) for one in value) + "]"
    if value is None:
        return "~"
    return '"' + "".join(c if c.isalnum() else f"\\U{ord(c):08X}" for c in str(value)) + '"'


@given(junk=st.text(max_size=200))
@settings(deadline=None)
def test_no_text_makes_the_reader_stumble(junk: str) -> None:
    assert problems_of(junk)


def test_the_json_schema_has_every_word_of_the_notation(example_text: str) -> None:
    schema = json_schema()
    definitions = schema["$defs"]
    assert {"plan", "levels", "roles", "clauses", "standards"} <= definitions["Plan"]["properties"].keys()
    assert {"id", "levels", "on", "due", "per", "people", "measure"} <= definitions["ClauseForm"]["properties"].keys()
    assert {"extends", "narrows", "unit", "clauses"} <= definitions["LowerPlan"]["properties"].keys()
    assert schema["if"] == {"required": ["extends"]}
    assert "from" in definitions["PeopleForm"]["properties"]
    assert definitions["LevelForm"]["required"] == ["name"]
    assert definitions["ClauseForm"]["additionalProperties"] is False


def test_words_cut_by_a_comma_without_quotes_are_told(example_text: str) -> None:
    """`{zh: 巡逻, en: Patrol streets, markets}` reads as three words; the third must not vanish."""
    line = next(line for line in example_text.splitlines() if line.strip().startswith("title: {") and "en: " in line)
    cut = line.replace("en: ", "en: Patrol streets, ")
    with pytest.raises(PlanInvalid, match="unknown word"):
        load_plan(example_text.replace(line, cut, 1))
