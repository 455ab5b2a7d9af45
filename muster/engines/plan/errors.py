"""What can be wrong with a plan's text."""

from __future__ import annotations

from dataclasses import dataclass, field

from muster.engines.plan.text import UNSAID, Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where (`line` from 1, 0 for the whole file; `clause` or ""), what, what was expected, the remedy.

    The words are English; `in_language` gives the same problem in another language.
    """

    file: str
    line: int
    clause: str
    what: str
    expected: str
    mend: str
    texts: tuple[Text, Text, Text] = field(default=(UNSAID, UNSAID, UNSAID), compare=False, repr=False)

    @classmethod
    def told(cls, file: str, line: int, clause: str, complaint: tuple[Text, Text, Text]) -> Problem:
        """A problem whose three texts stand in both languages."""
        what, expected, mend = (text.in_language("en") for text in complaint)
        return cls(file, line, clause, what, expected, mend, complaint)

    def in_language(self, code: str) -> Problem:
        """The same problem in the language of this code."""
        words = (text.in_language(code) for text in self.texts)
        what, expected, mend = (
            told or own for told, own in zip(words, (self.what, self.expected, self.mend), strict=True)
        )
        return Problem(self.file, self.line, self.clause, what, expected, mend, self.texts)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        clause = f" clause {self.clause}:" if self.clause else ""
        expected = f"; expected {self.expected}" if self.expected else ""
        mend = f"; {self.mend}" if self.mend else ""
        return f"{where}:{clause} {self.what}{expected}{mend}"


class PlanInvalid(Exception):
    """The text is no plan; nothing of it is loaded. `problems` has all of them, by line; str() is one line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(str(self))

    def __str__(self) -> str:
        first, more = self.problems[0], len(self.problems) - 1
        return f"{first}" + (f" (and {more} more)" if more else "")


class StateInvalid(Exception):
    """A stored state that this engine did not write."""
