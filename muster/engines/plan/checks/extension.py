"""Rules about a lower plan: it contradicts nothing of the higher one, and keeps up with it.

What contradicts has no effect (`engines/plan/extension.py`), so a bureau is never weaker for a fault found here; but
whoever wrote it believes something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import time, timedelta
from typing import Final

from muster.engines.plan.checks.order import in_hours
from muster.engines.plan.checks.outside import UNKNOWN_UNIT
from muster.engines.plan.checks.titles import title_of, titles_of
from muster.engines.plan.findings import ERROR, WARNING, Finding, Rule
from muster.engines.plan.narrowing import is_later
from muster.engines.plan.text import Text, same
from muster.engines.plan.types import Measure, PeopleNeed, Plan, Refused, Supply
from muster.engines.plan.words import LEVEL_NAMES
from muster.engines.plan.world import World, Yardsticks

DEEPEST: Final = 3  # city, sub-bureau, station


def _looser(rule: str, title: Text, zh: str, en: str, repair: Text) -> Rule:
    """A field of an inherited clause that became looser."""
    message = Text(
        f"条款 {{clause}} {zh}：本预案为{{lower}}，上级预案为{{higher}}；仍以上级预案为准",
        f"clause {{clause}} {en}: {{lower}} here, {{higher}} in the higher plan, which stands",
    )
    return Rule(rule, ERROR, title, message, repair)


DUE_LATER = _looser(
    "P801",
    Text("时限晚于上级预案", "Due later than in the higher plan"),
    "时限放宽", "is due later",
    Text("把 due 改为不晚于{higher}，或删去", "make it due no later than {higher}, or take `due` out"),
)  # fmt: skip
EARLIER_UNTOLD = Rule(
    "P820",
    ERROR,
    Text("无法判定时限先后", "Which is due earlier cannot be told"),
    Text(
        "条款 {clause} 的时限本预案为{lower}，上级预案为{higher}：钟点指下达后的下一个钟点，先后取决于何时下达，"
        "不能认定更严；仍以上级预案为准",
        "clause {clause} is due {lower} here, {higher} in the higher plan: a time of day is the next one after the "
        "task begins, so which is earlier depends on when that is; the higher plan stands",
    ),
    Text(
        "删去 due；要提前的，另写一条以{lower}为时限的条款，或与上级预案用同一种时限",
        "take `due` out, and add a clause of your own that is due {lower}; or have the higher plan give a duration",
    ),
)
FEWER_PEOPLE = _looser(
    "P802",
    Text("人员少于上级预案", "Fewer people than in the higher plan"),
    "人员减少，或改从外单位抽调", "has fewer people, or takes them from another unit",
    Text("把 people 补到{higher}，本单位人员可顶替", "give at least {higher}; people of the own unit may stand in"),
)  # fmt: skip
LESS_EVIDENCE = _looser(
    "P803",
    Text("证据少于上级预案", "Less evidence than in the higher plan"),
    "证据减少", "wants less evidence",
    Text("补齐 evidence：{higher}", "list in evidence, too: {higher}"),
)  # fmt: skip
FEWER_SUPPLIES = _looser(
    "P804",
    Text("物资少于上级预案", "Fewer supplies than in the higher plan"),
    "物资减少", "has fewer supplies",
    Text("把 supplies 补到{higher}", "give at least {higher}"),
)  # fmt: skip
FEWER_PARTNERS = _looser(
    "P805",
    Text("协作单位少于上级预案", "Fewer partners than in the higher plan"),
    "协作单位减少", "has fewer partners",
    Text("补齐 partners：{higher}", "list in partners, too: {higher}"),
)  # fmt: skip
FEWER_LEVELS = _looser(
    "P806",
    Text("适用级别少于上级预案", "Fewer levels than in the higher plan"),
    "适用级别减少", "stands at fewer levels",
    Text("补齐 levels：{higher}", "list in levels, too: {higher}"),
)  # fmt: skip
LONGER_MEASURE = _looser(
    "P807",
    Text("限制措施比上级预案更长", "A longer restriction than in the higher plan"),
    "限制措施的期限或复核放宽，或新增限制", "restricts for longer, is reviewed later, or restricts anew",
    Text("把 measure 改为不长于{higher}，或删去", "make it no longer than {higher}, or take `measure` out"),
)  # fmt: skip
WEAKER_STANDARD = _looser(
    "P808",
    Text("防护标准低于上级预案", "A weaker standard than in the higher plan"),
    "防护标准降低，或没有该标准", "has a weaker standard, or one that there is not",
    Text("把 standard 改为不低于{higher}", "name a standard that is no weaker than {higher}"),
)  # fmt: skip
OTHER_ACTOR = _looser(
    "P809",
    Text("责任角色改到本单位以外", "Handed to a role outside its unit"),
    "改由本单位以外的角色负责", "is handed to a role outside the plan's own unit",
    Text("改为本单位的角色，或删去 actor", "name a role of the plan's own unit, or take `actor` out"),
)  # fmt: skip
OWN_LEVELS = Rule(
    "P810",
    ERROR,
    Text("自定启动或解除条件", "Triggers or releases of its own"),
    Text(
        "预案自定 levels；何时启动、何时解除由上级预案规定，仍以上级预案为准",
        "the plan has `levels` of its own; when a level begins and ends is said by the higher plan, which stands",
    ),
    Text("删去 levels", "take `levels` out"),
)
OWN_AUTHORITY = Rule(
    "P811",
    ERROR,
    Text("自定响应权限", "An authority of its own"),
    Text(
        "预案自定 authority；谁可以启动响应由上级预案规定，仍以上级预案为准",
        "the plan has an `authority` of its own; who may call a level is said by the higher plan, which stands",
    ),
    Text("删去 authority", "take `authority` out"),
)
LESS_OFTEN = _looser(
    "P812",
    Text("重复间隔长于上级预案", "Less often than in the higher plan"),
    "重复间隔放宽", "comes again less often",
    Text("把 every 改为不长于{higher}，或删去", "make it come again at least every {higher}, or take `every` out"),
)  # fmt: skip
UNKNOWN_CLAUSE = Rule(
    "P813",
    ERROR,
    Text("细化了上级预案没有的条款", "Narrows a clause that the higher plan does not have"),
    Text("上级预案 {higher} 没有条款 {clause}", "the higher plan {higher} has no clause {clause}"),
    Text("改为上级预案的条款编号，或写成新增条款", "name a clause of the higher plan, or add a clause of your own"),
)
NO_EFFECT = Rule(
    "P814",
    WARNING,
    Text("细化没有改变任何内容", "A narrowing that changes nothing"),
    Text("对条款 {clause} 的细化与上级预案相同", "what is written about clause {clause} is what the higher plan says"),
    Text("按本单位实际细化，或删去", "narrow it for your own unit, or take it out"),
)
TAKEN = Rule(
    "P815",
    ERROR,
    Text("新增条款占用上级预案的编号", "An added clause has the id of a higher one"),
    Text(
        "条款 {clause} 在上级预案 {higher} 中已有；仍以上级预案为准",
        "clause {clause} exists in the higher plan {higher}, which stands",
    ),
    Text("换一个编号，或写在 narrows 中", "choose another id, or write it in `narrows`"),
)
SUPERSEDED = Rule(
    "P816",
    WARNING,
    Text("上级预案已有新版本", "The higher plan has a newer version"),
    Text(
        "预案依据 {plan} {own}，上级预案已发布 {newest}；应当评估本预案",
        "the plan extends {plan} {own}; {newest} has been released since, and this plan is due for a review",
    ),
    Text(
        "对照新版本评估，改写 extends 后重新发布",
        "review it against the new version, change `extends`, release it anew",
    ),
)
TOO_DEEP = Rule(
    "P817",
    ERROR,
    Text("上下级超过三层", "More than three plans one above the other"),
    Text("预案共 {depth} 层：{chain}", "{depth} plans stand one above the other: {chain}"),
    Text("直接依据市局或分局的预案", "extend the city's or the sub-bureau's plan directly"),
)
REDEFINED = Rule(
    "P818",
    ERROR,
    Text("改写上级预案的角色、标准或依据", "Redefines a role, a standard or a ground of the higher plan"),
    Text(
        "{what} {name} 在上级预案 {higher} 中已有且不同；仍以上级预案为准",
        "{what} {name} of the higher plan {higher} is defined otherwise here; the higher plan stands",
    ),
    Text("换一个名称", "choose another name"),
)
SMALLER_RESERVE = Rule(
    "P819",
    ERROR,
    Text("储备天数少于上级预案", "A smaller reserve than in the higher plan"),
    Text(
        "{item}储备 {lower} 天，上级预案为 {higher} 天；仍以上级预案为准",
        "{item}: {lower} days here, {higher} in the higher plan, which stands",
    ),
    Text("储备至少 {higher} 天", "keep at least {higher} days"),
)
LOOSER: Final[Mapping[str, Rule]] = {
    "due": DUE_LATER,
    "people": FEWER_PEOPLE,
    "evidence": LESS_EVIDENCE,
    "supplies": FEWER_SUPPLIES,
    "partners": FEWER_PARTNERS,
    "levels": FEWER_LEVELS,
    "measure": LONGER_MEASURE,
    "standard": WEAKER_STANDARD,
    "actor": OTHER_ACTOR,
    "every": LESS_OFTEN,
}
ABOUT_A_CLAUSE: Final[Mapping[str, Rule]] = {"unknown": UNKNOWN_CLAUSE, "nothing": NO_EFFECT, "taken": TAKEN}
CLAIMED: Final[Mapping[str, Rule]] = {"levels": OWN_LEVELS, "authority": OWN_AUTHORITY}
HEAD: Final[Mapping[str, Text]] = {
    "role": Text("角色", "role"),
    "standard": Text("防护标准", "standard"),
    "ground": Text("法律依据", "ground"),
}
RULES: Final = (
    *LOOSER.values(), *CLAIMED.values(), *ABOUT_A_CLAUSE.values(), SUPERSEDED, TOO_DEEP, REDEFINED, SMALLER_RESERVE,
    EARLIER_UNTOLD,
)  # fmt: skip


def contradictions(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P801-P815 and P818-P820: everything that the extension did not follow."""
    if plan.extension is not None:
        for one in plan.extension.refused:
            yield _finding(one, plan.extension.higher)


