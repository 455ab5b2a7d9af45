"""A file of strangers becomes counts: looked at first, received as a person says, never in part by accident."""

from __future__ import annotations

import csv
import gzip
import io
import json
import time
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from muster import cli
from muster.kernel.organisation import services as organisation
from muster.kernel.organisation.codes import CodeUnknown
from muster.kernel.organisation.rows import AreaRow
from muster.kernel.tables import TableRefused
from muster.prevention.situation.errors import ReportInvalid
from muster.prevention.situation.importing import read_counts
from muster.prevention.situation.models import CaseCount, ReportBatch, ReportRow
from muster.prevention.situation.queries import counts_preview, curve
from muster.prevention.situation.rows import CountRow
from tests.kernel.organisation import town
from tests.prevention.situation.reports import FIRST, NOON, receive

pytestmark = pytest.mark.django_db
CHINESE = "区域,日期,新增确诊,境外输入,备注\n北区,2020年1月12日,3,1,\nD-SOUTH,2020/1/13,5,,复核\n某市,2020-01-14,8,0,\n"


def rows(text: str, **more: str) -> list[tuple[str, str, str, str, int]]:
    reading = read_counts(text.encode(), file_name="counts.csv", **more)
    return [(row.area, str(row.day), row.measure, str(row.value), row.number) for row in reading.rows]


def test_chinese_headings_and_names_of_areas_are_understood(a_town: None) -> None:
    assert rows(CHINESE) == [
        ("D-NORTH", "2020年1月12日", "confirmed", "3", 2),
        ("D-NORTH", "2020年1月12日", "imported", "1", 2),
        ("D-SOUTH", "2020/1/13", "confirmed", "5", 3),
        ("CITY", "2020-01-14", "confirmed", "8", 4),
        ("CITY", "2020-01-14", "imported", "0", 4),
    ]


def test_columns_that_nobody_needs_are_named(a_town: None) -> None:
    assert read_counts(CHINESE.encode("gbk"), file_name="counts.csv").ignored == ["备注"]


def test_a_workbook_says_the_same_as_its_csv(a_town: None) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in csv.reader(io.StringIO(CHINESE)):
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    sheet["B4"] = date(2020, 1, 14)
    packed = io.BytesIO()
    book.save(packed)
    reading = read_counts(packed.getvalue(), file_name="counts.xlsx")
    plain = read_counts(CHINESE.encode(), file_name="counts.csv")
    assert receive(reading.rows).new == receive(plain.rows).same == 5


def test_one_measure_a_row_is_understood_too(a_town: None) -> None:
    text = "area,date,measure,value\nCITY,2020-01-12,确诊,4\nCITY,2020-01-12,deaths,1\nCITY,2020-01-12,rumours,9\n"
    assert [row[2:4] for row in rows(text)] == [("confirmed", "4"), ("deaths", "1"), ("rumours", "9")]


def test_the_area_of_a_whole_file_can_be_chosen(a_town: None) -> None:
    assert rows("date,incidence\n2020-01-12,4\n", area="D-NORTH") == [("D-NORTH", "2020-01-12", "confirmed", "4", 2)]


def test_an_empty_confirmed_count_is_a_row_and_other_empty_cells_are_none(a_town: None) -> None:
    found = rows("area,date,new_confirmed,new_deaths\nCITY,2020-01-12,,\n")
    assert found == [("CITY", "2020-01-12", "confirmed", "", 2)]


def test_totals_take_the_column_of_totals(a_town: None, shared_data: Path) -> None:
    content = (shared_data / "epidemic" / "s_city_2020.csv").read_bytes()
    daily = read_counts(content, file_name="s_city.csv", area="CITY")
    totals = read_counts(content, file_name="s_city.csv", area="CITY", mode="cumulative")
    at = NOON.replace(month=5)
    receive(daily.rows, at, feed="a")
    receive(totals.rows, at, feed="b", mode="cumulative")
    counts = [[day.new for day in curve(feed=feed, area="CITY", as_of=at)] for feed in ("a", "b")]
    assert counts[0] == counts[1]
    assert sum(filter(None, counts[0])) == 462


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("area,new_confirmed\nCITY,1\n", "column of days"),
        ("date,new_confirmed\n2020-01-12,1\n", "of which area"),
        ("area,date,beds\nCITY,2020-01-12,1\n", "column of counts"),
    ],
)
def test_a_file_without_days_areas_or_counts_is_refused(a_town: None, text: str, says: str) -> None:
    with pytest.raises(ReportInvalid) as refused:
        read_counts(text.encode(), file_name="counts.csv")
    from django.utils.translation import override

    with override("en"):
        assert says in str(refused.value)
        assert "counts.csv" in str(refused.value)


def test_an_area_that_is_not_there_is_named_once_and_not_in_every_row(a_town: None) -> None:
    with pytest.raises(CodeUnknown, match="ATLANTIS"):
        rows("date,incidence\n2020-01-12,4\n", area="ATLANTIS")


def test_what_is_no_table_is_refused(a_town: None) -> None:
    with pytest.raises(TableRefused):
        read_counts(b"\x89PNG", file_name="counts.csv")


