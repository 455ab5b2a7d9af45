"""The edits of a plan: a clause is changed, added, removed, moved or renamed, a part of the head is changed.

Each takes a text that `reading.read` accepts and gives another; each raises EditRefused and leaves the text alone.
A clause is called by its id, or "#3" (the third) where it has none or another has the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from muster.engines.plan.editing.changing import changed
from muster.engines.plan.editing.nodes import Mapping, Node, Sequence, nodes_of, plain
from muster.engines.plan.editing.refusals import EditRefused, no_clause, taken
from muster.engines.plan.editing.writing import flow
from muster.engines.plan.pieces import Pieces, attached, ids, pieces_of
from muster.engines.plan.reading import read
from muster.engines.plan.text import Text

WORDS: Final = (
    "id", "title", "text", "phase", "annex", "levels", "on", "actor", "action", "due", "every", "per", "after",
    "renews", "people", "standard", "supplies", "partners", "evidence", "ground", "measure", "ends", "data_class",
    "decision", "public",
)  # fmt: skip
HEAD: Final = (
    "schema", "plan", "version", "title", "unit", "extends", "narrows", "zone", "legal_basis", "reviewed_on",
    "review_months", "exercise_months", "authority", "gradings", "fresh_for", "levels", "roles", "standards",
    "reserve_days", "clauses",
)  # fmt: skip

Values = dict[str, Any]


def clauses_of(text: str) -> list[tuple[str, Values]]:
    """What each clause is called and says, in the order of the plan; values are text, lists and dicts."""
    said = _values(text)
    return list(zip(ids(iter(said)), said, strict=True))


def head_of(text: str) -> Values:
    """What the plan says outside its clauses."""
    return {key: one for key, one in _said(text).items() if key != "clauses"}


def clause_changed(text: str, key: str, values: Values) -> str:
    """The clause says `values`; a word that is None or not there is taken away."""
    position = _find(text, key)
    pieces = pieces_of(text)
    if pieces is None:
        said = _values(text)
        return _whole(text, {"clauses": [*said[:position], values, *said[position + 1 :]]})
    start, end = pieces.units[position]
    return pieces.with_lines(start, end, _unit_changed(pieces.unit(position), values))


def clause_added(text: str, values: Values, *, after: str = "") -> str:
    """A new clause, behind another or at the end."""
    return clauses_added(text, [values], after=after)


def clauses_added(text: str, new: list[Values], *, after: str = "") -> str:
    """New clauses, behind another or at the end."""
    written = [key for key, _said in clauses_of(text)]
    for values in new:
        if values.get("id") in written:
            raise taken(str(values["id"]))
    position = _find(text, after) + 1 if after else len(written)
    pieces = pieces_of(text)
    if pieces is not None:
        at = pieces.units[position - 1][1] if position else attached(pieces, 0)
        lines = [line for values in new for line in _lines_of(values, pieces.indent)]
        return pieces.with_lines(at, at, _like(pieces, lines))
    if written:
        said = _values(text)
        return _whole(text, {"clauses": [*said[:position], *new, *said[position:]]})
    bare = _whole(text, {"clauses": None}) if "clauses" in _said(text) else text
    end = "\r\n" if "\r\n" in text else "\n"
    lines = [line for values in new for line in _lines_of(values, 2)]
    return bare.rstrip("\r\n") + end + end.join(["clauses:", *lines]) + end


def clause_removed(text: str, key: str) -> str:
    """The plan without the clause; clauses that wait for it or renew it say so no longer. Comments above it stay."""
    position = _find(text, key)
    if len(clauses_of(text)) == 1:
        return _without_clauses(text)
    pieces = pieces_of(text)
    if pieces is None:
        said = _values(text)
        return _forgotten(_whole(text, {"clauses": [*said[:position], *said[position + 1 :]]}), key)
    start, end = pieces.units[position]
    return _forgotten(pieces.with_lines(start, end, []), key)


def clause_moved(text: str, key: str, *, before: str = "", after: str = "") -> str:
    """The clause in front of another or behind it, with the comments right above it."""
    position, other = _find(text, key), _find(text, before or after)
    pieces = pieces_of(text)
    if pieces is None:
        raise EditRefused(
            Text(
                "条款不是逐行列出的，不能移动", "the clauses are not written as a list of lines, so none can be moved"
            ),
            mend=Text("在文本中移动", "move it in the text"),
        )
    if position == other:
        return text
    start, end = attached(pieces, position), pieces.units[position][1]
    to = attached(pieces, other) if before else pieces.units[other][1]
    lines = list(pieces.lines)
    block = lines[start:end]
    rest = lines[:start] + lines[end:]
    at = to if to <= start else to - len(block)
    return "\n".join(rest[:at] + block + rest[at:])


def clause_renamed(text: str, key: str, name: str) -> str:
    """Another id, also where other clauses wait for it or renew it."""
    if any(known == name for known, _said in clauses_of(text)):
        raise taken(name)
    said = dict(clauses_of(text))
    if key not in said:
        raise no_clause(key)
    renamed = clause_changed(text, key, {"id": name} | {word: one for word, one in said[key].items() if word != "id"})
    return renamed if key.startswith("#") else _referring(renamed, key, name)


def head_changed(text: str, values: Values) -> str:
    """Parts of the head say something else; a part that is None is taken away."""
    pieces = pieces_of(text)
    if pieces is None:
        return _whole(text, values)
    here = "clauses: _"  # stands for the list, which has a comment of its own perhaps
    head = "\n".join((*pieces.lines[: pieces.opening], here, *pieces.lines[pieces.close :])) + "\n"
    root = _root(head)
    lines = _applied(head, root, plain(root) | values).removesuffix("\n").split("\n")
    opening = lines.index(here)
    return "\n".join((*lines[:opening], *pieces.lines[pieces.opening : pieces.close], *lines[opening + 1 :]))


def _referring(text: str, key: str, name: str) -> str:
    """Every clause that named `key` names `name`, or nothing if `name` is empty."""
    for other, said in clauses_of(text):
        waits, renews = said.get("after"), said.get("renews")
        new = dict(said)
        if isinstance(waits, list) and key in waits:
            new["after"] = [name if one == key else one for one in waits if one != key or name] or None
        if renews == key:
            new["renews"] = name or None
        if new != said:
            text = clause_changed(text, other, new)
    return text


def _forgotten(text: str, key: str) -> str:
    return text if key.startswith("#") else _referring(text, key, "")


def _without_clauses(text: str) -> str:
    pieces = pieces_of(text)
    if pieces is None:
        return _whole(text, {"clauses": None})
    start, end = pieces.units[0]
    return pieces.with_lines(start, end, []).replace("\nclauses:", "\nclauses: []", 1)


def _unit_changed(unit: str, values: Values) -> list[str]:
    root = _root_list(unit)
    item = root.items[0]
    return (unit[: item.start] + changed(unit, item, values, WORDS) + unit[item.end :]).removesuffix("\n").split("\n")


def _lines_of(values: Values, indent: int) -> list[str]:
    said = [word for word in (*WORDS, *(set(values) - set(WORDS))) if values.get(word) not in (None, [], {}, "")]
    lines = [f"{word}: {flow(values[word])}" for word in said]
    dash, blank = " " * indent + "- ", " " * (indent + 2)
    return [(blank if number else dash) + line for number, line in enumerate(lines)]


def _like(pieces: Pieces, lines: list[str]) -> list[str]:
    """With carriage returns where the text has them."""
    return [line + "\r" for line in lines] if pieces.lines[pieces.opening].endswith("\r") else lines


def _values(text: str) -> list[Any]:
    said = _said(text).get("clauses")
    return said if isinstance(said, list) else []


def _said(text: str) -> Values:
    """What the whole text says; nobody changes what is given, for it is shared."""
    root = read(text, "").root
    if not isinstance(root, dict):
        raise _no_plan()
    return root


def _find(text: str, key: str) -> int:
    for position, (name, _said) in enumerate(clauses_of(text)):
        if name == key:
            return position
    raise no_clause(key)


def _whole(text: str, values: Values) -> str:
    root = _root(text)
    return _applied(text, root, plain(root) | values)


def _applied(text: str, root: Mapping, wanted: Values) -> str:
    return text[: root.start] + changed(text, root, wanted, HEAD) + text[root.end :]


def _root(text: str) -> Mapping:
    root = _parsed(text)
    if not isinstance(root, Mapping):
        raise _no_plan()
    return root


def _no_plan() -> EditRefused:
    mend = Text("以 `plan:` 开头", "begin with `plan:`")
    return EditRefused(Text("文本不是预案", "the text is no plan"), mend=mend)


def _root_list(unit: str) -> Sequence:
    root = _parsed(unit)
    assert isinstance(root, Sequence)
    return root


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Node | None:
    return nodes_of(text)
