"""Two texts that were made from one: what differs between them, and one text out of both, clause by clause.

Outside the clauses each word of the head stands for itself, and of roles, levels and the like each entry: "@version",
"@roles/commander".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from muster.engines.plan.editing.clauses import (
    clause_added,
    clause_changed,
    clause_removed,
    clauses_of,
    head_changed,
    head_of,
)
from muster.engines.plan.editing.writing import same

HEAD: Final = "@"  # before what stands outside the clauses; no clause has it in its id
ENTRIES: Final = ("legal_basis", "levels", "roles", "standards")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Apart:
    """One clause, or word or entry of the head, that the two texts give differently; None where one does not have it.

    `mine_only` and `theirs_only`: only one of them changed it since the text that both came from.
    """

    key: str
    theirs: Values | None
    mine: Values | None
    mine_only: bool
    theirs_only: bool


def apart(base: str, theirs: str, mine: str) -> list[Apart]:
    """What differs between two texts, in the order of mine, the head first; then what only they have."""
    was, their, my = (_said(text) for text in (base, theirs, mine))
    keys = list(dict.fromkeys([*my, *their]))
    return [
        Apart(
            key,
            their.get(key),
            my.get(key),
            mine_only=_alike(was.get(key), their.get(key)),
            theirs_only=_alike(was.get(key), my.get(key)),
        )
        for key in keys
        if not _alike(their.get(key), my.get(key))
    ]


def merged(theirs: str, mine: str, chosen: Collection[str]) -> str:
    """Their text, with what is `chosen` as mine has it. Raises EditRefused."""
    text, my = theirs, _said(mine)
    for key in sorted(key for key in chosen if key.startswith(HEAD)):
        text = _with_part(text, key, my.get(key))
    order = [key for key, _values in clauses_of(mine)]
    for key in [*order, *(key for key in chosen if key not in order and not key.startswith(HEAD))]:
        if key in chosen:
            text = _with(text, key, my.get(key), order)
    return text


def _with_part(text: str, key: str, values: Values | None) -> str:
    word, _slash, entry = key.removeprefix(HEAD).partition("/")
    if not entry:
        return head_changed(text, {word: (values or {}).get(word)})
    whole = head_of(text).get(word)
    entries: Values = {**(whole if isinstance(whole, dict) else {}), entry: values}
    return head_changed(text, {word: {name: one for name, one in entries.items() if one is not None}})


def _with(text: str, key: str, values: Values | None, order: list[str]) -> str:
    present = [name for name, _values in clauses_of(text)]
    if values is None:
        return clause_removed(text, key) if key in present else text
    if key in present:
        return clause_changed(text, key, values)
    before = [name for name in order[: order.index(key)] if name in present]
    return clause_added(text, values, after=before[-1] if before else "")


def renamed(before: str, after: str) -> dict[str, str]:
    """Clauses that say the same under another id: the id before, by now."""
    was, now = dict(clauses_of(before)), dict(clauses_of(after))
    gone = {_content(values): key for key, values in was.items() if key not in now and not key.startswith("#")}
    new = {_content(values): key for key, values in now.items() if key not in was and not key.startswith("#")}
    return {gone[content]: new[content] for content in gone.keys() & new.keys()}


def _content(values: Values) -> str:
    return repr(sorted((word, repr(one)) for word, one in values.items() if word != "id"))


def _said(text: str) -> dict[str, Values]:
    return dict(_parts(head_of(text))) | dict(clauses_of(text))


def _parts(head: Values) -> Iterator[tuple[str, Values]]:
    for word, value in head.items():
        if word in ENTRIES and isinstance(value, dict) and all(isinstance(one, dict) for one in value.values()):
            yield from ((f"{HEAD}{word}/{entry}", one) for entry, one in value.items())
        else:
            yield f"{HEAD}{word}", {word: value}


def _alike(a: Values | None, b: Values | None) -> bool:
    return (a is None and b is None) or (a is not None and b is not None and same(a, b))
