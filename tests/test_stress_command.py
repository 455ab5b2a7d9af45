"""`muster stress`: what it reads, what it says when a file is wrong, what it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from muster.cli import main
from tests.preparedness.plans import stressed

COUNTS = "date,new_confirmed\n" + "".join(f"2020-01-{day},{day % 4}\n" for day in range(12, 20))
MORE = {"name": "20 more", "changes": [{"kind": "more_people", "qualification": "patrol", "count": 20}], "cost": 60}
KEYS = {"replications", "seed", "seconds", "clauses", "staff", "stock", "repairs"}


@pytest.fixture
def office(db: None) -> None:
    stressed.released()


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line on standard error of a call that ends with 2."""
    assert main(["stress", *arguments]) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert "Traceback" not in found.err
    assert len(found.err.strip().splitlines()) == 1
    return found.err


def test_it_prints_one_document_that_is_the_same_for_the_same_seed(
    office: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = written(tmp_path, "cases.csv", COUNTS)
    more = written(tmp_path, "more.json", json.dumps(MORE))
    arguments = ["stress", "--cases", cases, "--variant", more, "--replications", "20", "--seed", "7", "--json"]
    found = []
    for _time in range(2):
        assert main([*arguments, "--processes", "1", "--no-repairs"]) == 0
        found.append(json.loads(capsys.readouterr().out))
    one, other = found
    assert set(one) >= KEYS
    assert {"id", "p_late", "se"} <= set(one["clauses"][0])
    assert {"qualification", "p_shortfall", "se", "first_day_median"} <= set(one["staff"][0])
    assert {"item", "p_stockout", "se", "first_day_median"} <= set(one["stock"][0])
    assert (one["seed"], one["replications"]) == (7, 20)
    assert one["variants"][0]["variant"] == "20 more"
    assert {**one, "seconds": 0} == {**other, "seconds": 0}


def test_for_people_it_says_when_the_plan_breaks_and_what_mends_it(
    office: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = written(tmp_path, "cases.csv", COUNTS)
    assert main(["stress", "--cases", cases, "--replications", "10", "--processes", "1"]) == 0
    said = capsys.readouterr().out
    assert "10 replications, 8 days" in said
    assert "patrol" in said
    assert "cross-train 20" in said


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "no JSON"),
        ('{"name": "x"}', "changes"),
        ('{"name": "x", "changes": [{"kind": "more_luck"}]}', "changes.0"),
    ],
)
def test_a_variant_with_a_mistake_is_named_with_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, what: str
) -> None:
    message = refused(capsys, "--variant", written(tmp_path, "wrong.json", text))
    assert "wrong.json" in message
    assert what in message


def test_a_variant_that_names_what_is_not_there_is_refused(
    office: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = {"name": "x", "changes": [{"kind": "more_stock", "item": "gold", "days": 3}]}
    wrong = written(tmp_path, "gold.json", json.dumps(gold))
    cases = written(tmp_path, "cases.csv", COUNTS)
    assert "gold" in refused(capsys, "--cases", cases, "--variant", wrong, "--json")


def test_wrong_counts_and_an_empty_curve_are_refused(
    office: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "date,new_confirmed\n"
    assert "cases.csv:2" in refused(capsys, "--cases", written(tmp_path, "cases.csv", head + "2020-01-10,-1\n"))
    empty = written(tmp_path, "empty.csv", head + "2020-01-10,0\n2020-01-11,0\n")
    assert "no case" in refused(capsys, "--cases", empty, "--json")


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--plan", "--cases", "--variant", "--scenario"):
        assert "nowhere" in refused(capsys, option, str(tmp_path / "nowhere.csv"))
