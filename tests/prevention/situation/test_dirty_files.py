"""Files as the field sends them: read where there is one meaning, named row by row where there is none."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from muster import cli
from muster.kernel import clock
from muster.kernel.commands import Actor
from muster.prevention.situation import problems, services
from muster.prevention.situation.errors import ReportInvalid
from muster.prevention.situation.importing import Reading, read_counts
from muster.prevention.situation.models import CaseCount, ReportBatch, ReportRow
from muster.prevention.situation.queries import counts_preview, curve
from muster.prevention.situation.queries.records import rows_of
from muster.prevention.situation.rows import CountRow
from tests.prevention.situation.reports import FIRST, MINUTE, NOON, receive

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HEADINGS = "区域,日期,新增确诊,境外输入\n"
TWO_DAYS = HEADINGS + "CITY,2020-01-12,3,1\nCITY,2020-01-13,5,0\n"


def counted(reading: Reading) -> dict[tuple[str, date], int]:
    """What would be known of the city after the report: the real service decides, on an empty database."""
    batch = receive(reading.rows)
    assert batch.rejected == 0, [(row.value, row.what) for row in rows_of(batch.pk, fate="rejected")]
    return {(count.measure, count.day): count.value for count in CaseCount.objects.filter(area__code="CITY")}


def read(content: bytes, name: str = "counts.csv") -> Reading:
    return read_counts(content, file_name=name)


def book(*sheets: Iterable[Sequence[Any]], merged: Sequence[str] = ()) -> bytes:
    """A workbook with these sheets; `merged` in the last one."""
    made = Workbook()
    for place, rows in enumerate(sheets):
        sheet = made.active if place == 0 else made.create_sheet()
        assert sheet is not None
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


BOTH_DAYS = {
    ("confirmed", FIRST): 3,
    ("imported", FIRST): 1,
    ("confirmed", FIRST + DAY): 5,
    ("imported", FIRST + DAY): 0,
}


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + TWO_DAYS.encode(),
        TWO_DAYS.encode("gb18030"),
        TWO_DAYS.replace(",", ";").encode(),
        TWO_DAYS.replace(",", "\t").encode("utf-16"),
        TWO_DAYS.replace(",", "，").encode(),
        TWO_DAYS.replace("\n", "\r\n").encode(),
        TWO_DAYS.replace("\n", "\r").encode(),
        ("\n\n" + TWO_DAYS.replace("\n", "\n\n") + ",,,\n   \n").encode(),
        ("某市疫情日报\n单位：例\n" + TWO_DAYS).encode(),
        TWO_DAYS.replace("2020-01-1", "２０２０－０１－１").replace(",3,", ",３,").encode(),
        TWO_DAYS.replace("2020-01-12", "43842").replace("2020-01-13", "43843.75").encode(),
        TWO_DAYS.replace("2020-01-12", "2020-01-11T20:00:00Z").encode(),
        TWO_DAYS.replace(",3,", ',"3.0",').encode(),
    ],
    ids=[
        "mark", "gb18030", "semicolons", "utf-16 tabs", "full-width commas", "crlf", "cr", "blank rows", "titles",
        "full-width figures", "serial numbers", "moments with their zone", "decimal point",
    ],
)  # fmt: skip
def test_a_file_with_one_meaning_is_read_as_that(a_town: None, content: bytes) -> None:
    assert counted(read(content)) == BOTH_DAYS


def test_a_workbook_may_give_days_as_dates_as_numbers_or_as_text(a_town: None) -> None:
    days = [date(2020, 1, 12), datetime(2020, 1, 13, 18, 30), 43844, "43845", "2020/1/16"]
    content = book([("区域", "日期", "新增确诊"), *(("CITY", day, 2.0) for day in days)])
    found = counted(read(content, "counts.xlsx"))
    assert found == {("confirmed", FIRST + i * DAY): 2 for i in range(5)}


def test_an_area_or_a_day_in_merged_cells_stands_for_each_row_and_a_count_does_not(a_town: None) -> None:
    rows = [
        ("某市疫情日报", None, None),
        ("区域", "日期", "新增确诊"),
        ("CITY", FIRST, 3),
        (None, FIRST + DAY, 5),
        ("D-NORTH", FIRST, 4),
        ("D-SOUTH", None, None),
    ]
    reading = read(book(rows, merged=["A1:C1", "A3:A4", "B5:B6", "C5:C6"]), "counts.xlsx")
    assert [(row.area, str(row.day), row.value) for row in reading.rows] == [
        ("CITY", "2020-01-12", "3"),
        ("CITY", "2020-01-13", "5"),
        ("D-NORTH", "2020-01-12", "4"),
        ("D-SOUTH", "2020-01-12", ""),  # 4 for both districts together is nobody's count
    ]
    batch = receive(reading.rows)
    assert [(row.area, row.problem) for row in rows_of(batch.pk, fate="rejected")] == [
        ("D-SOUTH", problems.VALUE_MISSING)
    ]


def test_an_empty_cell_that_is_not_merged_is_missing(a_town: None) -> None:
    content = book([("区域", "日期", "新增确诊"), ("CITY", FIRST, 3), (None, FIRST + DAY, 5)])
    batch = receive(read(content, "counts.xlsx").rows)
    assert [(row.number, row.problem) for row in rows_of(batch.pk, fate="rejected")] == [(3, problems.AREA_MISSING)]


def test_the_sheet_that_is_a_table_is_read_and_named(a_town: None) -> None:
    notes = [("本表由卫生健康委员会填报",), ("每日更新",)]
    reading = read(book(notes, [("区域", "日期", "新增确诊"), ("CITY", FIRST, 3)]), "counts.xlsx")
    assert (reading.sheet, counted(reading)) == ("Sheet1", {("confirmed", FIRST): 3})


WRONG = [
    ("2099-01-12", "3", problems.DAY_IN_FUTURE),
    ("2020-02-30", "3", problems.DAY_UNREADABLE),
    ("12/01/2020", "3", problems.DAY_UNREADABLE),
    ("1月12日", "3", problems.DAY_UNREADABLE),
    ("2020-01-12 about noon", "3", problems.DAY_UNREADABLE),
    ("12345", "3", problems.DAY_UNREADABLE),
    ("", "3", problems.DAY_MISSING),
    ("2020-01-12", "", problems.VALUE_MISSING),
    ("2020-01-12", "-3", problems.VALUE_NEGATIVE),
    ("2020-01-12", "－３", problems.VALUE_NEGATIVE),
    ("2020-01-12", "−3", problems.VALUE_NEGATIVE),
    ("2020-01-12", "3．5", problems.VALUE_FRACTION),
    ("2020-01-12", "1.234.567", problems.VALUE_UNREADABLE),
    ("2020-01-12", "12²", problems.VALUE_UNREADABLE),
    ("2020-01-12", "①", problems.VALUE_UNREADABLE),
    ("2020-01-12", "12例", problems.VALUE_UNREADABLE),
    ("2020-01-12", "无", problems.VALUE_UNREADABLE),
    ("2020-01-12", "-", problems.VALUE_UNREADABLE),
    ("2020-01-12", "#REF!", problems.VALUE_UNREADABLE),
    ("2020-01-12", '"999,999,999,999"', problems.VALUE_TOO_LARGE),
]


def test_each_wrong_row_is_named_and_nothing_is_guessed(a_town: None) -> None:
    text = "area,date,new_confirmed\n" + "".join(f"CITY,{day},{value}\n" for day, value, _problem in WRONG)
    batch = receive(read(text.encode()).rows)
    assert [(row.number, row.problem) for row in rows_of(batch.pk, fate="rejected")] == [
        (number, problem) for number, (_day, _value, problem) in enumerate(WRONG, start=2)
    ]
    assert batch.rows == batch.rejected == len(WRONG)


def test_a_row_with_more_cells_than_headings_is_never_read_as_if_they_fitted(a_town: None) -> None:
    """1,234 cases without quotation marks would become one case, 234 of them imported."""
    text = HEADINGS + 'CITY,2020-01-12,1,234,1\nCITY,2020-01-13,"1,234",1\nCITY,2020-01-14,5,1,,,\n'
    batch = receive(read(text.encode()).rows)
    assert {(row.number, row.problem) for row in rows_of(batch.pk, fate="rejected")} == {(2, problems.ROW_TOO_WIDE)}
    assert [day.new for day in curve(area="CITY", as_of=NOON)] == [1234, 5]


def test_a_day_given_twice_in_a_file_is_named_whether_the_counts_agree_or_not(a_town: None) -> None:
    text = "area,date,new_confirmed\nCITY,2020-01-12,3\nCITY,2020-01-13,5\nCITY,2020-01-12,3\nCITY,2020-01-13,6\n"
    preview = counts_preview(rows=read(text.encode()).rows, moment=NOON)
    assert [(row.number, row.fate, row.previous) for row in preview.noticed] == [
        (2, "superseded", 3),
        (3, "superseded", 6),
    ]


def test_a_day_given_again_in_another_file_is_the_same_or_a_correction_of_it(a_town: None) -> None:
    receive(read(TWO_DAYS.encode()).rows)
    again = read((HEADINGS + "CITY,2020-01-12,3,1\nCITY,2020-01-13,6,0\nCITY,2020-01-14,7,0\n").encode()).rows
    preview = counts_preview(rows=again, moment=NOON + MINUTE)
    assert [(row.number, row.value, row.previous) for row in preview.noticed] == [(3, "6", 5)]
    batch = receive(again, NOON + MINUTE)
    assert (batch.same, batch.corrected, batch.new) == (3, 1, 2)


def test_the_preview_says_of_which_days_and_areas_the_file_was_read_to_be(a_town: None) -> None:
    rows = [CountRow("CITY", "43842", 1), CountRow("D-NORTH", FIRST + 9 * DAY, 2), CountRow("CITY", "2031-01-01", 3)]
    preview = counts_preview(rows=rows, moment=NOON)
    assert (preview.first_day, preview.last_day, preview.areas) == (FIRST, FIRST + 9 * DAY, 2)
    nothing = counts_preview(rows=rows[2:], moment=NOON)
    assert (nothing.first_day, nothing.last_day, nothing.areas) == (None, None, 0)


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (TWO_DAYS.replace(",", "|").encode(), "区域|日期|新增确诊|境外输入"),
        ("日期,某市,北区\n2020-01-12,3,1\n".encode(), "日期, 某市, 北区"),
        ("区域,日期,床位\nCITY,2020-01-12,3\n".encode(), "区域, 日期, 床位"),
    ],
)
def test_a_file_whose_headings_are_not_understood_is_told_which_were_found(
    a_town: None, content: bytes, shown: str
) -> None:
    with pytest.raises(ReportInvalid) as refused:
        read(content)
    assert str(refused.value.where) == f"counts.csv ({shown})"
    assert str(refused.value.mend)


NO_TABLES = {
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not what its name says"),
    "a photograph": (b"\xff\xd8\xff\xe0" + bytes(range(256)), "not what its name says"),
    "a workbook": (b"PK\x03\x04abc", "not what its name says"),
    "nothing": (b"", "empty"),
    "a mark alone": (b"\xef\xbb\xbf", "empty"),
    "blanks": (b"  \n \n", "empty"),
    "headings alone": (HEADINGS.encode(), "no row below"),
    "an open quotation": ((HEADINGS + 'CITY,2020-01-12,"3,1\n').encode(), "not closed"),
    "bytes": (bytes([0xFF, 0x80, 0x81, 0x0A]) * 50, "cannot be read"),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table_is_told_on_the_page_and_on_the_command_line(
    a_town: None,
    browse: Callable[[str], Client],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
) -> None:
    content, says = NO_TABLES[name]
    data = {"source": "health commission", "mode": "daily", "area": "", "file": SimpleUploadedFile("a.csv", content)}
    response = browse("duty_officer").post("/situation/import/", data)
    assert (response.status_code, says in response.content.decode()) == (422, True)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert cli.main(["situation", "import", str(path)]) == 2
    shown = capsys.readouterr()
    assert (shown.out, says in shown.err, len(shown.err.strip().splitlines())) == ("", True, 1)
    assert ReportBatch.objects.count() == 0


def test_the_command_line_names_what_is_corrected_and_what_is_given_twice(
    a_town: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("area,date,new_confirmed\nCITY,2020-01-12,3\nCITY,2020-01-12,4\n")
    assert cli.main(["situation", "import", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["number"], row["fate"], row["previous"]) for row in told["noticed"]] == [(2, "superseded", 4)]
    assert (told["first_day"], told["last_day"]) == ("2020-01-12", "2020-01-12")
    path.write_text("area,date,new_confirmed\nCITY,2020-01-12,9\n")
    assert cli.main(["situation", "import", str(path)]) == 0
    shown = capsys.readouterr().out
    assert "corrected" in shown
    assert "2020-01-12 to 2020-01-12" in shown


def post(client: Client, rows: list[dict[str, Any]]) -> int:
    body = {"source": "health commission", "rows": rows}
    return client.post("/api/situation/counts", body, content_type="application/json").status_code


def test_a_missing_or_fractional_count_of_the_api_is_a_rejected_row_and_no_failed_report(
    a_town: None, browse: Callable[[str], Client]
) -> None:
    rows: list[dict[str, Any]] = [
        {"area": "CITY", "day": "2020-01-12", "value": 3},
        {"area": "CITY", "day": "2020-01-13", "value": None},
        {"area": "CITY", "day": "2020-01-14", "value": 3.5},
        {"area": "CITY", "day": "2020-01-15"},
        {"area": "CITY", "day": None, "value": 3},
        {"day": "2020-01-16", "value": 3},
        {"area": "CITY", "day": "2020-01-17", "value": -1},
        {"area": "CITY", "day": "2020-01-18", "value": 4.0},
    ]
    assert post(browse("duty_officer"), rows) == 201
    assert [row.problem for row in ReportRow.objects.filter(fate="rejected").order_by("number")] == [
        problems.VALUE_MISSING,
        problems.VALUE_FRACTION,
        problems.VALUE_MISSING,
        problems.DAY_MISSING,
        problems.AREA_MISSING,
        problems.VALUE_NEGATIVE,
    ]
    assert ReportBatch.objects.get().new == 2


@pytest.mark.parametrize("value", [True, [3], {"count": 3}])
def test_what_is_no_count_at_all_is_refused_whole(a_town: None, browse: Callable[[str], Client], value: object) -> None:
    assert post(browse("duty_officer"), [{"area": "CITY", "day": "2020-01-12", "value": value}]) == 422
    assert ReportBatch.objects.count() == 0


def test_today_is_the_bureaus_today(a_town: None, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """At 02:00 in the bureau it is still yesterday in Greenwich."""
    path = tmp_path / "cases.csv"
    path.write_text("date,incidence\n" + "".join(f"2020-03-{day:02},5\n" for day in range(1, 11)))
    with clock.frozen(datetime(2020, 3, 9, 18, 0, tzinfo=UTC)):
        assert cli.main(["rt", str(path), "--json"]) == 0
        batch = services.counts_receive(
            by=Actor.system("test"), rows=[CountRow("CITY", "2020-03-10", 5)], source="health commission"
        )
    assert batch.new == 1
