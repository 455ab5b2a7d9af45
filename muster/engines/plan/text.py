"""Words in both languages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages."""

    zh: str
    en: str = ""

    def in_language(self, code: str) -> str:
        """Chinese for codes that begin with "zh", else English; the other language where one is missing."""
        first, second = (self.zh, self.en) if code.lower().startswith("zh") else (self.en, self.zh)
        return first or second


UNSAID = Text("")


def same(word: str) -> Text:
    """Words that are the same in both languages: an id, a figure, a piece of notation."""
    return Text(word, word)


def one_of_these(known: Iterable[str]) -> Text:
    """ "one of a, b, c"."""
    listed = tuple(known)
    return Text("以下之一：" + "、".join(listed), "one of " + ", ".join(listed))


def nearest(word: str, known: Iterable[str]) -> Text:
    """ "did you mean `x`?", or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return Text(f"是否想写 `{close[0]}`？", f"did you mean `{close[0]}`?") if close else UNSAID
