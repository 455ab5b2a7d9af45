"""Words of a plan that exclude each other or make no sense together, so that no meaning could be given to them.

Reads the raw values, so that these mistakes are reported together with those of shape; what has not the expected
shape is passed over here. Names that nothing defines (a role, a clause in `after`) are findings of the checks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from muster.engines.plan import words
from muster.engines.plan.complaints import Complaint
from muster.engines.plan.notation import nearest
from muster.engines.plan.reading import Path

Raw = dict[str, Any]


def disagreements(root: Raw) -> Iterator[Complaint]:
    """Path, what, expected, mend of every pair of words that exclude each other."""
    yield from _levels(root)
    for name, role in _mapping(root, "roles").items():
        if isinstance(role, dict) and bool(role.get("unit")) == bool(role.get("per")):
            yield ("roles", name), f"role `{name}` needs either `unit` or `per`", "one of the two", ""
    ids = _ids(root)
    for path, clause in _clauses(root):
        yield from _renewals(ids, path, clause)
        yield from _moments(path, clause)
        yield from _people(path, clause)


def _levels(root: Raw) -> Iterator[Complaint]:
    gradings = _mapping(root, "gradings")
    for roman, level in _mapping(root, "levels").items():
        path: Path = ("levels", roman)
        if not isinstance(level, dict):
            continue
        yield from _defined(path, level, "colour", _grades(gradings, "warning_colour"), "warning colour")
        yield from _defined(path, level, "duty_grade", _grades(gradings, "duty_grade"), "duty grade")


def _renewals(ids: dict[str, Raw], path: Path, clause: Raw) -> Iterator[Complaint]:
    yield from _defined(path, clause, "renews", ids, "clause")
    renewed = ids.get(str(clause.get("renews")))
    if renewed is not None and not isinstance(renewed.get("measure"), dict):
        yield (*path, "renews"), f"clause {clause['renews']} has no measure to renew", "a clause with `measure`", ""


def _moments(path: Path, clause: Raw) -> Iterator[Complaint]:
    moment = clause.get("on")
    arising = _word(clause, "per") in words.ARISING
    if _list(clause, "levels") and moment:
        yield (*path, "on"), "the clause has both `levels` and `on`", "one of them", "remove one"
    if arising and clause.get("every"):
        yield (*path, "every"), "a clause for each event cannot recur", f"no `every` with `per: {clause['per']}`", ""
    if moment and clause.get("every"):
        yield (*path, "every"), "winding up cannot recur", "no `every` with `on`", "write a clause for each time"
    if arising and moment == "level_down":
        yield (*path, "on"), "a lowered level is no moment for single events", "`levels`, or `on: stand_down`", ""


def _people(path: Path, clause: Raw) -> Iterator[Complaint]:
    per = _word(clause, "per")
    for position, need in enumerate(_list(clause, "people")):
        here: Path = (*path, "people", position)
        if isinstance(need, dict) and need.get("from") == "place" and not per:
            yield here, "people `from: place`, but the clause has no place", "`per` with a kind of place", ""
        if isinstance(need, dict) and need.get("handles") and per not in words.ARISING:
            yield (
                here,
                "`handles` counts events, but the clause is not for each event",
                "`per` with a kind of event",
                "",
            )
    for position, supply in enumerate(_list(clause, "supplies")):
        if isinstance(supply, dict) and supply.get("basis") == "officer_shift" and not _list(clause, "people"):
            yield (*path, "supplies", position), "supplies per officer-shift, but no people", "`people`", ""


def _defined(path: Path, holder: Raw, word: str, known: Collection[str], kind: str) -> Iterator[Complaint]:
    name = holder.get(word)
    if known and isinstance(name, str) and name not in known:
        listed = ", ".join(list(known)[:30])
        yield (
            (*path, word),
            f"unknown {kind} `{name[:40]}`",
            f"one of {listed}",
            nearest(name, known),
        )


def _ids(root: Raw) -> dict[str, Raw]:
    return {clause["id"]: clause for _, clause in _clauses(root) if isinstance(clause.get("id"), str)}


def _clauses(root: Raw) -> Iterator[tuple[Path, Raw]]:
    for position, clause in enumerate(_list(root, "clauses")):
        if isinstance(clause, dict):
            yield ("clauses", position), clause


def _grades(gradings: Raw, scale: str) -> list[str]:
    return [
        grade["id"] for grade in _list(gradings, scale) if isinstance(grade, dict) and isinstance(grade.get("id"), str)
    ]


def _word(holder: Raw, word: str) -> str:
    value = holder.get(word)
    return value if isinstance(value, str) else ""


def _mapping(holder: Raw, word: str) -> Raw:
    value = holder.get(word)
    return value if isinstance(value, dict) else {}


def _list(holder: Raw, word: str) -> list[Any]:
    value = holder.get(word)
    return value if isinstance(value, list) else []
