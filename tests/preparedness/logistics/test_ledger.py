"""The check of the book finds what does not balance, and nothing else."""

from __future__ import annotations

import json
from datetime import date
from uuid import uuid4

import pytest

from muster.cli import main
from muster.preparedness.logistics import queries, services
from muster.preparedness.logistics.ledger import BALANCE, BELOW_ZERO, TRANSFER, check_book
from muster.preparedness.logistics.models import Item, StockBalance, StockEntry, Store
from muster.preparedness.logistics.rows import Delivery, Issue, Transfer
from tests.preparedness.logistics.stock import HOUR, NOON, storekeeper

pytestmark = pytest.mark.usefixtures("stores")
CENTRAL, NORTH = "STORE-CENTRAL", "STORE-NORTH"


def an_honest_book() -> None:
    row = Delivery(CENTRAL, "kn95", 100, lot="A", expires_on=date(2021, 1, 1))
    services.stock_receive(by=storekeeper(), rows=[row, Delivery(CENTRAL, "goggles", 10)])
    moves = [Transfer(CENTRAL, NORTH, "kn95", 30), Transfer(CENTRAL, NORTH, "goggles", 2)]
    services.stock_transfer(by=storekeeper(NOON + HOUR), rows=moves)
    services.stock_issue(by=storekeeper(NOON + 2 * HOUR), rows=[Issue(NORTH, "kn95", 30)])


def forge(quantity: int, store: str = NORTH, **more: object) -> None:
    """A line that no service would write."""
    StockEntry.objects.create(
        store=Store.objects.get(code=store),
        item=Item.objects.get(code="goggles"),
        quantity=quantity,
        at=NOON + HOUR / 2,
        reason="forged",
        **more,
    )


def named() -> dict[str, tuple[str, str, int]]:
    """What the check says, one of each kind."""
    found = check_book().unbalanced
    assert len({one.what for one in found}) == len(found)
    return {one.what: (one.item, one.store, one.quantity) for one in found}


def test_an_honest_book_balances() -> None:
    an_honest_book()
    found = check_book()
    assert (found.items, found.entries, found.transfers, found.unbalanced) == (2, 7, 2, [])


def test_a_lot_that_gave_more_than_it_had_is_named_even_if_it_was_filled_later() -> None:
    an_honest_book()
    forge(-1)
    found = named()
    assert found[BELOW_ZERO] == ("goggles", NORTH, -1)
    assert found[BALANCE] == ("goggles", NORTH, 1), "no balance knew of the line"


def test_a_transfer_of_which_something_got_lost_is_named() -> None:
    an_honest_book()
    forge(5, transfer=uuid4())
    (item, _transfer, quantity) = named()[TRANSFER]
    assert (item, quantity) == ("goggles", 5)


def test_a_transfer_from_a_store_to_itself_is_refused() -> None:
    an_honest_book()
    with pytest.raises(services.TransferInvalid):
        services.stock_transfer(by=storekeeper(), rows=[Transfer(CENTRAL, CENTRAL, "goggles", 1)])


def test_the_command_line_tells_the_check_as_one_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    an_honest_book()
    assert main(["ledger", "check", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["items"], told["transfers"], told["unbalanced"]) == (2, 2, [])
    forge(-9)
    assert main(["ledger", "check", "--json"]) == 1
    whats = [one["what"] for one in json.loads(capsys.readouterr().out)["unbalanced"]]
    assert whats == [BELOW_ZERO, BALANCE]
    assert main(["ledger", "check"]) == 1
    assert "goggles" in capsys.readouterr().out


@pytest.mark.parametrize("change", [{"quantity": 71}, {"lot": "B"}, {"expires_on": None}])
def test_a_balance_that_somebody_changed_is_named_and_counted_anew(change: dict[str, object]) -> None:
    an_honest_book()
    StockBalance.objects.filter(item__code="kn95", store__code=CENTRAL).update(**change)
    assert {one.what for one in check_book().unbalanced} == {BALANCE}
    assert sum(one.quantity for one in check_book().unbalanced) == (1 if "quantity" in change else 0)
    assert main(["ledger", "restate"]) == 0
    assert check_book().unbalanced == []
    assert queries.balances(as_of=NOON + 2 * HOUR)[CENTRAL, "kn95"] == 70
    assert services.balances_restate(by=storekeeper()) == 0


def test_a_balance_that_is_lost_is_named_and_counted_anew() -> None:
    an_honest_book()
    StockBalance.objects.filter(item__code="goggles", store__code=NORTH).delete()
    assert named() == {BALANCE: ("goggles", NORTH, -2)}
    assert services.balances_restate(by=storekeeper()) == 1
    assert check_book().unbalanced == []
