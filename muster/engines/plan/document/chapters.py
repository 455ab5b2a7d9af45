"""Numbered headings in the order in which they are asked for."""

from __future__ import annotations

from muster.engines.documents import Facts, Heading, Paragraph, Table, Voice
from muster.engines.documents.voice import numbered
from muster.engines.plan.document.phrases import told
from muster.engines.plan.text import UNSAID, Text


class Chapters:
    """Makes blocks in one voice and counts the headings of each level."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self.language = voice.language
        self._numbers = [0, 0, 0]
        self._annexes = 0

    def heading(self, level: int, title: Text) -> Heading:
        """The next heading of a level from 1 to 3."""
        self._numbers[level - 1] += 1
        self._numbers[level:] = [0] * (3 - level)
        number = numbered(level, *self._numbers[:level])
        return Heading(
            level, self._voice.say(told(Text("{number}{title}", "{number}{title}"), number=number, title=title))
        )

    def annex(self, title: Text) -> Heading:
        """The next annex."""
        self._annexes += 1
        label = Text(f"附件{self._annexes}", f"Annex {self._annexes}")
        return Heading(1, self._voice.say(title), annex=self._voice.say(label))

    def paragraph(self, text: Text) -> Paragraph:
        """A paragraph."""
        return Paragraph(self._voice.say(text))

    def facts(self, *rows: tuple[Text, Text]) -> Facts:
        """The rows that say something."""
        return Facts(tuple((self._voice.say(name), self._voice.say(said)) for name, said in rows if said != UNSAID))

    def table(self, widths: tuple[int, ...], head: tuple[Text, ...], rows: list[tuple[Text, ...]]) -> Table:
        """A table; no cell of it is empty."""
        return Table(widths, self._voice.row(*head), tuple(self._voice.row(*row) for row in rows))
