"""Rules about conditions that decide nothing: never true, always true, hidden by a higher level, or with a hole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from muster.engines.plan.checks.overlap import candidates, held_at_once, names_of, search, without
from muster.engines.plan.checks.titles import title_of
from muster.engines.plan.conditions import Condition
from muster.engines.plan.events import Value
from muster.engines.plan.findings import ERROR, Finding, Rule
from muster.engines.plan.text import Text
from muster.engines.plan.truth import Reading, Values
from muster.engines.plan.types import Level, Plan
from muster.engines.plan.words import INDICATORS
from muster.engines.plan.world import Yardsticks

NEVER_TRUE = Rule(
    "P712",
    ERROR,
    Text("启动条件永不成立", "A trigger that can never be true"),
    Text(
        "{level} 级的启动条件在任何情况下都不成立，该级别永远不会被提请：{condition}",
        "no figures make the trigger of level {level} true, so it is never proposed: {condition}",
    ),
    Text(
        "检查互相矛盾的比较和超出取值范围的数字",
        "look for comparisons that exclude each other or figures that cannot be",
    ),
)
ALWAYS_TRUE = Rule(
    "P713",
    ERROR,
    Text("启动条件恒成立", "A trigger that is always true"),
    Text(
        "{level} 级的启动条件在任何情况下都成立，没有疫情也会被提请：{condition}",
        "every figure makes the trigger of level {level} true, so it is proposed with no epidemic at all: {condition}",
    ),
    Text("写明能够区分的阈值", "compare with a figure that tells quiet days from others"),
)
LEVELS_OVERLAP = Rule(
    "P714",
    ERROR,
    Text("级别重叠", "Levels that overlap"),
    Text(
        "凡是 {level} 级启动条件成立时，更高的 {others} 级也成立，{level} 级永远不会被提请",
        "whenever level {level} is called for, so is the higher level {others}: level {level} is never proposed",
    ),
    Text(
        "调整 {level} 级或 {others} 级的启动条件，使其有各自的范围",
        "change the trigger of {level} or {others} so that each level has a range of its own",
    ),
)
LEVELS_GAP = Rule(
    "P715",
    ERROR,
    Text("级别之间有空档", "A gap between the levels"),
    Text(
        "{before} 时提请 {level} 级，情况更严重（{after}）时 {level} 级及更高级别都不成立",
        "level {level} is called for at {before}; when it is worse ({after}), neither {level} nor a higher level is",
    ),
    Text(
        "去掉上限，或让更高一级从该数值开始",
        "take the upper limit out, or let the next higher level begin where this one ends",
    ),
)
NO_RELEASE = Rule(
    "P716",
    ERROR,
    Text("没有解除条件", "No release condition"),
    Text("{level} 级{how}，一旦启动就无法按条件降级", "level {level} {how}, so nothing ever proposes to leave it"),
    Text("写明依据指标、能够成立的解除条件", "write a release over indicators that can come true"),
)
RULES = (NEVER_TRUE, ALWAYS_TRUE, LEVELS_OVERLAP, LEVELS_GAP, NO_RELEASE)

MISSING: Final = "missing"  # nothing is written
NEVER: Final = "never"
ALWAYS: Final = "always"
DECIDES: Final = "decides"
_NOT_WRITTEN = Text("没有写解除条件", "has no release condition")
_NO_INDICATOR = Text("的解除条件不含任何指标", "has a release that looks at no indicator")
_CANNOT_BE = Text("的解除条件永不成立", "has a release that can never be true")
_FALLING: Final = frozenset({"doubling_days"})  # less of it is worse
_NOT_ORDERED: Final = frozenset({"province_level"})  # a name rather than a measure
_UPWARD: Final = frozenset({">", ">="})
_DOWNWARD: Final = frozenset({"<", "<="})


@lru_cache(maxsize=4096)
def nature(condition: Condition) -> str:
    """Whether a condition can be both true and false; one with arithmetic, which cannot be tried out, counts so."""
    if not condition.names:
        said = condition.holds({})
        return MISSING if said is None else ALWAYS if said else NEVER
    if not condition.shape.plain:
        return DECIDES
    if held_at_once(condition) is None:
        return NEVER
    return ALWAYS if without((), (condition,)) is None else DECIDES


def idle(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P712, P713 and P716."""
    for level in plan.levels:
        kind = nature(level.trigger)
        if kind in (NEVER, ALWAYS):
            rule = NEVER_TRUE if kind == NEVER else ALWAYS_TRUE
            yield rule.in_level(level, condition=level.trigger.text)
        if how := no_release(level.release):
            yield NO_RELEASE.in_level(level, how=how)


