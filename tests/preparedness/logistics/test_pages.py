"""The pages and the API of the stock."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from muster.kernel import clock
from muster.preparedness.logistics import holdings, queries, services
from muster.preparedness.logistics.rows import Delivery, Issue, Transfer
from tests.kernel.organisation.browser import reader
from tests.preparedness.logistics.stock import DAY, NOON, storekeeper

pytestmark = pytest.mark.usefixtures("stores")
CENTRAL, NORTH = "STORE-CENTRAL", "STORE-NORTH"


@pytest.fixture
def stocked() -> None:
    services.stock_receive(
        by=storekeeper(),
        rows=[
            Delivery(CENTRAL, "kn95", 700, lot="A", expires_on=date(2020, 2, 1)),
            Delivery(CENTRAL, "kn95", 50, lot="OLD", expires_on=date(2020, 1, 1)),
            Delivery(CENTRAL, "goggles", 10),
        ],
    )
    services.stock_transfer(by=storekeeper(NOON + DAY), rows=[Transfer(CENTRAL, NORTH, "kn95", 100)])
    services.stock_issue(by=storekeeper(NOON + 2 * DAY), rows=[Issue(NORTH, "kn95", 70, "checkpoint")])


def page(client: Client, name: str, *args: str, **query: str) -> str:
    answer = client.get(reverse(f"logistics:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_days_of_supply_come_from_the_use_of_the_last_week(stocked: None) -> None:
    (kn95,) = [one for one in holdings.holdings(as_of=NOON + 3 * DAY) if one.item.code == "kn95"]
    assert (kn95.total, kn95.usable, kn95.expired, kn95.expiring) == (680, 630, 50, 630)
    assert (kn95.per_day, kn95.days, kn95.first_expiry) == (10.0, 63, date(2020, 2, 1))
    (north,) = holdings.holdings(as_of=NOON + 3 * DAY, store=NORTH)
    assert (north.usable, north.days) == (30, 3)
    (later,) = holdings.holdings(as_of=NOON + timedelta(days=11), store=NORTH)
    assert later.days is None, "nothing was used in the last week"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_opens_with_stock_and_without(stocked: None, language: str) -> None:
    duty = reader("duty_officer", language=language)
    shown = page(duty, "stock")
    assert ("KN95 mask" if language == "en" else "口罩") in shown
    assert "OLD" in page(duty, "store", CENTRAL)
    assert "checkpoint" in page(duty, "book", store=NORTH, item="kn95")
    assert "m-empty" in page(duty, "book", store="NOWHERE")
    assert duty.get(reverse("logistics:store", args=["NOWHERE"])).status_code == 404


def test_only_a_logistics_officer_is_offered_and_may_use_the_forms() -> None:
    for role, status in (("logistics_officer", 200), ("duty_officer", 404), ("partner_liaison", 404)):
        client = reader(role)
        for name in ("receive", "issue", "transfer"):
            assert client.get(reverse(f"logistics:{name}")).status_code == status
    assert reverse("logistics:issue") not in page(reader("commander"), "stock")
    assert reader("partner_liaison", "field_officer").get(reverse("logistics:stock")).status_code == 200


def test_stock_is_received_issued_and_moved_by_the_forms() -> None:
    keeper = reader("logistics_officer")

    def send(name: str, **form: Any) -> int:
        facts = {"command_id": str(uuid4()), "item": "kn95", "reason": "x", **form}
        return keeper.post(reverse(f"logistics:{name}"), facts, follow=True).status_code

    assert send("receive", store=CENTRAL, quantity=100, lot="A", expires_on="2099-01-01") == 200
    assert send("receive", store=CENTRAL, quantity=5, lot="B") == 422, "an item that expires needs its day"
    assert send("receive", store=CENTRAL, quantity=0, lot="B", expires_on="2099-01-01") == 422
    assert send("transfer", source=CENTRAL, target=NORTH, quantity=40) == 200
    assert send("transfer", source=CENTRAL, target=CENTRAL, quantity=40) == 422
    assert send("issue", store=NORTH, quantity=30) == 200
    assert send("issue", store=NORTH, quantity=30) == 422, "there are ten left"
    assert queries.balances(as_of=clock.now()) == {(CENTRAL, "kn95"): 60, (NORTH, "kn95"): 10}


def test_the_api_tells_the_same_and_answers_commands_with_receipts(stocked: None) -> None:
    keeper = reader("logistics_officer")
    then = (NOON + 3 * DAY).isoformat()

    def get(name: str, **query: str) -> Any:
        answer = keeper.get(reverse(f"api:logistics_{name}"), query)
        assert answer.status_code == 200
        return answer.json()

    told = {one["item"]: one for one in get("stock", as_of=then)}
    assert (told["kn95"]["usable"], told["kn95"]["days"]) == (630, 63)
    assert {lot["lot"] for lot in get("lots", item="kn95", store=CENTRAL)} == {"A", "OLD"}
    assert get("check")["unbalanced"] == []
    row = [{"store": CENTRAL, "item": "goggles", "quantity": 3, "reason": "x"}]
    head = {"x-command-id": str(uuid4())}
    order = (reverse("api:logistics_issue"), json.dumps(row))
    answers = [keeper.post(*order, content_type="application/json", headers=head) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 200]
    assert answers[0].content == answers[1].content
    too_many = json.dumps([{**row[0], "quantity": 99}])
    refused = keeper.post(order[0], too_many, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "StockMissing")
    assert reader("duty_officer").post(*order, content_type="application/json").status_code == 404
