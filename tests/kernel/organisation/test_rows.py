"""One unit, person, area or site is added and changed on a page, by the rules of an import of one row."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from muster.kernel.organisation.models import Area, Person, Site, Unit
from tests.kernel.organisation.browser import reader

pytestmark = pytest.mark.usefixtures("a_town")


@pytest.fixture
def duty() -> Client:
    found = reader("duty_officer")
    found.cookies["django_language"] = "en"
    return found


def put(client: Client, rows: str, /, **facts: str) -> tuple[int, str]:
    answer = client.post(reverse("organisation:row", args=[rows]), facts)
    return answer.status_code, answer.content.decode()


def test_a_unit_is_added_and_changed(duty: Client) -> None:
    assert put(duty, "units", code="ST-900", kind="station", name_zh="新所", parent="SB-NORTH")[0] == 302
    assert Unit.objects.get(code="ST-900").name_zh == "新所"
    assert put(duty, "units", code="ST-900", name_zh="新新所")[0] == 302
    unit = Unit.objects.get(code="ST-900")
    assert (unit.name_zh, unit.kind) == ("新新所", "station")


def test_an_area_a_site_and_a_person_are_added(duty: Client) -> None:
    city = Area.objects.get(kind="city")
    place = {"lon": str(city.lon), "lat": str(city.lat)}
    area = {"code": "D-NEW", "kind": "district", "name_zh": "新区", "parent": city.code, "population": "1000"}
    assert put(duty, "areas", **area, **place)[0] == 302
    assert (
        put(duty, "sites", code="H-90", kind="hospital", name_zh="新院", area="D-NEW", unit="SB-NORTH", **place)[0]
        == 302
    )
    assert Site.objects.get(code="H-90").area.code == "D-NEW"
    assert (
        put(duty, "people", code="P9001", kind="officer", name_zh="某人", unit="ST-001", phone="+86 138 0000")[0] == 302
    )
    assert Person.objects.get(code="P9001").unit.code == "ST-001"  # type: ignore[union-attr]


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_stored(duty: Client) -> None:
    status, page = put(duty, "units", code="ST-901", kind="station", name_zh="新所", parent="NOWHERE")
    assert status == 422
    assert "not known" in page
    assert not Unit.objects.filter(code="ST-901").exists()


def test_the_form_of_a_unit_begins_with_what_is_stored_and_that_of_a_person_with_nothing(duty: Client) -> None:
    unit = duty.get(reverse("organisation:row", args=["units"]), {"code": "ST-001"}).content.decode()
    assert Unit.objects.get(code="ST-001").name_zh in unit
    assert "张一" not in duty.get(reverse("organisation:row", args=["people"]), {"code": "P0001"}).content.decode()


def test_who_does_not_keep_the_organisation_finds_no_form() -> None:
    assert put(reader("auditor"), "units", code="ST-902")[0] == 404
