"""Importing units, people, areas and sites: looked at first, then done as a whole or not at all."""

from __future__ import annotations

import os
from typing import Any

import pytest

from muster.kernel.commands import CommandConflict, NotPermitted
from muster.kernel.commands.models import CommandRecord
from muster.kernel.organisation import queries, services
from muster.kernel.organisation.errors import ImportHasProblems, ImportNotOpen, PreviewStale
from muster.kernel.organisation.models import (
    Appointment,
    Area,
    ImportPreview,
    Person,
    PersonQualification,
    Secondment,
    Site,
    Unit,
)
from muster.kernel.organisation.rows import AppointmentRow, PartnerRow
from muster.kernel.organisation.seals import fresh_key
from muster.kernel.tables import ColumnsMissing, TableRefused
from tests.kernel.organisation.town import DAY, HOUR, NOON, keeper, stranger
from tests.kernel.tables.files import workbook

pytestmark = pytest.mark.usefixtures("a_town")
KEY = fresh_key()


def prepare(text: str | bytes, kind: str, *, name: str = "a.csv", at: Any = NOON + HOUR, **more: str) -> ImportPreview:
    content = text.encode() if isinstance(text, str) else text
    return services.import_prepare(by=keeper(at), kind=kind, content=content, file_name=name, key=KEY, **more)


def confirm(preview: ImportPreview, at: Any = NOON + HOUR) -> dict[str, int]:
    return services.import_confirm(by=keeper(at), preview=preview.pk, key=KEY)


def load(text: str | bytes, kind: str, **more: Any) -> dict[str, int]:
    preview = prepare(text, kind, **more)
    assert preview.problems == []
    return confirm(preview, more.get("at", NOON + HOUR))


def problems(text: str, kind: str, **more: Any) -> list[tuple[int, str]]:
    """Row and column of each problem; nothing may be confirmed."""
    preview = prepare(text, kind, **more)
    with pytest.raises(ImportHasProblems):
        confirm(preview)
    assert preview.sealed is None
    for problem in preview.problems:
        assert problem["what"], "every problem says what"
        assert problem["expected"], "and what was expected"
        assert problem["mend"], "and how to mend it"
    return [(int(problem["row"]), str(problem["column"])) for problem in preview.problems]


PEOPLE = "警号,身份,姓名,单位,手机,能力\nP0001,民警,张一,ST-001,,巡逻、卡点\nP9001,辅警,孙九,一所,138 0013 8000,巡逻\n"


def test_a_preview_says_what_each_row_does_and_writes_nothing_of_it() -> None:
    before = Person.objects.count()
    preview = prepare(PEOPLE, "people")
    assert {name: preview.outcome[name] for name in ("added", "changed", "same", "problems")} == {
        "added": 1,
        "changed": 0,
        "same": 1,
        "problems": 0,
    }
    assert preview.outcome["rows"] == [
        {"row": 3, "code": "P9001", "is_new": True, "fields": ["kind", "name_zh", "phone", "qualifications", "unit"]}
    ]
    assert Person.objects.count() == before


def test_a_preview_holds_no_name_and_no_number_that_could_be_read() -> None:
    preview = prepare(PEOPLE, "people")
    stored = str(preview.outcome).encode() + bytes(preview.sealed or b"")
    assert "孙九".encode() not in stored
    assert b"138" not in stored


def test_what_was_shown_is_done_and_the_kept_file_is_erased() -> None:
    preview = prepare(PEOPLE, "people")
    assert confirm(preview) == {"added": 1, "changed": 0, "same": 1, "roles_ended": 0, "loans_ended": 0}
    new = queries.person("P9001", NOON + DAY)
    assert new is not None
    assert (new.kind, new.unit, new.qualifications) == ("auxiliary", "ST-001", ("patrol",))
    assert ImportPreview.objects.get().sealed is None


def test_the_same_file_again_changes_nothing() -> None:
    load(PEOPLE, "people")
    assert prepare(PEOPLE, "people").outcome["same"] == 2


def test_a_workbook_and_a_csv_of_the_same_rows_do_the_same() -> None:
    rows = [line.split(",") for line in PEOPLE.strip().split("\n")]
    other = prepare(workbook(rows), "people", name="people.xlsx").outcome
    assert other["digest"] == prepare(PEOPLE, "people").outcome["digest"]


def test_a_confirmation_sent_twice_has_one_effect_and_one_receipt() -> None:
    preview, by = prepare(PEOPLE, "people"), keeper(NOON + HOUR)
    receipts = [services.import_confirm.receive(by=by, preview=preview.pk, key=KEY) for _ in range(2)]
    assert receipts[0].body == receipts[1].body
    assert [receipt.status for receipt in receipts] == [201, 200]
    assert Person.objects.filter(code="P9001").count() == 1


