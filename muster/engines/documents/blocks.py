"""The parts of an official document, in their order: whoever writes a file needs nothing else.

Words are already in the language of the document. In a bilingual one each piece of it has the other language `beneath`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

CHINESE, ENGLISH, BOTH = "zh", "en", "both"
LANGUAGES: Final = (CHINESE, ENGLISH, BOTH)
# What XML cannot hold, what turns the direction of a line, and what nobody sees: none of it has a place on paper.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]"
)


def plain(text: str) -> str:
    """A text as it can be printed: in one line, with nothing in it that is not seen."""
    return " ".join(_HIDDEN.sub("", text).split())


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text; `beneath` is the same in the other language, "" in a document of one language."""

    main: str
    beneath: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that stands in the contents; `level` 1 to 3 (GB/T 9704-2012, 7.3.3).

    An `annex` begins on a page of its own; it says which one it is.
    """

    level: int
    words: Words
    annex: Words | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text."""

    words: Words


@dataclass(frozen=True, slots=True)
class Facts:
    """What belongs to what stands above, a row each: what it is, and what is said."""

    rows: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: `widths` are shares of the line, one a column; the head is repeated on each page."""

    widths: tuple[int, ...]
    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


Block: TypeAlias = Heading | Paragraph | Facts | Table


@dataclass(frozen=True, slots=True)
class Document:
    """An official document.

    Parameters
    ----------
    language : one of LANGUAGES.
    issuer : who issued it; it stands in red on the first page where `issued`, else in black.
    reference : its number, beneath the issuer.
    cover, body : blocks of the first page and of what follows the contents.
    closing : left and right of the last frame: by whom it was issued, and when. None for what was not.
    footer : what every page says beside its number: the version and the hash of its content.
    identifier : that hash alone, for whoever asks the file.
    mark : written across every page of what is not in force, None otherwise.
    dated : when the content came to be; the file says so, and no other time. None where nobody knows.
    """

    language: str
    title: Words
    issuer: Words
    reference: Words
    issued: bool
    cover: tuple[Block, ...]
    contents: Words
    body: tuple[Block, ...]
    closing: tuple[Words, Words] | None
    footer: str
    identifier: str
    mark: Words | None = None
    dated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of paper that stands for itself, such as an action card.

    `kind` says what it is, `facts` stand above the steps, `notes` beneath. Each step has a mark for each of `marks`
    (does it hold there?) and then the cells of `table`, whose head, widths and rows are those of the steps.
    """

    heading: Words
    kind: Words
    facts: Words
    marks: tuple[str, ...]
    marked: tuple[tuple[bool, ...], ...]
    table: Table
    notes: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """Several sheets in one file, each on a page of its own, A4 across; the rest as in a Document."""

    language: str
    title: Words
    issuer: Words
    sheets: tuple[Sheet, ...]
    footer: str
    identifier: str
    mark: Words | None = None
    dated: datetime | None = None
