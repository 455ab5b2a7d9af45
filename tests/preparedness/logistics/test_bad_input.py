"""What a storekeeper or a program may send by mistake: a clear answer, and nothing in the book."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from muster.kernel import clock
from muster.kernel.texts import TextUnreadable
from muster.preparedness.logistics import services
from muster.preparedness.logistics.models import StockEntry
from muster.preparedness.logistics.rows import Delivery
from tests.kernel.organisation.browser import reader
from tests.preparedness.logistics.stock import storekeeper

pytestmark = pytest.mark.usefixtures("stores")
CENTRAL = "STORE-CENTRAL"
GOOD = {"store": CENTRAL, "item": "kn95", "quantity": "5", "lot": "L1", "expires_on": "2099-01-01", "reason": "order"}


@pytest.fixture
def keeper() -> Client:
    return reader("logistics_officer")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("store", "NOWHERE", "Select a valid choice"),
        ("item", "", "required"),
        ("quantity", "1.5", "whole number"),
        ("quantity", "-1", "greater than or equal to 1"),
        ("quantity", "9" * 40, "less than or equal to"),
        ("quantity", "five", "whole number"),
        ("lot", "L" * 10_000, "at most 40 characters"),
        ("lot", "L\u202e1", "hidden control characters"),
        ("expires_on", "2026-02-30", "valid date"),
        ("expires_on", "0001-01-01", "check the year"),
        ("reason", "   ", "required"),
        ("reason", "长" * 10_000, "at most 200 characters"),
    ],
)
def test_a_form_says_what_is_wrong_with_which_field_and_enters_nothing(
    keeper: Client, field: str, value: str, said: str
) -> None:
    answer = keeper.post(reverse("logistics:receive"), {**GOOD, field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not StockEntry.objects.exists()


def test_what_a_chat_program_adds_unseen_is_taken_off(keeper: Client) -> None:
    keeper.post(reverse("logistics:receive"), {**GOOD, "lot": "L\u200b1", "reason": " order\u00a07 \ufeff"})
    line = StockEntry.objects.get()
    assert (line.lot, line.reason) == ("L1", "order 7")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", 10**30),
        ("quantity", services.MOST + 1),
        ("lot", "L" * 41),
        ("reason", "r" * 201),
        ("reason", "a\0b"),
        ("lot", "\u202eL"),
    ],
)
def test_the_api_refuses_what_the_form_would_refuse(keeper: Client, field: str, value: Any) -> None:
    row = {**GOOD, "quantity": 5, field: value}
    answer = keeper.post(reverse("api:logistics_receive"), json.dumps([row]), content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["what"]
    assert not StockEntry.objects.exists()


def test_one_text_that_cannot_be_stored_and_no_row_of_the_delivery_is_entered() -> None:
    rows = [Delivery(CENTRAL, "goggles", 1, reason="ok"), Delivery(CENTRAL, "goggles", 1, reason="r" * 201)]
    with pytest.raises(TextUnreadable):
        services.stock_receive(by=storekeeper(), rows=rows)
    assert not StockEntry.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "yesterday", "=1+1"])
def test_whatever_day_is_asked_for_the_stock_is_shown(keeper: Client, day: str) -> None:
    assert keeper.get(reverse("logistics:stock"), {"day": day}).status_code == 200


def test_a_moment_before_all_books_is_empty_and_no_fault(keeper: Client) -> None:
    services.stock_receive(by=storekeeper(), rows=[Delivery(CENTRAL, "goggles", 1, reason="ok")])
    for moment in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59+14:00"):
        assert keeper.get(reverse("api:logistics_stock"), {"as_of": moment}).status_code == 200
    before = keeper.get(reverse("api:logistics_lots"), {"as_of": "0001-01-01T00:00:00Z"}).json()
    assert before == []


def test_stock_that_has_expired_meanwhile_may_still_stand_in_an_older_delivery() -> None:
    yesterday = (clock.now() - timedelta(days=1)).date()
    row = Delivery(CENTRAL, "kn95", 1, lot="OLD", expires_on=yesterday, at=clock.now() - timedelta(days=9), reason="x")
    assert services.stock_receive(by=storekeeper(clock.now()), rows=[row]) == 1
