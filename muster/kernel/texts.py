"""What people write, made fit to be stored and shown: nothing hidden in it, and no longer than it may be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import DomainError, Text

SHOWN: Final = 80  # characters of a wrong text that an error repeats
# Copied along by chat programs and web pages, without meaning.
_INVISIBLE: Final = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
# Characters that make a text read otherwise than it is stored, or that no database holds.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class TextUnreadable(DomainError):
    """A text that holds control characters, or is too long to be stored."""


def clean(text: str) -> str:
    """Text without blanks at its ends and without invisible characters; line breaks as one character."""
    return _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\u00a0", " ").strip()


def hides_something(text: str) -> bool:
    """Does it hold characters that nobody sees and that change what is seen?"""
    return _CONTROL.search(text) is not None


def stated(text: str, *, where: Text, longest: int) -> str:
    """The text as it is stored. Raises TextUnreadable when it hides something or is longer than `longest`."""
    found = clean(text)
    if hides_something(found):
        raise TextUnreadable(
            what=_("The text holds hidden control characters."),
            where=where,
            expected=_("visible characters only"),
            mend=_("Type the text again."),
        )
    if len(found) > longest:
        raise TextUnreadable(
            what=_("The text is too long."),
            where=where,
            expected=format_lazy(_("at most {longest} characters"), longest=longest),
            mend=_("Shorten it."),
        )
    return found


def shown(text: str) -> str:
    """A text that was refused, as an error may repeat it: its beginning, without what would disturb the page."""
    plain = _CONTROL.sub("�", clean(text))
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"


def listed(words: Iterable[Text]) -> Text:
    """Words one after the other, as the reader's language separates them, said when somebody reads them."""
    return _joined(tuple(words))


def _join(words: tuple[Text, ...]) -> str:
    return gettext(", ").join(map(str, words))


_joined = lazy(_join, str)
