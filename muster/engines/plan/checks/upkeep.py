"""Rules about what wears out while nobody changes a word: partners' consent, numbers, laws, practice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from muster.engines.plan.checks.outside import months_later
from muster.engines.plan.checks.titles import title_of, titles_of
from muster.engines.plan.findings import ERROR, WARNING, Finding, Rule
from muster.engines.plan.hashing import clause_hash
from muster.engines.plan.text import Text
from muster.engines.plan.types import Clause, Ground, Plan
from muster.engines.plan.world import World, Yardsticks

NOT_ACKNOWLEDGED = Rule(
    "P723",
    WARNING,
    Text("协作单位从未确认", "A partner that never acknowledged"),
    Text(
        "条款 {clause} 由{partners}配合，该单位从未确认过这一条款的现行文字",
        "clause {clause} counts on {partners}, who never acknowledged it as it is written now",
    ),
    Text("征求其意见，由其逐条确认", "consult them, and let them acknowledge it"),
)
CONTACT_NOT_VERIFIED = Rule(
    "P724",
    WARNING,
    Text("联络方式未核实", "A contact that was not verified"),
    Text(
        "条款 {clause} 依靠{partner}，其联络方式{when}，应每 {limit} 天核实一次",
        "clause {clause} counts on {partner}, whose contact {when}; it should be every {limit} days",
    ),
    Text("拨打一次并登记核实日期", "call the number and enter that it was confirmed"),
)
BASIS_EXPIRED = Rule(
    "P725",
    ERROR,
    Text("法律依据已失效", "A legal basis that has expired"),
    Text(
        "法律依据 {ground}（{title_of_ground}）已于 {until} 失效{used}",
        "{ground} ({title_of_ground}) ended on {until}{used}",
    ),
    Text("改为现行有效的依据，或删去", "name a basis that is in force, or take it out"),
)
NEVER_EXERCISED = Rule(
    "P727",
    WARNING,
    Text("条款从未演练", "A clause that was never exercised"),
    Text("条款 {clause} 从未演练或实际使用", "clause {clause} was never exercised or used"),
    Text("安排一次演练", "put it into an exercise"),
)
NOT_EXERCISED_LATELY = Rule(
    "P728",
    WARNING,
    Text("条款久未演练", "A clause that was not exercised for long"),
    Text(
        "条款 {clause} 上次演练或使用是 {last}，预案要求每 {months} 个月一次",
        "clause {clause} was last exercised or used on {last}; the plan wants it every {months} months",
    ),
    Text("安排一次演练", "put it into an exercise"),
)
PLAN_NEVER_EXERCISED = Rule(
    "P730",
    WARNING,
    Text("预案从未演练", "A plan that was never exercised"),
    Text("预案的 {count} 个条款均从未演练或实际使用", "none of its {count} clauses was ever exercised or used"),
    Text("按演练覆盖页建议的最小演练开展一次", "hold the smallest exercise that the page of coverage proposes"),
)
RULES = (
    NOT_ACKNOWLEDGED,
    CONTACT_NOT_VERIFIED,
    BASIS_EXPIRED,
    NEVER_EXERCISED,
    NOT_EXERCISED_LATELY,
    PLAN_NEVER_EXERCISED,
)
_NEVER = Text("从未核实", "was never confirmed")
SHOWN = 4


def acknowledged(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P723."""
    if world.acknowledged is None:
        return
    for clause in plan.clauses:
        if clause.partners:
            heard = any(world.acknowledged.get(name) for name in clause.partners)
            content = clause_hash(plan, clause) if heard else ""
            silent = [name for name in clause.partners if content not in world.acknowledged.get(name, ())]
            if silent:
                yield NOT_ACKNOWLEDGED.in_clause(clause, partners=titles_of(silent))


def contacts(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P724, each partner once, at the first clause that counts on it; one without a liaison is P707 or P708."""
    if world.contacts_checked is None or world.today is None:
        return
    oldest = world.today - timedelta(days=measured.contact_days)
    for partner, clause in _first_use(plan).items():
        last = world.contacts_checked.get(partner)
        if last is not None and last >= oldest:
            continue
        if world.liaisons is not None and not world.liaisons.get(partner):
            continue
        when = _NEVER if last is None else Text(f"上次核实是 {last}", f"was last confirmed on {last}")
        yield CONTACT_NOT_VERIFIED.in_clause(
            clause, partner=title_of(partner, "partner"), when=when, limit=measured.contact_days
        )


def _first_use(plan: Plan) -> dict[str, Clause]:
    first: dict[str, Clause] = {}
    for clause in plan.clauses:
        for partner in clause.partners:
            first.setdefault(partner, clause)
    return first


def expired_at_review(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P725 that the text alone shows: the basis had ended when the plan was last reviewed."""
    if plan.reviewed_on is not None:
        yield from _expired(plan, None, plan.reviewed_on)


def expired(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P725 since the last review."""
    if world.today is not None:
        yield from _expired(plan, plan.reviewed_on, world.today)


def _expired(plan: Plan, since: date | None, day: date) -> Iterator[Finding]:
    for ground in plan.legal_basis:
        if ground.until is not None and ground.until < day and (since is None or ground.until >= since):
            yield _ended(plan, ground, ground.until)


def _ended(plan: Plan, ground: Ground, until: date) -> Finding:
    using = [clause for clause in plan.clauses if clause.ground == ground.id]
    names = ", ".join(clause.id for clause in using[:SHOWN])
    used = Text(f"，条款 {names} 仍以其为依据", f", and {names} still rest on it") if using else Text("", "")
    fill: dict[str, Text | str] = {
        "ground": ground.id,
        "title_of_ground": ground.title,
        "until": until.isoformat(),
        "used": used,
    }
    return BASIS_EXPIRED.in_clause(using[0], **fill) if using else BASIS_EXPIRED.in_plan(f"ground:{ground.id}", **fill)


def exercised(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P727 and P728, or P730 once for a plan of which nothing was tried.

    A clause that is inherited counts as exercised under the plan that it comes from.
    """
    if world.exercised is None or world.today is None:
        return
    last_used: dict[str, date] = {}
    for one in reversed(plan.chain):
        for name, day in world.exercised.get(one.id, {}).items():
            last_used[name] = max(day, last_used.get(name, day))
    if not any(clause.id in last_used for clause in plan.clauses):
        yield PLAN_NEVER_EXERCISED.in_plan("exercise", count=len(plan.clauses))
        return
    for clause in plan.clauses:
        last = last_used.get(clause.id)
        if last is None:
            yield NEVER_EXERCISED.in_clause(clause)
        elif months_later(last, plan.exercise_months) < world.today:
            yield NOT_EXERCISED_LATELY.in_clause(clause, last=last.isoformat(), months=plan.exercise_months)


CHECKS = (expired_at_review,)
OUTSIDE = (acknowledged, contacts, expired, exercised)
