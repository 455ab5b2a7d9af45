"""The language in which a document speaks, and how it numbers its headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from muster.engines.documents.blocks import BOTH, CHINESE, ENGLISH, Words, plain
from muster.engines.plan.text import Text

_FIGURES: Final = "〇一二三四五六七八九"
_PARTS: Final = ((1000, "千"), (100, "百"), (10, "十"))


@dataclass(frozen=True, slots=True)
class Voice:
    """Says texts of two languages in that of a document, one of LANGUAGES; in "both" Chinese leads."""

    language: str

    def say(self, text: Text) -> Words:
        """The words of a text; of a missing half the other one, and no half twice."""
        chinese, english = plain(text.in_language(CHINESE)), plain(text.in_language(ENGLISH))
        if self.language == ENGLISH:
            return Words(english)
        return Words(chinese, english if self.language == BOTH and english != chinese else "")

    def row(self, *texts: Text) -> tuple[Words, ...]:
        """Several texts beside one another."""
        return tuple(self.say(text) for text in texts)


def numbered(level: int, *numbers: int) -> Text:
    """What stands before a heading: 一、 （一） 1. (GB/T 9704-2012, 7.3.3); in English 1., 1.1, 1.1.1.

    `numbers` are those of the headings above it and its own, each from 1.
    """
    last = numbers[-1]
    chinese = {1: f"{chinese_number(last)}、", 2: f"（{chinese_number(last)}）"}.get(level, f"{last}．")
    return Text(chinese, ".".join(map(str, numbers)) + (". " if level == 1 else " "))


def chinese_number(value: int) -> str:
    """A number from 1 to 9999 in Chinese figures: 十, 二十一, 一百〇五. Raises ValueError for another one."""
    if not 0 < value < 10_000:
        raise ValueError(f"a heading cannot have the number {value}")
    said = ""
    for size, name in _PARTS:
        figure, value = divmod(value, size)
        if figure:
            said += _FIGURES[figure] + name
        elif said and value:
            said += _FIGURES[0]
    said += _FIGURES[value] if value else ""
    while "〇〇" in said:
        said = said.replace("〇〇", "〇")
    return said.removeprefix("一") if said.startswith("一十") else said
