"""A small town: one bureau with two sub-bureaus and three stations, built by the services themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from muster.kernel.commands import Actor
from muster.kernel.organisation import services
from muster.kernel.organisation.rows import AreaRow, PersonRow, QualificationRow, RoleRow, SiteRow, UnitRow

NOON = datetime(2020, 1, 20, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

AREAS = [
    AreaRow("CITY", "city", "某市", "The City", 120.0, 30.0, population=3_000_000),
    AreaRow("D-NORTH", "district", "北区", "North", 120.0, 30.1, parent="CITY", population=1_000_000),
    AreaRow("D-SOUTH", "district", "南区", "South", 120.0, 29.9, parent="CITY", population=2_000_000),
    AreaRow("D-NORTH-01", "subdistrict", "北一街道", "North 1", 120.0, 30.12, parent="D-NORTH"),
    AreaRow("D-NORTH-01-01", "community", "北一社区", "North 1 community", 120.0, 30.13, parent="D-NORTH-01"),
]
UNITS = [
    UnitRow("ST-003", "station", "三所", "Station 3", parent="SB-SOUTH", area="D-SOUTH"),
    UnitRow("ST-001", "station", "一所", "Station 1", parent="SB-NORTH", area="D-NORTH-01"),
    UnitRow("ST-002", "station", "二所", "Station 2", parent="SB-NORTH", area="D-NORTH"),
    UnitRow("SB-NORTH", "sub_bureau", "北分局", "North Sub-bureau", parent="PSB", area="D-NORTH"),
    UnitRow("SB-SOUTH", "sub_bureau", "南分局", "South Sub-bureau", parent="PSB", area="D-SOUTH"),
    UnitRow("PSB", "bureau", "市公安局", "Municipal Bureau", area="CITY"),
]
QUALIFICATIONS = [
    QualificationRow("patrol", "巡逻", "Patrol"),
    QualificationRow("checkpoint", "卡点", "Checkpoint"),
    QualificationRow("command_duty", "指挥值守", "Command duty", officers_only=True),
]
ROLES = [
    RoleRow("R-CHIEF", "指挥长", "Incident commander", "PSB"),
    RoleRow("R-STATION", "所长", "Station chief", "PSB", scope="station", deputies_required=1),
]
PEOPLE = [
    PersonRow("P0001", "officer", "张一", unit="ST-001", qualifications=("patrol", "checkpoint")),
    PersonRow("P0002", "officer", "李二", unit="ST-001", qualifications=("patrol",)),
    PersonRow("P0003", "auxiliary", "王三", unit="ST-001"),
    PersonRow("P0004", "officer", "赵四", unit="ST-002", qualifications=("patrol", "checkpoint")),
    PersonRow("P0005", "officer", "钱五", unit="PSB", qualifications=("command_duty",)),
]
SITES = [
    SiteRow("CP-01", "checkpoint", "一号卡点", "Checkpoint 1", "D-NORTH-01-01", "ST-001", 120.0, 30.13),
    SiteRow("H-01", "hospital", "一院", "Hospital 1", "D-SOUTH", "ST-003", 120.0, 29.9, is_standing=True),
]


def keeper(at: datetime = NOON) -> Actor:
    """A duty officer, who keeps the organisation, with a fresh command."""
    return Actor("account:1", frozenset({"duty_officer"}), now=at)


def stranger() -> Actor:
    """Somebody without any role that matters here."""
    return Actor("account:2", frozenset({"field_officer"}), now=NOON)


def build() -> None:
    """The whole town, at NOON."""
    services.areas_add(by=keeper(), rows=AREAS)
    services.units_add(by=keeper(), rows=UNITS)
    services.qualifications_add(by=keeper(), rows=QUALIFICATIONS)
    services.roles_add(by=keeper(), rows=ROLES)
    services.people_add(by=keeper(), rows=PEOPLE)
    services.sites_add(by=keeper(), rows=SITES)
