"""`muster rt`: the table, the JSON, and every wrong line named."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from muster import cli
from muster.kernel import clock
from tests.engines.epidemic.figures import column

DATED = "date,incidence\n" + "".join(f"2020-01-{day:02},{day % 5 + 2}\n" for day in range(1, 21))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["rt", *arguments])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cases.csv"


def test_the_json_has_the_figures_of_epiestim(capsys: pytest.CaptureFixture[str], shared_data: Path) -> None:
    folder = shared_data / "epidemic"
    given = ["--serial-interval", str(folder / "flu2009_serial_interval.csv")]
    code, out, err = run(capsys, str(folder / "flu2009_incidence.csv"), *given, "--json")
    rows = json.loads(out)
    expected = folder / "flu2009_expected_R_weekly_window_given_si.csv"
    names = {
        "t_start": "t_start",
        "t_end": "t_end",
        "mean": "Mean(R)",
        "sd": "Std(R)",
        "q025": "Quantile.0.025(R)",
        "median": "Median(R)",
        "q975": "Quantile.0.975(R)",
    }
    assert (code, err) == (0, "")
    for ours, theirs in names.items():
        assert [row[ours] for row in rows] == pytest.approx(column(expected, theirs).tolist(), abs=1e-6)


def test_a_parametric_interval_and_another_window_can_be_asked_for(
    capsys: pytest.CaptureFixture[str], shared_data: Path
) -> None:
    path = str(shared_data / "epidemic" / "flu2009_incidence.csv")
    expected = shared_data / "epidemic" / "flu2009_expected_R_weekly_window_parametric_si_2.6_1.5.csv"
    rows = json.loads(run(capsys, path, "--mean", "2.6", "--sd", "1.5", "--json")[1])
    assert [row["mean"] for row in rows] == pytest.approx(column(expected, "Mean(R)").tolist(), abs=1e-6)
    wider = json.loads(run(capsys, path, "--mean", "2.6", "--sd", "1.5", "--window", "14", "--json")[1])
    assert (wider[0]["t_start"], wider[0]["t_end"]) == (2, 15)
    flat = json.loads(run(capsys, path, "--prior-mean", "1", "--prior-sd", "0.1", "--json")[1])
    assert abs(flat[-1]["mean"] - 1) < 0.3


def test_a_reader_gets_a_table_with_dates_and_what_to_be_careful_about(
    capsys: pytest.CaptureFixture[str], shared_data: Path
) -> None:
    code, out, _err = run(capsys, str(shared_data / "epidemic" / "s_city_2020.csv"))
    lines = {day: next(line for line in out.splitlines() if day in line) for day in ("2020-01-31", "2020-02-25")}
    assert code == 0
    assert "late report" in lines["2020-01-31"]
    assert "few cases" in lines["2020-02-25"]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + DATED.encode(),
        DATED.replace("\n", "\r\n").encode(),
        DATED.replace("\n", "\n\n").encode(),
        ("\n" + DATED + "\n\n").encode(),
        DATED.replace("date,incidence", "date,incidence,备注").encode("gbk"),
        DATED.replace("incidence", "new_confirmed").encode(),
        DATED.replace("date,incidence", "Date, Incidence ").encode(),
        DATED.replace(",", ";").encode(),
        DATED.replace(",", "\t").encode("utf-16"),
        DATED.replace("2020-01-0", "2020/1/").encode(),
    ],
    ids=["mark", "crlf", "blank lines", "blank ends", "gbk", "new_confirmed", "case", "semicolon", "utf-16", "slashes"],
)
def test_a_file_is_read_as_other_programs_write_it(
    capsys: pytest.CaptureFixture[str], file: Path, content: bytes
) -> None:
    file.write_bytes(content)
    code, out, err = run(capsys, str(file), "--json")
    assert (code, err) == (0, "")
    rows = json.loads(out)
    assert len(rows) == 13
    assert rows[-1]["cases"] == sum(day % 5 + 2 for day in range(14, 21))


def test_a_file_without_dates_is_a_series_of_days(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.write_text("incidence\n" + "5\n" * 10)
    rows = json.loads(run(capsys, str(file), "--json")[1])
    assert [row["t_end"] for row in rows] == [8, 9, 10]
    assert "date_end" not in rows[0]


TOMORROW = f"{clock.today() + timedelta(days=1)}"
WRONG = {
    "negative": ("date,incidence\n2020-01-01,3\n2020-01-02,-4\n", 3, "-4 is negative"),
    "missing": ("date,incidence\n2020-01-01,3\n2020-01-02,\n", 3, "missing"),
    "not a number": ("date,incidence\n2020-01-01,x\n", 2, "'x' is not a number"),
    "fraction": ("date,incidence\n2020-01-01,2.5\n", 2, "not a whole number"),
    "twice": ("date,incidence\n2020-01-01,3\n2020-01-02,4\n2020-01-01,3\n", 4, "given twice; the first is on line 2"),
    "gap": ("date,incidence\n2020-01-01,3\n2020-01-04,4\n", 3, "from 2020-01-02 are missing"),
    "out of order": ("date,incidence\n2020-01-05,3\n2020-01-04,4\n", 3, "out of order"),
    "future": (f"date,incidence\n{TOMORROW},3\n", 2, "future"),
    "no date": ("date,incidence\n2020-02-30,3\n", 2, "no date"),
    "date missing": ("date,incidence\n,3\n", 2, "date is missing"),
    "no column": ("date,cases\n2020-01-01,3\n", 1, "no column incidence or new_confirmed"),
    "no rows": ("date,incidence\n", 1, "no row below the headings"),
    "empty": ("", 1, "empty"),
    "too short": ("incidence\n1\n2\n3\n", 4, "3 days of counts; expected at least 8"),
    "day numbers": ("day,incidence\n0,3\n2,4\n", 3, "from 1 are missing"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_line_is_named_with_file_and_line(capsys: pytest.CaptureFixture[str], file: Path, name: str) -> None:
    content, line, says = WRONG[name]
    file.write_text(content)
    code, out, err = run(capsys, str(file), "--json")
    assert (code, out) == (2, "")
    assert f"{file}:{line}: " in err
    assert says in err
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_the_first_of_many_wrong_lines_is_told_with_their_number(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    file.write_text("incidence\n1\n-2\nx\n\n-5\n")
    _code, _out, err = run(capsys, str(file))
    assert f"{file}:3: -2 is negative" in err
    assert "(and 2 more)" in err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--mean", "4"], "belong together"),
        (["--mean", "0.5", "--sd", "2"], "mean above 1"),
        (["--prior-sd", "0"], "prior"),
        (["--window", "0"], "window"),
        (["--mean", "4", "--sd", "2", "--serial-interval", "x.csv"], "exclude"),
        (["--serial-interval", "/nowhere/x.csv"], "/nowhere/x.csv"),
    ],
)
def test_a_wrong_option_is_one_line_and_exit_2(
    capsys: pytest.CaptureFixture[str], file: Path, options: list[str], says: str
) -> None:
    file.write_text(DATED)
    code, out, err = run(capsys, str(file), *options)
    assert (code, out) == (2, "")
    assert says in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("day,probability\n0,0.5\n1,0.5\n", "lag 0"),
        ("day,probability\n0,0\n1,0.5\n", "sum to 0.5"),
        ("day,probability\n0,0\n2,1\n", "expected day 1"),
        ("day,probability\n0,0\n1,x\n", "no probability"),
        ("day,weight\n0,0\n1,1\n", "no column probability"),
    ],
)
def test_a_serial_interval_that_is_none_is_named(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path, content: str, says: str
) -> None:
    file.write_text(DATED)
    interval = tmp_path / "interval.csv"
    interval.write_text(content)
    code, _out, err = run(capsys, str(file), "--serial-interval", str(interval))
    assert code == 2
    assert str(interval) in err
    assert says in err


def test_what_is_no_table_or_not_there_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, file: Path
) -> None:
    file.write_bytes(b"\x1f\x8b\x08 packed")
    for path in (file, tmp_path, tmp_path / "nothing.csv"):
        code, out, err = run(capsys, str(path))
        assert (code, out) == (2, "")
        assert path.name in err
        assert len(err.strip().splitlines()) == 1
