"""Units, people, areas and sites: added, changed, imported, closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from muster.kernel.organisation import services as organisation
from muster.kernel.organisation.boundaries import BoundaryRow
from muster.kernel.organisation.imports.rows import Change
from muster.kernel.organisation.models import Appointment, ImportPreview
from muster.kernel.organisation.rows import (
    AppointmentRow,
    PartnerRow,
    PersonRow,
    QualificationRow,
    RoleRow,
    SiteRow,
    TeamRow,
    UnitRow,
)
from muster.kernel.organisation.seals import fresh_key
from tests.faults.crash import Arguments, scenario
from tests.kernel.organisation import town

KEY = fresh_key()
UNIT = UnitRow("ST-009", "station", "九所", "Station 9", parent="SB-NORTH", area="D-NORTH")
SQUARE = {"type": "Polygon", "coordinates": [[[120, 30], [120.2, 30], [120.2, 30.2], [120, 30.2], [120, 30]]]}
FILE = "警号,身份,姓名,单位,手机,能力\nP0001,民警,张一,ST-002,,巡逻\nP9001,辅警,孙九,一所,138 0013 8000,巡逻\n"


def by_keeper(**arguments: Any) -> Arguments:
    """In the small town, its keeper's."""
    town.build()
    return {"by": town.keeper(), **arguments}


@scenario(organisation.areas_add)
def the_whole_town_is_divided_into_areas() -> Arguments:
    return {"by": town.keeper(), "rows": town.AREAS}


@scenario(organisation.area_boundaries_set)
def two_districts_get_their_boundaries() -> Arguments:
    return by_keeper(rows=[BoundaryRow("D-NORTH", SQUARE), BoundaryRow("D-SOUTH", SQUARE, datum="gcj02")])


@scenario(organisation.units_add)
def a_unit_joins_the_bureau() -> Arguments:
    return by_keeper(rows=[UNIT])


@scenario(organisation.unit_close)
def an_empty_unit_closes() -> Arguments:
    arguments = by_keeper(unit="ST-009")
    organisation.units_add(by=town.keeper(), rows=[UNIT])
    return arguments


@scenario(organisation.sites_add)
def a_site_is_added() -> Arguments:
    return by_keeper(
        rows=[SiteRow("CP-09", "checkpoint", "九号卡点", "Checkpoint 9", "D-NORTH", "ST-002", 120.0, 30.1)]
    )


@scenario(organisation.site_set)
def a_hospital_gets_more_beds() -> Arguments:
    return by_keeper(site="H-01", capacity=400, is_standing=False)


@scenario(organisation.partners_add)
def a_partner_is_added() -> Arguments:
    return by_keeper(rows=[PartnerRow("CDC", "department", "疾控中心", "Disease control")])


@scenario(organisation.qualifications_add)
def a_qualification_is_added() -> Arguments:
    return by_keeper(rows=[QualificationRow("escort", "押运", "Escort")])


@scenario(organisation.people_add)
def people_join_the_bureau() -> Arguments:
    rows = [
        PersonRow(code, "officer", "孙六", unit="ST-002", qualifications=("patrol",)) for code in ("P0006", "P0007")
    ]
    return by_keeper(rows=rows)


@scenario(organisation.person_transfer)
def somebody_is_moved_to_another_station() -> Arguments:
    return by_keeper(person="P0004", unit="ST-003")


@scenario(organisation.people_leave)
def somebody_who_holds_a_role_and_is_lent_leaves() -> Arguments:
    arguments = by_keeper(people=["P0001"])
    appoint()
    organisation.secondments_start(by=town.keeper(), people=["P0001"], unit="ST-003")
    return arguments


def appoint() -> None:
    rows = [AppointmentRow("R-STATION", "ST-001", "P0001", 0, town.NOON)]
    organisation.appointments_add(by=town.keeper(), rows=rows)


@scenario(organisation.roles_add)
def a_command_role_is_added() -> Arguments:
    return by_keeper(rows=[RoleRow("R-PLANS", "参谋", "Plans chief", "PSB")])


@scenario(organisation.appointments_add)
def somebody_is_appointed() -> Arguments:
    return by_keeper(rows=[AppointmentRow("R-STATION", "ST-001", "P0001", 0, town.NOON)])


