"""Who a name means: one that stands for nobody, and two that mean the same person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from muster.engines.plan.text import Text

_NOBODY: Final = frozenset(
    {
        *(
            "待定",
            "未定",
            "暂定",
            "待补",
            "待明确",
            "待任命",
            "待指定",
            "空缺",
            "暂缺",
            "缺",
            "无",
            "暂无",
            "没有",
            "某",
        ),
        *("nobody", "none", "n/a", "na", "tbd", "tba", "vacant", "unknown", "unassigned", "todo", "pending"),
        *("to be decided", "to be defined", "to be appointed", "to be named", "not yet named", "not defined", "no one"),
    }
)
_SIGNS: Final = re.compile(r"[\W_]+")
_HALVES: Final = re.compile(r"\s*[/|]\s*")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_WORD: Final = re.compile(r"[a-z]{3}")


def same_person(name: str) -> str:
    """A name as it is compared: capitals, widths and blanks make nobody another."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def halves(name: str) -> tuple[str, ...]:
    """The name in each language, where it is written in both: "局长 / bureau chief"."""
    return tuple(half for half in _HALVES.split(same_person(name)) if half)


def is_nobody(name: str) -> bool:
    """Whether a name only says that there is none yet: "", "待定 / TBD", "—", "???"."""
    whole = same_person(name)
    return whole in _NOBODY or all(_says_nothing(half) for half in halves(name))


def _says_nothing(half: str) -> bool:
    bare = _SIGNS.sub(" ", half).strip()
    return not bare or bare in _NOBODY or set(bare) == {"x"}


def named(names: Iterable[str]) -> list[str]:
    """Those that mean somebody."""
    return [name for name in names if not is_nobody(name)]


def in_both_languages(text: Text) -> bool:
    """Whether there are Chinese words in the Chinese half and others in the English one; a code may stand in both."""
    if not (text.zh and text.en):
        return False
    return not (_HAN.search(text.en) and not _WORD.search(text.en.lower())) and (
        bool(_HAN.search(text.zh)) or not _WORD.search(text.zh)
    )
