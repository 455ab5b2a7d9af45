"""Items and stores are added and changed: by page, from a file, over HTTP; never half, never against the book."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from muster.preparedness.logistics import services
from muster.preparedness.logistics.models import Item, Store
from muster.preparedness.logistics.rows import Delivery, ItemRow, StoreRow
from tests.kernel.organisation.browser import reader
from tests.preparedness.logistics.stock import storekeeper

pytestmark = pytest.mark.usefixtures("stores")
HEAD = "code,name_zh,unit_of_issue,expires\n"
FINE = "rope,绳,piece,no\n"


@pytest.fixture
def keeper() -> Client:
    found = reader("logistics_officer")
    found.cookies["django_language"] = "en"
    return found


def items() -> dict[str, tuple[str, str, bool]]:
    return {one.code: (one.name_en, one.unit_of_issue, one.expires) for one in Item.objects.all()}


def look_at(client: Client, kind: str, text: str) -> str:
    file = SimpleUploadedFile("rows.csv", text.encode())
    return client.post(reverse("logistics:import"), {"kind": kind, "file": file}).content.decode()


def confirm(client: Client, page: str) -> int:
    (signed,) = re.findall(r'name="signed" value="([^"]+)"', page)
    given = {"signed": signed, "command_id": str(uuid4())}
    return client.post(reverse("logistics:import_confirm"), given).status_code


def test_an_item_is_added_and_changed_on_its_page(keeper: Client) -> None:
    tape = {"code": "tape", "name_zh": "警戒带", "name_en": "Cordon tape", "unit_of_issue": "piece"}
    assert keeper.post(reverse("logistics:add_item"), tape).status_code == 302
    assert items()["tape"] == ("Cordon tape", "piece", False)
    assert "Cordon tape" in keeper.get(reverse("logistics:register")).content.decode()
    changed = {"code": "kn95", "name_zh": "警戒带", "name_en": "Tape", "unit_of_issue": "set", "expires": "on"}
    assert keeper.post(reverse("logistics:change_item", args=["tape"]), changed).status_code == 302
    assert items()["tape"] == ("Tape", "set", True)
    assert items()["kn95"] == ("KN95 mask", "piece", True), "the code of a row that exists is not what a form says"


def test_a_new_item_with_a_code_that_is_taken_changes_nobody(keeper: Client) -> None:
    before = items()
    again = {"code": "kn95", "name_zh": "别物", "unit_of_issue": "set"}
    assert keeper.post(reverse("logistics:add_item"), again).status_code == 422
    assert items() == before


def test_an_item_in_the_book_keeps_its_unit_wherever_one_tries(keeper: Client) -> None:
    services.stock_receive(by=storekeeper(), rows=[Delivery("STORE-CENTRAL", "goggles", 3)])
    with pytest.raises(services.UnitOfIssueInvalid):
        services.items_set(by=storekeeper(), rows=[ItemRow("goggles", "护目镜", "Goggles", "pair", expires=False)])
    assert "another unit" in look_at(keeper, "items", "code,unit_of_issue\ngoggles,pair\n")
    assert items()["goggles"][1] == "piece"


def test_a_new_central_store_takes_the_place_of_the_one_before(keeper: Client) -> None:
    north = {"name_zh": "北库", "name_en": "North store", "unit": "SB-NORTH", "is_central": "on"}
    assert keeper.post(reverse("logistics:change_store", args=["STORE-NORTH"]), north).status_code == 302
    assert list(Store.objects.filter(is_central=True).values_list("code", flat=True)) == ["STORE-NORTH"]


def test_a_file_shows_what_it_would_do_and_does_it_when_confirmed(keeper: Client) -> None:
    page = look_at(keeper, "items", "编码,名称,计量单位,有有效期\ntape,警戒带,件,否\nkn95,防护口罩,,\n")
    before = items()
    assert "tape" in page
    assert "tape" not in before
    assert confirm(keeper, page) == 302
    assert items() == before | {"tape": ("警戒带", "piece", False)}
    assert Item.objects.get(code="kn95").name_zh == "防护口罩"


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("items", f"{HEAD}tape,警戒带,box,no\n{FINE}", "Use one of these words"),
        ("items", f"{HEAD}t ape,警戒带,piece,no\n{FINE}", "not a code"),
        ("items", "code,name_zh\nrope,绳\n", "needs this value"),
        ("stores", "code,name_zh,unit\nSTORE-S,南库,NOWHERE\n", "not known"),
        ("stores", "code,name_zh,unit,is_central\nSTORE-S,南库,SB-SOUTH,yes\n", "one central store"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_of_the_file_is_done(keeper: Client, kind: str, text: str, told: str) -> None:
    before = (items(), Store.objects.count())
    page = look_at(keeper, kind, text)
    assert told in page
    assert 'name="signed"' not in page
    assert (items(), Store.objects.count()) == before


def test_rows_that_somebody_made_up_are_not_loaded(keeper: Client) -> None:
    before = items()
    assert keeper.post(reverse("logistics:import_confirm"), {"signed": '["items",[]]'}).status_code == 422
    assert items() == before


def send(client: Client, name: str, rows: list[dict[str, Any]]) -> int:
    return client.post(
        reverse(f"api:logistics_{name}"),
        json.dumps(rows),
        content_type="application/json",
        headers={"x-command-id": str(uuid4())},
    ).status_code


def test_a_program_reads_adds_and_changes_items_and_stores(keeper: Client) -> None:
    tape = {"code": "tape", "name_zh": "警戒带", "expires": False}
    assert send(keeper, "items", [tape]) == 201
    assert send(keeper, "stores", [{"code": "STORE-S", "name_zh": "南库", "unit": "SB-SOUTH"}]) == 201
    told = {one["code"]: one for one in keeper.get(reverse("api:logistics_items")).json()}
    assert told["tape"] == {**tape, "name_en": "警戒带", "unit_of_issue": "piece"}
    assert {one["unit"] for one in keeper.get(reverse("api:logistics_stores")).json()} == {
        "PSB",
        "SB-NORTH",
        "SB-SOUTH",
    }
    before, rope = items(), {"code": "rope", "name_zh": "绳"}
    for wrong in ({**rope, "code": "r ope"}, rope, {**rope, "code": "x", "unit_of_issue": "box"}):
        assert send(keeper, "items", [rope, wrong]) == 422
    assert items() == before


def test_only_a_logistics_officer_changes_items_and_stores() -> None:
    duty = reader("duty_officer")
    assert reverse("logistics:add_item") not in duty.get(reverse("logistics:register")).content.decode()
    for route in ("add_item", "add_store", "import", "import_confirm"):
        assert duty.post(reverse(f"logistics:{route}"), {}).status_code == 404
    assert send(duty, "stores", [{"code": "X", "name_zh": "x", "unit": "PSB"}]) == 404
    assert services.stores_set(by=storekeeper(), rows=[StoreRow("X", "新库", "", "PSB")]) == {"added": 1, "changed": 0}
