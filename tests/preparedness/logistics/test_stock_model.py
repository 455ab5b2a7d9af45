"""Any order of receipts, issues and transfers gives what a plain count of lots gives."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muster.preparedness.logistics import queries, services
from muster.preparedness.logistics.ledger import check_book
from muster.preparedness.logistics.models import StockEntry
from muster.preparedness.logistics.rows import Delivery, Issue, Transfer
from tests.preparedness.logistics.stock import NOON, storekeeper

STORES = ("STORE-CENTRAL", "STORE-NORTH")
LOTS = {"A": date(2020, 2, 1), "B": date(2020, 1, 21), "C": date(2020, 1, 19)}
MINUTE = timedelta(minutes=1)

step = st.one_of(
    st.tuples(st.just("receive"), st.sampled_from(STORES), st.sampled_from(sorted(LOTS)), st.integers(1, 20)),
    st.tuples(st.just("issue"), st.sampled_from(STORES), st.just(""), st.integers(1, 30)),
    st.tuples(st.just("transfer"), st.sampled_from(STORES), st.just(""), st.integers(1, 30)),
)


class PlainCount:
    """Boxes in rooms: the model that the stock book is held against."""

    def __init__(self) -> None:
        self.rooms: dict[str, dict[str, int]] = {store: defaultdict(int) for store in STORES}

    def usable(self, store: str) -> list[str]:
        good = [lot for lot, until in LOTS.items() if until >= date(2020, 1, 20) and self.rooms[store][lot]]
        return sorted(good, key=LOTS.__getitem__)

    def take(self, store: str, quantity: int, target: str | None = None) -> bool:
        if sum(self.rooms[store][lot] for lot in self.usable(store)) < quantity:
            return False
        for lot in self.usable(store):
            part = min(quantity, self.rooms[store][lot])
            self.rooms[store][lot] -= part
            quantity -= part
            if target is not None:
                self.rooms[target][lot] += part
        return True

    def totals(self) -> dict[tuple[str, str], int]:
        sums = {(store, "kn95"): sum(room.values()) for store, room in self.rooms.items()}
        return {key: total for key, total in sums.items() if total}


def other(store: str) -> str:
    return STORES[1 - STORES.index(store)]


def do(kind: str, store: str, lot: str, quantity: int, moment: object) -> bool:
    """One step in the real book; False when the store did not hold enough."""
    by = storekeeper(moment)  # type: ignore[arg-type]
    try:
        if kind == "receive":
            services.stock_receive(by=by, rows=[Delivery(store, "kn95", quantity, lot, LOTS[lot])])
        elif kind == "issue":
            services.stock_issue(by=by, rows=[Issue(store, "kn95", quantity)])
        else:
            services.stock_transfer(by=by, rows=[Transfer(store, other(store), "kn95", quantity)])
    except services.StockMissing:
        return False
    return True


def agrees_with_a_plain_count(steps: list[tuple[str, str, str, int]]) -> None:
    model = PlainCount()
    for number, (kind, store, lot, quantity) in enumerate(steps):
        moment = NOON + number * MINUTE
        if kind == "receive":
            model.rooms[store][lot] += quantity
            expected = True
        else:
            expected = model.take(store, quantity, other(store) if kind == "transfer" else None)
        assert do(kind, store, lot, quantity, moment) == expected
        assert queries.balances(as_of=moment) == model.totals()
    assert check_book().unbalanced == []
    assert all(lot.quantity > 0 for lot in queries.lot_balances(as_of=NOON + len(steps) * MINUTE))


@pytest.mark.usefixtures("stores")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, max_size=12))
def test_the_book_agrees_with_a_plain_count(steps: list[tuple[str, str, str, int]]) -> None:
    with transaction.atomic():
        assert not StockEntry.objects.exists(), "each example begins with an empty book"
        agrees_with_a_plain_count(steps)
        transaction.set_rollback(True)