@scenario(organisation.role_fill)
def a_role_goes_to_somebody_else_with_a_deputy() -> Arguments:
    arguments = by_keeper(role="R-STATION", unit="ST-001", people=["P0002", "P0001"])
    appoint()
    return arguments


@scenario(organisation.appointments_end)
def an_appointment_ends() -> Arguments:
    arguments = by_keeper()
    appoint()
    return {**arguments, "appointments": list(Appointment.objects.all())}


@scenario(organisation.secondments_start)
def people_are_lent_to_another_unit() -> Arguments:
    return by_keeper(people=["P0001", "P0002"], unit="ST-003")


@scenario(organisation.secondments_end)
def people_come_back() -> Arguments:
    arguments = by_keeper(people=["P0001", "P0002"], unit="ST-003")
    organisation.secondments_start(**{**arguments, "by": town.keeper()})
    return arguments


@scenario(organisation.teams_add)
def a_team_is_formed() -> Arguments:
    return by_keeper(rows=[team()])


@scenario(organisation.team_close)
def a_team_is_dissolved() -> Arguments:
    arguments = by_keeper(team="T-1")
    organisation.teams_add(by=town.keeper(), rows=[team()])
    return arguments


def team() -> TeamRow:
    return TeamRow("T-1", "流调队", "Tracing team", "PSB", members=("P0001", "P0004"))


def previewed() -> ImportPreview:
    """A list of people that was looked at: one moves and loses a qualification, one is new."""
    town.build()
    return organisation.import_prepare(
        by=town.keeper(), kind="people", content=FILE.encode(), file_name="people.csv", key=KEY
    )


@scenario(organisation.import_prepare)
def a_list_of_people_is_looked_at() -> Arguments:
    return by_keeper(kind="people", content=FILE.encode(), file_name="people.csv", key=KEY)


@scenario(organisation.import_confirm)
def the_list_is_taken_in() -> Arguments:
    return {"preview": previewed().pk, "by": town.keeper(), "key": KEY}


@scenario(organisation.imports_forget)
def a_list_that_nobody_confirmed_is_erased() -> Arguments:
    previewed()
    return {"by": town.keeper(town.NOON + timedelta(days=1))}


@scenario(organisation.units_import)
def a_file_adds_a_unit_and_renames_one() -> Arguments:
    new = {"kind": "station", "name_zh": "九所", "parent": "SB-NORTH", "area": "D-NORTH", "is_active": False}
    return by_keeper(changes=[Change(2, "ST-009", True, new), Change(3, "ST-002", False, {"name_zh": "新二所"})])


@scenario(organisation.areas_import)
def a_file_adds_an_area_and_counts_another_anew() -> Arguments:
    new = {"kind": "subdistrict", "name_zh": "北二街道", "parent": "D-NORTH", "lon": 120.0, "lat": 30.1}
    return by_keeper(changes=[Change(2, "D-NORTH-02", True, new), Change(3, "D-NORTH", False, {"population": 999_000})])


@scenario(organisation.sites_import)
def a_file_adds_a_site_and_moves_another() -> Arguments:
    new = {"kind": "checkpoint", "name_zh": "二号卡点", "area": "D-NORTH", "unit": "ST-002", "lon": 120.0, "lat": 30.1}
    return by_keeper(changes=[Change(2, "CP-02", True, new), Change(3, "CP-01", False, {"unit": "ST-002"})])


@scenario(organisation.people_import)
def a_file_moves_somebody_who_holds_a_role_and_changes_his_telephone() -> Arguments:
    moved = {"unit": "ST-002", "phone": "13800138000", "qualifications": ("patrol", "command_duty")}
    arguments = by_keeper(changes=[Change(2, "P0001", False, moved), Change(3, "P0003", False, {"active": False})])
    appoint()
    return arguments


@scenario(organisation.absence_enter)
def an_officer_is_away_for_two_weeks() -> Arguments:
    return by_keeper(person="P0001", first=town.NOON.date(), last=town.NOON.date() + timedelta(days=13))


@scenario(organisation.absence_end)
def an_officer_is_back_early() -> Arguments:
    arguments = by_keeper(last=town.NOON.date() + timedelta(days=2))
    away = organisation.absence_enter(by=town.keeper(), person="P0001", first=town.NOON.date())
    return {"absence": away, **arguments}


@scenario(organisation.contact_confirm)
def a_number_is_tried() -> Arguments:
    return by_keeper(person="P0002")
