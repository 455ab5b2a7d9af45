"""`muster plan` keeps the contract of the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from muster import cli
from muster.engines.plan import json_schema, load_plan
from muster.engines.plan.checks import check
from muster.engines.plan.hashing import finding_content
from muster.preparedness.plans import services
from muster.preparedness.plans.models import PlanVersion
from tests.engines.plan.faults import PLANS, shipped
from tests.preparedness.plans import office
from tests.preparedness.plans.conftest import text_of

GOOD, WEAK = str(PLANS / "S-PHE-01.yaml"), str(PLANS / "S-PHE-01-v2.yaml")
Shown = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def answer(shown: Shown) -> Any:
    return json.loads(shown.readouterr().out)


def test_a_good_plan_is_0_and_its_document_names_file_and_hash(capsys: Shown) -> None:
    assert cli.main(["plan", "check", GOOD, "--json"]) == 0
    (plan,) = answer(capsys)["plans"]
    assert (plan["file"], plan["hash"], plan["findings"]) == (GOOD, shipped().hash, [])


def test_a_plan_with_errors_is_1_and_every_finding_says_rule_severity_clause_line_and_message(capsys: Shown) -> None:
    assert cli.main(["plan", "check", GOOD, WEAK, "--json"]) == 1
    good, weak = answer(capsys)["plans"]
    assert good["findings"] == []
    assert len(weak["findings"]) == 11
    for finding in weak["findings"]:
        assert {"id", "severity", "clause", "line", "message", "message_zh", "repair"} <= set(finding)
    assert {finding["clause"] for finding in weak["findings"]} >= {"K01", "K03", "K10"}


def test_warnings_alone_are_0(tmp_path: Path, capsys: Shown) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(text_of("S-PHE-01.yaml").replace("kn95: 14", "kn95: 5"), "utf-8")
    assert cli.main(["plan", "check", str(file), "--json"]) == 0
    assert [finding["id"] for finding in answer(capsys)["plans"][0]["findings"]] == ["P602"]


def test_people_read_a_table_in_their_language(capsys: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.main(["plan", "check", WEAK]) == 1
    english = capsys.readouterr().out
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert cli.main(["plan", "check", WEAK]) == 1
    chinese = capsys.readouterr().out
    assert "error: 7" in english
    assert "错误: 7" in chinese


@pytest.mark.parametrize(
    ("wrong", "line_of", "clause", "expected"),
    [
        (("due: 1h\n", "due: soon\n"), "due: soon", "C01", "a duration"),
        (("local_cases_7d >= 1\"", "local_cases_7d >> 1\""), "local_cases_7d >>", "", "expected"),
        (("action: command", "action: comand"), "comand", "C01", "command"),
        (("clauses:\n", "clauses:\n\t- id: X01\n"), "\t- id", "", "blanks"),
    ],
)  # fmt: skip
def test_a_malformed_plan_is_2_with_one_line_that_names_file_line_clause_and_what_was_expected(
    tmp_path: Path, capsys: Shown, wrong: tuple[str, str], line_of: str, clause: str, expected: str
) -> None:
    text = text_of("S-PHE-01.yaml").replace(*wrong, 1)
    file = tmp_path / "wrong.yaml"
    file.write_text(text, "utf-8")
    assert cli.main(["plan", "check", str(file), "--json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.strip().splitlines()
    assert f"{file}:{text[: text.index(line_of)].count(chr(10)) + 1}:" in line
    assert clause in line
    assert expected in line


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00", b"- just\n- a list\n", b"{", b"&a [*a]"])
def test_what_is_no_plan_at_all_is_2_in_one_line(tmp_path: Path, capsys: Shown, content: bytes | None) -> None:
    file = tmp_path / "thing.yaml"
    if content is not None:
        file.write_bytes(content)
    assert cli.main(["plan", "check", str(file)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.strip().splitlines()) == 1
    assert str(file) in shown.err


def test_a_folder_is_no_plan(tmp_path: Path, capsys: Shown) -> None:
    assert cli.main(["plan", "check", str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_copied_plan_is_found_beside_its_original(tmp_path: Path, capsys: Shown) -> None:
    copy = tmp_path / "copy.yaml"
    copy.write_text(text_of("S-PHE-01.yaml").replace("plan: S-PHE-01", "plan: T-PHE-01"), "utf-8")
    assert cli.main(["plan", "check", GOOD, str(copy), "--json"]) == 0
    original, copied = answer(capsys)["plans"]
    assert original["findings"] == []
    assert [finding["id"] for finding in copied["findings"]] == ["P010"]


def test_an_overdue_review_is_found_on_its_day(capsys: Shown) -> None:
    assert cli.main(["plan", "check", GOOD, "--today", "2022-11-26", "--json"]) == 0
    assert [finding["id"] for finding in answer(capsys)["plans"][0]["findings"]] == ["P701"]


def test_a_difference_names_clauses_added_removed_and_changed(capsys: Shown) -> None:
    assert cli.main(["plan", "diff", WEAK, GOOD, "--json"]) == 0
    found = answer(capsys)
    assert "K20" in found["added"]
    assert found["removed"] == []
    assert "K03" in found["changed"]
    assert found["fields"]["K03"] == ["measure"]
    assert cli.main(["plan", "diff", GOOD, WEAK, "--json"]) == 0
    assert sorted(answer(capsys)["removed"]) == sorted(found["added"])


def test_a_difference_is_readable(capsys: Shown) -> None:
    assert cli.main(["plan", "diff", WEAK, GOOD]) == 0
    assert "Passes and exceptions" in capsys.readouterr().out
    assert cli.main(["plan", "diff", GOOD, GOOD]) == 0
    assert "both say the same" in capsys.readouterr().out


def test_the_schema_is_printed(capsys: Shown) -> None:
    assert cli.main(["plan", "schema"]) == 0
    assert answer(capsys) == json.loads(json.dumps(json_schema()))


@pytest.mark.django_db
def test_without_people_and_stock_the_plan_lacks_everything(capsys: Shown) -> None:
    assert cli.main(["plan", "check", GOOD, "--db", "--json"]) == 1
    shown = capsys.readouterr()
    found = {finding["id"] for finding in json.loads(shown.out)["plans"][0]["findings"]}
    assert {"P702", "P704", "P706", "P707", "P709", "P710"} <= found
    assert "as of" in shown.err


@pytest.mark.django_db
def test_with_a_database_the_terminal_says_who_answers_for_a_finding(capsys: Shown, tmp_path: Path) -> None:
    office.build()
    file = tmp_path / "plan.yaml"
    file.write_text(office.TEXT, "utf-8")
    plan = load_plan(office.TEXT)
    one = next(finding for finding in check(plan) if finding.severity == "error" and finding.clause)
    services.finding_suppress(
        by=office.author(),
        code=plan.id,
        rule=one.id,
        clause=one.clause,
        subject=one.subject,
        content=finding_content(plan, one),
        reason="awaiting the province",
        until=(office.NOON + 30 * office.DAY).date(),
    )
    stated = ["plan", "check", str(file), "--db", "--today", f"{office.NOON:%Y-%m-%d}"]
    cli.main([*stated, "--json"])
    found = answer(capsys)["plans"][0]["findings"]
    (silent,) = [finding for finding in found if finding["suppressed"]]
    assert (silent["id"], silent["suppressed"]["by"]) == (one.id, "P-AUTHOR")
    cli.main(stated)
    assert "awaiting the province" in " ".join(capsys.readouterr().out.split())
    cli.main(["plan", "check", str(file), "--json"])
    assert not any(finding["suppressed"] for finding in answer(capsys)["plans"][0]["findings"])


@pytest.mark.django_db
def test_a_plan_is_released_once(capsys: Shown) -> None:
    assert cli.main(["plan", "release", GOOD, "--json"]) == 0
    assert answer(capsys)["hash"] == PlanVersion.objects.get().hash
    assert cli.main(["plan", "release", GOOD]) == 2
    assert "S-PHE-01 3.0" in capsys.readouterr().err