def test_a_second_confirmation_is_refused() -> None:
    preview = prepare(PEOPLE, "people")
    confirm(preview)
    with pytest.raises(ImportNotOpen):
        confirm(preview)


def test_an_hour_later_the_file_is_gone() -> None:
    preview = prepare(PEOPLE, "people")
    with pytest.raises(ImportNotOpen):
        confirm(preview, NOON + 3 * HOUR)
    assert services.imports_forget(by=keeper(NOON + 3 * HOUR)) == 1
    assert ImportPreview.objects.get().sealed is None


def test_without_the_key_of_the_page_nothing_is_done() -> None:
    preview = prepare(PEOPLE, "people")
    for key in (fresh_key(), "", "not a key"):
        with pytest.raises(ImportNotOpen):
            services.import_confirm(by=keeper(NOON + HOUR), preview=preview.pk, key=key)


def test_the_same_upload_with_another_file_is_a_conflict() -> None:
    by = keeper(NOON + HOUR)
    services.import_prepare(by=by, kind="people", content=PEOPLE.encode(), file_name="a.csv", key=KEY)
    with pytest.raises(CommandConflict):
        services.import_prepare(by=by, kind="people", content=b"code,name\nA,x\n", file_name="a.csv", key=KEY)


def test_a_change_between_preview_and_confirmation_asks_for_a_new_preview() -> None:
    preview = prepare(PEOPLE, "people")
    load("警号,身份,姓名,单位\nP9001,民警,孙九,ST-002\n", "people")
    with pytest.raises(PreviewStale):
        confirm(preview)


def test_only_who_keeps_the_organisation_may_look_or_confirm() -> None:
    with pytest.raises(NotPermitted):
        services.import_prepare(by=stranger(), kind="people", content=PEOPLE.encode(), file_name="a.csv", key=KEY)
    preview = prepare(PEOPLE, "people")
    with pytest.raises(NotPermitted):
        services.import_confirm(by=stranger(), preview=preview.pk, key=KEY)


def test_nothing_is_half_loaded_when_the_database_refuses_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    from muster.kernel.organisation.services import changes

    def fail(*_facts: Any) -> None:
        raise RuntimeError("power cut")

    preview, people = prepare(PEOPLE, "people"), Person.objects.count()
    monkeypatch.setattr(changes, "leave_posts", fail)
    with pytest.raises(RuntimeError):
        confirm(preview)
    assert Person.objects.count() == people
    assert ImportPreview.objects.get().is_open(NOON + HOUR)
    monkeypatch.undo()
    assert confirm(preview)["added"] == 1


def test_receipts_and_log_hold_no_name() -> None:
    load(PEOPLE, "people")
    kept = b"".join(bytes(row.receipt) for row in CommandRecord.objects.all())
    assert "孙九".encode() not in kept


# People


def test_every_problem_of_a_file_is_named_row_by_row() -> None:
    text = (
        "警号,身份,姓名,单位,手机,能力\n"
        "P9001,民警,甲,ST-999,,\n"  # unknown unit
        "P9002,机器人,乙,ST-001,,\n"  # unknown kind
        "P9003,民警,丙,ST-001,call me,\n"  # no telephone number
        "P9004,民警,丁,ST-001,,飞行\n"  # unknown qualification
        "P9005,民警,,ST-001,,\n"  # no name
        "P9006,民警,己,,,\n"  # no unit
        "P9007,民警,庚,ST-001,,\n"
        "P9007,民警,辛,ST-001,,\n"  # twice
        ",民警,壬,ST-001,,\n"  # no number
        "P 9,民警,癸,ST-001,,\n"  # no code
        "P9008,辅警,子,ST-001,,command_duty\n"  # for officers only
        "P9009,民警,丑,ST-001,1.38E+10,\n"  # shortened by the spreadsheet
    )
    assert problems(text, "people") == [
        (2, "单位"),
        (3, "身份"),
        (4, "手机"),
        (5, "能力"),
        (6, "姓名"),
        (7, "单位"),
        (8, "警号"),
        (9, "警号"),
        (10, "警号"),
        (11, "警号"),
        (12, "能力"),
        (13, "手机"),
    ]


def test_problems_speak_the_language_of_their_reader() -> None:
    from django.utils.translation import override

    preview = prepare("code,name,kind,unit\nP9,x,officer,NOWHERE\n", "people")
    with override("en"):
        english = preview.problems[0]["what"]
    with override("zh-hans"):
        assert preview.problems[0]["what"] != english