def no_release(release: Condition) -> Text | None:
    """Why a release releases nothing; None for one that does. One that always holds is P303."""
    kind = nature(release)
    if kind == MISSING:
        return _NOT_WRITTEN
    if not release.names:
        return _NO_INDICATOR
    return _CANNOT_BE if kind == NEVER else None


def sound(plan: Plan) -> list[Level]:
    """The levels whose triggers decide something, the highest first."""
    return [level for level in plan.levels if nature(level.trigger) == DECIDES and level.trigger.shape.plain]


def overlaps(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P714."""
    levels = sound(plan)
    for place, level in enumerate(levels):
        higher = levels[:place]
        if higher and without([level.trigger], [one.trigger for one in higher]) is None:
            alone = [one for one in higher if without([level.trigger], [one.trigger]) is None]
            yield LEVELS_OVERLAP.in_level(level, others=", ".join(one.id for one in alone[-1:] or higher))


def gaps(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P715."""
    levels = sound(plan)
    for place, level in enumerate(levels):
        if hole := _hole(level.trigger, tuple(one.trigger for one in levels[:place])):
            name, before, after = hole
            yield LEVELS_GAP.in_level(level, before=_told(name, before), after=_told(name, after))


@lru_cache(maxsize=4096)
def _hole(trigger: Condition, higher: tuple[Condition, ...]) -> tuple[str, Value, Value] | None:
    """An indicator with a value at which `trigger` holds and a worse one at which neither it nor a higher does."""
    conditions = (trigger, *higher)
    tried = candidates(conditions)
    for name in trigger.names:
        if name not in _NOT_ORDERED and not _only_rises(name, trigger):
            values = tried[name][::-1] if name in _FALLING else tried[name]
            for better, worse in pairwise(values):
                if _drops(conditions, tried, name, better, worse):
                    return name, better, worse
    return None


def _only_rises(name: str, trigger: Condition) -> bool:
    """Whether a worse value can only make the trigger true: then there is no hole along this indicator."""
    rising = _DOWNWARD if name in _FALLING else _UPWARD
    flag = INDICATORS.get(name) is bool
    signs = {one.sign for one in trigger.shape.comparisons if one.name == name}
    paired = any(name in pair for pair in trigger.shape.pairs)
    return not paired and signs <= ({"=="} if flag else rising)


def _drops(
    conditions: Sequence[Condition], tried: Mapping[str, Sequence[Value]], name: str, better: Value, worse: Value
) -> bool:
    wanted = [(_at(conditions[0].truth, name, better), True)]
    wanted += [(_at(condition.truth, name, worse), False) for condition in conditions]
    others = [(other, tried[other]) for other in names_of(conditions) if other != name]
    return search(wanted, others, {name: worse}) is not None


def _at(reading: Reading, name: str, value: Value) -> Reading:
    def read(values: Values) -> bool | None:
        said: bool | None = reading({**values, name: value})
        return said

    return read


def _told(name: str, value: Value) -> Text:
    title = title_of(name, "indicator")
    shown = f"{value:g}" if isinstance(value, float) else str(value).lower()
    return Text(f"{title.zh} = {shown}", f"{title.en} = {shown}")


CHECKS = (idle, overlaps, gaps)
