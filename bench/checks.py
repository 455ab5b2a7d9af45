"""How fast plans are checked: four hundred of sixty clauses against a bureau, one edit, and ever longer plans.

The bureau is one at work: partners have acknowledged what most clauses say, and some an older text; contacts were
confirmed, some too long ago; one post in seven has its holder away; clauses were exercised on many days.
Peer: what a script would do, PyYAML (its own parser, no C library) to load and the same rules, one plan at a time.
Both read the same texts in one run. `python bench/checks.py [--json] [--quick] [--findings FILE]`; the file gets every
finding of the plans in order, so that two builds can be held against each other.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from muster.engines.plan import Plan, load_plan
from muster.engines.plan.checks import check
from muster.engines.plan.checks.copies import copies
from muster.engines.plan.findings import Finding
from muster.engines.plan.hashing import clause_hash
from muster.engines.plan.words import PARTNERS, QUALIFICATIONS, SITE_KINDS
from muster.engines.plan.world import Holder, World

WORKED: list[float] = []  # processor seconds of each measurement; by them, in one process, the goals are judged
GOAL = 10.0  # seconds for 400 plans, loading included
EDIT = 0.100  # seconds for one edit
CITY = Path(__file__).resolve().parents[1] / "muster" / "sample" / "plans" / "S-PHE-01.yaml"


def plan_text(number: int, clauses: int) -> str:
    """S City's plan under another id, with other figures, wording and so many clauses."""
    head, _, body = CITY.read_text("utf-8").partition("\nclauses:\n")
    head = head.replace("plan: S-PHE-01", f"plan: B-{number:04}").replace(">= 50", f">= {50 + number % 40}")
    items = ["  - id: " + item for item in body.split("  - id: ")[1:]]
    made = []
    for place in range(clauses):
        first, _, rest = items[place % len(items)].partition("\n")
        turn = place // len(items)
        name = first.removeprefix("  - id: ").strip()
        rest = rest.replace("zh: ", f"zh: 第{number}号", 1)
        for one in ("after: [", "renews: "):
            rest = "\n".join(_renumbered(line, one, turn) for line in rest.split("\n"))
        made.append(f"  - id: {name}{'X' + str(turn) if turn else ''}\n{rest}")
    return f"{head}\nclauses:\n" + "".join(made)


def _renumbered(line: str, word: str, turn: int) -> str:
    if not turn or not line.strip().startswith(word):
        return line
    names = line.split(word)[1].rstrip("]").split(", ")
    return line.split(word)[0] + word + ", ".join(f"{name}X{turn}" for name in names) + ("]" if "[" in word else "")


