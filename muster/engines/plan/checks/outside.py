"""Rules that hold the plan against the world: people, stock, partners, places, and the day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date

from muster.engines.plan import words
from muster.engines.plan.checks.full_load import full_load
from muster.engines.plan.checks.order import never_started
from muster.engines.plan.checks.protection import items_used
from muster.engines.plan.checks.titles import title_of
from muster.engines.plan.findings import ERROR, WARNING, Finding, Rule
from muster.engines.plan.text import Text
from muster.engines.plan.types import Clause, Plan, Role
from muster.engines.plan.world import World, Yardsticks

REVIEW_OVERDUE = Rule(
    "P701",
    WARNING,
    Text("评估超期", "The review is overdue"),
    Text("上次评估是 {last}，应于 {due} 前再次评估", "the plan was last reviewed on {last}; it was due again by {due}"),
    Text("评估预案并更新 reviewed_on", "review the plan and bring reviewed_on up to date"),
)
ROLE_HELD_BY_NOBODY = Rule(
    "P702",
    ERROR,
    Text("角色无人担任", "A role that nobody holds"),
    Text("{title}（{role}）无人担任：{units}", "nobody holds {title} ({role}): {units}"),
    Text("任命担任者和代理人", "appoint a holder and deputies"),
)
DEPUTIES_MISSING = Rule(
    "P703",
    WARNING,
    Text("没有任命代理人", "Deputies not appointed"),
    Text(
        "{title}（{role}）的代理人未配齐（预案要求 {wanted} 人）：{units}",
        "{title} ({role}) lacks deputies, of whom the plan wants {wanted}: {units}",
    ),
    Text("补任代理人", "appoint the deputies"),
)
NOBODY_QUALIFIED = Rule(
    "P704",
    ERROR,
    Text("无人具备资格", "A qualification that nobody holds"),
    Text(
        "条款 {clause} 需要{qualification}资格，本局无人具备",
        "clause {clause} needs the qualification {qualification}, which nobody holds",
    ),
    Text("培训人员，或请求支援", "train people, or arrange for help"),
)
TOO_FEW_QUALIFIED = Rule(
    "P705",
    WARNING,
    Text("具备资格的人不足", "Too few are qualified"),
    Text(
        "一级响应时按预计开放点位，每日需要{qualification} {needed} 班次，本局只有 {held} 人具备",
        "at level I, with as many places open as expected, {qualification}: {needed} shifts a day, {held} people",
    ),
    Text("培训更多人员，或减少岗位", "train more people, or plan fewer posts"),
)
STOCK_TOO_SMALL = Rule(
    "P706",
    WARNING,
    Text("库存不足储备天数", "Stock below the reserve"),
    Text(
        "{item}库存 {stock}，一级响应每日消耗 {daily}，可用 {days} 天，预案要求 {wanted} 天",
        "{stock} of {item} in stock, {daily} used a day at level I: {days} of {wanted} days",
    ),
    Text("补足库存，或与供应方约定供货", "buy more, or agree deliveries with suppliers"),
)
UNKNOWN_PARTNER = Rule(
    "P707",
    ERROR,
    Text("协作单位未登记", "A partner that is not in the register"),
    Text(
        "条款 {clause} 需要{partner}配合，登记册中没有该单位",
        "clause {clause} counts on {partner}, which is not in the register",
    ),
    Text("登记该单位，或改为已登记的单位", "enter the partner, or name one that is entered"),
)
NO_LIAISON = Rule(
    "P708",
    WARNING,
    Text("协作单位没有联络员", "A partner without a liaison"),
    Text("{partner}没有联络员", "{partner} has no liaison"),
    Text("请该单位指定联络员并核对号码", "ask the partner to name a liaison, and check the number"),
)
NO_SUCH_PLACE = Rule(
    "P709",
    WARNING,
    Text("没有这类点位", "No place of this kind"),
    Text(
        "条款 {clause} 针对每个{per}，本市没有登记这类点位",
        "clause {clause} is done for each {per}, and no such place is known",
    ),
    Text("登记点位", "enter the places"),
)
UNKNOWN_UNIT = Rule(
    "P710",
    ERROR,
    Text("单位不存在", "A unit that does not exist"),
    Text("{where}指定的单位 {unit} 不存在", "{where} names the unit {unit}, which does not exist"),
    Text("改为已有单位", "name a unit of the bureau"),
)
NO_CARD = Rule(
    "P726",
    ERROR,
    Text("某类点位没有行动卡", "A kind of place with no card"),
    Text(
        "{why}{per}，却没有条款写明该类点位开放期间由谁做什么，无法生成行动卡",
        "{why} {per}, but no clause says who does what there while one is open: there is no card for it",
    ),
    Text("增加 per: {word} 的条款，写明责任角色", "add a clause with per: {word} and an actor"),
)
NOT_IN_CATALOGUE = Rule(
    "P729",
    ERROR,
    Text("物资不在目录中", "An item that is not in the catalogue"),
    Text(
        "条款 {clause} 使用{item}，库存目录中没有这种物资，无法储备和发放",
        "clause {clause} uses {item}, which the stock catalogue does not have: none can be kept or issued",
    ),
    Text("在库存目录登记 {word}，或改用已有物资", "enter {word} in the catalogue, or use an item that is there"),
)
RULES = (
    NO_CARD,
    NOT_IN_CATALOGUE,
    REVIEW_OVERDUE,
    ROLE_HELD_BY_NOBODY,
    DEPUTIES_MISSING,
    NOBODY_QUALIFIED,
    TOO_FEW_QUALIFIED,
    STOCK_TOO_SMALL,
    UNKNOWN_PARTNER,
    NO_LIAISON,
    NO_SUCH_PLACE,
    UNKNOWN_UNIT,
)
SHOWN_UNITS = 5


def reviews(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P701."""
    if world.today is None or plan.reviewed_on is None:
        return
    due = months_later(plan.reviewed_on, plan.review_months)
    if world.today > due:
        yield REVIEW_OVERDUE.in_plan("review", last=plan.reviewed_on.isoformat(), due=due.isoformat())


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the last one that the month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def appointments(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P702 and P703, each role once, with the units where people are missing."""
    if world.holders is None:
        return
    for role in plan.roles.values():
        held = world.holders.get(role.id, {})
        units = _units_of_role(role, world)
        if vacant := [unit for unit in units if not held.get(unit)]:
            yield ROLE_HELD_BY_NOBODY.in_role(role, units=_told(vacant))
        wanted = max(len(role.deputies), measured.deputies)
        if alone := [unit for unit in units if 0 < held.get(unit, 0) < 1 + wanted]:
            yield DEPUTIES_MISSING.in_role(role, units=_told(alone), wanted=wanted)


def _units_of_role(role: Role, world: World) -> tuple[str, ...]:
    return (role.unit,) if role.scope == "unit" else world.units_of(role.scope)


def _told(units: list[str]) -> str:
    more = len(units) - SHOWN_UNITS
    return ", ".join(units[:SHOWN_UNITS]) + (f" (+{more})" if more > 0 else "")


def qualifications(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P704, and P705 for what level I asks on one day."""
    if world.people is None:
        return
    nobody: set[str] = set()
    qualified = world.qualified()
    for clause in plan.clauses:
        for need in clause.people:
            if need.qualification not in nobody and not qualified[need.qualification]:
                nobody.add(need.qualification)
                yield NOBODY_QUALIFIED.in_clause(clause, qualification=title_of(need.qualification, "qualification"))
    for qualification, needed in sorted(full_load(plan, world, measured.open_share).people.items()):
        held = qualified[qualification]
        if qualification not in nobody and held < needed:
            subject = f"qualification:{qualification}"
            yield TOO_FEW_QUALIFIED.in_plan(
                subject, qualification=title_of(qualification, "qualification"), needed=needed, held=held
            )


def stock(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P706: the whole bureau's usable stock against the reserve days, at level I."""
    if world.stock is None:
        return
    daily = full_load(plan, world, measured.open_share).supplies
    for item in items_used(plan):
        if world.items is not None and item not in world.items:
            continue
        used, held, wanted = daily[item], world.stock.get(item, 0), plan.reserve_days.get(item, 0)
        if held < used * wanted:
            figures = {"stock": held, "daily": round(used), "days": int(held // used), "wanted": wanted}
            yield STOCK_TOO_SMALL.in_plan(f"item:{item}", item=title_of(item), **figures)


def catalogue(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P729, each item once."""
    if world.items is not None:
        for item, clause in items_used(plan).items():
            if item not in world.items:
                yield NOT_IN_CATALOGUE.in_clause(clause, item=title_of(item), word=item)


def cards(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P726: kinds of place that there are."""
    dealt_with = tended(plan)
    for kind, count in sorted((world.sites or {}).items()):
        if count and kind in words.SITE_KINDS and kind not in dealt_with and kind not in opened(plan):
            yield no_card(kind, Text(f"全市登记了 {count} 个", f"there are {count} places of the kind"))


def opened(plan: Plan) -> Mapping[str, Clause]:
    """Kinds of place that the plan itself brings about, each with the first clause that does."""
    kinds: dict[str, Clause] = {}
    for clause in plan.clauses:
        for kind in (clause.per, clause.measure.kind if clause.measure else ""):
            if kind in words.SITE_KINDS:
                kinds.setdefault(kind, clause)
    return kinds


def tended(plan: Plan) -> frozenset[str]:
    """Kinds of place at which a clause stands while one is open."""
    return frozenset(clause.per for clause in plan.clauses if clause.levels and clause.scales == "site")


def opened_without_card(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P726: kinds of place that the plan winds up, or puts a restriction on, and that no clause tends."""
    dealt_with, dead = tended(plan), never_started(plan)
    for kind, clause in opened(plan).items():
        if kind not in dealt_with and clause.id not in dead:
            yield no_card(
                kind, Text(f"条款 {clause.id} 涉及", f"clause {clause.id} is about the kind of place"), clause
            )


def no_card(kind: str, why: Text, clause: Clause | None = None) -> Finding:
    """The finding for one kind of place."""
    fill: dict[str, Text | str] = {"per": title_of(kind, "site"), "word": kind, "why": why}
    return NO_CARD.in_clause(clause, **fill) if clause else NO_CARD.in_plan(f"site:{kind}", **fill)


def partners(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P707 and P708, each partner once."""
    if world.liaisons is None:
        return
    told: set[str] = set()
    for clause in plan.clauses:
        for partner in clause.partners:
            if partner in told:
                continue
            told.add(partner)
            if partner not in world.liaisons:
                yield UNKNOWN_PARTNER.in_clause(clause, partner=title_of(partner))
            elif not world.liaisons[partner]:
                yield NO_LIAISON.in_plan(f"partner:{partner}", partner=title_of(partner))


def places(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P709, each kind of place once."""
    if world.sites is None:
        return
    told: set[str] = set()
    for clause in plan.clauses:
        if clause.scales == "site" and clause.per not in told and not world.sites.get(clause.per):
            told.add(clause.per)
            yield NO_SUCH_PLACE.in_clause(clause, per=title_of(clause.per))


def units(plan: Plan, world: World, measured: Yardsticks) -> Iterator[Finding]:
    """P710."""
    if world.units is None:
        return
    for role in plan.roles.values():
        if role.unit and role.unit not in world.units:
            where = Text(f"角色 {role.id} ", f"role {role.id}")
            yield UNKNOWN_UNIT.in_role(role, where=where, unit=role.unit)
    for clause in plan.clauses:
        for need in clause.people:
            kind, _, unit = need.source.partition(":")
            if kind == "unit" and unit not in world.units:
                where = Text(f"条款 {clause.id} ", f"clause {clause.id}")
                yield UNKNOWN_UNIT.in_clause(clause, where=where, unit=unit)


STRUCTURE = (opened_without_card,)
CHECKS = (reviews, appointments, qualifications, stock, catalogue, partners, places, cards, units)
