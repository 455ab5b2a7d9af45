"""The clauses by phase: title, text, and beneath them who, until when, after what, with what, and how it is proved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from muster.engines.documents import Block
from muster.engines.plan.checks.titles import title_of
from muster.engines.plan.document import phrases
from muster.engines.plan.document.chapters import Chapters
from muster.engines.plan.document.phrases import joined, told
from muster.engines.plan.text import UNSAID, Text
from muster.engines.plan.types import Clause, Plan

Unit = Callable[[str], Text]
Rows = Iterator[tuple[Text, Text]]
PHASES: Final = {
    "prevention": Text("预防", "Prevention"),
    "preparedness": Text("准备", "Preparedness"),
    "response": Text("响应", "Response"),
    "recovery": Text("恢复", "Recovery"),
}
_LIST: Final = Text("；", "; ")


def clauses_part(plan: Plan, chapters: Chapters, unit: Unit) -> Iterator[Block]:
    """A chapter for each phase that has clauses, in the order of the plan."""
    for phase, title in PHASES.items():
        found = [clause for clause in plan.clauses if clause.phase == phase]
        if found:
            yield chapters.heading(1, title)
        for clause in found:
            yield from _clause(plan, clause, chapters, unit)


def _clause(plan: Plan, clause: Clause, chapters: Chapters, unit: Unit) -> Iterator[Block]:
    yield chapters.heading(2, told(Text("{title}（{id}）", "{title} ({id})"), title=clause.title, id=clause.id))
    if clause.text != UNSAID:
        yield chapters.paragraph(phrases.ended(clause.text))
    yield chapters.facts(
        *_who_and_when(plan, clause),
        *_with_what(plan, clause, unit),
        *_how_it_ends(plan, clause),
        *_origin(plan, clause, unit),
    )


def _who_and_when(plan: Plan, clause: Clause) -> Rows:
    yield Text("责任岗位", "Actor"), phrases.role_title(plan, clause.actor) if clause.actor else UNSAID
    yield Text("响应级别", "Levels"), phrases.levels(clause.levels) if clause.levels else UNSAID
    yield Text("启动", "Starts"), phrases.starts(clause)
    yield Text("时限", "Due"), phrases.due(clause)
    names = [phrases.clause_name(plan, name) for name in clause.after]
    yield Text("前置条款", "Waits for"), joined(names, _LIST) if names else UNSAID


def _with_what(plan: Plan, clause: Clause, unit: Unit) -> Rows:
    people = [phrases.people(need, unit) for need in clause.people]
    yield Text("警力", "People"), joined(people, _LIST) if people else UNSAID
    standard = plan.standards.get(clause.standard)
    yield Text("防护标准", "Protection"), standard.title if standard else Text(clause.standard)
    supplies = [phrases.supply(one) for one in clause.supplies]
    yield Text("物资", "Supplies"), joined(supplies, _LIST) if supplies else UNSAID
    yield Text("协作单位", "Partners"), phrases.words(clause.partners, "partner")
    yield Text("完成依据", "Evidence"), phrases.words(clause.evidence, "evidence")


def _how_it_ends(plan: Plan, clause: Clause) -> Rows:
    yield Text("结束条件", "Ends when"), clause.ends
    yield Text("限制措施", "Restriction"), phrases.restriction(clause.measure) if clause.measure else UNSAID
    yield Text("续期对象", "Renews"), phrases.clause_name(plan, clause.renews) if clause.renews else UNSAID
    yield Text("法律依据", "Legal basis"), phrases.ground_of(plan, clause.ground) if clause.ground else UNSAID
    data = clause.data_class if clause.data_class not in ("", "none") else ""
    yield Text("数据类别", "Data"), title_of(data, "data_class") if data else UNSAID
    yield Text("说明", "Note"), _notes(clause)


def _notes(clause: Clause) -> Text:
    notes = [Text("须由有权人员决定", "takes a decision")] if clause.decision else []
    notes += [Text("向社会公开", "open to the public")] if clause.public else []
    return joined(notes, Text("；", "; ")) if notes else UNSAID


def _origin(plan: Plan, clause: Clause, unit: Unit) -> Rows:
    """Whose annex it is, and in a lower plan whether it is its own."""
    yield Text("适用单位", "Unit"), unit(clause.annex) if clause.annex else UNSAID
    found = plan.extension
    if found is None:
        return
    if clause.id in found.added:
        yield Text("来源", "Origin"), Text("本级增加", "added by this plan")
    elif clause.id in found.narrowed:
        yield Text("来源", "Origin"), Text("承接上级，本级从严", "inherited and made stricter here")
    else:
        yield Text("来源", "Origin"), Text("承接上级", "inherited")
