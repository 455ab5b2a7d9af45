"""What a statement in SQL does with a table of personal data. It errs on the side of refusing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any, Final

_COMMENT: Final = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_SEQUENCE: Final = re.compile(r"pg_get_serial_sequence\('[^']*','[^']*'\)")  # how tests rewind their counters
_MANY_ROWS: Final = re.compile(r"\bselect \* from unnest\(")  # how PostgreSQL is given many rows to insert
_SHAPE: Final = re.compile(r"(create|alter|drop|comment|grant|revoke|pragma|vacuum|analyze|reindex|lock)\b")
_TARGET: Final = r'(insert( or \w+)? into|replace into|update( or \w+)?|delete from|copy) "?{}"?(?=[\s(]|\Z)'
_READS: Final = re.compile(r"\b(select|join|using|table|from|to)\b")
_ANSWER: Final = re.compile(r"\b(?:where|returning)\b(.*)\Z", re.DOTALL)


def is_read(sql: str, table: str, columns: Collection[str]) -> bool:
    """Would this statement bring out what stands in the personal `columns` of `table`?

    Writing a row, erasing one and changing the shape of the table do not. Everything else that names the table counts
    as reading: a SELECT wherever it stands, a copy elsewhere, a condition that guesses, a RETURNING of such columns.
    """
    text = " ".join(_SEQUENCE.sub("", _COMMENT.sub(" ", sql)).lower().split()).rstrip("; ")
    if not _names(text, [table]) or text.startswith("truncate "):
        return False
    if ";" in text:
        return True
    if _SHAPE.match(text):
        return _names(text, ["select"])
    return not (_takes_its_own_new_shape(text, table) or _only_writes(text, table, columns))


def is_about(sql: str, params: Any, subject_column: str, subjects: Collection[int]) -> bool:
    """Does this SELECT fetch rows of these subjects and of nobody else: by their keys, and by nothing beside them?"""
    text = " ".join(_COMMENT.sub(" ", sql).lower().split()).rstrip("; ")
    by_key = re.search(rf'\bwhere \(?("?\w+"?\.)?"?{re.escape(subject_column)}"? (= %s|in \(%s(, %s)*\))\)?', text)
    if by_key is None or not text.startswith("select ") or ";" in text or _names(text, ["or", "union", "join"]):
        return False
    return len(re.findall(r"\bselect\b", text)) == 1 and _all_are(params, subjects)


def _all_are(params: Any, subjects: Collection[int]) -> bool:
    return isinstance(params, Iterable) and all(isinstance(value, int) and value in subjects for value in params)


def _only_writes(text: str, table: str, columns: Collection[str]) -> bool:
    target = re.match(_TARGET.format(re.escape(table)), text)
    if target is None:
        return False
    rest = _MANY_ROWS.sub("(", text[target.end() :]).replace(f'"{table}"."', '"')
    if copied := target.group(1) == "copy":
        rest = re.sub(r"\bfrom stdin\b", "", rest, count=1)
    if _READS.search(rest) or _names(rest, [table]):
        return False
    answer = _ANSWER.search(rest)
    return copied or answer is None or not ("*" in answer.group(1) or _names(answer.group(1), columns))


def _takes_its_own_new_shape(text: str, table: str) -> bool:
    """SQLite changes a table's shape by copying it: the only copy that is allowed."""
    copy = rf'insert into "new__{re.escape(table)}" \([^()]*\) select [^;]* from "{re.escape(table)}"'  # noqa: S608
    return re.fullmatch(copy, text) is not None


def _names(text: str, words: Collection[str]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in words)
