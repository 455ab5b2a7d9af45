"""Expected columns are found under the headings of a stranger."""

from __future__ import annotations

import pytest

from muster.kernel.tables import Column, ColumnsMissing, match_columns, read_table

UNITS = [
    Column("code", required=True, synonyms=("编码", "单位代码", "unit code")),
    Column("name_zh", required=True, synonyms=("名称", "单位名称")),
    Column("parent", synonyms=("上级", "上级单位")),
]


def match(text: str):  # type: ignore[no-untyped-def]
    return match_columns(read_table(text.encode(), file_name="a.csv"), UNITS, file_name="a.csv")


@pytest.mark.parametrize(
    "heading", ["code", "Code", " 编码 ", "单位代码", "UNIT_CODE", "编码*", "Unit-Code:", "ｃｏｄｅ"]
)
def test_a_heading_counts_in_either_language_and_any_spelling(heading: str) -> None:
    found = match(f"{heading},名称\nA,一所\n")
    assert found.rows[0].cells == {"code": "A", "name_zh": "一所"}
    assert found.headers["name_zh"] == "名称"


def test_the_missing_columns_are_named_together() -> None:
    with pytest.raises(ColumnsMissing, match=r"a\.csv.*code / 编码.*name_zh / 名称"):
        match("上级,备注\nPSB,x\n")


def test_two_headings_for_one_column_are_not_guessed_between() -> None:
    with pytest.raises(ColumnsMissing, match="code, 单位代码"):
        match("code,单位代码,名称\nA,B,一所\n")
    with pytest.raises(ColumnsMissing, match=r"名称, 名称 \(2\)"):
        match("code,名称,名称\nA,B,一所\n")


def test_headings_that_nobody_expects_are_told() -> None:
    assert match("code,名称,备注\nA,一所,x\n").ignored == ["备注"]


def test_an_empty_cell_where_a_value_is_needed_is_named_by_row_and_heading() -> None:
    found = match("code,单位名称\nA,一所\nB,\n")
    assert [(problem.row, problem.column) for problem in found.problems] == [(3, "单位名称")]


def test_damage_counts_only_in_columns_that_are_used() -> None:
    found = match("code,名称,备注\n1.23E+17,一所,2.34E+17\n")
    assert [(problem.row, problem.column) for problem in found.problems] == [(2, "code")]


def test_a_row_with_too_many_cells_is_a_problem_of_that_row() -> None:
    found = match("code,名称\nA,一所,二所\n")
    assert [problem.row for problem in found.problems] == [2]


def test_a_problem_tells_its_facts_as_plain_text() -> None:
    facts = match("code,名称\nA,\n").problems[0].facts()
    assert facts["row"] == 2
    assert all(isinstance(facts[key], str) and facts[key] for key in ("column", "what", "expected", "mend"))
