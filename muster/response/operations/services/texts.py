"""Lines that are stored in both languages, and the log that they go to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final, TypeVar

from django.db.models import CharField, Model, TextField
from django.utils.functional import Promise
from django.utils.translation import override

from muster.engines.plan.types import Text
from muster.kernel.commands import Actor
from muster.kernel.organisation.models import Area, Site, Unit
from muster.kernel.texts import stated
from muster.kernel.ui.wording import level_title
from muster.response.operations.errors import STATED
from muster.response.operations.models import LogEntry, Operation, Proposal
from muster.response.operations.permits import service_number

LONGEST: Final = 1_000  # characters of a line
UNBOUND: Final = 10_000  # of a text whose column has no limit
Row = TypeVar("Row", bound=Model)


def sound(row: Row) -> Row:
    """The row with its texts as they are stored. Raises TextUnreadable for one that hides something or is too long."""
    for column in row._meta.concrete_fields:
        if isinstance(column, CharField | TextField) and (text := getattr(row, column.name)):
            name = column.name.removesuffix("_zh").removesuffix("_en")
            longest = column.max_length or UNBOUND
            setattr(row, column.name, stated(text, where=STATED.get(name, name), longest=longest))
    return row


def in_both(line: Promise | str, /, **fill: Any) -> Text:
    """A line in Chinese and English; what fills it may itself be lazy, or a `Text`."""
    return Text(_in("zh-hans", line, fill), _in("en", line, fill))


def _in(language: str, line: Promise | str, fill: dict[str, Any]) -> str:
    with override(language):
        words = {name: _words(value, language) for name, value in fill.items()}
        return (str(line) % words if words else str(line))[:LONGEST]


def _words(value: Any, language: str) -> Any:
    if isinstance(value, Text):
        return value.in_language(language)
    return str(value) if isinstance(value, Promise) else value


def what(kind: str, level: int) -> Promise:
    """What is proposed, in a few words: the level, or the end."""
    return level_title(level) if level else Proposal.Kind(kind).label


class PlaceNames:
    """What readers call places, by the code of a site, an area or a unit; looked up once, and only if one is asked."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes = {code for code in codes if code}

    def __getitem__(self, code: str) -> Text:
        """The name; the code where nothing is called so."""
        return self._names.get(code, Text(code, code))

    @cached_property
    def _names(self) -> dict[str, Text]:
        found: dict[str, Text] = {}
        for model in (Site, Unit, Area):
            rows = model._default_manager.filter(code__in=self._codes - found.keys())
            found |= {code: Text(zh, en or zh) for code, zh, en in rows.values_list("code", "name_zh", "name_en")}
        return found


def said(words: Text | str) -> Text:
    """What somebody said: a person in one language, which stands for both."""
    return words if isinstance(words, Text) else Text(words.strip(), words.strip())


@dataclass(slots=True)
class Log:
    """The lines that one command writes, kept until they are stored together."""

    operation: Operation
    by: Actor
    entries: list[LogEntry] = field(default_factory=list)
    _author: str = ""

    @property
    def author(self) -> str:
        """What readers see of the actor; looked up once."""
        self._author = self._author or service_number(self.by)
        return self._author

    def add(self, kind: str, line: Promise | str, at: datetime | None = None, /, **fill: Any) -> None:
        """One line at `at`, now if empty."""
        self.write(kind, in_both(line, **fill), at)

    def write(self, kind: str, text: Text, at: datetime | None = None) -> LogEntry:
        """One line whose words are given; those of one language stand for both."""
        entry = LogEntry(
            operation=self.operation,
            kind=kind,
            at=at or self.by.now,
            by=self.by.principal,
            person_id=self.by.person_id,
            author=self.author,
            text_zh=text.zh.strip() or text.en,
            text_en=text.en.strip() or text.zh,
        )
        self.entries.append(entry)
        return entry

    def store(self) -> None:
        """Everything that was added, in one statement."""
        LogEntry.objects.bulk_create(self.entries)
        self.entries.clear()
