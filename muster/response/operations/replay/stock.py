"""The stock of a replay: S City's real balances at its start, a book of its own from then on."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from muster.engines.assumptions import Supplies
from muster.preparedness.logistics.queries import LotBalance, Term
from muster.response.operations.replay.needed import Spot, SuppliesNeeded
from muster.response.operations.services.figures import StoreDay

Key = tuple[str, str]  # codes of a store and an item


@dataclass(slots=True)
class Shelf:
    """What one store holds of one item, by lot, the one that expires first in front; units of issue."""

    lots: list[tuple[date, int]] = field(default_factory=list)

    @property
    def held(self) -> int:
        return sum(quantity for _expires, quantity in self.lots)

    def put(self, expires: date, quantity: int) -> None:
        """One more lot, in its place."""
        self.lots = sorted([*self.lots, (expires, quantity)])

    def expire(self, day: date) -> int:
        """What may not be used any more on `day` goes; how much that was."""
        gone = sum(quantity for expires, quantity in self.lots if expires < day)
        self.lots = [lot for lot in self.lots if lot[0] >= day]
        return gone

    def take(self, quantity: int) -> list[tuple[date, int]]:
        """`quantity` or as much as there is, first what expires first."""
        taken = []
        while quantity > 0 and self.lots:
            expires, there = self.lots[0]
            part = min(there, quantity)
            taken.append((expires, part))
            quantity -= part
            self.lots = [(expires, there - part), *self.lots[1:]] if part < there else self.lots[1:]
        return taken


class Stock:
    """All stores. Each day: deliveries, what expired, filling the stores from the central one, use, orders.

    The central store gives every other store what it lacks of `store_days` of today's need, in proportion where there
    is not enough; its own need of the day comes first. In the evening whatever lies in the stores and is on order, if
    it is less than the plan's reserve days at the mean need of the last days, is ordered up to that, at most `per_day`
    of each supplier, soonest supplier first; it arrives at the central store `lead_days` later.
    """

    def __init__(
        self,
        lots: Iterable[LotBalance],
        terms: Sequence[Term],
        central: str,
        reserve: Mapping[str, int],
        rules: Supplies,
    ) -> None:
        self.shelves: dict[Key, Shelf] = defaultdict(Shelf)
        for lot in lots:
            self.shelves[lot.store, lot.item].put(lot.expires_on or date.max, lot.quantity)
        self.terms, self.central, self.reserve, self.rules = terms, central, reserve, rules
        self.coming: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.lately: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=rules.mean_of_days))

    def day(self, day: date, needed: SuppliesNeeded) -> tuple[list[StoreDay], dict[Spot, float]]:
        """What each store does on one day, and which share of its supplies each clause has in each place."""
        wanted = {key: math.ceil(quantity - 1e-9) for key, quantity in needed.quantities.items()}
        books = {key: StoreDay(*key, opening=self.shelves[key].held) for key in sorted({*self.shelves, *wanted})}
        self._deliver(day, books)
        for key, book in books.items():
            book.expired = self.shelves[key].expire(day)
        self._fill(wanted, books)
        for key, book in books.items():
            book.needed = wanted.get(key, 0)
            book.used = sum(part for _expires, part in self.shelves[key].take(book.needed))
            book.closing = self.shelves[key].held
        self._order(day, wanted)
        shares = {key: books[key].used / quantity for key, quantity in wanted.items() if quantity}
        ratios = {spot: min((shares.get(key, 1.0) for key in keys), default=1.0) for spot, keys in needed.spots.items()}
        return [book for book in books.values() if book.moves], ratios

    def _deliver(self, day: date, books: dict[Key, StoreDay]) -> None:
        for item, quantity in sorted(self.coming.pop(day, {}).items()):
            key = (self.central, item)
            self.shelves[key].put(date.max, quantity)
            books.setdefault(key, StoreDay(*key, opening=0)).delivered = quantity

    def _fill(self, wanted: Mapping[Key, int], books: Mapping[Key, StoreDay]) -> None:
        for item in sorted({item for _store, item in wanted}):
            source = (self.central, item)
            lacking = {
                key: lack
                for key, quantity in sorted(wanted.items())
                if key[1] == item
                and key != source
                and (lack := quantity * self.rules.store_days - self.shelves[key].held) > 0
            }
            free = max(self.shelves[source].held - wanted.get(source, 0), 0)
            for key, part in _parts(lacking, free).items():
                self._move(source, key, part, books)

    def _move(self, source: Key, target: Key, quantity: int, books: Mapping[Key, StoreDay]) -> None:
        for expires, part in self.shelves[source].take(quantity):
            self.shelves[target].put(expires, part)
            books[source].moved -= part
            books[target].moved += part

    def _order(self, day: date, wanted: Mapping[Key, int]) -> None:
        for item, days in sorted(self.reserve.items()):
            self.lately[item].append(sum(quantity for (_store, what), quantity in wanted.items() if what == item))
            need = days * sum(self.lately[item]) / len(self.lately[item])
            held = sum(shelf.held for (_store, what), shelf in self.shelves.items() if what == item)
            ordered = sum(items.get(item, 0) for items in self.coming.values())
            lacking = math.ceil(need - held - ordered)
            for term in self.terms:
                if term.item == item and lacking > 0:
                    part = min(term.per_day, lacking)
                    self.coming[day + timedelta(days=max(term.lead_days, 1))][item] += part
                    lacking -= part


def _parts(lacking: Mapping[Key, int], free: int) -> dict[Key, int]:
    """What each gets of `free`: all that it lacks, or its share by largest remainder."""
    whole = sum(lacking.values())
    if whole <= free:
        return dict(lacking)
    exact = {key: free * lack / whole for key, lack in lacking.items()}
    parts = {key: math.floor(share) for key, share in exact.items()}
    rest = sorted(exact, key=lambda key: (parts[key] - exact[key], key))
    for key in rest[: free - sum(parts.values())]:
        parts[key] += 1
    return parts
