"""Reading one cell: codes, choices in either language, numbers, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from muster.kernel.organisation.imports.rows import Unreadable
from muster.kernel.organisation.models.named import CODE
from muster.kernel.texts import listed

_PHONE: Final = re.compile(r"\+?\d[\d\s()-]{3,28}\d")
_SEPARATORS: Final = re.compile(r"[,;，；、|/\n]+")
_YES: Final = frozenset({"yes", "y", "true", "1", "是", "在职", "在岗", "启用", "有效", "√"})
_NO: Final = frozenset({"no", "n", "false", "0", "否", "离职", "停用", "撤销", "无效", "×"})


def code(text: str) -> str:
    """A code as rows are known by."""
    if len(text) > 64 or not CODE.regex.match(text):  # type: ignore[union-attr]
        raise Unreadable(
            _("This is not a code."),
            _("at most 64 letters, digits, hyphens, dots and underscores"),
            _("Correct the code."),
        )
    return text


def words(longest: int) -> Callable[[str], str]:
    """Text of at most so many characters, in one line."""

    def parse(text: str) -> str:
        plain = " ".join(text.split())
        if len(plain) > longest:
            raise Unreadable(
                _("The text is too long."),
                format_lazy(_("at most {longest} characters"), longest=longest),
                _("Shorten it."),
            )
        return plain

    return parse


def choice(choices: type[TextChoices], more: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """One of `choices`, by its code or its title in either language; `more` are other words for codes."""

    def parse(text: str) -> str:
        found = _titles(choices).get(text.casefold()) or (more or {}).get(text)
        if found is None:
            raise Unreadable(
                _("This word is not known here."),
                listed(title for _value, title in choices.choices),
                _("Use one of these words."),
            )
        return found

    return parse


@cache
def _titles(choices: type[TextChoices]) -> dict[str, str]:
    found = {value.casefold(): value for value in choices.values}
    for language in ("zh-hans", "en"):
        with override(language):
            found |= {str(choices(value).label).casefold(): value for value in choices.values}
    return found


def whole(text: str) -> int:
    """A whole number from zero, with or without separators of thousands."""
    plain = text.replace(",", "").replace("，", "")
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 9):
        raise Unreadable(_("This is not a whole number."), _("a whole number from zero"), _("Correct the number."))
    return int(plain)


def degrees(limit: float) -> Callable[[str], float]:
    """Degrees as a decimal number from -limit to limit."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not -limit <= value <= limit:
            raise Unreadable(
                _("This is not a coordinate."),
                format_lazy(_("decimal degrees from -{limit} to {limit}"), limit=int(limit)),
                _("Give degrees as a decimal number; check that longitude and latitude are not exchanged."),
            )
        return value

    return parse


def truth(text: str) -> bool:
    """Yes or no, in either language."""
    word = text.casefold()
    if word not in _YES | _NO:
        raise Unreadable(_("This is neither yes nor no."), _("yes or no"), _("Write yes or no."))
    return word in _YES


def phone(text: str) -> str:
    """A telephone number; what is written is not repeated in the problem, because it is personal."""
    if not _PHONE.fullmatch(text):
        raise Unreadable(
            _("This is not a telephone number."),
            _("5 to 30 digits, with + before the country code; blanks, hyphens and brackets may stand between"),
            _("Correct the number; one number in a cell."),
        )
    return " ".join(text.split())


def several(text: str) -> tuple[str, ...]:
    """Words separated by commas, semicolons or the Chinese enumeration mark; each once."""
    return tuple(dict.fromkeys(part.strip() for part in _SEPARATORS.split(text) if part.strip()))


def reference(text: Any) -> str:
    """A code or a name of another row; found later, among what is stored and what the file adds."""
    return str(text)
