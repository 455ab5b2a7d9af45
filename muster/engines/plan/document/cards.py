"""Every action card of a plan, a sheet each: what a role owes, and what is owed at a kind of place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from muster.engines.documents import Sheet, Sheets, Table, Voice
from muster.engines.plan.cards import Card, role_card, site_card, site_kinds
from muster.engines.plan.checks.titles import title_of
from muster.engines.plan.document import phrases
from muster.engines.plan.document.composing import MARKS, Standing
from muster.engines.plan.document.phrases import joined, told
from muster.engines.plan.text import UNSAID, Text, same
from muster.engines.plan.types import Clause, Plan, Role
from muster.engines.plan.words import LEVEL_NAMES

Unit = Callable[[str], Text]
_OF_ROLE: Final = Text("岗位行动卡", "Action card of a role")
_OF_PLACE: Final = Text("点位行动卡", "Action card of a kind of place")
_HEAD: Final = (
    Text("做什么", "What is owed"),
    Text("时限与起算", "Due, from when"),
    Text("警力与防护", "People and protection"),
    Text("联系单位", "Partners to call"),
    Text("完成依据", "Evidence"),
    Text("结束与依据", "Ends when; legal ground"),
)
_WIDTHS: Final = (20, 8, 11, 6, 8, 8)
_DOT: Final = Text("；", "; ")


def card_sheets(plan: Plan, *, language: str, standing: Standing, units: Mapping[str, Text]) -> Sheets:
    """The cards that have a step: roles in the order of the plan, then kinds of place.

    Arguments as of `plan_document`; the same give the same sheets.
    """
    voice = Voice(language)

    def unit(code: str) -> Text:
        return units.get(code, same(code))

    mark = MARKS.get(standing.kind)
    return Sheets(
        language=language,
        title=voice.say(told(Text("{title}：行动卡", "{title}: action cards"), title=plan.title)),
        issuer=voice.say(standing.issuer if standing.issuer != UNSAID else plan.title),
        sheets=tuple(_sheets(plan, voice, unit)),
        footer=f"{plan.id} {plan.version} · SHA-256 {plan.hash}",
        identifier=plan.hash,
        mark=voice.say(mark) if mark else None,
        dated=standing.dated,
    )


def _sheets(plan: Plan, voice: Voice, unit: Unit) -> Iterator[Sheet]:
    for name, role in plan.roles.items():
        if (card := role_card(plan, name)).clauses:
            yield _sheet(plan, card, voice, unit, (role.title, _OF_ROLE, _of_role(role, unit)))
    for kind in site_kinds(plan):
        yield _sheet(plan, site_card(plan, kind), voice, unit, (title_of(kind), _OF_PLACE, UNSAID))


def _sheet(plan: Plan, card: Card, voice: Voice, unit: Unit, named: tuple[Text, Text, Text]) -> Sheet:
    heading, kind, facts = map(voice.say, named)
    numbers = sorted((level.number for level in plan.levels), reverse=True)
    rows = tuple(voice.row(*_step(plan, clause, unit)) for clause in card.clauses)
    return Sheet(
        heading=heading,
        kind=kind,
        facts=facts,
        marks=tuple(LEVEL_NAMES[number] for number in numbers),
        marked=tuple(tuple(number in clause.levels for number in numbers) for clause in card.clauses),
        table=Table(_WIDTHS, voice.row(*_HEAD), rows),
        notes=tuple(voice.say(note) for note in _notes(plan, card)),
    )


def _of_role(role: Role, unit: Unit) -> Text:
    parts = [phrases.scope(role, unit)]
    if role.holder:
        parts.append(told(Text("担任人：{who}", "held by: {who}"), who=phrases.in_both(role.holder)))
    if role.deputies:
        deputies = joined(map(phrases.in_both, role.deputies))
        parts.append(told(Text("代理人（按顺序）：{who}", "deputies in order: {who}"), who=deputies))
    return joined(parts, _DOT)


def _step(plan: Plan, clause: Clause, unit: Unit) -> Sequence[Text]:
    return (
        _what(clause),
        _when(clause),
        _with_whom(plan, clause, unit),
        phrases.words(clause.partners, "partner"),
        phrases.words(clause.evidence, "evidence"),
        _end(plan, clause),
    )


def _what(clause: Clause) -> Text:
    named = told(Text("{id}　{title}", "{id} {title}"), id=clause.id, title=clause.title)
    return joined((named, clause.text), Text("：", ": ")) if clause.text != UNSAID else named


def _when(clause: Clause) -> Text:
    waits = told(Text("在{names}之后", "after {names}"), names=joined(map(same, clause.after)))
    return joined((phrases.due(clause), phrases.starts(clause), waits if clause.after else UNSAID), _DOT)


def _with_whom(plan: Plan, clause: Clause, unit: Unit) -> Text:
    standard = plan.standards.get(clause.standard)
    parts = [*(phrases.people(need, unit) for need in clause.people), *map(phrases.supply, clause.supplies)]
    parts += [standard.title] if standard else []
    return joined(parts, _DOT) if parts else UNSAID


def _end(plan: Plan, clause: Clause) -> Text:
    parts = [clause.ends] if clause.ends != UNSAID else []
    parts += [phrases.restriction(clause.measure)] if clause.measure else []
    parts += [phrases.ground_of(plan, clause.ground)] if clause.ground else []
    return joined(parts, _DOT) if parts else UNSAID


def _notes(plan: Plan, card: Card) -> Iterator[Text]:
    """What the standards that it names consist of, and which steps of other cards it waits for."""
    names = dict.fromkeys(clause.standard for clause in card.clauses if clause.standard in plan.standards)
    each = Text("{title}：{items}", "{title}: {items}")
    standards = [plan.standards[name] for name in names]
    if standards:
        said = joined(
            (told(each, title=one.title, items=phrases.items(one.per_officer_shift)) for one in standards), _DOT
        )
        yield told(Text("每人每班：{said}", "For one officer and shift: {said}"), said=said)
    mine = {clause.id for clause in card.clauses}
    others = dict.fromkeys(name for clause in card.clauses for name in clause.after if name not in mine)
    if others:
        waited = joined((phrases.clause_name(plan, name) for name in others), _DOT)
        yield told(Text("其他行动卡上的前置步骤：{waited}", "Waited for, on other cards: {waited}"), waited=waited)
