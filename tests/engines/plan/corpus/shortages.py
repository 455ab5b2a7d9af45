"""What is missing in the bureau around a good plan: under each rule, in several disguises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from muster.engines.plan import Plan
from muster.engines.plan.checks.full_load import full_load
from muster.engines.plan.checks.protection import items_used
from muster.engines.plan.hashing import clause_hash
from muster.engines.plan.world import YARDSTICKS, Holder, World
from tests.engines.plan.corpus.bases import BASES
from tests.engines.plan.corpus.worlds import changed, day_of

EVERY = tuple(BASES)
PARTNERED = ("station", "district", "city")
Spoil = Callable[[Plan, World], World]
DAY = timedelta(days=1)


class Shortage(NamedTuple):
    """A good plan, a bureau that lacks one thing, and the rule that must speak."""

    name: str
    base: str
    rule: str
    spoil: Spoil


def shortages() -> Iterator[Shortage]:
    """All of them."""
    for rule, name, bases, spoil in _KINDS:
        for base in bases:
            yield Shortage(f"{rule} {base}: {name}", base, rule, spoil)


def _post(world: World, which: int = 0) -> tuple[tuple[str, str], tuple[Holder, ...]]:
    assert world.role_holders is not None
    return list(world.role_holders.items())[which]


def _away(people: int, first: int, last: int | None) -> Spoil:
    """So many of those who hold the first role are away, from and to so many days after today."""

    def spoil(plan: Plan, world: World) -> World:
        post, held = _post(world)
        today = day_of(plan)
        stretch = ((today + first * DAY, None if last is None else today + last * DAY),)
        gone = tuple(replace(one, away=stretch) if n < people else one for n, one in enumerate(held))
        return changed(world, "role_holders", post, gone)

    return spoil


def _when_reviewed(years: int, days: int) -> Spoil:
    """So long after the review, and everything else as fresh as before."""

    def spoil(plan: Plan, world: World) -> World:
        assert plan.reviewed_on is not None
        today = plan.reviewed_on.replace(year=plan.reviewed_on.year + years) + days * DAY
        assert world.contacts_checked is not None
        fresh = replace(world, today=today, contacts_checked=dict.fromkeys(world.contacts_checked, today))
        fresh = _last_test(day=today)(plan, fresh)
        return replace(fresh, exercised={plan.id: {one.id: today for one in plan.clauses}})

    return spoil


def stands_in(plan: Plan, world: World) -> World:
    """Whoever holds the first role stands in for the last one, whose holder is away."""
    (_, held), (post, others) = _post(world), _post(world, -1)
    gone = replace(others[0], away=((day_of(plan), None),))
    return changed(world, "role_holders", post, (gone, held[0]))


def _same_person(plan: Plan, world: World) -> World:
    (_, held), (post, others) = _post(world), _post(world, -1)
    return changed(world, "role_holders", post, (held[0], *others[1:]))


def _vacant(left: int) -> Spoil:
    def spoil(plan: Plan, world: World) -> World:
        (role, unit), _held = _post(world, -1)
        assert world.holders is not None
        return changed(world, "holders", role, {**world.holders[role], unit: left})

    return spoil


def _stock(missing: int) -> Spoil:
    """So many units of the first item less than the reserve days take."""

    def spoil(plan: Plan, world: World) -> World:
        item = next(iter(items_used(plan)))
        daily = full_load(plan, world, YARDSTICKS.open_share).supplies[item]
        return changed(world, "stock", item, int(daily * plan.reserve_days[item]) - missing)

    return spoil


def _people(missing: int) -> Spoil:
    def spoil(plan: Plan, world: World) -> World:
        qualification, needed = next(iter(full_load(plan, world, YARDSTICKS.open_share).people.items()))
        return changed(world, "people", ("HQ", qualification), needed - missing)

    return spoil


def _nobody(plan: Plan, world: World) -> World:
    need = next(need for one in plan.clauses for need in one.people)
    return changed(world, "people", ("HQ", need.qualification), None)


def _partner(plan: Plan) -> str:
    return next(one for clause in plan.clauses for one in clause.partners)


def _contact(days: int | None) -> Spoil:
    def spoil(plan: Plan, world: World) -> World:
        assert world.contacts_checked is not None
        day: date | None = None if days is None else day_of(plan) - days * DAY
        return replace(world, contacts_checked={**world.contacts_checked, _partner(plan): day})

    return spoil


def _unheard(plan: Plan, world: World) -> World:
    return changed(world, "acknowledged", _partner(plan), frozenset())


def _an_older_text(plan: Plan, world: World) -> World:
    partner = _partner(plan)
    clause = next(one for one in plan.clauses if partner in one.partners)
    assert world.acknowledged is not None
    older = clause_hash(plan, replace(clause, due=timedelta(days=99)))
    return changed(world, "acknowledged", partner, world.acknowledged[partner] - {clause_hash(plan, clause)} | {older})


def _practised(which: int, day: Callable[[Plan], date] | None) -> Spoil:
    def spoil(plan: Plan, world: World) -> World:
        assert world.exercised is not None
        days = dict(world.exercised[plan.id])
        name = plan.clauses[which].id
        if day is None:
            del days[name]
        else:
            days[name] = day(plan)
        return replace(world, exercised={plan.id: days})

    return spoil


def _more_than_a_year_ago(plan: Plan) -> date:
    return day_of(plan).replace(year=day_of(plan).year - 1) - DAY


def _last_test(**facts: Any) -> Spoil:
    """The last stress test was of something else, or never."""

    def spoil(plan: Plan, world: World) -> World:
        assert world.stressed is not None
        return replace(world, stressed={plan.id: replace(world.stressed[plan.id], **facts)})

    return spoil


def _tested(months: int, days: int) -> Spoil:
    """So long before today."""

    def spoil(plan: Plan, world: World) -> World:
        today = day_of(plan)
        return _last_test(day=today.replace(year=today.year - months // 12) + days * DAY)(plan, world)

    return spoil


def _more_people_then(count: int) -> Spoil:
    def spoil(plan: Plan, world: World) -> World:
        qualification = next((need.qualification for clause in plan.clauses for need in clause.people), "patrol")
        return _last_test(people={qualification: count})(plan, world)

    return spoil


def _more_stock_then(count: int) -> Spoil:
    return lambda plan, world: _last_test(stock={next(iter(items_used(plan))): count})(plan, world)


def _not_in_catalogue(which: int) -> Spoil:
    return lambda plan, world: replace(world, items=frozenset(items_used(plan)) - {list(items_used(plan))[which]})


def _no_such_unit(plan: Plan, world: World) -> World:
    role = next(role for role in plan.roles.values() if role.scope == "unit")
    return changed(world, "units", role.unit, None)


def _untended(plan: Plan, world: World) -> World:
    return changed(world, "sites", "lodging" if plan.id.startswith("T-") else "port_of_entry", 3)


_KINDS: tuple[tuple[str, str, tuple[str, ...], Spoil], ...] = (
    ("P701", "a day too late", EVERY, _when_reviewed(3, 1)),
    ("P702", "nobody holds a role", EVERY, _vacant(0)),
    ("P703", "no deputy", EVERY, _vacant(1)),
    ("P704", "nobody can do it", ("station", "district", "city"), _nobody),
    ("P705", "one too few", ("station", "district", "city"), _people(1)),
    ("P706", "one piece short", EVERY, _stock(1)),
    ("P707", "not in the register", PARTNERED, lambda plan, world: changed(world, "liaisons", _partner(plan), None)),
    ("P708", "without a liaison", PARTNERED, lambda plan, world: changed(world, "liaisons", _partner(plan), 0)),
    ("P709", "no such place", PARTNERED, lambda plan, world: changed(world, "sites", _kind(plan), 0)),
    ("P710", "a unit that was closed", EVERY, _no_such_unit),
    ("P720", "the holder is on leave today", EVERY, _away(1, -3, 3)),
    ("P720", "the holder left this morning", EVERY, _away(1, 0, None)),
    ("P720", "the last day of a leave", EVERY, _away(1, -20, 0)),
    ("P721", "everybody is away", EVERY, _away(9, -1, 1)),
    ("P722", "one person holds two roles", ("district", "supply", "city"), _same_person),
    ("P723", "never asked", PARTNERED, _unheard),
    ("P723", "agreed to an older text", PARTNERED, _an_older_text),
    ("P724", "never tried", PARTNERED, _contact(None)),
    ("P724", "tried 91 days ago", PARTNERED, _contact(91)),
    ("P727", "the first clause", EVERY, _practised(0, None)),
    ("P727", "the last clause", EVERY, _practised(-1, None)),
    ("P728", "a day more than a year ago", EVERY, _practised(0, _more_than_a_year_ago)),
    ("P729", "the first item", EVERY, _not_in_catalogue(0)),
    ("P729", "the last item", PARTNERED, _not_in_catalogue(-1)),
    ("P730", "no clause at all", EVERY, lambda plan, world: replace(world, exercised={plan.id: {}})),
    ("P730", "only clauses of other plans", EVERY, lambda plan, world: replace(world, exercised={"OTHER": {}})),
    ("P731", "never tested", EVERY, lambda plan, world: replace(world, stressed={})),
    ("P732", "another content was tested", EVERY, _last_test(plan="0" * 64)),
    ("P732", "tested a day more than a year ago", EVERY, _tested(12, -1)),
    ("P732", "a tenth of the people are gone, and one more", ("station", "district", "city"), _more_people_then(5557)),
    ("P732", "a quarter of the stock is gone, and one piece", EVERY, _more_stock_then(133_333_335)),
)  # fmt: skip


def _kind(plan: Plan) -> str:
    return next(one.per for one in plan.clauses if one.scales == "site")


FINE: tuple[tuple[str, Spoil], ...] = (
    ("stock for exactly the reserve days", _stock(0)),
    ("on the last day before its review", _when_reviewed(3, 0)),
    ("back since today", _away(1, -9, -1)),
    ("on leave from tomorrow", _away(9, 1, None)),
    ("practised to the day a year ago", _practised(0, lambda plan: _more_than_a_year_ago(plan) + DAY)),
    ("tested to the day a year ago", _tested(12, 0)),
    ("a tenth of the people are gone since the test", _more_people_then(5555)),
    ("a quarter of the stock is gone since the test", _more_stock_then(133_333_333)),
    ("more people and stock than at the test", _last_test(people={}, stock={})),
    ("nothing is known of tests", lambda plan, world: replace(world, stressed=None)),
    ("nothing is known of practice", lambda plan, world: replace(world, exercised=None, acknowledged=None)),
)