def test_one_problem_and_no_row_is_loaded() -> None:
    before = Person.objects.count()
    assert problems(PEOPLE + "P9002,民警,李,ST-999,,\n", "people") == [(4, "单位")]
    assert Person.objects.count() == before


def test_a_file_of_numbers_and_units_moves_people_and_leaves_the_rest() -> None:
    services.appointments_add(
        by=keeper(),
        rows=[
            AppointmentRow("R-STATION", "ST-001", "P0001", 0, NOON - DAY),
            AppointmentRow("R-CHIEF", "PSB", "P0001", 1, NOON - DAY),
        ],
    )
    Secondment.objects.create(
        person=Person.objects.get(code="P0001"), unit=Unit.objects.get(code="ST-002"), starts_at=NOON - DAY
    )
    shown = prepare("警号,单位\nP0001,二所\nP0002,一所\n", "people").outcome
    assert (shown["roles_end"], shown["loans_end"]) == (1, 1), "the preview says what ends with it"
    done = load("警号,单位\nP0001,二所\nP0002,一所\n", "people")
    assert done == {"added": 0, "changed": 1, "same": 1, "roles_ended": 1, "loans_ended": 1}
    moved = queries.person("P0001", NOON + DAY)
    assert moved is not None
    assert (moved.unit, moved.lent_to, moved.qualifications) == ("ST-002", (), ("checkpoint", "patrol"))
    assert [held.role for held in queries.role_holders("R-CHIEF", None, NOON + DAY)] == ["R-CHIEF"]
    assert queries.role_holders("R-STATION", None, NOON + DAY) == []
    assert queries.role_holders("R-STATION", "ST-001", NOON) != [], "what held before is still told"


def test_a_qualification_that_is_no_longer_given_ends_and_its_history_stays() -> None:
    load("警号,能力\nP0001,patrol;command_duty\n", "people")
    held = PersonQualification.objects.filter(person__code="P0001")
    assert {(row.qualification.code, row.ends_at is None) for row in held.select_related("qualification")} == {
        ("patrol", True),
        ("checkpoint", False),
        ("command_duty", True),
    }


def test_somebody_who_leaves_gives_up_his_roles() -> None:
    services.appointments_add(by=keeper(), rows=[AppointmentRow("R-CHIEF", "PSB", "P0005", 0, NOON - DAY)])
    assert load("警号,在职\nP0005,否\n", "people")["roles_ended"] == 1
    assert not Appointment.objects.filter(ends_at__isnull=True).exists()
    assert "PSB" not in queries.headcount(NOON + DAY)


def test_liaisons_belong_to_partners_and_officers_to_units() -> None:
    services.partners_add(by=keeper(), rows=[PartnerRow("HEALTH", "department", "卫健委", "Health Commission")])
    assert load("code,kind,name,partner\nL1,联络员,周,卫健委\n", "people")["added"] == 1
    assert problems(
        "code,kind,name,partner,unit\nL2,officer,吴,HEALTH,ST-001\nL3,liaison,郑,HEALTH,ST-001\n", "people"
    ) == [
        (2, "kind"),
        (3, "kind"),
    ]


def test_a_name_that_differs_is_a_change_without_anybody_reading_the_old_one() -> None:
    load(PEOPLE, "people")
    preview = prepare(PEOPLE.replace("孙九", "孙玖").replace("138 0013 8000", ""), "people")
    assert preview.outcome["rows"] == [{"row": 3, "code": "P9001", "is_new": False, "fields": ["name_zh"]}]
    confirm(preview)
    assert prepare(PEOPLE, "people").outcome["changed"] == 1, "the number was left alone, the name is the new one"


# Units


def test_units_come_in_any_order_and_their_names_may_stand_for_codes() -> None:
    text = "编码,类型,名称,上级\nST-010,派出所,十所,东分局\nSB-EAST,分局,东分局,PSB\nST-001,,一号所,SB-SOUTH\n"
    assert load(text, "units") == {"added": 2, "changed": 1, "same": 0}
    assert queries.ancestors()["ST-010"] == ("SB-EAST", "PSB")
    assert queries.ancestors()["ST-001"] == ("SB-SOUTH", "PSB")
    unit = Unit.objects.get(code="ST-001")
    assert (unit.kind, unit.name_zh, unit.name_en) == ("station", "一号所", "Station 1")


def test_a_cycle_is_told_with_the_units_on_it() -> None:
    preview = prepare("编码,上级\nSB-NORTH,ST-001\n", "units")
    assert [problem["row"] for problem in preview.problems] == [2]
    assert "SB-NORTH" in str(preview.problems[0]["expected"])
    assert "ST-001" in str(preview.problems[0]["expected"])


