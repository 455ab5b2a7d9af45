"""One value of a YAML text becomes another; what does not differ keeps its place, its quotes and its comments."""

from __future__ import annotations

import difflib
import json
from typing import Any

from muster.engines.plan.editing.nodes import Entry, Mapping, Node, Scalar, Sequence, plain
from muster.engines.plan.editing.writing import flow, is_plain, same, scalar


def changed(text: str, node: Node, wanted: Any, order: tuple[str, ...] = ()) -> str:
    """The text of a node once it says `wanted`.

    Parameters
    ----------
    wanted : text, dict or list of such; a dict's value of None takes the key away.
    order : in which new keys take their place among the others.
    """
    if isinstance(wanted, dict):
        blank = {e.key for e in node.entries if plain(e.value) is None} if isinstance(node, Mapping) else frozenset()
        wanted = {key: one for key, one in wanted.items() if one is not None or key in blank}
    if same(plain(node), wanted):
        return text[node.start : node.end]
    if isinstance(node, Mapping) and isinstance(wanted, dict) and _keeps_any(node, wanted):
        return _mapping(text, node, wanted, order)
    if isinstance(node, Sequence) and isinstance(wanted, list) and node.items and wanted:
        return _sequence(text, node, wanted)
    if isinstance(node, Scalar) and isinstance(wanted, str):
        return _scalar(node, wanted)
    return flow(wanted)


def _keeps_any(node: Mapping, wanted: dict[str, Any]) -> bool:
    return any(entry.key in wanted for entry in node.entries)


def _scalar(node: Scalar, wanted: str) -> str:
    """Double quotes stay; a plain value that now needs quotes gets single ones, which go again when it does not.

    So the quotes themselves remember how a value was written, and to change it back gives the same bytes.
    """
    if node.quote == '"':
        return scalar(wanted, quote='"')
    wished = node.quote == "'" and node.value is not None and is_plain(node.value)
    needed = not is_plain(" ".join(wanted.split()))
    return scalar(wanted, quote="'" if wished or needed else "")


def _mapping(text: str, node: Mapping, wanted: dict[str, Any], order: tuple[str, ...]) -> str:
    written = {entry.key: _entry(text, entry, wanted[entry.key]) for entry in node.entries if entry.key in wanted}
    if len(written) == len(node.entries) == len(wanted):
        return _spliced(text, node, [(entry.start, entry.value.end, written[entry.key]) for entry in node.entries])
    if node.flow:
        return _in_braces(node, wanted, written, order)
    lines: list[tuple[str, str]] = []  # of which key, "" for a comment
    for position, entry in enumerate(node.entries):
        following = node.entries[position + 1].start if position + 1 < len(node.entries) else node.end
        beside, below = _following(text[entry.value.end : following])
        lines += [(entry.key, written[entry.key] + beside)] if entry.key in written else []
        lines += [("", line) for line in below]
    for key in sorted((key for key in wanted if key not in written), key=lambda key: _rank(key, order)):
        before = [at for at, (of, _line) in enumerate(lines) if of and _rank(of, order) < _rank(key, order)]
        lines.insert(before[-1] + 1 if before else 1, (key, f"{key}: {flow(wanted[key])}"))
    return _joined(text, [line for _key, line in lines], _column(text, node.start))


def _following(between: str) -> tuple[str, list[str]]:
    """What stands beside a value (its comment), and the whole lines between it and what comes next."""
    beside, _end, below = between.partition("\n")
    return beside.rstrip("\r"), [line.strip() for line in below.split("\n")[:-1]]


def _joined(text: str, lines: list[str], indent: int) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    return end.join(" " * indent + line if line and at else line for at, line in enumerate(lines))


def _rank(key: str, order: tuple[str, ...]) -> int:
    return order.index(key) if key in order else len(order)


def _in_braces(node: Mapping, wanted: dict[str, Any], written: dict[str, str], order: tuple[str, ...]) -> str:
    new = {key: f"{flow(key)}: {flow(one)}" for key, one in wanted.items() if key not in written}
    had = [entry.key for entry in node.entries if entry.key in written]
    keys = sorted([*had, *new], key=lambda key: _rank(key, order)) if order else [*had, *new]
    return "{" + ", ".join(written.get(key) or new[key] for key in keys) + "}"


def _entry(text: str, entry: Entry, wanted: Any) -> str:
    """A key with its new value; a comment beside a key whose value stood below it stays beside it."""
    value = entry.value
    new = changed(text, value, wanted)
    lead = text[entry.key_end : value.start]
    if new == text[value.start : value.end] or not _becomes_one_line(value, new):
        blank = " " if lead.rstrip(" \r\n").endswith(":") and lead[-1:] == ":" and new else ""
        return text[entry.start : value.start] + blank + new
    remark = lead[lead.find("#") :].split("\n")[0].rstrip() if "#" in lead else ""
    return text[entry.start : entry.key_end] + ": " + new + (f"  {remark}" if remark else "")


def _becomes_one_line(value: Node, new: str) -> bool:
    return not isinstance(value, Scalar) and not value.flow and "\n" not in new and not new.startswith("- ")


def _sequence(text: str, node: Sequence, wanted: list[Any]) -> str:
    rows = _rows(text, node, wanted)
    if [at for at, _row in rows] == list(range(len(node.items))):
        return _spliced(text, node, [(n.start, n.end, row) for n, (_at, row) in zip(node.items, rows, strict=True)])
    if node.flow:
        return "[" + ", ".join(row for _at, row in rows) + "]"
    dashes = [text.rfind("-", 0, item.start) for item in node.items]
    around = [
        _following(text[item.end : following])
        for item, following in zip(node.items, (*dashes[1:], node.end), strict=True)
    ]
    lines: list[str] = []
    told = 0  # comments below the items before this one are written
    for at, row in rows:
        if at is None:
            lines.append(f"- {row}")
            continue
        lines += [line for below in around[told:at] for line in below[1]]
        lines.append(text[dashes[at] : node.items[at].start] + row + around[at][0])
        told = at
    lines += [line for below in around[told:] for line in below[1]]
    return _joined(text, lines, _column(text, dashes[0]))


def _rows(text: str, node: Sequence, wanted: list[Any]) -> list[tuple[int | None, str]]:
    """Each wanted item with the number of the item that it was made from, or None for a new one."""
    before = [json.dumps(plain(item), sort_keys=True, ensure_ascii=False) for item in node.items]
    after = [json.dumps(item, sort_keys=True, ensure_ascii=False) for item in wanted]
    rows: list[tuple[int | None, str]] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        paired = min(i2 - i1, j2 - j1) if kind in ("equal", "replace") else 0
        rows += [(i1 + n, changed(text, node.items[i1 + n], wanted[j1 + n])) for n in range(paired)]
        rows += [(None, flow(wanted[j])) for j in range(j1 + paired, j2)]
    return rows


def _spliced(text: str, node: Mapping | Sequence, parts: list[tuple[int, int, str]]) -> str:
    out, at = "", node.start
    for start, end, written in parts:
        out, at = out + text[at:start] + written, end
    return out + text[at : node.end]


def _column(text: str, at: int) -> int:
    return at - (text.rfind("\n", 0, at) + 1)
