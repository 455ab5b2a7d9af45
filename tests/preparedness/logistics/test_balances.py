"""Balances beside the book: what they come to at any moment, and what happens when two take the last box."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection, connections

from muster.preparedness.logistics import queries, services
from muster.preparedness.logistics.ledger import check_book
from muster.preparedness.logistics.models import StockBalance
from muster.preparedness.logistics.rows import Delivery, Issue, Transfer
from tests.preparedness.logistics.stock import DAY, HOUR, NOON, storekeeper

pytestmark = pytest.mark.usefixtures("stores")
CENTRAL, NORTH = "STORE-CENTRAL", "STORE-NORTH"
KEEPERS = 8
crowd = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]


def receive(quantity: int, at: object = NOON, lot: str = "A") -> None:
    row = Delivery(CENTRAL, "kn95", quantity, lot, date(2021, 1, 1), at=at)  # type: ignore[arg-type]
    services.stock_receive(by=storekeeper(), rows=[row])


def issue(quantity: int, at: object = NOON) -> None:
    services.stock_issue(by=storekeeper(), rows=[Issue(CENTRAL, "kn95", quantity)], at=at)  # type: ignore[arg-type]


def test_each_moment_has_the_balance_that_the_lines_up_to_it_come_to() -> None:
    moves = [(0, 50), (1, -20), (2, 7), (3, -37)]
    for day, quantity in moves:
        (receive if quantity > 0 else issue)(abs(quantity), NOON + day * DAY)
    for day, _ in moves:
        told = queries.balances(as_of=NOON + day * DAY + HOUR).get((CENTRAL, "kn95"), 0)
        assert told == sum(quantity for when, quantity in moves if when <= day)
    assert not StockBalance.objects.exists(), "a lot that is used up takes no place"


def test_what_is_promised_for_tomorrow_is_not_there_today_and_not_taken_twice() -> None:
    receive(10)
    receive(5, NOON + DAY)
    issue(8, NOON + 2 * DAY)
    assert queries.balances(as_of=NOON + HOUR)[CENTRAL, "kn95"] == 10
    with pytest.raises(services.StockMissing, match="7"):
        issue(8, NOON + HOUR)  # 15 by tomorrow, of which 8 are spoken for
    issue(7, NOON + HOUR)
    assert check_book().unbalanced == []


def all_at_once(do: Callable[[int], None]) -> int:
    """How many of the keepers got what they asked for."""
    start = Barrier(KEEPERS)

    def one(number: int) -> bool:
        start.wait()
        try:
            do(number)
        except services.StockMissing:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(KEEPERS) as pool:
        return sum(pool.map(one, range(KEEPERS)))


class TestCrowd:
    """Several keepers at the same moment, each with a connection of his own."""

    pytestmark = crowd

    def test_the_last_boxes_go_to_as_many_as_there_are_boxes(self) -> None:
        receive(3)
        assert all_at_once(lambda _: issue(1, NOON + HOUR)) == 3
        assert queries.balances(as_of=NOON + DAY) == {}
        assert check_book().unbalanced == []

    def test_two_stores_that_send_each_other_stock_neither_lock_up_nor_lose_any(self) -> None:
        receive(40)
        services.stock_transfer(by=storekeeper(), rows=[Transfer(CENTRAL, NORTH, "kn95", 20)])

        def send(number: int) -> None:
            ends = (CENTRAL, NORTH) if number % 2 else (NORTH, CENTRAL)
            services.stock_transfer(by=storekeeper(NOON + HOUR), rows=[Transfer(*ends, "kn95", 5)])

        assert all_at_once(send) == KEEPERS
        assert sum(queries.balances(as_of=NOON + DAY).values()) == 40
        assert check_book().unbalanced == []

    def test_deliveries_of_one_new_lot_at_the_same_moment_all_count(self) -> None:
        assert all_at_once(lambda number: receive(number + 1)) == KEEPERS
        assert queries.balances(as_of=NOON + timedelta(hours=2)) == {(CENTRAL, "kn95"): sum(range(1, KEEPERS + 1))}
        assert check_book().unbalanced == []
