"""From codes to keys, for many rows at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import DomainError, Text
from muster.kernel.texts import shown

NUL: Final = "\0"  # PostgreSQL refuses a text that holds one
AT_ONCE: Final = 5_000  # SQLite takes 32,766 parameters in a statement


class HasCode(Protocol):
    """A row that is known by its code."""

    @property
    def code(self) -> str: ...


class CodeUnknown(DomainError):
    """A row names another one that does not exist."""


class CodeTaken(DomainError):
    """A row with this code exists already, or is given twice."""


def keys_of(model: type[models.Model], codes: Iterable[str]) -> dict[str, int]:
    """The primary key of each code; the empty code is left out. Raises CodeUnknown with the first that is missing."""
    wanted = sorted({code for code in codes if code})
    found: dict[str, int] = {}
    askable = [code for code in wanted if NUL not in code]
    for start in range(0, len(askable), AT_ONCE):
        part = askable[start : start + AT_ONCE]
        found.update(model._default_manager.filter(code__in=part).values_list("code", "pk"))
    if missing := [code for code in wanted if code not in found]:
        raise CodeUnknown(
            what=_("This code is not known."),
            where=_named(model, missing[0]),
            expected=_("the code of a row that exists"),
            mend=_("Add that row first, or correct the code."),
        )
    return found


def refuse_taken(model: type[models.Model], rows: Iterable[HasCode]) -> None:
    """Raises CodeTaken when a code is given twice or exists already."""
    codes = [row.code for row in rows]
    seen: set[str] = set()
    twice = next((code for code in codes if code in seen or seen.add(code)), None)  # type: ignore[func-returns-value]
    for start in range(0, len(codes), AT_ONCE):
        part = codes[start : start + AT_ONCE]
        twice = twice or model._default_manager.filter(code__in=part).values_list("code", flat=True).first()
    if twice:
        raise CodeTaken(
            what=_("This code is taken."),
            where=_named(model, twice),
            expected=_("each code once"),
            mend=_("Give the new row a code of its own, or change the row that exists."),
        )


def _named(model: type[models.Model], code: str) -> Text:
    """What a row is called, and the code that was given, as far as it may be shown."""
    return format_lazy("{} {}", getattr(model, "called", model._meta.model_name), shown(code))
