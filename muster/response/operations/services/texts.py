"""Lines that are stored in both languages, and the log that they go to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

from muster.engines.plan.types import Text
from muster.kernel.commands import Actor
from muster.kernel.ui.wording import level_title
from muster.response.operations.models import LogEntry, Operation, Proposal
from muster.response.operations.permits import service_number

LONGEST = 1_000  # characters of a line


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

    def write(self, kind: str, text: Text, at: datetime | None = None) -> None:
        """One line whose words are given."""
        self.entries.append(
            LogEntry(
                operation=self.operation,
                kind=kind,
                at=at or self.by.now,
                by=self.by.principal,
                person_id=self.by.person_id,
                author=self.author,
                text_zh=text.zh or text.en,
                text_en=text.en or text.zh,
            )
        )

    def store(self) -> None:
        """Everything that was added, in one statement."""
        LogEntry.objects.bulk_create(self.entries)
        self.entries.clear()
