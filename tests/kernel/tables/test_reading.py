"""Honest tables: whatever program and country they come from, they read the same."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.kernel.tables import TableRefused, read_table, write_csv
from tests.kernel.tables.files import saved, workbook

TOWN = "编码,名称\r\nST-1,一所\r\nST-2,二所\r\n"


def cells(content: bytes, name: str = "units.csv") -> list[dict[str, str]]:
    return [row.cells for row in read_table(content, file_name=name).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_chinese_text_reads_the_same_in_every_encoding_that_offices_use(encoding: str) -> None:
    assert cells(TOWN.encode(encoding)) == [{"编码": "ST-1", "名称": "一所"}, {"编码": "ST-2", "名称": "二所"}]


@pytest.mark.parametrize("separator", [",", ";", "\t", "，"])
def test_cells_may_be_separated_by_comma_semicolon_or_tab(separator: str) -> None:
    text = TOWN.replace(",", separator).encode()
    assert cells(text)[0] == {"编码": "ST-1", "名称": "一所"}


@pytest.mark.parametrize("mark", ["，", ";", "; ;", "\t"])
def test_a_mark_in_texts_separates_nothing_however_often_it_stands_there(mark: str) -> None:
    text = f"一所{mark}东门{mark}昼夜"
    rows = f"编码,说明\nST-1,{text}\nST-2,{text}\n"
    assert cells(rows.encode()) == [{"编码": code, "说明": text} for code in ("ST-1", "ST-2")]


def test_decimal_commas_do_not_separate_what_semicolons_separate() -> None:
    assert cells(b"code;share;rest\nA;1,5;2,5\nB;3,5;4,5\n")[1] == {"code": "B", "share": "3,5", "rest": "4,5"}


def test_a_line_that_names_the_separator_is_not_a_row() -> None:
    table = read_table(b"sep=;\ncode;name\nA;one, two\n", file_name="a.csv")
    assert table.headers == ["code", "name"]
    assert (table.rows[0].number, table.rows[0].cells["name"]) == (3, "one, two")


def test_a_quoted_cell_may_hold_separators_quotes_and_line_breaks() -> None:
    text = b'code,note\nA,"first, ""second""\r\nthird"\nB,x\n'
    assert cells(text)[0]["note"] == 'first, "second"\nthird'


def test_rows_have_the_numbers_that_the_spreadsheet_shows() -> None:
    table = read_table(b"S City police stations\n\ncode,name\nA,one\n\n,\nB,two\n", file_name="a.csv")
    assert table.headers == ["code", "name"]
    assert [row.number for row in table.rows] == [4, 7]


def test_a_table_of_one_column_has_its_first_row_as_heading() -> None:
    table = read_table(b"code\nA\nB\n", file_name="a.csv")
    assert (table.headers, [row.cells for row in table.rows]) == (["code"], [{"code": "A"}, {"code": "B"}])


def test_blanks_and_invisible_characters_around_a_value_are_taken_off() -> None:
    assert cells("code,name\n\u00a0A \u200b,\ufeffone\n".encode()) == [{"code": "A", "name": "one"}]


def test_a_nameless_column_has_its_letter_and_a_repeated_one_a_number() -> None:
    assert read_table(b"code,,note,note\nA,1,2,3\n", file_name="a.csv").headers == ["code", "B", "note", "note (2)"]


def test_a_workbook_gives_days_numbers_and_truth_as_text() -> None:
    row = [date(2020, 1, 20), datetime(2020, 1, 20, 8, 30), 12.0, 1.5, True, None, "文字"]
    content = workbook([list("abcdefg"), row])
    assert list(cells(content, "a.xlsx")[0].values()) == [
        "2020-01-20",
        "2020-01-20T08:30:00",
        "12",
        "1.5",
        "true",
        "",
        "文字",
    ]


def test_the_first_sheet_that_is_shown_is_read_unless_another_is_named() -> None:
    book = openpyxl.Workbook()
    book.active.title, book.active.sheet_state = "hidden", "hidden"
    for title in ("Units", "People"):
        one = book.create_sheet(title)
        one.append(["code", "sheet"])
        one.append(["A", title])
    content = saved(book)
    assert read_table(content, file_name="a.xlsx").sheet == "Units"
    assert read_table(content, file_name="a.xlsx", sheet="People").rows[0].cells["sheet"] == "People"
    with pytest.raises(TableRefused, match="hidden, Units, People"):
        read_table(content, file_name="a.xlsx", sheet="Sites")


@pytest.mark.parametrize("note", [[], [["请勿改动本表"]], [["说明"], ["第一条"], ["第二条"]]])
def test_a_sheet_of_notes_before_the_table_is_passed_over(note: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    for row in note:
        book.active.append(row)
    table = book.create_sheet("数据")
    table.append(["code", "name"])
    table.append(["A", "first"])
    assert read_table(saved(book), file_name="a.xlsx").sheet == "数据"


def test_a_workbook_of_one_column_is_a_table_and_one_without_rows_is_none() -> None:
    assert cells(workbook([["incidence"], [3], [4]]), "a.xlsx") == [{"incidence": "3"}, {"incidence": "4"}]
    with pytest.raises(TableRefused) as refused:
        read_table(workbook([["code", "name"]]), file_name="a.xlsx")
    assert refused.value.code == "no_rows"


@pytest.mark.parametrize("rows", [3, 6_000])
def test_what_merged_cells_show_is_known_in_each_row_and_written_in_none(rows: int) -> None:
    """However large: a workbook of 6,000 rows is read by a process of its own."""
    book = openpyxl.Workbook()
    book.active.append(["district", "day", "note"])
    for number in range(rows):
        book.active.append([None if number else "北区", f"day {number}", None if number > 1 else number])
    book.active.merge_cells(f"A2:A{rows + 1}")
    book.active.merge_cells("B1:C1")
    found = read_table(saved(book), file_name="a.xlsx").rows
    assert (found[0].cells["district"], dict(found[0].merged)) == ("北区", {})
    assert {row.cells.get("district", "") for row in found[1:]} == {""}
    assert [dict(row.merged) for row in found[1:]] == [{"district": "北区"}] * (rows - 1)


def test_a_large_workbook_is_read_as_a_small_one_is() -> None:
    rows = [["code", "name", "day"], *([f"P{number:05}", f"人员{number}", date(2020, 1, 1)] for number in range(6_000))]
    table = read_table(workbook(rows), file_name="people.xlsx")
    assert len(table.rows) == 6_000
    assert table.rows[-1].cells == {"code": "P05999", "name": "人员5999", "day": "2020-01-01"}
    assert table.rows[-1].number == 6_001


@pytest.mark.parametrize("shown", ["4.40E+17", "4.4012E+17", "1.38E+10"])
def test_a_number_that_the_program_shortened_is_flagged_not_taken(shown: str) -> None:
    row = read_table(f"id,name\n{shown},x\n".encode(), file_name="a.csv").rows[0]
    assert row.damaged == {"id": "exponent"}


def test_a_long_number_stored_as_a_number_has_lost_figures() -> None:
    content = workbook([["id", "phone", "text"], [440301199001011234, 13800138000, "440301199001011234"]])
    row = read_table(content, file_name="a.xlsx").rows[0]
    assert row.damaged == {"id": "precision"}
    assert (row.cells["phone"], row.cells["text"]) == ("13800138000", "440301199001011234")


@pytest.mark.parametrize("value", ["#REF!", "#N/A", "########"])
def test_an_error_in_a_cell_is_flagged(value: str) -> None:
    assert read_table(f"a,b\n{value},x\n".encode(), file_name="a.csv").rows[0].damaged == {"a": "error_value"}


def test_text_that_reads_otherwise_than_it_is_stored_is_flagged() -> None:
    content = "a,b\nabc\u202egpj.exe,x\n".encode()
    assert read_table(content, file_name="a.csv").rows[0].damaged == {"a": "control"}


def test_a_row_with_more_cells_than_headings_is_remembered() -> None:
    assert read_table(b"a,b\n1,2\n1,2,3\n", file_name="a.csv").wide == (3,)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), max_size=12), min_size=2, max_size=2
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_is_written_reads_back_and_no_cell_of_it_is_a_formula(rows: list[list[str]]) -> None:
    filled = [["x" + text for text in row] for row in rows]
    table = read_table(write_csv(["first", "second"], filled), file_name="a.csv")
    assert [list(row.cells.values()) for row in table.rows] == [[text.strip() for text in row] for row in filled]