def test_there_is_one_bureau_and_each_new_unit_needs_its_place() -> None:
    assert problems("编码,类型,名称,上级\nPSB2,市局,另一个局,\nX1,派出所,某所,\nX2,,某所,PSB\n", "units") == [
        (2, "类型"),
        (3, "上级"),
        (4, "类型"),
    ]


def test_a_name_that_two_units_have_is_not_guessed() -> None:
    load("编码,类型,名称,上级\nST-011,派出所,一所,SB-SOUTH\n", "units")
    assert problems("警号,单位\nP0001,一所\n", "people") == [(2, "单位")]


def test_a_unit_with_people_is_not_closed_and_nobody_moves_into_a_closed_one() -> None:
    assert problems("编码,启用\nST-001,否\n", "units") == [(2, "启用")]
    assert load("编码,类型,名称,上级,启用\nST-012,派出所,旧所,SB-SOUTH,停用\n", "units")["added"] == 1
    assert problems("警号,单位\nP0001,ST-012\n", "people") == [(2, "单位")]


# Places


def test_sites_with_coordinates_of_a_chinese_map_are_stored_in_wgs_84() -> None:
    row = "CP-09,检查站,九号卡,D-NORTH,ST-001,113.9171764808363,22.540796131694766"
    text = f"编码,类型,名称,区域,责任单位,经度,纬度\n{row}\n"
    assert load(text, "sites", datum="gcj02")["added"] == 1
    site = Site.objects.get(code="CP-09")
    assert (site.kind, round(site.lon, 5), round(site.lat, 5)) == ("checkpoint", 113.91232, 22.54385)
    assert prepare(text, "sites", datum="gcj02").outcome["same"] == 1
    assert prepare(text, "sites", datum="wgs84").outcome["changed"] == 1


def test_one_coordinate_alone_or_off_the_earth_is_a_problem() -> None:
    assert problems("code,lon,lat\nCP-01,120,\nH-01,30.5,120.4\n", "sites") == [(2, "lat"), (3, "lat")]


def test_areas_lie_in_the_next_larger_kind() -> None:
    text = 'code,kind,name,parent,lon,lat,population\nD-NORTH-02,街道,北二街道,D-NORTH,120,30.1,"52,300"\n'
    assert load(text, "areas")["added"] == 1
    assert Area.objects.get(code="D-NORTH-02").population == 52_300
    assert problems(
        "code,kind,name,parent,lon,lat\nX,社区,某社区,D-NORTH,120,30\nY,city,第二市,,120,30\n", "areas"
    ) == [
        (2, "parent"),
        (3, "kind"),
    ]


# The file as a whole


def test_a_file_without_its_columns_or_that_is_no_table_is_refused_before_any_row() -> None:
    with pytest.raises(ColumnsMissing, match="code"):
        prepare("姓名,单位\n张,ST-001\n", "people")
    with pytest.raises(TableRefused):
        prepare(b"%PDF", "people")
    assert ImportPreview.objects.count() == 0


def test_columns_that_nobody_expects_are_told() -> None:
    assert prepare("警号,单位,备注\nP0001,ST-002,x\n", "people").outcome["ignored"] == ["备注"]


def many(count: int, unit: str, skills: str) -> bytes:
    """A workbook of so many officers."""
    head = ["警号", "身份", "姓名", "单位", "手机", "能力"]
    return workbook([head, *([f"N{n:05}", "民警", f"人{n}", unit, f"1380013{n:04}", skills] for n in range(count))])


def seconds_of_work() -> float:
    """Processor time of this process and of the readers it started: another test beside this one does not count."""
    return sum(os.times()[:4])


def test_twelve_thousand_people_are_looked_at_and_loaded_within_twenty_seconds() -> None:
    content = many(12_000, "ST-001", "巡逻、卡点")
    started = seconds_of_work()
    assert confirm(prepare(content, "people", name="people.xlsx"))["added"] == 12_000
    assert seconds_of_work() - started < 20
    assert queries.headcount(NOON + DAY)["ST-001"] == 12_003


def test_two_thousand_people_who_all_move_and_lose_a_qualification_are_changed_in_seconds() -> None:
    load(many(2_000, "ST-001", "巡逻、卡点"), "people", name="people.xlsx")
    started = seconds_of_work()
    done = load(many(2_000, "ST-002", "巡逻"), "people", name="people.xlsx", at=NOON + DAY)
    assert seconds_of_work() - started < 15
    assert done["changed"] == 2_000
    assert queries.strength(NOON + 2 * DAY)["ST-002", "patrol"] == 2_001
    assert ("ST-001", "checkpoint") in queries.strength(NOON + 2 * DAY), "those who stayed keep theirs"
    assert queries.strength(NOON + 2 * DAY)["ST-002", "checkpoint"] == 1
