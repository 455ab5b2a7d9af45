"""Words of a plan that exclude each other or make no sense together, so that no meaning could be given to them.

Reads the raw values, so that these mistakes are reported together with those of shape; what has not the expected
shape is passed over here. Names that nothing defines (a role, a clause in `after`) are findings of the checks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from muster.engines.plan import words
from muster.engines.plan.complaints import Complaint
from muster.engines.plan.notation import shown
from muster.engines.plan.reading import Path
from muster.engines.plan.text import UNSAID, Text, nearest, one_of_these, same

Raw = dict[str, Any]


NONE: Final[Mapping[str, Raw]] = {}
_TOGETHER = Text("合并为一条", "write both as one")
_ONE = Text("二者之一", "one of the two")
_PLACE = Text("带点位类别的 `per`", "`per` with a kind of place")
_EVENT = Text("带事项类别的 `per`", "`per` with a kind of event")


def disagreements(root: Raw, inherited: Mapping[str, Raw] = NONE) -> Iterator[Complaint]:
    """Path, what, expected, mend of every pair of words that exclude each other.

    `inherited` has what a lower plan inherits, by clause id: `per`, `on`, `people` and `measure`.
    """
    yield from _levels(root)
    for name, role in _mapping(root, "roles").items():
        if isinstance(role, dict) and bool(role.get("unit")) == bool(role.get("per")):
            what = Text(f"角色 `{name}` 要写 `unit` 或 `per`", f"role `{name}` needs either `unit` or `per`")
            yield ("roles", name), what, _ONE, UNSAID
    ids = {**inherited, **_ids(root)}
    for path, clause in _clauses(root):
        yield from _renewals(ids, path, clause)
        yield from _moments(path, clause)
        yield from _people(path, clause)
        yield from _supplies(path, clause)
    yield from _narrowings(root, inherited)


def _narrowings(root: Raw, inherited: Mapping[str, Raw]) -> Iterator[Complaint]:
    told: set[str] = set()
    for position, narrowing in enumerate(_list(root, "narrows")):
        name = _word(narrowing, "clause") if isinstance(narrowing, dict) else ""
        if not name:
            continue
        path: Path = ("narrows", position)
        if name in told:
            what = Text(f"条款 {name} 被细化了两次", f"clause {name} is narrowed twice")
            yield (*path, "clause"), what, Text("每个条款一次", "each clause once"), _TOGETHER
        told.add(name)
        clause = {**inherited.get(name, {}), **narrowing}
        for rule in (_moments, _people, _supplies):
            yield from rule(path, clause)


def _levels(root: Raw) -> Iterator[Complaint]:
    gradings = _mapping(root, "gradings")
    for roman, level in _mapping(root, "levels").items():
        path: Path = ("levels", roman)
        if not isinstance(level, dict):
            continue
        colours, duties = _grades(gradings, "warning_colour"), _grades(gradings, "duty_grade")
        yield from _defined(path, level, "colour", colours, Text("预警颜色", "warning colour"))
        yield from _defined(path, level, "duty_grade", duties, Text("勤务等级", "duty grade"))


def _renewals(ids: dict[str, Raw], path: Path, clause: Raw) -> Iterator[Complaint]:
    yield from _defined(path, clause, "renews", ids, Text("条款", "clause"))
    name = clause.get("renews")
    renewed = ids.get(str(name))
    if renewed is not None and not isinstance(renewed.get("measure"), dict):
        what = Text(f"条款 {name} 没有可续期的措施", f"clause {name} has no measure to renew")
        yield (*path, "renews"), what, Text("带 `measure` 的条款", "a clause with `measure`"), UNSAID


def _moments(path: Path, clause: Raw) -> Iterator[Complaint]:
    moment, rounds, per = clause.get("on"), clause.get("every"), _word(clause, "per")
    arising = per in words.ARISING
    if _list(clause, "levels") and moment:
        what = Text("条款同时写了 `levels` 和 `on`", "the clause has both `levels` and `on`")
        yield (*path, "on"), what, _ONE, Text("删去其中一个", "remove one")
    if arising and rounds:
        what = Text("逐件办理的条款不能定期重复", "a clause for each event cannot recur")
        yield (*path, "every"), what, Text(f"有 `per: {per}` 就没有 `every`", f"no `every` with `per: {per}`"), UNSAID
    if moment and rounds:
        what = Text("收尾条款不能定期重复", "winding up cannot recur")
        mend = Text("每次写一个条款", "write a clause for each time")
        yield (*path, "every"), what, Text("有 `on` 就没有 `every`", "no `every` with `on`"), mend
    if arising and moment == "level_down":
        what = Text("降级不是逐件事项的时刻", "a lowered level is no moment for single events")
        yield (*path, "on"), what, Text("`levels`，或 `on: stand_down`", "`levels`, or `on: stand_down`"), UNSAID


def _people(path: Path, clause: Raw) -> Iterator[Complaint]:
    per = _word(clause, "per")
    for position, need in enumerate(_list(clause, "people")):
        here: Path = (*path, "people", position)
        if isinstance(need, dict) and need.get("from") == "place" and not per:
            what = Text("人员 `from: place`，但条款没有点位", "people `from: place`, but the clause has no place")
            yield here, what, _PLACE, UNSAID
        if isinstance(need, dict) and need.get("handles") and per not in words.ARISING:
            what = Text(
                "`handles` 按件计算，但条款不是逐件办理",
                "`handles` counts events, but the clause is not for each event",
            )
            yield here, what, _EVENT, UNSAID


def _supplies(path: Path, clause: Raw) -> Iterator[Complaint]:
    for position, supply in enumerate(_list(clause, "supplies")):
        if isinstance(supply, dict) and supply.get("basis") == "officer_shift" and not _list(clause, "people"):
            what = Text("物资按人次班计，但条款没有人员", "supplies per officer-shift, but no people")
            yield (*path, "supplies", position), what, same("`people`"), UNSAID


def _defined(path: Path, holder: Raw, word: str, known: Collection[str], kind: Text) -> Iterator[Complaint]:
    name = holder.get(word)
    if known and name and isinstance(name, str) and name not in known:
        what = Text(f"未知{kind.zh} `{shown(name)}`", f"unknown {kind.en} `{shown(name)}`")
        yield (*path, word), what, one_of_these(list(known)[:30]), nearest(name, known)


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