def _finding(one: Refused, higher: Plan) -> Finding:
    above = f"{higher.id} {higher.version}"
    if one.what in CLAIMED and one.name == one.what:
        return CLAIMED[one.what].at(one.line, subject=one.what)
    if one.what in LOOSER:
        higher_says, lower_says = _said(one.higher), _said(one.lower)
        rule = EARLIER_UNTOLD if one.what == "due" and _is_untold(one.lower, one.higher) else LOOSER[one.what]
        return rule.at(one.line, clause=one.name, higher=higher_says, lower=lower_says)
    if one.what in ABOUT_A_CLAUSE:
        return ABOUT_A_CLAUSE[one.what].at(one.line, clause=one.name, higher=above)
    if one.what == "reserve":
        item, more, fewer = title_of(one.name, "item"), str(one.higher), str(one.lower)
        return SMALLER_RESERVE.at(one.line, subject=f"item:{one.name}", item=item, higher=more, lower=fewer)
    return REDEFINED.at(one.line, subject=f"{one.what}:{one.name}", what=HEAD[one.what], name=one.name, higher=above)


def _is_untold(lower: object, higher: object) -> bool:
    """Whether it depends on the moment of the release which of two due times is the earlier one."""
    if not isinstance(lower, timedelta | time) or not isinstance(higher, timedelta | time):
        return False
    return is_later(lower, higher) is None


