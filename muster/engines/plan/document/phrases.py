"""Values of a plan in the words of both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import time, timedelta
from typing import Final

from muster.engines.documents import BOTH, CHINESE
from muster.engines.plan.checks.titles import title_of, titles_of
from muster.engines.plan.text import UNSAID, Text, same
from muster.engines.plan.types import Clause, Ground, Measure, PeopleNeed, Plan, Role, Supply

NOTHING: Final = same("—")
LEVELS: Final = {
    1: Text("一级", "I"),
    2: Text("二级", "II"),
    3: Text("三级", "III"),
    4: Text("四级", "IV"),
}
MOMENTS: Final = {
    "level_down": Text("降级时", "when the level is lowered"),
    "stand_down": Text("终止响应时", "at the end of the response"),
}
SOURCES: Final = {
    "each:sub_bureau": Text("每个分局", "in each sub-bureau"),
    "each:station": Text("每个派出所", "in each station"),
    "place": Text("由属地派出所派出", "from the station of the place"),
    "force": Text("全局抽调", "from the whole force"),
}
BASES: Final = {
    "officer_shift": Text("每人每班", "for each officer and shift"),
    "day": Text("每日", "a day"),
    "event": Text("每次", "each time"),
}
_UNITS: Final = (
    (timedelta(days=1), Text("天", "day")),
    (timedelta(hours=1), Text("小时", "hour")),
    (timedelta(minutes=1), Text("分钟", "minute")),
)
COMMA: Final = Text("、", ", ")
_CHINESE: Final = re.compile("[\u3400-\u9fff]")


def told(template: Text, **facts: object) -> Text:
    """A sentence of both languages; what is a text comes in its own half of each."""
    halves = [
        half.format(**{name: one.in_language(code) if isinstance(one, Text) else one for name, one in facts.items()})
        for code, half in (("zh", template.zh), ("en", template.en))
    ]
    return Text(*halves)


def joined(texts: Iterable[Text], between: Text = COMMA) -> Text:
    """Several texts in a row; NOTHING for none."""
    every = [text for text in texts if text != UNSAID]
    if not every:
        return NOTHING
    return Text(*(getattr(between, code).join(text.in_language(code) for text in every) for code in ("zh", "en")))


def in_both(written: str) -> Text:
    """A line that an author wrote in both languages with a stroke between them, "局长 / bureau chief"."""
    first, stroke, second = written.partition(" / ")
    if stroke and _CHINESE.search(first) and not _CHINESE.search(second):
        return Text(first.strip(), second.strip())
    return same(written)


def is_in(text: Text, language: str) -> bool:
    """Does it say something in the language of a document? In one of both languages every text does."""
    if language == BOTH:
        return True
    return bool(_CHINESE.search(text.in_language(language))) == (language == CHINESE)


def ended(text: Text) -> Text:
    """A sentence ends with its stop."""
    return Text(
        text.zh if not text.zh or text.zh.endswith(("。", "！", "？", "；")) else f"{text.zh}。",
        text.en if not text.en or text.en.endswith((".", "!", "?", ";")) else f"{text.en}.",
    )


def span(length: timedelta) -> Text:
    """A length of time in all its units, 0 minutes for none: 1 day 6 hours."""
    parts = []
    for unit, name in _UNITS:
        count, length = divmod(length, unit)
        if count:
            parts.append(Text(f"{count}{name.zh}", f"{count} {name.en}{'s' if count > 1 else ''}"))
    return joined(parts, Text("", " ")) if parts else Text("0分钟", "0 minutes")


def every(length: timedelta) -> Text:
    """How often: 每日, 每8小时; every day, every 8 hours."""
    if length == timedelta(days=1):
        return Text("每日", "every day")
    return told(Text("每{time}", "every {time}"), time=span(length))


def levels(numbers: Collection[int]) -> Text:
    """Response levels, the lowest first."""
    return joined(LEVELS[number] for number in sorted(numbers, reverse=True))


def clause_name(plan: Plan, name: str) -> Text:
    """A clause by id and title, or its id where the plan does not have it."""
    known = plan.by_id.get(name)
    return told(Text("{id}{title}", "{id} {title}"), id=name, title=known.title) if known else same(name)


def role_title(plan: Plan, name: str) -> Text:
    """What a role is called; its name where the plan does not have it."""
    role = plan.roles.get(name)
    return role.title if role else same(name)


def starts(clause: Clause) -> Text:
    """What starts a clause."""
    each = title_of(clause.per)
    if clause.on and clause.per:
        return told(Text("{moment}，每个{what}", "{moment}, for each {what}"), moment=MOMENTS[clause.on], what=each)
    if clause.on:
        return MOMENTS[clause.on]
    if clause.scales == "site":
        return told(Text("{what}启用时", "when a place opens: {what}"), what=each)
    if clause.per:
        return told(Text("每一起{what}", "for each {what}"), what=each)
    return Text("响应级别启动时", "when the level is set")


def due(clause: Clause) -> Text:
    """Until when, and how often again."""
    first = moment(clause.due)
    if clause.every is None:
        return first
    return told(Text("{first}；此后{every}一次", "{first}; again {every}"), first=first, every=every(clause.every))


def moment(when: timedelta | time) -> Text:
    """Within a time, or by a clock time."""
    if isinstance(when, time):
        return Text(f"{when:%H:%M}前", f"by {when:%H:%M}")
    return told(Text("{time}内", "within {time}"), time=span(when))


def people(need: PeopleNeed, unit: Callable[[str], Text]) -> Text:
    """Who is needed, how many in how many shifts, from where."""
    posts = (
        Text("{what}{count}人", "{what}: {count}")
        if need.shifts == 1
        else Text("{what}每班{count}人、每日{shifts}班", "{what}: {count} in each of {shifts} shifts")
    )
    facts = {"what": title_of(need.qualification, "qualification"), "count": need.count, "shifts": need.shifts}
    parts = [told(posts, **facts), _source(need.source, unit)]
    if need.handles > 1:
        each_day = Text("每组每日处理{handles}件", "a crew deals with {handles} a day")
        parts.append(told(each_day, handles=need.handles))
    return joined(parts, Text("，", ", "))


def _source(code: str, unit: Callable[[str], Text]) -> Text:
    if code.startswith("unit:"):
        return told(Text("由{unit}派出", "from {unit}"), unit=unit(code.removeprefix("unit:")))
    return SOURCES.get(code, same(code))


def supply(one: Supply) -> Text:
    """An item, how much of it, and for what."""
    facts = {"item": title_of(one.item, "item"), "quantity": f"{one.quantity:g}"}
    basis = BASES.get(one.basis, same(one.basis))
    return told(Text("{item}：{basis}{quantity}", "{item}: {quantity} {basis}"), basis=basis, **facts)


def ground(one: Ground) -> Text:
    """A law with its articles, "第10条" where they are nothing but figures."""
    if not one.articles:
        return told(Text("《{title}》", "{title}"), title=one.title)
    articles = told(
        Text("第{one}条", "article {one}") if re.fullmatch(r"[\d\s,、，-]+", one.articles) else same("{one}"),
        one=one.articles,
    )
    return told(Text("《{title}》{articles}", "{title}, {articles}"), title=one.title, articles=articles)


def ground_of(plan: Plan, name: str) -> Text:
    """A legal ground by its name; the name where the plan does not list it."""
    known = next((one for one in plan.legal_basis if one.id == name), None)
    return ground(known) if known else same(name)


def restriction(measure: Measure) -> Text:
    """A restriction of people's rights with its terms."""
    parts = [title_of(measure.kind, "measure")]
    if measure.expires:
        parts.append(told(Text("{term}到期，不续即止", "expires after {term}"), term=span(measure.expires)))
    else:
        parts.append(Text("没有期限", "never expires"))
    if measure.review:
        parts.append(told(Text("{every}复核", "reviewed {every}"), every=every(measure.review)))
    return joined(parts, Text("，", ", "))


def scope(role: Role, unit: Callable[[str], Text]) -> Text:
    """Where a role is held."""
    if role.unit:
        return unit(role.unit)
    return Text("每个派出所", "each station") if role.scope == "station" else Text("每个分局", "each sub-bureau")


def items(quantities: Mapping[str, float]) -> Text:
    """Items with their quantities."""
    each = (
        told(same("{item} {quantity}"), item=title_of(name, "item"), quantity=f"{quantity:g}")
        for name, quantity in quantities.items()
    )
    return joined(each, Text("；", "; "))


def words(codes: Iterable[str], kind: str) -> Text:
    """Words of the plan language in a row; UNSAID for none."""
    return titles_of(codes, kind)
