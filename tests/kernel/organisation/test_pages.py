"""The pages of the organisation: what they show, to whom, and that names stay hidden until asked for."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from muster.kernel.audit.models import Leaf
from muster.kernel.organisation import services
from muster.kernel.organisation.models import Area, ImportPreview, Person, Site, Unit
from muster.kernel.organisation.rows import TeamRow
from tests.kernel.organisation.browser import reader
from tests.kernel.organisation.town import keeper

NAMES = ("张一", "李二", "王三", "赵四", "钱五")
READ = [
    ("units", []),
    ("unit", ["ST-001"]),
    ("unit", ["PSB"]),
    ("people", []),
    ("person", ["P0001"]),
    ("roles", []),
    ("role", ["R-CHIEF", "PSB"]),
    ("teams", []),
    ("areas", []),
    ("sites", []),
    ("site", ["CP-01"]),
]


@pytest.fixture
def duty(transactional_db: None, a_town: None) -> Client:
    return reader("duty_officer")


def page(client: Client, name: str, *args: str, **query: str) -> str:
    answer = client.get(reverse(f"organisation:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, *args: str, **form: object):  # type: ignore[no-untyped-def]
    return client.post(reverse(f"organisation:{name}", args=args), {"command_id": str(uuid4()), **form}, follow=True)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("name", "args"), READ)
def test_no_page_shows_a_name_by_itself(a_town: None, name: str, args: list[str], language: str) -> None:
    text = page(reader("duty_officer", language=language), name, *args, number="P")
    assert not [one for one in NAMES if one in text]


def test_the_tree_counts_people_with_everything_below(a_town: None) -> None:
    rows = re.findall(r"<tr>.*?</tr>", page(reader("auditor"), "units"), re.S)
    (bureau,) = [row for row in rows if ">PSB<" in row]
    assert re.findall(r'm-number">(\d+)', bureau) == ["4", "1", "1"]


def test_an_empty_bureau_says_what_to_do(db: None) -> None:
    duty = reader("duty_officer")
    assert reverse("organisation:import") in page(duty, "units")
    for name in ("roles", "areas", "sites"):
        assert "m-empty" in page(duty, name)


@pytest.mark.parametrize(("name", "args"), READ)
def test_partners_and_administrators_find_nothing_there(a_town: None, name: str, args: list[str]) -> None:
    for role in ("partner_liaison", "security_administrator"):
        assert reader(role).get(reverse(f"organisation:{name}", args=args)).status_code == 404


@pytest.mark.parametrize(("name", "code"), [("unit", "X"), ("person", "X"), ("site", "X")])
def test_what_is_not_there_is_not_found(a_town: None, name: str, code: str) -> None:
    assert reader("duty_officer").get(reverse(f"organisation:{name}", args=[code])).status_code == 404


def test_people_are_found_by_the_beginning_of_their_number_only(a_town: None) -> None:
    duty = reader("duty_officer")
    assert "P0004" in page(duty, "people", number="p000")
    for number in ("", "0004", "张"):
        assert "P0004" not in page(duty, "people", number=number)


@pytest.mark.parametrize(
    ("route", "purpose"), [("reach_person", "emergency_response"), ("correct_person", "keep_organisation")]
)
def test_a_name_is_shown_for_a_purpose_and_the_log_has_it_first(duty: Client, route: str, purpose: str) -> None:
    answer = post(duty, route, "P0001")
    assert "张一" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    leaf = Leaf.objects.filter(kind="read").latest("pk")
    assert purpose in str(leaf.content)
    assert "张一" not in str(leaf.content)


def test_who_has_no_business_with_names_is_not_offered_them_and_gets_nothing(
    transactional_db: None, a_town: None
) -> None:
    training = reader("training_officer")
    assert reverse("organisation:reach_person", args=["P0001"]) not in page(training, "person", "P0001")
    assert post(training, "reach_person", "P0001").status_code == 404
    assert training.get(reverse("organisation:reach_person", args=["P0001"])).status_code == 404


def test_a_station_chief_reaches_his_own_people_only(transactional_db: None, a_town: None) -> None:
    chief = reader("station_chief", person="P0002")
    assert "张一" in post(chief, "reach_person", "P0001").content.decode()
    assert post(chief, "reach_person", "P0004").status_code == 404
    assert reverse("organisation:reach_person", args=["P0004"]) not in page(chief, "person", "P0004")


def test_people_are_lent_returned_transferred_and_leave(duty: Client) -> None:
    services.teams_add(by=keeper(), rows=[TeamRow("T-1", "专班", "Task force", "PSB")])
    assert post(duty, "lend_person", "P0001", team="T-1").status_code == 200
    assert "Task force" in page(duty, "person", "P0001")
    post(duty, "return_person", "P0001", team="T-1")
    post(duty, "transfer_person", "P0001", unit="ST-002")
    assert Person.objects.get(code="P0001").unit == Unit.objects.get(code="ST-002")
    post(duty, "person_leaves", "P0001")
    assert not Person.objects.get(code="P0001").active


def test_a_form_that_is_wrong_comes_back_with_its_reason(duty: Client) -> None:
    assert post(duty, "transfer_person", "P0001", unit="NOWHERE").status_code == 422
    answer = post(duty, "lend_person", "P0001", unit="ST-001")
    assert answer.status_code == 422
    assert "own" in answer.content.decode()
    assert post(duty, "close_unit", "ST-001").status_code == 422
    assert post(duty, "role", "R-CHIEF", "PSB", people="P0001 P0001").status_code == 422
    assert post(duty, "site", "CP-01", capacity="-1").status_code == 422


def test_a_role_is_filled_in_order_and_only_by_who_appoints(duty: Client) -> None:
    post(duty, "role", "R-CHIEF", "PSB", people="P0005\nP0001, P0004")
    text = page(duty, "role", "R-CHIEF", "PSB")
    assert text.index("P0005") < text.index("P0001") < text.index("P0004")
    plans = reader("plans_officer")
    assert post(plans, "role", "R-CHIEF", "PSB", people="P0001").status_code == 404
    assert "<textarea" not in page(plans, "role", "R-CHIEF", "PSB")
    assert "R-STATION" in page(plans, "roles", show="incomplete")


def test_a_site_changes_and_areas_get_boundaries(duty: Client) -> None:
    post(duty, "site", "CP-01", is_standing="on", is_active="on", capacity="12")
    assert Site.objects.get(code="CP-01").capacity == 12
    ring = "[[120,30],[120.2,30],[120.2,30.2],[120,30]]"
    feature = f'{{"properties": {{"code": "D-NORTH"}}, "geometry": {{"type": "Polygon", "coordinates": [{ring}]}}}}'
    good = SimpleUploadedFile("a.geojson", f'{{"features": [{feature}]}}'.encode())
    assert post(duty, "set_boundaries", file=good, datum="wgs84").status_code == 200
    assert Area.objects.get(code="D-NORTH").boundary["type"] == "Polygon"
    bad = SimpleUploadedFile("a.geojson", b"{}")
    assert post(duty, "set_boundaries", file=bad, datum="wgs84").status_code == 422


def upload(client: Client, content: bytes, name: str = "people.csv", kind: str = "people"):  # type: ignore[no-untyped-def]
    key = re.search(r'name="key" value="([^"]+)"', page(client, "import"))
    assert key is not None
    file = SimpleUploadedFile(name, content)
    return post(client, "import", file=file, kind=kind, datum="wgs84", key=key[1])


def test_a_file_is_looked_at_and_confirmed_in_the_browser(duty: Client) -> None:
    shown = upload(duty, "警号,身份,姓名,单位\nP9,民警,孙九,一所\n".encode("gbk")).content.decode()
    assert "P9" in shown
    assert "孙九" not in shown
    assert not Person.objects.filter(code="P9").exists()
    form = re.search(r'action="(/organisation/import/[^"]+/confirm/)".*?name="key" value="([^"]+)"', shown, re.S)
    assert form is not None
    again = {"command_id": str(uuid4()), "key": form[2]}
    for _ in range(2):  # pressed twice: one command
        assert duty.post(form[1], again, follow=True).status_code == 200
    assert Person.objects.get(code="P9").unit == Unit.objects.get(code="ST-001")
    assert post(duty, "import_confirm", str(ImportPreview.objects.get().pk), key=form[2]).status_code == 422
    assert "confirm/" not in page(duty, "import_preview", str(ImportPreview.objects.get().pk))


def test_problems_are_shown_row_by_row_and_cannot_be_confirmed(duty: Client) -> None:
    shown = upload(duty, b"code,kind,name,unit\nP9,officer,x,NOWHERE\n").content.decode()
    assert "NOWHERE" not in shown
    assert "confirm/" not in shown
    assert re.search(r">2</td>.*?unit", shown, re.S)


@pytest.mark.parametrize(("content", "name"), [(b"%PDF", "a.xlsx"), (b"x", "a.exe"), (b"a,b\n1,2\n", "a.csv")])
def test_a_file_that_cannot_be_used_is_told_on_the_form(duty: Client, content: bytes, name: str) -> None:
    answer = upload(duty, content, name)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_an_empty_table_with_the_headings_can_be_fetched(duty: Client) -> None:
    answer = duty.get(reverse("organisation:import_template", args=["people"]), headers={"accept-language": "zh-hans"})
    assert answer.content.decode("utf-8-sig").startswith("编码,身份,姓名")
    assert duty.get(reverse("organisation:import_template", args=["ghosts"])).status_code == 404


def test_only_keepers_import(a_town: None) -> None:
    commander = reader("commander")
    assert commander.get(reverse("organisation:import")).status_code == 404
    assert reverse("organisation:import") not in page(commander, "units")


def test_a_team_is_formed_filled_and_dissolved(duty: Client) -> None:
    assert "m-empty" in page(duty, "teams")
    formed = post(duty, "teams", code="T-1", name_zh="流调专班", name_en="", unit="PSB")
    assert formed.redirect_chain[-1][0] == reverse("organisation:team", args=["T-1"])
    assert post(duty, "teams", code="T-1", name_zh="又一个", unit="PSB").status_code == 422
    assert post(duty, "teams", code="no code", name_zh="x", unit="PSB").status_code == 422
    assert "P0004" in post(duty, "team", "T-1", people="P0001\nP0004，P0001").content.decode()
    assert post(duty, "team", "T-1", people="P9999").status_code == 422
    assert "P0004" not in post(duty, "release_member", "T-1", person="P0004").content.decode()
    assert "流调专班" in page(duty, "teams")
    post(duty, "close_team", "T-1")
    assert duty.get(reverse("organisation:team", args=["T-1"])).status_code == 404
    assert "<form" not in page(reader("auditor"), "teams").split("<main")[1]
