"""The organisation over HTTP."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from muster.kernel.audit.models import Leaf
from muster.kernel.organisation import queries
from muster.kernel.organisation.models import Area, Person
from muster.kernel.organisation.seals import fresh_key
from tests.kernel.organisation.browser import reader
from tests.kernel.organisation.town import NOON

pytestmark = pytest.mark.usefixtures("a_town")


def get(client: Client, name: str, *args: str, **query: Any) -> Any:
    answer = client.get(reverse(f"api:organisation_{name}", args=args), query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def post(client: Client, name: str, *args: str, command: str = "", **body: Any) -> Any:
    return client.post(
        reverse(f"api:organisation_{name}", args=args),
        json.dumps(body.pop("rows", body)),
        content_type="application/json",
        headers={"x-command-id": command or str(uuid4())},
    )


def test_what_the_pages_show_is_told_too_and_no_name_with_it() -> None:
    duty = reader("duty_officer")
    told = {
        "units": get(duty, "units"),
        "unit": get(duty, "unit", "ST-001"),
        "people": get(duty, "people", unit="ST-001"),
        "person": get(duty, "person", "P0001"),
        "roles": get(duty, "roles"),
        "areas": get(duty, "areas"),
        "sites": get(duty, "sites", kind="hospital"),
    }
    assert told["units"][0] | {"officers": 4, "auxiliaries": 1, "own": 1} == told["units"][0]
    assert told["unit"]["strength"] == {"patrol": 2, "checkpoint": 1}
    assert [one["code"] for one in told["people"]["people"]] == ["P0001", "P0002", "P0003"]
    assert [one["code"] for one in told["sites"]] == ["H-01"]
    assert told["roles"][0]["holder"] == ""
    assert "张一" not in json.dumps(told, ensure_ascii=False)


def test_there_is_no_list_of_everybody_and_no_search_by_name() -> None:
    duty = reader("duty_officer")
    assert get(duty, "people") == {"people": [], "next_start": 0}
    assert get(duty, "people", number="张") == {"people": [], "next_start": 0}


def test_a_file_is_prepared_and_confirmed_with_a_receipt() -> None:
    duty, key = reader("duty_officer"), fresh_key()
    file = SimpleUploadedFile("people.csv", "警号,身份,姓名,单位\nP9,民警,孙九,一所\n".encode())
    answer = duty.post(reverse("api:organisation_import"), {"file": file, "kind": "people", "key": key})
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["added"], told["problems"]) == (1, 0)
    assert key not in answer.content.decode()
    command = str(uuid4())
    answers = [post(duty, "import_confirm", told["id"], command=command, key=key) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 200]
    assert answers[0].content == answers[1].content
    assert Person.objects.filter(code="P9").exists()
    assert post(duty, "import_confirm", told["id"], command=command, key=fresh_key()).status_code == 409
    refused = post(duty, "import_confirm", told["id"], key=key)
    assert refused.status_code == 422
    assert refused.json()["code"] == "ImportNotOpen"


def test_commands_answer_with_receipts_and_tell_what_is_wrong() -> None:
    duty = reader("duty_officer")
    assert post(duty, "role_fill", "R-CHIEF", "PSB", people=["P0005", "P0001"]).status_code == 201
    assert post(duty, "lend", people=["P0001"], unit="ST-002").status_code == 201
    assert post(duty, "return", people=["P0001"], unit="ST-002").json()["result"] == 1
    assert post(duty, "transfer", "P0001", unit="ST-002").status_code == 201
    team = {"code": "T-1", "name_zh": "专班", "name_en": "Team", "unit": "PSB", "members": ["P0001"]}
    assert post(duty, "teams", rows=[team]).status_code == 201
    assert get(duty, "teams", unit="PSB") == [team]
    assert post(duty, "close_team", "T-1").status_code == 201
    assert post(duty, "leave", people=["P0003"]).status_code == 201
    assert post(duty, "site_set", "CP-01", capacity=3).status_code == 201
    ring = [[120, 30], [120.2, 30], [120.2, 30.2], [120, 30]]
    row = {"area": "D-NORTH", "geometry": {"type": "Polygon", "coordinates": [ring]}, "datum": "gcj02"}
    assert post(duty, "boundaries", rows=[row]).status_code == 201
    assert Area.objects.get(code="D-NORTH").boundary is not None
    refused = post(duty, "transfer", "P0001", unit="NOWHERE")
    assert refused.status_code == 422
    assert "NOWHERE" in refused.json()["where"]
    assert queries.person("P0001", NOON) is not None


def test_a_reader_without_the_role_finds_nothing_there() -> None:
    plans, liaison = reader("plans_officer"), reader("partner_liaison")
    assert post(plans, "role_fill", "R-CHIEF", "PSB", people=["P0005"]).status_code == 404
    assert post(reader("commander"), "transfer", "P0001", unit="ST-002").status_code == 404
    assert liaison.get(reverse("api:organisation_units")).status_code == 404
    assert Client().get(reverse("api:organisation_units")).status_code == 401


def test_what_makes_no_sense_is_refused_and_never_a_fault() -> None:
    duty = reader("duty_officer")
    file = SimpleUploadedFile("a.csv", b"code,unit\nP0001,ST-002\n")
    sense = {"file": file, "kind": "people", "key": fresh_key()}
    for wrong in ({"kind": "ghosts"}, {"datum": "moon"}, {"key": "short"}, {"key": "钥"}, {"sheet": "s" * 99}):
        file.seek(0)
        assert duty.post(reverse("api:organisation_import"), {**sense, **wrong}).status_code == 422
    assert post(duty, "leave", people=["\0", "P0001"]).status_code == 422
    assert post(duty, "site_set", "CP-01", capacity=-1).status_code == 422
    assert duty.get(reverse("api:organisation_people"), {"number": "\0"}).status_code == 422
    assert duty.get("/api/organisation/people/%00").status_code == 404
    assert duty.get("/organisation/sites/%00/").status_code == 404
    assert duty.get("/organisation/people/%00/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_name_is_told_for_a_purpose_to_whom_the_register_names_and_logged_first() -> None:
    duty = reader("duty_officer")
    before = Leaf.objects.filter(kind="read").count()
    assert post(duty, "reach", "P0001").json()["name_zh"] == "张一"
    assert post(duty, "correct", "P0001").status_code == 200
    assert Leaf.objects.filter(kind="read").count() == before + 2
    assert post(reader("training_officer"), "reach", "P0001").status_code == 404
    assert post(reader("commander"), "correct", "P0001").status_code == 404
    assert post(duty, "reach", "P9999").status_code == 404