def test_two_areas_of_one_name_are_nobodys(a_town: None) -> None:
    twin = AreaRow("D-TWIN", "district", "北区", "Twin", 120.0, 30.0, parent="CITY")
    organisation.areas_add(by=town.keeper(), rows=[twin])
    assert rows("area,date,cases\n北区,2020-01-12,1\nTwin,2020-01-12,1\n")[0][0] == "北区"
    assert rows("area,date,cases\n北区,2020-01-12,1\nTwin,2020-01-12,1\n")[1][0] == "D-TWIN"


def test_a_preview_says_what_would_be_done_and_does_nothing(a_town: None) -> None:
    receive([CountRow("CITY", FIRST, 4)])
    asked = [CountRow("CITY", FIRST, 5), CountRow("CITY", "2020-01-13", 1), CountRow("CITY", "2020-01-14", -1)]
    before = ReportBatch.objects.count()
    preview = counts_preview(rows=asked, moment=NOON)
    assert (preview.kept, preview.refused) == (2, 1)
    assert (preview.rejected[0].number, preview.rejected[0].problem) == (3, "value_negative")
    assert preview.noticed[0].previous == 4
    assert ReportBatch.objects.count() == before
    batch = receive(asked)
    assert {fate: getattr(batch, fate) for fate in preview.fates} == dict(preview.fates)


def test_43_002_raw_rows_are_received_and_every_one_is_accounted_for(a_town: None, shared_data: Path) -> None:
    content = gzip.decompress((shared_data / "epidemic" / "dirty_snapshots_2020.csv.gz").read_bytes())
    names = sorted({row["cityName"] for row in csv.DictReader(io.StringIO(content.decode())) if row["cityName"]})
    areas = [AreaRow(f"D-{i:03}", "district", name, "", 120.0, 30.0, parent="CITY") for i, name in enumerate(names)]
    organisation.areas_add(by=town.keeper(), rows=areas)
    begin = time.perf_counter()
    reading = read_counts(content, file_name="snapshots.csv", mode="cumulative")
    confirmed = [row for row in reading.rows if row.measure == "confirmed"]
    batch = receive(reading.rows, mode="cumulative")
    assert time.perf_counter() - begin < 60
    assert len(confirmed) == 43_002
    assert batch.rows == len(reading.rows) == ReportRow.objects.filter(batch=batch).count()
    assert batch.rows == batch.new + batch.same + batch.corrected + batch.superseded + batch.rejected
    assert {row.problem for row in ReportRow.objects.filter(fate="rejected")} >= {"total_decreases"}
    assert CaseCount.objects.filter(batch=batch).count() == batch.new > 1_000
    assert set(ReportRow.objects.filter(measure="confirmed").values_list("number", flat=True)) == set(range(2, 43_004))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["situation", *arguments])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "counts.csv"


def test_the_command_line_imports_a_file_and_shows_what_is_known(
    a_town: None, english: None, capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    file.write_text("date,new_confirmed\n" + "".join(f"2020-01-{day},{day}\n" for day in range(12, 24)))
    code, out, err = run(capsys, "import", str(file), "--area", "CITY", "--source", "health commission", "--json")
    told = json.loads(out)
    assert (code, err, told["rows"], told["new"]) == (0, "", 12, 12)
    assert ReportBatch.objects.get(pk=told["batch"]).source == "health commission"
    code, out, _err = run(capsys, "show", "--area", "CITY", "--json")
    seen = json.loads(out)
    assert (code, len(seen["curve"]), seen["indicators"]["new_cases"]["value"]) == (0, 12, 23)
    assert run(capsys, "show", "--area", "CITY")[0] == 0
    assert json.loads(run(capsys, "show", "--area", "CITY", "--as-of", "2020-01-01", "--json")[1])["curve"] == []


def test_a_file_with_rejected_rows_is_not_received_unless_one_says_so(
    a_town: None, english: None, capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    file.write_text("date,new_confirmed\n2020-01-12,3\n2020-01-13,-4\n2020-01-14,x\n")
    code, out, err = run(capsys, "import", str(file), "--area", "CITY")
    assert (code, out) == (2, "")
    assert f"{file}:3: CITY 2020-01-13 -4: The count is negative." in err
    assert "1 more" in err
    assert len(err.strip().splitlines()) == 1
    assert ReportBatch.objects.count() == 0
    code, out, _err = run(capsys, "import", str(file), "--area", "CITY", "--check", "--json")
    assert (code, json.loads(out)["batch"], ReportBatch.objects.count()) == (1, None, 0)
    code, out, _err = run(capsys, "import", str(file), "--area", "CITY", "--partly", "--json")
    told = json.loads(out)
    assert (code, told["new"], [each["number"] for each in told["problems"]]) == (1, 1, [3, 4])
    code, out, _err = run(capsys, "import", str(file), "--area", "CITY", "--partly")
    assert "2 rejected" in out


def test_a_file_that_is_not_there_or_no_table_is_one_line(
    a_town: None, english: None, capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    file.write_bytes(b"PK\x03\x04")
    for path in (file, tmp_path / "none.csv"):
        code, out, err = run(capsys, "import", str(path))
        assert (code, out, len(err.strip().splitlines())) == (2, "", 1)
