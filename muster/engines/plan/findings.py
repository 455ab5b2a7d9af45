"""What a check says about a plan: a rule with its words, and one finding of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from muster.engines.plan.text import Text
from muster.engines.plan.types import Clause, Level, Role

ERROR: Final = "error"
WARNING: Final = "warning"
NOTE: Final = "note"
SEVERITIES: Final = (ERROR, WARNING, NOTE)  # an error: it cannot work as it stands; a note: worth knowing

Fill = str | int | float | Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: which rule, how grave, in which clause ("" for the plan), on which line (0: nowhere), how to mend it.

    `subject` says what it is about where that is no clause: "role:commander", "level:II", "item:kn95". `file` is what
    the line belongs to: that of the plan, or of a higher plan from which the clause was inherited; "" is the plan's.
    """

    id: str
    severity: str
    clause: str
    line: int
    message: Text
    repair: Text
    subject: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that a plan should keep; `message` and `repair` are formats, filled for each finding."""

    id: str
    severity: str
    title: Text
    message: Text
    repair: Text

    def in_clause(self, clause: Clause, **fill: Fill) -> Finding:
        """A finding in a clause; `{clause}` and `{title}` are filled by themselves."""
        return self._found(clause.id, clause.line, "", {"clause": clause.id, "title": clause.title, **fill})

    def in_role(self, role: Role, **fill: Fill) -> Finding:
        """A finding about a command role; `{role}` and `{title}` are filled by themselves."""
        return self._found("", role.line, f"role:{role.id}", {"role": role.id, "title": role.title, **fill})

    def in_level(self, level: Level, **fill: Fill) -> Finding:
        """A finding about a response level; `{level}` is filled by itself."""
        return self._found("", level.line, f"level:{level.id}", {"level": level.id, **fill})

    def in_plan(self, subject: str = "", **fill: Fill) -> Finding:
        """A finding about the whole plan, or about a `subject` that has no line of its own."""
        return self._found("", 0, subject, fill)

    def at(self, line: int, *, clause: str = "", subject: str = "", **fill: Fill) -> Finding:
        """A finding on a line of the text; `{clause}` is filled by itself."""
        return self._found(clause, line, subject, {"clause": clause, **fill})

    def _found(self, clause: str, line: int, subject: str, fill: dict[str, Fill]) -> Finding:
        message, repair = (_filled(text, fill) for text in (self.message, self.repair))
        return Finding(self.id, self.severity, clause, line, message, repair, subject)


def _filled(text: Text, fill: dict[str, Fill]) -> Text:
    return Text(text.zh.format(**_words(fill, "zh")), text.en.format(**_words(fill, "en")))


def _words(fill: dict[str, Fill], language: str) -> dict[str, str | int | float]:
    return {name: value.in_language(language) if isinstance(value, Text) else value for name, value in fill.items()}


def gravest_first(finding: Finding) -> tuple[int, int, str, str, str]:
    """Sort key: errors, then warnings, then notes; inside them in the order of the plan's lines."""
    return (SEVERITIES.index(finding.severity), finding.line, finding.id, finding.clause, finding.subject)