def bureau(plans: Sequence[Plan], people: int = 12_000, sites: int = 900) -> World:
    """So many people and places, with every post of the plans filled and a past of their own for each of them."""
    plan = plans[0]
    assert plan.reviewed_on is not None
    today = plan.reviewed_on + timedelta(days=60)
    units = _units(plan)
    names = list(units)
    strength: dict[tuple[str, str], int] = {}
    for person in range(people):
        for qualification in (QUALIFICATIONS[person % len(QUALIFICATIONS)], "patrol"):
            key = names[person % len(names)], qualification
            strength[key] = strength.get(key, 0) + 1
    where = {kind: [name for name in units if units[name] == kind] for kind in ("station", "sub_bureau")}
    posts = [(role.id, unit) for role in plan.roles.values() for unit in where.get(role.scope, [role.unit])]
    held: dict[str, dict[str, int]] = {}
    for role, unit in posts:
        held.setdefault(role, {})[unit] = 3
    return World(
        today=today,
        people=strength,
        units=units,
        holders=held,
        stock=dict.fromkeys(plan.reserve_days, 5_000_000),
        liaisons=dict.fromkeys(PARTNERS, 2),
        sites=dict.fromkeys(SITE_KINDS, sites // len(SITE_KINDS)),
        role_holders={post: _holders(number, today) for number, post in enumerate(posts)},
        items=frozenset(plan.reserve_days),
        contacts_checked={name: today - timedelta(days=9 * n) for n, name in enumerate(PARTNERS)},
        acknowledged=_acknowledged(plans),
        exercised={one.id: _exercised(one, today) for one in plans},
        newest={one.id: one.version for one in plans},
    )


def _units(plan: Plan) -> dict[str, str]:
    units = {f"ST-{n:03}": "station" for n in range(96)} | {f"SB-{n}": "sub_bureau" for n in range(7)}
    units |= {role.unit: "office" for role in plan.roles.values() if role.unit}
    return units | {n.source[5:]: "office" for c in plan.clauses for n in c.people if n.source.startswith("unit:")}


def _holders(number: int, today: date) -> tuple[Holder, ...]:
    """A holder and two deputies; one holder in seven is away, and whoever is back had days off before."""
    past = (today - timedelta(days=40), today - timedelta(days=30))
    leave = (today - timedelta(days=3), today + timedelta(days=3))
    able = frozenset(QUALIFICATIONS[:3])
    away = (past, leave) if number % 7 == 0 else (past,)
    return (Holder(f"p{number}-0", able, away), *(Holder(f"p{number}-{n}", able, (past,)) for n in (1, 2)))


def _acknowledged(plans: Sequence[Plan]) -> dict[str, frozenset[str]]:
    """What each partner agreed to: nine clauses of ten as they read now."""
    heard: dict[str, set[str]] = {name: {"0" * 64} for name in PARTNERS}
    for plan in plans:
        for at, clause in enumerate(plan.clauses):
            for name in clause.partners if at % 10 else ():
                heard[name].add(clause_hash(plan, clause))
    return {name: frozenset(hashes) for name, hashes in heard.items()}


def _exercised(plan: Plan, today: date) -> dict[str, date]:
    """Three clauses of four, a few weeks apart; the rest never."""
    return {one.id: today - timedelta(days=13 * (at % 40)) for at, one in enumerate(plan.clauses) if at % 4}


def timed(do: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    began, cpu = time.perf_counter(), time.process_time()
    done = do()
    WORKED.append(time.process_time() - cpu)
    return time.perf_counter() - began, done


def worked(do: Callable[[], Any]) -> float:
    """Processor seconds."""
    timed(do)
    return WORKED[-1]


def many(texts: Sequence[str]) -> tuple[float, float, list[tuple[Finding, ...]]]:
    """Seconds for loading, seconds for checking all of them against one bureau, the findings."""
    loading, plans = timed(lambda: [load_plan(text) for text in texts])
    world = bureau(plans)
    checking, (found, copied) = timed(lambda: ([check(plan, world) for plan in plans], copies(plans)))
    return loading, checking, [(*one, *([copied[at]] if at in copied else [])) for at, one in enumerate(found)]


def peer(texts: Sequence[str]) -> float:
    """Seconds for a plain loop: PyYAML, then the same checks, nothing kept from one plan to the next."""
    world: World | None = None
    seconds = 0.0
    for text in texts:
        loading, _values = timed(lambda text=text: yaml.load(text, Loader=yaml.BaseLoader))
        plan = load_plan(text)
        world = world or bureau([plan])
        checking, _ = timed(lambda plan=plan, world=world: check(plan, world))
        seconds += loading + checking
    return seconds


def one_edit(text: str) -> list[float]:
    """Processor seconds from each of some edits of one clause to its findings."""
    world = bureau([load_plan(text)])
    spans = []
    for minutes in range(31, 52):
        edited = text.replace("due: 1h\n", f"due: {minutes}m\n", 1)
        spans.append(worked(lambda edited=edited: check(load_plan(edited), world)))
    return spans[1:]


def longer(plan: Plan, size: int) -> Plan:
    """The plan with so many clauses; a text of more than 2,000 is refused, so the rest is added to what was loaded."""
    made = []
    for place in range(size):
        turn, at = divmod(place, len(plan.clauses))
        clause = plan.clauses[at]
        if turn:
            after = tuple(f"{name}Y{turn}" for name in clause.after)
            renews = f"{clause.renews}Y{turn}" if clause.renews else ""
            clause = replace(clause, id=f"{clause.id}Y{turn}", after=after, renews=renews)
        made.append(clause)
    return replace(plan, clauses=tuple(made))


def exponent(sizes: Sequence[int]) -> tuple[float, list[tuple[int, float]]]:
    """How checking grows with clauses (1 is linear), and the processor seconds for each size, the best of three."""
    spans = []
    whole = load_plan(plan_text(0, 1000))
    for size in sizes:
        plan = longer(whole, size)
        world = bureau([plan])
        check(plan, world)
        spans.append((size, min(worked(lambda plan=plan, world=world: check(plan, world)) for _ in range(3))))
    points = [(math.log(size), math.log(span)) for size, span in spans]
    xs, ys = zip(*points, strict=True)
    return statistics.linear_regression(xs, ys).slope, spans


def main() -> int:
    """One run; exit 1 where a goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--findings", type=Path)
    asked = parser.parse_args()
    count = 60 if asked.quick else 400
    texts = [plan_text(number, 60) for number in range(count)]
    loading, checking, found = many(texts)
    if asked.findings:
        asked.findings.write_text("\n".join(repr(one) for plan in found for one in plan), "utf-8")
    ours, cpu = loading + checking, sum(WORKED[:2])
    sample = texts[:: 10 if asked.quick else 20]
    theirs = peer(sample) * count / len(sample)
    edits = one_edit(texts[0])
    sizes = (60, 300, 1000) if asked.quick else (60, 300, 1000, 2500, 5000)
    grows, spans = exponent(sizes)
    scale = 400 / count
    facts = {
        "name": "checks",
        "unit": "seconds for 400 plans of 60 clauses against 12,000 people and 900 sites, loading included",
        "ours": round(ours * scale, 2),
        "loading": round(loading * scale, 2),
        "checking": round(checking * scale, 2),
        "processor_seconds": round(cpu * scale, 2),
        "findings": sum(map(len, found)),
        "peer": round(theirs * scale, 2),
        "peer_name": "PyYAML and a plain loop",
        "ratio": round(theirs / ours, 2),
        "goal": GOAL,
        "edit_ms": round(statistics.median(edits) * 1000, 1),
        "edit_ms_worst": round(max(edits) * 1000, 1),
        "exponent": round(grows, 2),
        "seconds_by_clauses": [[size, round(span, 4)] for size, span in spans],
        "met": cpu * scale < GOAL and statistics.median(edits) < EDIT and grows < 1.2,
        "machine": f"{platform.machine()} {platform.python_version()}",
        "n": count,
        "spread": round(statistics.pstdev(edits) * 1000, 1),
    }
    print(json.dumps(facts, ensure_ascii=False) if asked.json else "\n".join(f"{k}: {v}" for k, v in facts.items()))
    return 0 if facts["met"] else 1


if __name__ == "__main__":
    sys.exit(main())
