"""The document of a plan: cover, contents, general part, roles, levels, clauses by phase, annexes, last frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from muster.engines.documents import Block, Document, Facts, Voice, Words
from muster.engines.plan.document import annexes, clauses, general, phrases
from muster.engines.plan.document.chapters import Chapters
from muster.engines.plan.text import UNSAID, Text, same
from muster.engines.plan.types import Plan

DRAFT, RELEASED, SUPERSEDED = "draft", "released", "superseded"
_CONTENTS: Final = Text("目录", "Contents")
_NO_ISSUER: Final = Text("应急预案草案", "Draft emergency plan")
MARKS: Final = {
    DRAFT: Text("草案 未发布", "DRAFT · NOT RELEASED"),
    SUPERSEDED: Text("已废止", "SUPERSEDED"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a version stands: one of DRAFT, RELEASED, SUPERSEDED.

    `dated` is when it was released, or last written; `successor` the number of the version that took its place.
    `issuer` is the bureau or unit whose plan it is.
    """

    kind: str
    dated: datetime | None = None
    issuer: Text = UNSAID
    successor: str = ""


def plan_document(plan: Plan, *, language: str, standing: Standing, units: Mapping[str, Text]) -> Document:
    """A plan as an official document.

    Parameters
    ----------
    language : one of documents.LANGUAGES.
    standing : how the version stands; it decides on the red head and on the mark across the pages.
    units : names of units by code; a unit that is not in it is called by its code.

    The same arguments give the same document.
    """
    voice = Voice(language)

    def unit(code: str) -> Text:
        return units.get(code, same(code))

    mark = MARKS.get(standing.kind)
    return Document(
        language=language,
        title=voice.say(plan.title),
        issuer=voice.say(standing.issuer if standing.issuer != UNSAID else _NO_ISSUER),
        reference=voice.say(_reference(plan)),
        issued=standing.kind != DRAFT,
        cover=tuple(_cover(plan, voice, standing, unit)),
        contents=voice.say(_CONTENTS),
        body=tuple(_body(plan, voice, unit)),
        closing=_closing(plan, voice, standing),
        footer=f"{plan.id} {plan.version} · SHA-256 {plan.hash}",
        identifier=plan.hash,
        mark=voice.say(mark) if mark else None,
        dated=standing.dated,
    )


def _reference(plan: Plan) -> Text:
    return Text(f"{plan.id}　第{plan.version}版", f"{plan.id}, version {plan.version}")


def _cover(plan: Plan, voice: Voice, standing: Standing, unit: Callable[[str], Text]) -> Iterator[Block]:
    """What the first page says beneath the title: how it stands, what it extends, its levels."""
    rows = [*_standing_rows(plan, standing, unit), (Text("内容哈希", "Content hash"), same(plan.hash))]
    yield Facts(tuple((voice.say(name), voice.say(said)) for name, said in rows))
    yield general.levels_at_a_glance(plan, voice)


def _standing_rows(plan: Plan, standing: Standing, unit: Callable[[str], Text]) -> Iterator[tuple[Text, Text]]:
    told = phrases.told
    if standing.kind == DRAFT:
        yield Text("状态", "Standing"), Text("草案，未发布，不得执行", "draft, not released; not to be acted upon")
    elif standing.dated:
        released = told(Text("{day}发布", "released {day}"), day=_day(plan, standing.dated))
        yield Text("状态", "Standing"), released
    if standing.kind == SUPERSEDED:
        later = Text("已由第{number}版替代，不再有效", "superseded by version {number}; no longer in force")
        yield Text("效力", "Force"), told(later, number=standing.successor)
    if plan.unit:
        yield Text("适用单位", "Unit"), unit(plan.unit)
    if plan.extension:
        above = plan.extension.higher
        extends = Text("{title}（{id} 第{number}版）", "{title} ({id}, version {number})")
        yield Text("上级预案", "Extends"), told(extends, title=above.title, id=above.id, number=above.version)


def _day(plan: Plan, moment: datetime) -> Text:
    """The day in the zone of the plan, in Arabic figures without leading noughts (GB/T 9704-2012, 7.3.5.5)."""
    day = moment.astimezone(plan.zone).date()
    return Text(f"{day.year}年{day.month}月{day.day}日", f"{day:%Y-%m-%d}")


def _body(plan: Plan, voice: Voice, unit: Callable[[str], Text]) -> Iterator[Block]:
    chapters = Chapters(voice)
    yield from general.general_part(plan, chapters)
    yield from general.roles_part(plan, chapters, unit)
    yield from general.levels_part(plan, chapters)
    yield from clauses.clauses_part(plan, chapters, unit)
    yield from annexes.annexes(plan, chapters)


def _closing(plan: Plan, voice: Voice, standing: Standing) -> tuple[Words, Words] | None:
    """By whom and when it was issued (GB/T 9704-2012, 7.4); a draft has no such frame."""
    if standing.kind == DRAFT or standing.dated is None:
        return None
    when = phrases.told(Text("{day}印发", "issued {day}"), day=_day(plan, standing.dated))
    return voice.say(standing.issuer), voice.say(when)
