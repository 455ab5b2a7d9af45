"""Stores: deliveries come, old lots go, the central store fills the others, the day's need is used, orders go out.

The rules are those of the replay's stock, with the lead time of an order by chance.
"""

from __future__ import annotations

import math

from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import THOUSAND, Ints, Model, State
from muster.engines.stress.kernel.philox import LEAD, normal, share
from muster.engines.stress.kernel.tally import Once, fell_short


@kernel()
def stock_day(m: Model, s: State, o: Once, seed: int, replication: int, day: int) -> bool:
    """One day of all stores; false if an item was lost or made up."""
    held, moved = total(s), 0
    moved += deliver(m, s, day)
    moved -= expire_lots(m, s, day)
    fill(m, s)
    used = use(m, s, o, day)
    order(m, s, seed, replication, day)
    return total(s) == held + moved - used


@kernel()
def total(s: State) -> int:
    """Units of issue in all stores."""
    found = 0
    for shelf in range(s.shelf.shape[0]):
        for slot in range(s.shelf.shape[1]):
            found += s.shelf[shelf, slot]
    return found


@kernel()
def deliver(m: Model, s: State, day: int) -> int:
    """What was ordered comes to the central store."""
    found, last = 0, s.shelf.shape[1] - 1
    for item in range(s.coming_in.shape[1]):
        quantity = s.coming_in[day, item]
        if quantity:
            s.on_order[item] -= quantity
            s.shelf[m.shelf_of[m.central, item], last] += quantity
            found += quantity
    return found


@kernel()
def expire_lots(m: Model, s: State, day: int) -> int:
    """What may not be used any more is thrown away."""
    gone = 0
    for shelf in range(s.shelf.shape[0]):
        for slot in range(s.shelf.shape[1]):
            if s.shelf[shelf, slot] and m.slot_expires[m.shelf_item[shelf], slot] < day:
                gone += s.shelf[shelf, slot]
                s.shelf[shelf, slot] = 0
    return gone


@kernel()
def wanted(s: State, shelf: int) -> int:
    """Whole units of issue that the day needs."""
    return int((s.daily[shelf] + s.today[shelf] + THOUSAND - 1) // THOUSAND)


@kernel()
def on_shelf(s: State, shelf: int) -> int:
    found, lots = 0, s.shelf
    for slot in range(lots.shape[1]):
        found += lots[shelf, slot]
    return found


@kernel()
def fill(m: Model, s: State) -> None:
    """Each store gets from the central one what it lacks of some days' need, or its part of what is free there."""
    for item in range(m.reserve.size):
        source = m.shelf_of[m.central, item]
        free = max(on_shelf(s, source) - wanted(s, source), 0)
        lacking = 0
        for store in range(m.shelf_of.shape[0]):
            lacking += lack(m, s, m.shelf_of[store, item]) if store != m.central else 0
        if lacking == 0 or free == 0:
            continue
        for store in range(m.shelf_of.shape[0]):
            if store != m.central:
                shelf = m.shelf_of[store, item]
                part = lack(m, s, shelf)
                move(s, source, shelf, part if lacking <= free else part * free // lacking)


@kernel()
def lack(m: Model, s: State, shelf: int) -> int:
    need = wanted(s, shelf)
    return max(need * m.store_days - on_shelf(s, shelf), 0) if need else 0


@kernel()
def move(s: State, source: int, target: int, quantity: int) -> None:
    """First what expires first."""
    for slot in range(s.shelf.shape[1]):
        part = min(s.shelf[source, slot], quantity)
        s.shelf[source, slot] -= part
        s.shelf[target, slot] += part
        quantity -= part


@kernel()
def use(m: Model, s: State, o: Once, day: int) -> int:
    """The day's need is taken, first what expires first; what lacks is a shortfall, and slows the next day down."""
    used = 0
    o.item_today[:] = 0
    for shelf in range(s.shelf.shape[0]):
        need = wanted(s, shelf)
        left = need
        for slot in range(s.shelf.shape[1]):
            part = min(s.shelf[shelf, slot], left)
            s.shelf[shelf, slot] -= part
            left -= part
        used += need - left
        s.lately[day, m.shelf_item[shelf]] += need
        s.ratio[shelf] = (need - left) / need if need else 1.0
        s.today[shelf] = 0
        if left:
            fell_short(o.shelf[shelf], day, left)
            o.item_today[m.shelf_item[shelf]] += left
    for item in range(m.reserve.size):
        if o.item_today[item]:
            fell_short(o.item[item], day, o.item_today[item])
    return used


@kernel()
def order(m: Model, s: State, seed: int, replication: int, day: int) -> None:
    """What lies in the stores and is on order, if less than the reserve at the mean need, is ordered up to it."""
    for item in range(m.reserve.size):
        if m.reserve[item] == 0:
            continue
        need = mean_need(s.lately, item, day, m.mean_days)
        lacking = math.ceil(m.reserve[item] * need - held_or_coming(m, s, item) - 1e-9)
        for term in range(m.term_item.size):
            if m.term_item[term] == item and lacking > 0:
                part = min(m.term_daily[term], lacking)
                noise = math.exp(m.lead_spread * normal(share(seed, replication, LEAD, term, day)))
                at = day + max(int(m.term_lead[term] * m.lead_factor * noise + 0.5), 1)
                s.on_order[item] += part
                s.coming_in[min(at, s.coming_in.shape[0] - 1), item] += part
                lacking -= part


@kernel()
def mean_need(lately: Ints, item: int, day: int, days: int) -> float:
    first = max(day - days + 1, 0)
    found = 0
    for d in range(first, day + 1):
        found += lately[d, item]
    return found / (day + 1 - first)


@kernel()
def held_or_coming(m: Model, s: State, item: int) -> int:
    found = int(s.on_order[item])
    for store in range(m.shelf_of.shape[0]):
        found += on_shelf(s, m.shelf_of[store, item])
    return found
