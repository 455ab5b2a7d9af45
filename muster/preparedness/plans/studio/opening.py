"""Where a draft begins: with a frame to be filled in, a released version, or a file that somebody has."""

from __future__ import annotations

import codecs
from importlib import resources
from typing import Final

from muster.engines.plan.editing import head_changed
from muster.preparedness.plans.refusals import FileUnreadable

_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def frame(code: str, title_zh: str, title_en: str) -> str:
    """A head with four levels and their usual conditions, and no clause yet."""
    text = resources.files(__package__).joinpath("frame.yaml").read_text("utf-8")
    title = {"zh": title_zh or code, "en": title_en or None}
    return head_changed(text, {"plan": code, "title": {key: one for key, one in title.items() if one}})


def decoded(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or GB 18030.

    Raises FileUnreadable, with the line, for one in none of them or in two.
    """
    if content.startswith(_MARKS) and not content.startswith(codecs.BOM_UTF32_LE):
        return _of_utf16(content, name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        first = wrong.start
    if not _has_utf8_words(content):
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError as wrong:
            first = max(first, wrong.start)
    raise FileUnreadable(name, content.count(b"\n", 0, first) + 1)


def _of_utf16(content: bytes, name: str) -> str:
    """What some editors save as "Unicode"."""
    try:
        return content.decode("utf-16")
    except UnicodeDecodeError as wrong:
        readable = content[: wrong.start].decode("utf-16", errors="replace")
        raise FileUnreadable(name, readable.count("\n") + 1) from None


def _has_utf8_words(content: bytes) -> bool:
    """Are some of its lines Chinese in UTF-8? Then the others are not read as GB 18030, which would make nonsense."""
    return any(not line.isascii() and _is_utf8(line) for line in content.split(b"\n"))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