def depth(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P817."""
    if len(plan.chain) > DEEPEST:
        told = " → ".join(one.id for one in plan.chain)
        yield TOO_DEEP.in_plan("extends", depth=len(plan.chain), chain=told)


def superseded(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P816; of a day before its own higher version was released it is not asked."""
    if plan.extension is not None and world.newest is not None:
        higher = plan.extension.higher
        newest = world.newest.get(higher.id, higher.version)
        if _number(newest) > _number(higher.version):
            yield SUPERSEDED.in_plan(f"plan:{higher.id}", plan=higher.id, own=higher.version, newest=newest)


def _number(version: str) -> tuple[list[int], str]:
    """A version as it is ordered: "3.10" comes after "3.9", "3.0+b" after "3.0"."""
    figures, _plus, rest = version.partition("+")
    return [int(one) for one in figures.split(".")], rest


def unit(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P710, of the unit whose plan it is."""
    if plan.unit and world.units is not None and plan.unit not in world.units:
        yield UNKNOWN_UNIT.in_plan(f"unit:{plan.unit}", where=Text("预案", "the plan"), unit=plan.unit)


CHECKS: Final = (contradictions, depth)
OUTSIDE: Final = (superseded, unit)


def _said(value: object) -> Text:
    """A value of a clause in words."""
    if isinstance(value, timedelta):
        return same(in_hours(value))
    if isinstance(value, time):
        return same(value.isoformat("minutes"))
    if isinstance(value, frozenset):
        return _listed(same(LEVEL_NAMES[number]) for number in sorted(value))
    if isinstance(value, tuple):
        return _listed(_one_said(one) for one in value)
    return _one_said(value)


def _one_said(value: object) -> Text:
    if isinstance(value, PeopleNeed):
        qualified = title_of(value.qualification, "qualification")
        posts = f"{value.count}×{value.shifts} ({value.source})"
        return Text(f"{qualified.zh} {posts}", f"{qualified.en} {posts}")
    if isinstance(value, Supply):
        item = title_of(value.item, "item")
        return Text(f"{item.zh} {value.quantity:g}", f"{item.en} {value.quantity:g}")
    if isinstance(value, Measure):
        spans = [in_hours(span) if span else "–" for span in (value.expires, value.review)]
        return Text(f"期限 {spans[0]}、复核 {spans[1]}", f"expiry {spans[0]}, review {spans[1]}")
    return titles_of([str(value)]) if value else Text("无", "none")


def _listed(parts: Iterable[Text]) -> Text:
    listed = list(parts)
    if not listed:
        return Text("无", "none")
    return Text("、".join(one.zh for one in listed), ", ".join(one.en for one in listed))
