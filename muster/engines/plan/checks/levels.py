"""Rules about the response levels: when each is proposed, when it is left, and by whom it is set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from muster.engines.plan import words
from muster.engines.plan.checks.order import never_started
from muster.engines.plan.checks.overlap import held_at_once
from muster.engines.plan.checks.titles import title_of
from muster.engines.plan.checks.triggers import DECIDES, MISSING, nature, no_release
from muster.engines.plan.events import Value
from muster.engines.plan.findings import ERROR, WARNING, Finding, Rule
from muster.engines.plan.text import Text
from muster.engines.plan.types import Level, Plan
from muster.engines.plan.world import Yardsticks

LEVEL_MISSING = Rule(
    "P301",
    ERROR,
    Text("缺少响应级别", "A response level is missing"),
    Text("预案没有 {level} 级响应", "the plan has no level {level}"),
    Text("在 levels 中写明一至四级", "give all four levels, I to IV"),
)
NO_TRIGGER = Rule(
    "P302",
    ERROR,
    Text("没有启动条件", "A level without a trigger"),
    Text("{level} 级的启动条件不含任何指标", "the trigger of level {level} looks at no indicator"),
    Text("写明依据指标的启动条件", "write a trigger over indicators"),
)
RELEASE_NOT_STRICTER = Rule(
    "P303",
    ERROR,
    Text("解除条件不比启动条件严格", "The release is not stricter than the trigger"),
    Text(
        "{level} 级的启动条件和解除条件可以同时成立：{values}",
        "the trigger and the release of level {level} can both hold at once: {values}",
    ),
    Text("收紧解除条件，使两者不可能同时成立", "make the release so strict that both cannot hold"),
)
NOT_HELD = Rule(
    "P304",
    ERROR,
    Text("解除条件无须保持", "The release need not last"),
    Text("{level} 级的解除条件成立一天即可降级", "level {level} is left after a single day on which its release holds"),
    Text(
        "在 held_days 写明须连续保持的天数，至少 {limit} 天",
        "say in held_days on how many days in a row it must hold, at least {limit}",
    ),
)
UNKNOWN_DECIDER = Rule(
    "P305",
    ERROR,
    Text("无人有权启动", "Nobody may set the level"),
    Text("{level} 级由 {role} 启动，roles 中没有该角色", "level {level} is set by {role}, which is not in roles"),
    Text("改为已有角色", "name a role of the plan"),
)
EMPTY_LEVEL = Rule(
    "P306",
    WARNING,
    Text("级别没有任务", "A level at which nothing is done"),
    Text("没有条款在 {level} 级生效", "no clause stands at level {level}"),
    Text("写明该级别的任务，或取消该级别", "say what is done at this level"),
)
RT_ALONE = Rule(
    "P307",
    WARNING,
    Text("仅凭再生数启动", "Rt alone calls the level"),
    Text("没有病例时，仅凭再生数也会提请 {level} 级", "with no case at all, Rt alone proposes level {level}"),
    Text("同时要求病例数，低病例数下再生数不可靠", "ask for a number of cases beside it: at low counts Rt says little"),
)
TOO_FEW_PERSONS = Rule(
    "P308",
    ERROR,
    Text("一人即可启动", "One person alone may activate"),
    Text(
        "启动响应只需 {persons} 人，应为 {limit} 人", "an activation takes {persons} person(s); it should take {limit}"
    ),
    Text("在 authority.persons 写 {limit}", "write {limit} into authority.persons"),
)
RECORD_INCOMPLETE = Rule(
    "P309",
    ERROR,
    Text("启动记录不全", "The record of an activation is incomplete"),
    Text(
        "启动记录不含 {missing}（突发事件应对法第七十二条）",
        "the record of an activation lacks {missing} (Emergency Response Law 72)",
    ),
    Text("在 authority.record 补齐", "add it to authority.record"),
)
RULES = (
    LEVEL_MISSING,
    NO_TRIGGER,
    RELEASE_NOT_STRICTER,
    NOT_HELD,
    UNKNOWN_DECIDER,
    EMPTY_LEVEL,
    RT_ALONE,
    TOO_FEW_PERSONS,
    RECORD_INCOMPLETE,
)
QUIET: Mapping[str, Value] = {name: kind(0) for name, kind in words.INDICATORS.items()} | {
    "rt_mean": 9.0,
    "rt_q025": 9.0,
    "rt_q975": 9.0,
    "rt_p_above_1": 1.0,
    "doubling_days": 0.5,
}


def all_four(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P301."""
    present = {level.number for level in plan.levels}
    for number in words.LEVELS:
        if number not in present:
            name = words.LEVEL_NAMES[number]
            yield LEVEL_MISSING.in_plan(f"level:{name}", level=name)


def conditions(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P302, P303, P304 and P307; what never or always holds is told by `triggers`."""
    for level in plan.levels:
        kind = nature(level.trigger)
        if kind == MISSING:
            yield NO_TRIGGER.in_level(level)
        elif both := _both(level, kind):
            yield RELEASE_NOT_STRICTER.in_level(level, values=_told(both))
        if level.held_days < measured.held_days:
            yield NOT_HELD.in_level(level, limit=measured.held_days)
        if kind == DECIDES and _is_called_by_rt_alone(level):
            yield RT_ALONE.in_level(level)


def _both(level: Level, kind: str) -> Mapping[str, Value] | None:
    """Values at which a trigger that decides something and a release that releases hold at once."""
    if kind != DECIDES or no_release(level.release):
        return None
    return held_at_once(level.trigger, level.release)


def _is_called_by_rt_alone(level: Level) -> bool:
    calm = {**QUIET, "rt_mean": 0.0, "rt_q025": 0.0, "rt_q975": 0.0, "rt_p_above_1": 0.0, "doubling_days": 1e9}
    return bool(level.trigger.truth(QUIET)) and not level.trigger.truth(calm)


def _told(values: Mapping[str, Value]) -> Text:
    shown = [(title_of(name, "indicator"), str(value).lower()) for name, value in values.items()]
    return Text(
        "，".join(f"{title.zh} = {value}" for title, value in shown),
        ", ".join(f"{title.en} = {value}" for title, value in shown),
    )


def deciders(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P305."""
    for level in plan.levels:
        if level.activated_by not in plan.roles:
            yield UNKNOWN_DECIDER.in_level(level, role=level.activated_by)


def work(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P306; a clause that never starts may be what should stand there, and is P103."""
    if never_started(plan):
        return
    for level in plan.levels:
        if not any(level.number in clause.levels for clause in plan.clauses):
            yield EMPTY_LEVEL.in_level(level)


def authority(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P308 and P309."""
    if plan.authority.persons < measured.persons:
        yield TOO_FEW_PERSONS.in_plan("authority", persons=plan.authority.persons, limit=measured.persons)
    if missing := [name for name in measured.record if name not in plan.authority.record]:
        yield RECORD_INCOMPLETE.in_plan("authority", missing=", ".join(missing))


CHECKS = (all_four, conditions, deciders, work, authority)
