"""The stock book: what comes in, goes out and moves, and is never less than nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from muster.kernel.commands import Actor, NotPermitted
from muster.kernel.organisation.codes import CodeUnknown
from muster.preparedness.logistics import queries, services
from muster.preparedness.logistics.models import StockEntry
from muster.preparedness.logistics.rows import Delivery, Issue, SupplyTermRow, Transfer
from tests.preparedness.logistics.stock import DAY, HOUR, NOON, storekeeper

pytestmark = pytest.mark.usefixtures("stores")
CENTRAL, NORTH = "STORE-CENTRAL", "STORE-NORTH"


def receive(quantity: int, *, lot: str = "A", until: date | None = date(2021, 1, 1), at: object = None) -> None:
    row = Delivery(CENTRAL, "kn95", quantity, lot=lot, expires_on=until, at=at)  # type: ignore[arg-type]
    services.stock_receive(by=storekeeper(), rows=[row])


def issue(quantity: int, store: str = CENTRAL) -> None:
    services.stock_issue(by=storekeeper(), rows=[Issue(store, "kn95", quantity)], at=NOON + HOUR)


def balance(store: str = CENTRAL) -> int:
    return queries.balances(as_of=NOON + DAY, store=store).get((store, "kn95"), 0)


def test_what_came_in_less_what_went_out_is_there() -> None:
    receive(100)
    issue(30)
    assert balance() == 70


def test_the_balance_can_be_asked_for_any_moment() -> None:
    receive(100)
    issue(30)
    assert queries.balances(as_of=NOON) == {(CENTRAL, "kn95"): 100}
    assert queries.balances(as_of=NOON - HOUR) == {}


def test_a_store_never_gives_more_than_it_has() -> None:
    receive(10)
    with (
        translation.override("en"),
        pytest.raises(services.StockMissing, match=r"Central store · KN95 mask.*at most 10"),
    ):
        issue(11)
    assert balance() == 10


def test_one_row_too_many_and_nothing_is_entered() -> None:
    receive(10)
    rows = [Issue(CENTRAL, "kn95", 6), Issue(CENTRAL, "kn95", 6)]
    with pytest.raises(services.StockMissing):
        services.stock_issue(by=storekeeper(), rows=rows)
    assert balance() == 10


def test_what_is_promised_for_later_cannot_be_taken_earlier() -> None:
    receive(10)
    services.stock_issue(by=storekeeper(), rows=[Issue(CENTRAL, "kn95", 8)], at=NOON + 2 * HOUR)
    with pytest.raises(services.StockMissing):
        issue(3)


def test_the_lot_that_expires_first_goes_first() -> None:
    receive(5, lot="late", until=date(2022, 1, 1))
    receive(5, lot="soon", until=date(2020, 3, 1))
    issue(7)
    left = queries.lot_balances(as_of=NOON + DAY)
    assert [(lot.lot, lot.quantity) for lot in left] == [("late", 3)]


def test_an_expired_lot_is_on_the_book_and_cannot_be_issued() -> None:
    receive(5, until=date(2020, 1, 19))
    assert balance() == 5
    assert queries.usable_balances(as_of=NOON) == {}
    with pytest.raises(services.StockMissing):
        issue(1)


def test_a_lot_may_be_used_on_its_last_day() -> None:
    receive(5, until=date(2020, 1, 20))
    issue(5)
    assert balance() == 0


def test_an_item_that_expires_does_not_come_in_without_its_day() -> None:
    with pytest.raises(services.LotExpiryMissing, match="A"):
        receive(5, until=None)


@pytest.mark.parametrize("quantity", [0, -1, 1.5, True])
def test_only_whole_quantities_above_zero_come_in(quantity: int) -> None:
    with pytest.raises(services.QuantityInvalid):
        receive(quantity)


def test_a_transfer_moves_the_lot_and_nothing_is_lost() -> None:
    receive(10)
    rows = [Transfer(CENTRAL, NORTH, "kn95", 4)]
    services.stock_transfer(by=storekeeper(), rows=rows, at=NOON + HOUR)
    assert (balance(), balance(NORTH)) == (6, 4)
    assert {lot.lot for lot in queries.lot_balances(as_of=NOON + DAY)} == {"A"}


def test_an_unknown_store_is_named() -> None:
    with pytest.raises(CodeUnknown, match="STORE-NOWHERE"):
        issue(1, "STORE-NOWHERE")


def test_only_a_logistics_officer_moves_stock() -> None:
    commander = Actor("account:3", frozenset({"commander"}), now=NOON)
    with pytest.raises(NotPermitted):
        services.stock_issue(by=commander, rows=[Issue(CENTRAL, "kn95", 1)])


def test_a_command_sent_twice_is_entered_once() -> None:
    receive(10)
    by = storekeeper()
    for _again in range(2):
        services.stock_issue(by=by, rows=[Issue(CENTRAL, "kn95", 4)], at=NOON)
    assert balance() == 6


def test_the_database_refuses_to_change_a_line() -> None:
    receive(10)
    with pytest.raises(DatabaseError), transaction.atomic():
        StockEntry.objects.update(quantity=1_000)
    assert balance() == 10


def test_a_new_supply_term_replaces_the_old_one() -> None:
    for per_day in (500, 200):
        services.supply_terms_add(by=storekeeper(), rows=[SupplyTermRow("S1", "kn95", 3, per_day)])
    assert queries.supply_terms() == [queries.Term("S1", "kn95", 3, 200)]
