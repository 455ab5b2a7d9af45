"""Every command has a title in both languages, for whoever reads the log."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from muster.kernel.commands.naming import command_titles
from muster.kernel.ui.catalogue import PACKAGE

NAMED = re.compile(r'\bcommand\("([a-z_]+\.[a-z_]+)"')


def named_in_the_source() -> set[str]:
    return {name for path in PACKAGE.rglob("*.py") for name in NAMED.findall(path.read_text("utf-8"))}


def test_each_command_has_a_title_and_each_title_a_command() -> None:
    assert set(command_titles()) == named_in_the_source()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_two_commands_are_called_the_same(language: str) -> None:
    with translation.override(language):
        titles = [str(title) for title in command_titles().values()]
    assert len(set(titles)) == len(titles)
