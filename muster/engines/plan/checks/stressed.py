"""Rules about the last stress test: that there is one, and that it is still of this plan and of this bureau."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from muster.engines.plan.checks.outside import months_later
from muster.engines.plan.checks.protection import items_used
from muster.engines.plan.checks.titles import titles_of
from muster.engines.plan.findings import WARNING, Finding, Rule
from muster.engines.plan.text import Text
from muster.engines.plan.types import Plan
from muster.engines.plan.world import Stressed, World, Yardsticks

NEVER_STRESSED = Rule(
    "P731",
    WARNING,
    Text("预案从未压力测试", "A plan that was never put to a stress test"),
    Text("预案从未经过压力测试，不知道哪一天、在哪一条失效", "nobody knows on which day it fails, and where"),
    Text("在预案的“压力测试”页做一次测试", "run a test on the tab “Stress test” of the plan"),
)
STRESS_TEST_STALE = Rule(
    "P732",
    WARNING,
    Text("压力测试已过时", "A stress test that is out of date"),
    Text("最近一次压力测试（{day}）已过时：{why}", "the last stress test ({day}) is out of date: {why}"),
    Text("按现在的预案、人员和物资重新测试", "test it anew with the plan, the people and the stock of today"),
)
RULES = (NEVER_STRESSED, STRESS_TEST_STALE)
SHOWN = 3


def stressed(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P731 and P732, once; a lower plan is tested with the one that it extends."""
    if world.stressed is None or world.today is None or plan.extension is not None:
        return
    last = world.stressed.get(plan.id)
    if last is None:
        yield NEVER_STRESSED.in_plan("stress")
    elif why := tuple(_reasons(plan, world, measured, last)):
        said = Text("；".join(one.zh for one in why), "; ".join(one.en for one in why))
        yield STRESS_TEST_STALE.in_plan("stress", day=last.day.isoformat(), why=said)


def _reasons(plan: Plan, world: World, measured: Yardsticks, last: Stressed) -> Iterator[Text]:
    if last.plan != plan.hash:
        yield Text("预案内容已改变", "the plan says something else now")
    if world.today is not None and months_later(last.day, measured.stress_months) < world.today:
        yield Text(f"已超过 {measured.stress_months} 个月", f"more than {measured.stress_months} months have passed")
    if world.people is not None:
        needed = {need.qualification for clause in plan.clauses for need in clause.people}
        fallen = _fallen(last.people, world.qualified(), needed, measured.stress_people)
        if fallen:
            names = titles_of(fallen[:SHOWN], "qualification")
            share = f"{measured.stress_people:.0%}"
            yield Text(f"{names.zh}人员减少超过 {share}", f"people who can do {names.en} fell by more than {share}")
    if world.stock is not None:
        fallen = _fallen(last.stock, world.stock, set(items_used(plan)), measured.stress_stock)
        if fallen:
            names, share = titles_of(fallen[:SHOWN], "item"), f"{measured.stress_stock:.0%}"
            yield Text(f"{names.zh}减少超过 {share}", f"{names.en} fell by more than {share}")


def _fallen(then: Mapping[str, int], now: Mapping[str, int], needed: set[str], share: float) -> list[str]:
    """What the plan needs and there is less of by more than a share: more of it makes a test no worse than it says."""
    return sorted(name for name in needed if now.get(name, 0) < then.get(name, 0) * (1 - share))


OUTSIDE = (stressed,)
