"""What may be typed or sent by mistake about the organisation: a clear answer, and nothing changed."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from muster.kernel.audit.models import Leaf
from muster.kernel.organisation import queries, services
from muster.kernel.organisation.codes import CodeUnknown, keys_of
from muster.kernel.organisation.errors import SecondmentInvalid
from muster.kernel.organisation.models import ImportPreview, Person, Secondment, Site, Team, Unit
from muster.kernel.organisation.rows import TeamRow
from muster.kernel.organisation.seals import fresh_key
from muster.kernel.tables.types import MIB
from muster.kernel.texts import TextUnreadable
from tests.kernel.organisation.browser import reader
from tests.kernel.organisation.town import DAY, NOON, keeper

pytestmark = pytest.mark.usefixtures("a_town")
TEAM = {"code": "T-1", "name_zh": "突击队", "name_en": "Task force", "unit": "PSB"}


@pytest.fixture
def duty() -> Client:
    return reader("duty_officer")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("code", "突击", "Use letters, digits"),
        ("code", "T" * 10_000, "at most 64 characters"),
        ("name_zh", "\u202eevil", "hidden control characters"),
        ("name_zh", "队" * 10_000, "at most 120 characters"),
        ("name_zh", "\u200b\ufeff", "required"),
        ("unit", "NOWHERE", "valid choice"),
    ],
)
def test_a_team_is_not_formed_with_what_cannot_be_read(duty: Client, field: str, value: str, said: str) -> None:
    answer = duty.post(reverse("organisation:teams"), {**TEAM, field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Team.objects.exists()


def test_names_keep_their_signs_and_lose_what_nobody_sees(duty: Client) -> None:
    duty.post(reverse("organisation:teams"), {**TEAM, "name_zh": " 突击\u200b队 🚓 "})
    assert Team.objects.get().name_zh == "突击队 🚓"


@pytest.mark.parametrize(
    "row",
    [TeamRow("T-1", "队" * 121, "x", "PSB"), TeamRow("T-1", "队", "x" * 161, "PSB"), TeamRow("T-1", "a\0", "x", "PSB")],
)
def test_a_program_cannot_store_what_a_form_would_refuse(row: TeamRow) -> None:
    with pytest.raises(TextUnreadable):
        services.teams_add(by=keeper(), rows=[TeamRow("T-0", "队", "x", "PSB"), row])
    assert not Team.objects.exists(), "all of them or none"


def test_nobody_is_lent_to_a_closed_unit_or_a_dissolved_team_and_no_team_is_formed_there() -> None:
    services.teams_add(by=keeper(), rows=[TeamRow("T-1", "队", "Team", "PSB")])
    services.team_close(by=keeper(NOON + DAY), team="T-1")
    services.site_set(by=keeper(NOON + DAY), site="H-01", is_active=False)
    services.unit_close(by=keeper(NOON + DAY), unit="ST-003")
    for place in ({"unit": "ST-003"}, {"team": "T-1"}):
        with pytest.raises(SecondmentInvalid), translation.override("en"):
            services.secondments_start(by=keeper(NOON + 2 * DAY), people=["P0001"], **place)
    with pytest.raises(SecondmentInvalid):
        services.teams_add(by=keeper(NOON + 2 * DAY), rows=[TeamRow("T-2", "队", "Team", "ST-003")])
    assert not Secondment.objects.exists()


def test_who_has_left_is_drawn_into_no_team() -> None:
    services.people_leave(by=keeper(), people=["P0002"])
    with pytest.raises(SecondmentInvalid):
        services.teams_add(by=keeper(NOON + DAY), rows=[TeamRow("T-1", "队", "Team", "PSB", ("P0001", "P0002"))])
    assert not Team.objects.exists()


@pytest.mark.parametrize("place", [{"unit": "ST-002"}, {"team": "T-1"}])
def test_whoever_brings_back_somebody_who_is_not_there_is_told_that_nothing_changed(
    duty: Client, place: dict[str, str]
) -> None:
    services.teams_add(by=keeper(), rows=[TeamRow("T-1", "队", "Team", "PSB")])
    answer = duty.post(reverse("organisation:return_person", args=["P0001"]), place, follow=True)
    assert "Nothing changed: it was so already." in answer.content.decode()


def test_a_team_without_members_is_dissolved_and_said_to_be(duty: Client) -> None:
    services.teams_add(by=keeper(), rows=[TeamRow("T-1", "队", "Team", "PSB")])
    answer = duty.post(reverse("organisation:close_team", args=["T-1"]), follow=True)
    assert "The team is dissolved." in answer.content.decode()


def test_a_code_that_is_not_known_is_named_in_the_readers_words_and_not_at_full_length() -> None:
    with translation.override("zh-hans"), pytest.raises(CodeUnknown) as found:
        keys_of(Person, ["Z" * 10_000])
    with translation.override("zh-hans"):
        assert str(found.value.where).startswith("警号 ZZZ")
        assert len(str(found.value)) < 300
    with translation.override("en"):
        assert str(found.value.where).startswith("service number ZZZ")


def test_an_emptied_capacity_stays_and_the_form_says_so(duty: Client) -> None:
    services.site_set(by=keeper(), site="H-01", capacity=400)
    page = reverse("organisation:site", args=["H-01"])
    assert "Empty leaves what is stored." in duty.get(page).content.decode()
    duty.post(page, {"is_standing": "on", "is_active": "on", "capacity": ""})
    assert Site.objects.get(code="H-01").capacity == 400
    for wrong in ("-1", "many", "9" * 30):
        assert duty.post(page, {"is_standing": "on", "is_active": "on", "capacity": wrong}).status_code == 422


def bomb() -> bytes:
    from tests.kernel.tables.test_hostile import GOOD, packed, parts

    return packed(parts(GOOD, {"xl/media/zeros.bin": b"\0" * 30_000_000}))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("units.csv", lambda: b"", "empty"),
        ("units.csv", lambda: b"x" * (50 * MIB), "at most 20 MiB"),
        ("units.xlsx", bomb, "unpacks to far more"),
        ("units.xlsx", lambda: b"%PDF-1.7", "not what its name says"),
        ("units.csv", lambda: "姓名,爱好\n张三,钓鱼\n".encode("gb18030"), "code"),
        ("units.exe", lambda: b"code,name_zh\nU1,x\n", "not a table"),
    ],
    ids=["empty", "50 MB", "bomb", "PDF", "wrong headings", "program"],
)
def test_a_file_that_cannot_be_used_leaves_nothing_behind(
    duty: Client, name: str, content: Callable[[], bytes], said: str
) -> None:
    form = {"kind": "units", "datum": "wgs84", "key": fresh_key(), "file": SimpleUploadedFile(name, content())}
    answer = duty.post(reverse("organisation:import"), form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ImportPreview.objects.exists()
    assert Unit.objects.count() == 6


def test_a_file_in_gb_18030_is_read_as_it_was_meant(duty: Client) -> None:
    table = "编码,类型,名称,上级\nST-009,派出所,九所,PSB\n".encode("gb18030")
    form = {"kind": "units", "datum": "wgs84", "key": fresh_key(), "file": SimpleUploadedFile("单位.csv", table)}
    answer = duty.post(reverse("organisation:import"), form)
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    assert ImportPreview.objects.get().outcome["added"] == 1


def test_boundaries_that_are_no_map_are_told_with_their_status(duty: Client) -> None:
    page = reverse("organisation:set_boundaries")
    assert duty.post(page, {"datum": "wgs84"}).status_code == 422, "no file"
    wrong = SimpleUploadedFile("a.geojson", b"{}")
    assert duty.post(page, {"datum": "wgs84", "file": wrong}).status_code == 422
    assert duty.post(page, {"datum": "moon", "file": wrong}).status_code == 422
    assert all(area.boundary is None for area in queries.districts())


def test_the_api_names_a_person_nobody_knows(duty: Client) -> None:
    url = reverse("api:organisation_leave")
    answer = duty.post(url, json.dumps({"people": ["P0001", "GHOST"]}), content_type="application/json")
    assert (answer.status_code, answer.json()["where"]) == (422, "service number GHOST")
    assert Person.objects.get(code="P0001").active


def test_a_problem_told_in_chinese_is_told_in_english_to_who_reads_english() -> None:
    table = "警号,身份,姓名,单位,能力\nP0003,警犬,王三,ST-001,\nP0010,辅警,周十,ST-001,指挥值守\n".encode()
    with translation.override("zh-hans"):
        found = services.import_prepare(
            by=keeper(), kind="people", content=table, file_name="人员.csv", key=fresh_key(), datum="wgs84", sheet=""
        )
        told = {problem["row"]: problem["expected"] for problem in found.problems}
    assert told == {2: "民警、辅警、协作单位联络员、志愿者", 3: "不得包含：指挥值守"}
    with translation.override("en"):
        told = {problem["row"]: problem["expected"] for problem in found.problems}
    assert told == {
        2: "Police officer, Auxiliary officer, Partner's liaison, Volunteer",
        3: "none of: Command duty",
    }


def test_looking_at_a_file_leaves_one_entry_in_the_log_when_nothing_was_to_be_erased(duty: Client) -> None:
    before = set(Leaf.objects.values_list("pk", flat=True))
    table = SimpleUploadedFile("units.csv", "编码,名称\nST-001,一所\n".encode())
    duty.post(reverse("organisation:import"), {"kind": "units", "datum": "wgs84", "key": fresh_key(), "file": table})
    fresh = Leaf.objects.exclude(pk__in=before)
    assert list(fresh.values_list("action", flat=True)) == ["organisation.import_prepare"]
