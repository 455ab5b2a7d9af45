"""What `muster stress` shows to people, in the language of their terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import get_language
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from muster.engines.plan import Plan, Text

SHOWN: Final = 12
WHEN: Final = Text("首次缺口（天，中位数）", "first day, median")
CHANCE: Final = Text("概率", "chance")
HEAD: Final = Text(
    "{n} 次模拟，{days} 天，种子 {seed}，{seconds} 秒", "{n} replications, {days} days, seed {seed}, {seconds} s"
)
BREAKS: Final = Text(
    "预案从第 {day} 天起因缺人或缺物误期（中位数），首先是 {clauses}",
    "the plan breaks for want of people or stock on day {day} (median), first {clauses}",
)
HOLDS: Final = Text("没有因缺人或缺物误期", "nothing is late for want of people or stock")
LATE: Final = (Text("条款", "clause"), Text("误期概率", "late"), Text("制约因素", "held up by"), Text("名称", "title"))
SHORT: Final = (Text("缺口", "runs short"), CHANCE, WHEN)
MENDS: Final = (
    Text("补救措施", "repair"),
    Text("少误", "avoided"),
    Text("代价", "cost"),
    Text("每单位代价", "per cost"),
)
AGAINST: Final = (Text("方案", "variant"), Text("误期任务之差", "late tasks"), Text("感染之差", "infected"))


def show(plan: Plan, facts: Mapping[str, Any], console: Console) -> None:
    """The worst first; the whole answer is in `--json`."""
    base = facts["outcome"]["answers"][0]
    days = facts["outcome"]["days"]
    console.print(_said(HEAD).format(n=facts["replications"], days=days, seed=facts["seed"], seconds=facts["seconds"]))
    first = ", ".join(f"{one['name']} ({one['share']:.0%})" for one in base["breaks_first"][:3])
    day = base["break_day"].get("0.5")
    console.print(_said(HOLDS) if day is None else _said(BREAKS).format(day=day, clauses=first))
    late = sorted((one for one in base["clauses"] if one["late"][0]), key=lambda one: -one["late"][0])[:SHOWN]
    _table(console, LATE, [_clause(plan, one) for one in late])
    short = [(one["qualification"], one["p_shortfall"], one) for one in facts["staff"]]
    short += [(one["item"], one["p_stockout"], one) for one in facts["stock"]]
    rows = [(name, f"{p:.1%} ± {one['se']:.1%}", f"{one['first_day_median']}") for name, p, one in short if p > 0]
    _table(console, SHORT, rows)
    _table(console, MENDS, [_repair(one) for one in facts["repairs"][:SHOWN]])
    _table(console, AGAINST, [_variant(one) for one in facts["variants"]])


def _clause(plan: Plan, one: Mapping[str, Any]) -> tuple[str, ...]:
    held = ", ".join(f"{it['name'] or it['what']} {it['share']:.0%}" for it in one["bindings"][:2])
    title = plan.clause(one["id"]).title.in_language(get_language() or "en")
    return one["id"], f"{one['p_late'][0]:.1%} ± {one['p_late'][1]:.1%}", held, title


def _repair(one: Mapping[str, Any]) -> tuple[str, ...]:
    return one["name"], _estimate(one["avoided"]), f"{one['cost']:g}", f"{one['by_cost']:.2f}"


def _variant(one: Mapping[str, Any]) -> tuple[str, ...]:
    return one["variant"], _estimate(one["late_tasks"]), _estimate(one["infected"])


def _estimate(pair: Sequence[float]) -> str:
    return f"{pair[0]:.1f} ± {pair[1]:.1f}"


def _table(console: Console, heads: Sequence[Text], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    table = Table(*(_said(head) for head in heads))
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console.print(table)


def _said(text: Text) -> str:
    return text.in_language(get_language() or "en")
