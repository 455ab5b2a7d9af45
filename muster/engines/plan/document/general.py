"""What a plan says before its clauses: its grounds, who may set which level, the roles, the levels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Final

from muster.engines.documents import Block, Table, Voice
from muster.engines.plan.checks.titles import in_words
from muster.engines.plan.document import phrases
from muster.engines.plan.document.chapters import Chapters
from muster.engines.plan.document.phrases import NOTHING, joined, told
from muster.engines.plan.text import UNSAID, Text, same
from muster.engines.plan.types import Grade, Level, Plan, Role

_SCALES: Final = {
    "event_grade": Text("事件分级", "Event grade"),
    "warning_colour": Text("预警级别", "Warning colour"),
    "duty_grade": Text("勤务等级", "Police duty grade"),
}
_LEVEL_HEAD: Final = (
    Text("响应级别", "Response level"),
    Text("预警级别", "Warning colour"),
    Text("勤务等级", "Duty grade"),
    Text("启动人", "Set by"),
)
_ROLE_HEAD: Final = (
    Text("岗位", "Role"),
    Text("所在单位", "Unit"),
    Text("担任人", "Held by"),
    Text("代理人（按顺序）", "Deputies in order"),
)


def levels_at_a_glance(plan: Plan, voice: Voice) -> Table:
    """The levels in four columns, the highest first."""
    rows = [
        voice.row(
            level.name,
            _grade(plan, "warning_colour", level.colour),
            _grade(plan, "duty_grade", level.duty_grade),
            phrases.role_title(plan, level.activated_by) if level.activated_by else NOTHING,
        )
        for level in plan.levels
    ]
    return Table((5, 3, 4, 3), voice.row(*_LEVEL_HEAD), tuple(rows))


def general_part(plan: Plan, chapters: Chapters) -> Iterator[Block]:
    """Legal basis, authority, scales, review."""
    yield chapters.heading(1, Text("总则", "General provisions"))
    if plan.legal_basis:
        yield chapters.heading(2, Text("编制依据", "Legal basis"))
        yield from (chapters.paragraph(_listed(number, one)) for number, one in enumerate(_grounds(plan), 1))
    yield chapters.heading(2, Text("权限规则", "Authority"))
    yield from (
        chapters.paragraph(_listed(number, phrases.ended(one))) for number, one in enumerate(plan.authority.rules, 1)
    )
    yield chapters.facts(*_authority(plan, chapters.language))
    if any(plan.gradings.values()):
        yield chapters.heading(2, Text("分级标准", "Scales"))
        yield chapters.facts(*((_SCALES[scale], _names(grades)) for scale, grades in plan.gradings.items() if grades))
    yield chapters.heading(2, Text("评审与演练", "Review and exercises"))
    yield chapters.paragraph(_review(plan))


def _grounds(plan: Plan) -> list[Text]:
    """Each law once, with all articles that the plan rests on."""
    articles: dict[Text, list[str]] = {}
    for one in plan.legal_basis:
        articles.setdefault(one.title, []).extend([one.articles] if one.articles else [])
    by_title = {one.title: one for one in plan.legal_basis}
    return [_law(title, named) if named else phrases.ground(by_title[title]) for title, named in articles.items()]


def _law(title: Text, articles: list[str]) -> Text:
    several = len(articles) > 1 or not articles[0].isdecimal()
    lead = Text("《{title}》第{some}条", "{title}, articles {some}" if several else "{title}, article {some}")
    if any(not one.replace("-", "").isdecimal() for one in articles):
        lead = Text("《{title}》（{some}）", "{title} ({some})")
    return told(lead, title=title, some=joined(same(one) for one in articles))


def _listed(number: int, text: Text) -> Text:
    return told(Text("{number}．{text}", "{number}. {text}"), number=number, text=text)


def _authority(plan: Plan, language: str) -> Iterator[tuple[Text, Text]]:
    """What the rules rest on. A line of one language stands in a document of that language only, unless it is alone."""
    found = plan.authority
    declared, above, below = map(phrases.in_both, (found.declared_by, found.above_needs, found.below_needs))
    limit = Text("最多{levels}级，须有：{needs}", "by at most {levels}; it needs: {needs}")
    rows = [
        (Text("宣布机关", "Level declared by"), declared, declared),
        (Text("高于政府", "Above the government"), told(limit, levels=found.above_government, needs=above), above),
        (Text("低于政府", "Below the government"), below, below),
    ]
    for name, said, written in rows:
        if not found.rules or phrases.is_in(written, language):
            yield name, said
    yield Text("办理人数", "Persons it takes"), same(str(found.persons))


def _names(grades: Iterable[Grade]) -> Text:
    return joined(grade.name for grade in grades)


def _review(plan: Plan) -> Text:
    when = Text(
        "本预案每{review}个月评审一次，每{exercise}个月至少演练一次。",
        "It is reviewed every {review} months and exercised at least every {exercise}.",
    )
    last = Text("上次评审：{day}。", " Last reviewed on {day}.")
    day = plan.reviewed_on
    said = told(when, review=plan.review_months, exercise=plan.exercise_months)
    shown = told(last, day=Text(f"{day.year}年{day.month}月{day.day}日", day.isoformat())) if day else UNSAID
    return joined((said, shown), same(""))


def roles_part(plan: Plan, chapters: Chapters, unit: Callable[[str], Text]) -> Iterator[Block]:
    """Every role with its holder and its deputies: posts, never people."""
    yield chapters.heading(1, Text("组织指挥", "Command"))
    rows = [_role_row(role, unit) for role in plan.roles.values()]
    yield chapters.table((4, 4, 5, 7), _ROLE_HEAD, rows)


def _role_row(role: Role, unit: Callable[[str], Text]) -> tuple[Text, ...]:
    deputies = [told(same("{n}. {who}"), n=n, who=phrases.in_both(who)) for n, who in enumerate(role.deputies, 1)]
    holder = phrases.in_both(role.holder) if role.holder else NOTHING
    return role.title, phrases.scope(role, unit), holder, joined(deputies, Text("；", "; "))


def levels_part(plan: Plan, chapters: Chapters) -> Iterator[Block]:
    """Each level: when it is proposed, when it is left, who sets it, what it asks for."""
    yield chapters.heading(1, Text("分级响应", "Response levels"))
    fresh = Text(
        "以下条件由系统提请，由有权人员决定。超过{time}未更新的指标视为未知，不视为条件不成立。",
        "The system proposes a level, people decide. An indicator older than {time} is unknown, never false.",
    )
    yield chapters.paragraph(told(fresh, time=phrases.span(plan.fresh_for)))
    for level in plan.levels:
        yield chapters.heading(2, level.name)
        yield chapters.facts(*_level_rows(plan, level))


def _level_rows(plan: Plan, level: Level) -> Iterator[tuple[Text, Text]]:
    yield Text("启动条件", "Proposed when"), in_words(level.trigger.text)
    held = Text("{condition}，连续{days}天", "{condition}, {days} days in a row")
    yield Text("解除条件", "Left when"), told(held, condition=in_words(level.release.text), days=level.held_days)
    yield Text("启动人", "Set by"), phrases.role_title(plan, level.activated_by) if level.activated_by else UNSAID
    yield Text("预警级别", "Warning colour"), _grade(plan, "warning_colour", level.colour)
    yield Text("勤务等级", "Duty grade"), _grade(plan, "duty_grade", level.duty_grade)
    yield Text("级别复核", "Looked at again"), _every(level.review)
    yield Text("情况报告", "Situation report"), _every(level.report_every)
    standing = [clause for clause in plan.clauses if level.number in clause.levels]
    yield Text("适用条款", "Clauses"), same(" ".join(clause.id for clause in standing)) if standing else UNSAID


def _every(length: timedelta) -> Text:
    return told(Text("{every}一次", "{every}"), every=phrases.every(length)) if length else UNSAID


def _grade(plan: Plan, scale: str, name: str) -> Text:
    if not name:
        return NOTHING
    known = next((grade.name for grade in plan.gradings.get(scale, ()) if grade.id == name), None)
    return known or same(name)
