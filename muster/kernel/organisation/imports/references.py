"""From the words by which a file names other rows, codes or names, to codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.imports.rows import Entry, Sheet
from muster.kernel.tables import RowProblem

AMBIGUOUS: Final = "\0"


def directory(model: type[models.Model], entries: Iterable[Entry] = ()) -> dict[str, str]:
    """Code by code and by name in either language, of what is stored and what `entries` bring.

    A name that several rows have leads to AMBIGUOUS.
    """
    names: dict[str, set[str]] = defaultdict(set)
    codes: set[str] = set()
    for code, zh, en in model._default_manager.values_list("code", "name_zh", "name_en"):
        codes.add(code)
        names[zh.casefold()].add(code)
        names[en.casefold()].add(code)
    for entry in entries:
        codes.add(entry.code)
        for name in ("name_zh", "name_en"):
            if entry.values.get(name):
                names[entry.values[name].casefold()].add(entry.code)
    found = {name: next(iter(of)) if len(of) == 1 else AMBIGUOUS for name, of in names.items() if name}
    return found | {code.casefold(): code for code in codes} | {code: code for code in codes}


def resolve(sheet: Sheet, name: str, known: Mapping[str, str]) -> Iterator[RowProblem]:
    """Puts codes in place of the words under `name`; what cannot be found is a problem of its row."""
    for entry in sheet.entries:
        if (word := entry.values.get(name)) is None:
            continue
        code = look_up(word, known)
        if code is None:
            yield unknown(sheet, entry, name)
        elif code == AMBIGUOUS:
            yield sheet.problem(
                entry, name, _("Several rows have this name."), _("the code of one of them"), _("Write the code.")
            )
        else:
            entry.values[name] = code


def look_up(word: str, known: Mapping[str, str]) -> str | None:
    """The code for a code or name, however it is capitalised."""
    return known.get(word) or known.get(word.casefold())


def unknown(sheet: Sheet, entry: Entry, name: str) -> RowProblem:
    """A word that leads nowhere."""
    return sheet.problem(
        entry,
        name,
        _("This code or name is not known."),
        _("the code or the full name of a row that exists or that the file adds"),
        _("Correct it, or add that row first."),
    )
