"""What is used where, what lies in store, who delivers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from muster.engines.plan.types import Clause, Plan
from muster.engines.stress.bureau import Bureau
from muster.engines.stress.kernel.model import EVENT, THOUSAND, Ints
from muster.engines.stress.modelling.numbering import PLACE, Numbering, scale_of
from muster.engines.stress.modelling.people import THE_FORCE, units_for
from muster.engines.stress.modelling.rows import column, ints, starts
from muster.engines.stress.scenario import Scenario

NEVER = 1 << 30


def of_stock(plan: Plan, known: Numbering, bureau: Bureau, scenario: Scenario) -> dict[str, Any]:
    """Fields of the model about items; a shelf is numbered store by store."""
    items, stores = len(known.items), len(known.stores)
    store_of_unit = ints(known.store[bureau.store_of.get(unit, bureau.central)] for unit in known.units)
    uses = [
        _uses(plan, clause, place, known, bureau, store_of_unit)
        for clause in known.clauses
        for place in known.places(clause)
    ]
    by_event = [_by_event(plan, clause, known) for clause in known.clauses]
    terms = sorted(
        (term for term in bureau.terms if term.item in known.item), key=lambda t: (t.item, t.lead_days, t.supplier)
    )
    lots, expires = _lots(known, bureau, scenario.first_day)
    return {
        "use_at": starts(uses),
        "use_shelf": column(uses, 0),
        "use_daily": column(uses, 1),
        "use_first": column(uses, 2),
        "event_use_at": starts(by_event),
        "event_use_item": column(by_event, 0),
        "event_use": column(by_event, 1),
        "shelf_item": np.tile(np.arange(items), stores).astype(np.int64),
        "shelf_store": np.repeat(np.arange(stores), items).astype(np.int64),
        "shelf_of": np.arange(stores * items, dtype=np.int64).reshape(stores, items),
        "store_of_unit": store_of_unit,
        "central": known.store[bureau.central],
        "lots": lots,
        "slot_expires": expires,
        "reserve": ints(plan.reserve_days.get(item, 0) for item in known.items),
        "term_item": ints(known.item[term.item] for term in terms),
        "term_lead": ints(term.lead_days for term in terms),
        "term_daily": ints(term.per_day for term in terms),
        "store_days": scenario.assumptions.supplies.store_days,
        "mean_days": scenario.assumptions.supplies.mean_of_days,
        "lead_factor": scenario.supply.lead_factor,
        "lead_spread": scenario.supply.lead_spread,
    }


def _per_shift(plan: Plan, clause: Clause) -> Iterator[tuple[str, float]]:
    yield from ((one.item, one.quantity) for one in clause.supplies if one.basis == "officer_shift")
    standard = plan.standards.get(clause.standard)
    yield from standard.per_officer_shift.items() if standard else ()


def _uses(
    plan: Plan, clause: Clause, place: int, known: Numbering, bureau: Bureau, store_of_unit: Ints
) -> list[tuple[int, int, int]]:
    """(shelf, thousandths a day, thousandths on the first day) of a clause in one place."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for need in clause.people:
        for unit in units_for(need.source, place, known, bureau):
            store = known.store[bureau.central] if unit == THE_FORCE else int(store_of_unit[unit])
            for item, quantity in _per_shift(plan, clause):
                shelf = store * len(known.items) + known.item[item]
                found[shelf][0] += round(quantity * need.count * need.shifts * THOUSAND)
    here = units_for(PLACE, place, known, bureau)[0] if place >= 0 else THE_FORCE
    store = known.store[bureau.central] if here == THE_FORCE else int(store_of_unit[here])
    for one in clause.supplies:
        if one.basis in ("day", "event"):
            shelf = store * len(known.items) + known.item[one.item]
            found[shelf][one.basis == "event"] += round(one.quantity * THOUSAND)
    return [(shelf, daily, first) for shelf, (daily, first) in sorted(found.items())]


def _by_event(plan: Plan, clause: Clause, known: Numbering) -> list[tuple[int, int]]:
    """(item, thousandths) that one event uses: its part of the shifts of a crew, and what the clause says."""
    if scale_of(clause) != EVENT:
        return []
    shifts = sum(need.count * need.shifts / need.handles for need in clause.people)
    used: dict[int, float] = {}
    for item, quantity in _per_shift(plan, clause):
        used[known.item[item]] = used.get(known.item[item], 0.0) + quantity * shifts
    for one in clause.supplies:
        if one.basis == "event":
            used[known.item[one.item]] = used.get(known.item[one.item], 0.0) + one.quantity
    return [(item, round(quantity * THOUSAND)) for item, quantity in sorted(used.items()) if quantity]


def _lots(known: Numbering, bureau: Bureau, first: date) -> tuple[Ints, Ints]:
    """Units of issue by shelf and slot, and the last day of use of each slot by item; the last slot never expires."""
    days: dict[str, set[int]] = defaultdict(set)
    for lot in bureau.lots:
        if lot.expires_on is not None:
            days[lot.item].add((lot.expires_on - first).days)
    slots = max((len(found) for found in days.values()), default=0) + 1
    expires = np.full((len(known.items), slots), NEVER, np.int64)
    for name, found in days.items():
        expires[known.item[name], : len(found)] = sorted(found)
    lots = np.zeros((len(known.stores) * len(known.items), slots), np.int64)
    for lot in bureau.lots:
        item = known.item[lot.item]
        day = (lot.expires_on - first).days if lot.expires_on is not None else NEVER
        slot = slots - 1 if day == NEVER else sorted(days[lot.item]).index(day)
        lots[known.store[lot.store] * len(known.items) + item, slot] += lot.quantity
    return lots, expires
