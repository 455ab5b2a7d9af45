"""The annexes of a plan: supplies, standards and reserves, kinds of place, action cards, an index of the clauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

from muster.engines.documents import Block
from muster.engines.plan.cards import role_card, site_card, site_kinds
from muster.engines.plan.checks.titles import title_of
from muster.engines.plan.document import phrases
from muster.engines.plan.document.chapters import Chapters
from muster.engines.plan.document.phrases import NOTHING, joined
from muster.engines.plan.text import Text, same
from muster.engines.plan.types import Plan
from muster.engines.plan.words import LEVEL_NAMES

_CLAUSE: Final = Text("条款", "Clause")
_STEPS: Final = Text("步骤数", "Steps")
Rows = list[tuple[Text, ...]]


def annexes(plan: Plan, chapters: Chapters) -> Iterator[Block]:
    """Each annex that has something in it."""
    yield from _supplies(plan, chapters)
    yield from _protection(plan, chapters)
    yield from _places(plan, chapters)
    yield from _cards(plan, chapters)
    yield from _index(plan, chapters)


def _supplies(plan: Plan, chapters: Chapters) -> Iterator[Block]:
    rows: Rows = [
        (phrases.clause_name(plan, clause.id), phrases.supply(one), phrases.starts(clause))
        for clause in plan.clauses
        for one in clause.supplies
    ]
    if rows:
        yield chapters.annex(Text("物资需求表", "Supplies"))
        yield chapters.table((7, 6, 5), (_CLAUSE, Text("物资", "Supplies"), Text("启动", "Starts")), rows)


def _protection(plan: Plan, chapters: Chapters) -> Iterator[Block]:
    if not plan.standards and not plan.reserve_days:
        return
    yield chapters.annex(Text("防护标准和储备", "Protection standards and reserves"))
    if plan.standards:
        used = Counter(clause.standard for clause in plan.clauses)
        rows: Rows = [
            (one.title, phrases.items(one.per_officer_shift), same(str(used[one.id])))
            for one in plan.standards.values()
        ]
        head = (
            Text("防护标准", "Standard"),
            Text("每人每班用量", "For one officer and shift"),
            Text("条款数", "Clauses"),
        )
        yield chapters.table((4, 11, 2), head, rows)
    if plan.reserve_days:
        rows = [(title_of(item, "item"), same(str(days))) for item, days in plan.reserve_days.items()]
        yield chapters.table((4, 2), (Text("储备物资", "Reserve"), Text("储备天数", "Days")), rows)


def _places(plan: Plan, chapters: Chapters) -> Iterator[Block]:
    kinds = site_kinds(plan)
    if kinds:
        rows: Rows = [
            (
                title_of(kind),
                joined((phrases.clause_name(plan, one.id) for one in site_card(plan, kind).clauses), Text("；", "; ")),
            )
            for kind in kinds
        ]
        yield chapters.annex(Text("点位种类", "Kinds of place"))
        yield chapters.table((3, 11), (Text("点位", "Place"), Text("每处须做", "Owed at each")), rows)


def _cards(plan: Plan, chapters: Chapters) -> Iterator[Block]:
    """Every card that can be printed; a role without a step has none."""
    steps = [(role.title, len(role_card(plan, name).clauses)) for name, role in plan.roles.items()]
    rows: Rows = [(Text("岗位", "role"), title, same(str(count))) for title, count in steps if count]
    rows += [
        (Text("点位", "place"), title_of(kind), same(str(len(site_card(plan, kind).clauses))))
        for kind in site_kinds(plan)
    ]
    if rows:
        yield chapters.annex(Text("行动卡目录", "Action cards"))
        yield chapters.table((2, 6, 2), (Text("类别", "Kind"), Text("行动卡", "Card"), _STEPS), rows)


def _index(plan: Plan, chapters: Chapters) -> Iterator[Block]:
    """What is owed, by whom, until when: one line a clause, those that levels and measures ask for among them."""
    rows: Rows = [
        (
            same(name),
            clause.title,
            phrases.role_title(plan, clause.actor) if clause.actor else NOTHING,
            _numerals(clause.levels) if clause.levels else phrases.starts(clause),
            phrases.due(clause),
        )
        for name, clause in plan.by_id.items()
    ]
    if rows:
        head = (
            Text("编号", "Id"),
            Text("条款", "Clause"),
            Text("责任岗位", "Actor"),
            Text("级别", "Levels"),
            Text("时限", "Due"),
        )
        yield chapters.annex(Text("条款一览表", "Index of clauses"))
        yield chapters.table((3, 7, 5, 4, 5), head, rows)


def _numerals(levels: Collection[int]) -> Text:
    return same(" ".join(LEVEL_NAMES[number] for number in sorted(levels, reverse=True)))
