"""`muster replay`: what it reads, what it says when a file is wrong, what it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from muster.cli import main
from muster.preparedness.plans.models import PlanVersion
from muster.response.operations.models import Operation
from tests.response.operations import bureau
from tests.response.operations.replay.wave import BUILT

HEAD = "date,new_confirmed\n"
GOOD = HEAD + "".join(f"2020-01-{day:02d},{count}\n" for day, count in enumerate([0, 1, 3, 5, 2, 0], start=10))
KEYS = {
    "plan_hash", "seed", "first_day", "last_day", "levels", "tasks", "late", "staff_shortfall", "stock_shortfall",
}  # fmt: skip


@pytest.fixture
def old_plan(db: None) -> PlanVersion:
    return bureau.build(BUILT)


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line on standard error of a call that ends with 2."""
    assert main(["replay", *arguments]) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert "Traceback" not in found.err
    assert len(found.err.strip().splitlines()) == 1
    return found.err


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        ("2020-01-10,1\n2020-01-11,-3\n", 3, "negative"),
        ("2020-01-10,1\n2020-01-11,\n", 3, "missing"),
        ("2020-01-10,1\n2020-01-11,1.5\n", 3, "whole number"),
        ("2020-01-10,1\n2020-01-10,2\n", 3, "twice"),
        ("2020-01-10,1\n2020-01-13,2\n", 3, "missing"),
        ("2020-01-10,1\n2999-01-11,2\n", 3, "future"),
        ("2020-01-10,1\nyesterday,2\n", 3, "no date"),
    ],
)
def test_a_wrong_count_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: str, line: int, what: str
) -> None:
    message = refused(capsys, "--cases", written(tmp_path, "cases.csv", HEAD + rows))
    assert f"cases.csv:{line}" in message
    assert what in message


def test_counts_without_dates_cannot_be_replayed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "date" in refused(capsys, "--cases", written(tmp_path, "cases.csv", "new_confirmed\n1\n2\n"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--cases", "--plan", "--inputs"):
        assert "nowhere" in refused(capsys, option, str(tmp_path / "nowhere.csv"))


def test_a_wrong_plan_is_named_with_line_and_clause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = bureau.PLAN.read_text("utf-8").replace("due: 4h", "due: soon")
    message = refused(capsys, "--plan", written(tmp_path, "plan.yaml", text))
    assert "plan.yaml:" in message
    assert "C02" in message


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("weather,1,2020-01-10T08:00:00+08:00", "no input"),
        ("province_level,high,2020-01-10T08:00:00+08:00", "no number"),
        ("province_level,1,tomorrow", "no moment"),
    ],
)
def test_a_wrong_input_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, what: str
) -> None:
    message = refused(capsys, "--inputs", written(tmp_path, "told.csv", f"name,value,valid_from\n{row}\n"))
    assert "told.csv:2" in message
    assert what in message


def test_nothing_is_kept_of_a_replay_whose_file_is_wrong(
    old_plan: PlanVersion, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(capsys, "--cases", written(tmp_path, "cases.csv", HEAD + "2020-01-10,-1\n"))
    assert not Operation.objects.exists()


def test_the_report_goes_to_standard_output_and_to_files(
    old_plan: PlanVersion, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = written(tmp_path, "cases.csv", GOOD)
    told = written(
        tmp_path, "told.csv", "name,value,valid_from,lasting\nprovince_level,1,2020-01-13T10:00:00+08:00,yes\n"
    )
    arguments = ["replay", "--plan", str(bureau.PLAN), "--cases", cases, "--inputs", told, "--seed", "5", "--json"]
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr().out
    report = json.loads(printed)
    assert set(report) >= KEYS
    assert (report["seed"], report["first_day"], report["last_day"]) == (5, "2020-01-10", "2020-01-15")
    assert [row["level"] for row in report["levels"]][-1] == 1
    assert (tmp_path / "out" / "report.json").read_text("utf-8") == printed
    assert "<svg" in (tmp_path / "out" / "report.html").read_text("utf-8")
    assert main(arguments) == 0
    assert capsys.readouterr().out == printed


def test_a_variant_of_a_released_version_can_be_replayed(
    old_plan: PlanVersion, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A draft that still bears the number of the released version: its own content is replayed, under its own hash."""
    text = bureau.PLAN.read_text("utf-8").replace("due: 4h", "due: 5h")
    arguments = ["--plan", written(tmp_path, "draft.yaml", text), "--cases", written(tmp_path, "c.csv", GOOD)]
    assert main(["replay", *arguments, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["plan_hash"] != old_plan.hash
    assert Operation.objects.get().plan_version.version.startswith("1.0+")


def test_for_people_it_is_a_page_of_tables(
    old_plan: PlanVersion, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", "--plan", str(bureau.PLAN), "--cases", written(tmp_path, "c.csv", GOOD)]) == 0
    shown = capsys.readouterr().out
    assert "S-SMALL-01" in shown
    assert "2020-01-11" in shown
