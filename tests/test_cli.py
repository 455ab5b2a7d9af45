"""The command line keeps its promises before any command runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from muster import cli


def test_an_unknown_command_is_one_line_and_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["no-such-command"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.strip().splitlines()) == 1
    assert "no-such-command" in shown.err


def test_help_names_every_command_without_loading_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in cli.COMMANDS)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_messages_follow_the_language_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cli.terminal_language() == language


def test_a_command_without_a_database_ends_without_a_word_on_standard_error(tmp_path: Path) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text("incidence\n" + "\n".join(str(number) for number in (1, 2, 4, 3, 5, 8, 9, 12, 10, 14)) + "\n")
    command = [sys.executable, "-m", "muster.cli", "rt", str(counts), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent)
    assert (done.returncode, done.stderr) == (0, "")
