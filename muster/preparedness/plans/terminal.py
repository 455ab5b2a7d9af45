"""What `muster plan` shows to people, in the language of their terminal. Needs no database and no settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from muster.engines.plan import Plan, PlanInvalid, Text
from muster.engines.plan.difference import Difference
from muster.engines.plan.findings import ERROR, NOTE, SEVERITIES, WARNING, Finding
from muster.preparedness.plans.said import Said, silent, speaking

COLOURS: Final = {ERROR: "bold red", WARNING: "yellow", NOTE: "cyan"}
SEVERITY: Final = {
    ERROR: Text("错误", "error"),
    WARNING: Text("警告", "warning"),
    NOTE: Text("提示", "note"),
}
HEADINGS: Final = (
    Text("级别", "severity"),
    Text("规则", "rule"),
    Text("条款", "clause"),
    Text("行", "line"),
    Text("问题和修改", "what is wrong, and how to mend it"),
)
SUPPRESSED: Final = Text("不提示", "suppressed")
ANSWERED_FOR: Final = Text("由 {who} 负责，至 {until} 不提示：{reason}", "suppressed by {who} until {until}: {reason}")
NO_FAULT: Final = Text("未发现问题", "no fault found")
SAME: Final = Text("两个版本内容相同", "both say the same")
ADDED: Final = Text("新增", "added")
REMOVED: Final = Text("删除", "removed")
CHANGED: Final = Text("修改", "changed")
MOVED: Final = Text("移动", "moved")
HEAD: Final = Text("条款之外的修改", "changed outside the clauses")
LOOKING: Final = Text("正在读取警力、库存和点位……", "reading people, stock and places ...")
AS_OF: Final = Text("对照截至 {day} 的本局实际", "held against the bureau as of {day}")
UNREADABLE: Final = Text(
    "{file}：无法读取（{reason}）；应为 YAML 格式的预案", "{file}: cannot be read ({reason}); expected a plan in YAML"
)
NO_DATABASE: Final = Text(
    "无法读取数据库（{reason}）；请先运行一次 ./run",
    "the database cannot be read ({reason}); start ./run once to make it",
)
RELEASED: Final = Text("已发布 {plan} {version}，哈希 {hash}", "released {plan} {version}, hash {hash}")
COVERAGE_HEADINGS: Final = (
    Text("条款", "clause"),
    Text("最近演练或使用", "last tried"),
    Text("陈旧程度", "stale"),
    Text("风险", "risk"),
)
NEVER_TRIED: Final = Text("从未", "never")
PROPOSED: Final = Text(
    "建议的最小演练：{what}（{clauses} 条，占陈旧权重 {share}）",
    "the smallest exercise that tries most: {what} ({clauses} clauses, {share} of the stale weight)",
)


def say(text: Text) -> str:
    """The half that the terminal's language asks for."""
    return text.in_language(terminal_language())


def show_findings(file: str, plan: Plan, said: Sequence[Said]) -> None:
    """One table a file, the gravest first; what somebody answers for says so."""
    console = Console()
    console.print(f"[bold]{escape(file)}[/bold] {plan.id} {plan.version} [dim]{plan.hash[:12]}[/dim]")
    if not said:
        console.print(f"  [green]{say(NO_FAULT)}[/green]")
        return
    table = Table(*(say(heading) for heading in HEADINGS), header_style="bold", show_lines=True)
    table.columns[-1].overflow = "fold"  # Chinese has no blanks to break a line at
    for one in said:
        found = one.finding
        words = f"{escape(say(found.message))}\n[dim]→ {escape(say(found.repair))}[/]"
        table.add_row(_severity(one), found.id, found.clause, _place(found, plan), words + _answer(one))
    console.print(table)
    counts = speaking(said)
    totals = [f"{say(SEVERITY[name])}: {counts[name]}" for name in SEVERITIES if counts[name]]
    totals += [f"{say(SUPPRESSED)}: {silent(said)}"] if silent(said) else []
    console.print("  " + ", ".join(totals))


def _severity(said: Said) -> str:
    severity = said.finding.severity
    return f"[{COLOURS[severity]}]{say(SEVERITY[severity])}[/]" if said.speaks else f"[dim]{say(SUPPRESSED)}[/]"


def _answer(said: Said) -> str:
    """Who leaves it silent, why and until when, on a line of its own."""
    if (found := said.suppression) is None:
        return ""
    return "\n" + escape(say(ANSWERED_FOR).format(who=found.who, until=found.until, reason=found.reason))


def _place(finding: Finding, plan: Plan) -> str:
    """The line, with its file where that is a higher plan's."""
    above = f"{finding.file}:" if finding.file not in ("", plan.file) else ""
    return f"{above}{finding.line}" if finding.line else ""


def show_difference(a: Plan, b: Plan, difference: Difference) -> None:
    """What was added, removed, changed and moved, with the titles of the clauses."""
    console = Console()
    console.print(f"[bold]{a.id} {a.version} → {b.id} {b.version}[/bold]")
    if difference.is_empty:
        console.print(f"  {say(SAME)}")
    _list(console, ADDED, "green", [(one, say(b.clause(one).title)) for one in difference.added])
    _list(console, REMOVED, "red", [(one, say(a.clause(one).title)) for one in difference.removed])
    _list(console, CHANGED, "yellow", [(one, ", ".join(names)) for one, names in difference.changed.items()])
    _list(console, MOVED, "cyan", [(one, say(b.clause(one).title)) for one in difference.moved])
    _list(console, HEAD, "yellow", [(one, "") for one in difference.head])


def _list(console: Console, heading: Text, colour: str, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        console.print(f"[{colour}]{say(heading)}[/] ({len(rows)})")
        for name, words in rows:
            console.print(f"  {name:<8} {escape(words)}")


def released(facts: Mapping[str, str]) -> str:
    """One line about a released version."""
    return say(RELEASED).format(**facts)


def in_one_line(invalid: PlanInvalid) -> str:
    """The first mistake of a text that is no plan, and how many more there are."""
    if not terminal_language().startswith("zh"):
        return str(invalid)
    first, more = invalid.problems[0].in_language("zh-hans"), len(invalid.problems) - 1
    where = f"{first.file}:{first.line}: " if first.line else f"{first.file}: "
    clause = f"条款 {first.clause}：" if first.clause else ""
    rest = [f"应为{first.expected}" if first.expected else "", first.mend, f"另有 {more} 处" if more else ""]
    return where + clause + "；".join(part for part in [first.what, *rest] if part)


def terminal_language() -> str:
    """The language of the reader's terminal."""
    from muster import cli

    return cli.terminal_language()


def show_coverage(facts: Mapping[str, Any]) -> None:
    """How each clause stands, the stalest and gravest first, and the exercise that is proposed."""
    table = Table(title=f"{facts['plan']} {facts['version']}", title_justify="left")
    for heading in COVERAGE_HEADINGS:
        table.add_column(say(heading))
    for one in sorted(facts["clauses"], key=lambda one: -one["staleness"] * one["risk"]):
        trials = ", ".join(f"{way} {day}" for way, day in one["last"].items()) or say(NEVER_TRIED)
        table.add_row(one["id"], trials, f"{one['staleness']:.0%}", f"{one['risk']:g}")
    proposal = facts["proposal"]
    Console().print(table)
    if proposal["clauses"]:
        what = ", ".join([*proposal["levels"], *proposal["injects"]])
        figures = {"what": what, "clauses": len(proposal["clauses"]), "share": f"{proposal['share']:.0%}"}
        Console().print(escape(say(PROPOSED).format(**figures)))
