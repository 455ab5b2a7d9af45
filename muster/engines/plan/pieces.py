"""A plan's text in pieces: its head, and each clause by itself.

A clause that is parsed once need not be parsed again while others are edited (a whole plan takes 0.3 s, a clause 4 ms).
Only the plain layout that people write is cut: `clauses:` at the margin and its items under it, one dash deep. Anything
else is left whole, and whoever asked reads it in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CLAUSES = re.compile(r"clauses:[ ]*(#.*)?")
_ITEM = re.compile(r"( *)-(?: |$)")
_MARKER = re.compile(r"(---|\.\.\.|%)")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Lines of a text without their ends; each clause is the half-open range of its lines."""

    lines: tuple[str, ...]
    opening: int  # the line of `clauses:`
    units: tuple[tuple[int, int], ...]
    close: int  # the first line after the list
    indent: int  # columns before the dash

    def unit(self, position: int) -> str:
        """The text of one clause."""
        start, end = self.units[position]
        return "\n".join(self.lines[start:end]) + "\n"

    @property
    def head(self) -> str:
        """Everything but the clauses; the line `clauses:` stays, without a value."""
        return "\n".join((*self.lines[: self.opening + 1], *self.lines[self.close :])) + "\n"

    def with_lines(self, start: int, end: int, written: list[str]) -> str:
        """The text with other lines in this range."""
        return "\n".join((*self.lines[:start], *written, *self.lines[end:]))


def pieces_of(text: str) -> Pieces | None:
    """The pieces; None where the text is laid out in another way. Lines keep a carriage return before their end."""
    lines = tuple(text.split("\n"))
    openings = [at for at, line in enumerate(lines) if _CLAUSES.fullmatch(line.rstrip("\r"))]
    if len(openings) != 1 or any(_MARKER.match(line) for line in lines):
        return None
    first = next((at for at in range(openings[0] + 1, len(lines)) if not _is_beside(lines[at])), None)
    item = _ITEM.match(lines[first].rstrip("\r")) if first is not None else None
    if item is None:
        return None
    indent = len(item[1])
    starts, close = _starts(lines, openings[0] + 1, indent)
    if close < len(lines) and lines[close][0] in " \t-":
        return None
    ends = [*starts[1:], close]
    units = tuple((start, _end(lines, start, end, indent)) for start, end in zip(starts, ends, strict=True))
    return Pieces(lines, openings[0], units, units[-1][1], indent)


def _starts(lines: tuple[str, ...], first: int, indent: int) -> tuple[list[int], int]:
    """Lines on which a clause begins, and the first line that is not of the list."""
    starts: list[int] = []
    for at in range(first, len(lines)):
        line = lines[at].rstrip("\r")
        if _is_beside(line):
            continue
        item = _ITEM.match(line)
        if item and len(item[1]) == indent:
            starts.append(at)
        elif _columns(line) <= indent:
            return starts, at
    return starts, len(lines)


def _end(lines: tuple[str, ...], start: int, end: int, indent: int) -> int:
    """Blank lines, and comments no deeper than the dash, after a clause are not its own."""
    while (
        end > start + 1
        and _is_beside(lines[end - 1])
        and (_columns(lines[end - 1]) <= indent or _blank(lines[end - 1]))
    ):
        end -= 1
    return end


def attached(pieces: Pieces, position: int) -> int:
    """The first of the comment lines right above a clause that stand as deep as its dash; they go where it goes."""
    start = pieces.units[position][0]
    while _is_remark(pieces.lines[start - 1], pieces.indent):
        start -= 1
    return start


def ids(units: Iterator[object]) -> list[str]:
    """What each clause is called by: its id, or "#3" where it has none or another has the same."""
    written = [str(unit.get("id") or "") if isinstance(unit, dict) else "" for unit in units]
    often = {name for name in written if written.count(name) > 1} if len(set(written)) < len(written) else set()
    return [name if name and name not in often else f"#{at}" for at, name in enumerate(written, start=1)]


def _is_remark(line: str, indent: int) -> bool:
    return line.lstrip(" ").startswith("#") and _columns(line) == indent


def _is_beside(line: str) -> bool:
    return _blank(line) or line.lstrip(" ").startswith("#")


def _blank(line: str) -> bool:
    return not line.strip()


def _columns(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
