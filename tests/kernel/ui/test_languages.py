"""Complete in both languages: the build fails on a string without Chinese and on one that was never marked."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from muster.kernel.ui.catalogue import PACKAGE, merged, untranslated, uses

LETTERS = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
BLOCK = re.compile(
    r"\{%\s*(blocktrans(?:late)?)\b.*?\{%\s*end\1\s*%\}|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}", re.DOTALL
)
READ_ALOUD = {"alt", "aria-label", "aria-description", "placeholder", "title", "content"}
NOT_WORDS = {"Muster", "Rt", "CSV", "Excel", "Excel / CSV", "GeoJSON", "JSON", "HTML", "YAML", "API"}
CODE = re.compile(r"[a-z_]+[.:][a-z0-9_.]*")  # what the log calls an action or an account: "operations.", "account:17"
SCRIPT_SHOWN = re.compile(r"(?:textContent|innerText|title|placeholder|ariaLabel)\s*=\s*([\"'`])(.*?)\1")
HAN = re.compile(r"[\u4e00-\u9fff]")


def templates() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.html") if "templates" in path.parts)


class Words(HTMLParser):
    """Text and read-aloud attributes of a template with their lines; the template's own tags are blanked before."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}
        named = dict(attrs)
        for name, value in attrs:
            if name in READ_ALOUD and not (tag == "meta" and named.get("name")) and value:
                self._note(value)

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._note(data)

    def _note(self, text: str) -> None:
        words = text.strip(" \n\t·:;,.–—…()[]{}/|%+-•✓✗×→←↑↓▲▼◀▶❚☰◐⚠#0123456789\u200b")
        if LETTERS.search(words) and words not in NOT_WORDS and not CODE.fullmatch(text.strip()):
            self.found.append((self.getpos()[0], words))


CLASSES = re.compile(r"\{%\s*block page_class\s*%\}.*?\{%\s*endblock[^%]*%\}", re.DOTALL)


def blank(match: re.Match[str]) -> str:
    """Nothing that is read, in as many lines."""
    return "\n" * match.group(0).count("\n")


def unmarked(template: str) -> list[tuple[int, str]]:
    """Words of a template that stand outside every translation tag, with their lines."""
    parser = Words()
    for hidden in (CLASSES, BLOCK, TAG):
        template = hidden.sub(blank, template)
    parser.feed(template)
    return parser.found


def test_every_message_has_its_chinese() -> None:
    missing = [f"muster/{use.file}:{use.line}: {use.message!r}" for use in untranslated(merged(), uses())]
    assert not missing, "no Chinese for:\n" + "\n".join(missing)


def test_every_word_of_every_page_is_marked_for_translation() -> None:
    found = [
        f"{path.relative_to(PACKAGE.parent)}:{line}: {words!r}"
        for path in templates()
        for line, words in unmarked(path.read_text("utf-8"))
    ]
    assert not found, "outside a translation tag:\n" + "\n".join(found)


def test_scripts_show_no_words_of_their_own() -> None:
    found = [
        f"{path.relative_to(PACKAGE.parent)}:{number}: {match.group(2)!r}"
        for path in sorted(PACKAGE.rglob("static/**/*.js"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        for match in SCRIPT_SHOWN.finditer(line)
        if LETTERS.search(re.sub(r"\$\{[^}]*\}", "", match.group(2)))
    ]
    assert not found, "give the page these words, translated, in data attributes:\n" + "\n".join(found)


def chinese_in(path: Path) -> Iterator[int]:
    """Lines with a Chinese string in Python code, outside docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
        if is_text and HAN.search(node.value):
            yield node.lineno


def test_chinese_stands_in_the_catalogue_and_in_data_not_in_views() -> None:
    rooms = [
        path for path in PACKAGE.rglob("*.py") if path.stem in {"views", "forms", "errors", "policies", "navigation"}
    ]
    assert [f"{path.relative_to(PACKAGE.parent)}:{line}" for path in rooms for line in chinese_in(path)] == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Hello there</p>", ["Hello there"]),
        ("<p>\n\n值班</p>", ["值班"]),
        ('<img alt="A map">', ["A map"]),
        ('<button title="Close">×</button>', ["Close"]),
        ('<p>{% trans "Hello" %}</p>', []),
        ("<a title=\"{% trans 'Close' %}\">{{ name }} · 12:30</a>", []),
        ("{% blocktrans trimmed count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktrans %}", []),
        ("{# a note #}{% comment %}more{% endcomment %}<script>let word = 'hello';</script>", []),
        ('<meta name="viewport" content="width=device-width">', []),
    ],
)
def test_what_counts_as_an_unmarked_word(template: str, words: list[str]) -> None:
    assert [found for _, found in unmarked(template)] == words


def test_an_unmarked_word_is_found_with_its_line() -> None:
    assert unmarked('{% load i18n %}\n{# two\nlines #}\n<p>{% trans "x" %}</p>\n<b>Oops</b>') == [(5, "Oops")]
