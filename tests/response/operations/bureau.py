"""A small bureau at work: one city, two districts, three stations, a small plan, and the people who decide."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from muster.kernel.commands import Actor
from muster.kernel.organisation import services as organisation
from muster.kernel.organisation.models import Area, Person, Site, Unit
from muster.kernel.organisation.rows import (
    AppointmentRow,
    AreaRow,
    PersonRow,
    QualificationRow,
    RoleRow,
    SiteRow,
    UnitRow,
)
from muster.preparedness.logistics import services as logistics
from muster.preparedness.logistics.rows import Delivery, ItemRow, StoreRow, SupplierRow, SupplyTermRow
from muster.preparedness.plans import services as plans
from muster.preparedness.plans.models import PlanVersion
from muster.prevention.situation import services as situation
from muster.prevention.situation.rows import CountRow, InputRow
from muster.response.operations import services
from muster.response.operations.models import Operation, Proposal
from muster.response.operations.queries.difference import difference_of

NOON = datetime(2020, 1, 20, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PLAN = Path(__file__).parents[2] / "engines" / "plan" / "example.yaml"
SKILLS = ("patrol", "checkpoint", "community", "escort", "verification", "command_duty")
ITEMS = ("surgical_mask", "gloves_pair", "kn95", "coverall", "goggles", "disinfectant_ml", "rapid_test", "meal")

AREAS = [
    AreaRow("CITY", "city", "某市", "The City", 124.6, 29.2, population=300_000),
    AreaRow("D-NORTH", "district", "北区", "North", 124.6, 29.3, parent="CITY", population=100_000),
    AreaRow("D-SOUTH", "district", "南区", "South", 124.6, 29.1, parent="CITY", population=200_000),
    AreaRow("D-NORTH-01", "subdistrict", "北一街道", "North 1", 124.6, 29.32, parent="D-NORTH"),
]
UNITS = [
    UnitRow("PSB", "bureau", "市公安局", "Municipal Bureau", area="CITY"),
    UnitRow("CMD", "office", "指挥中心", "Command Centre", parent="PSB"),
    UnitRow("TRAFFIC", "special", "交警支队", "Traffic Police", parent="PSB"),
    UnitRow("LOGISTICS", "office", "警务保障处", "Logistics", parent="PSB"),
    UnitRow("SB-NORTH", "sub_bureau", "北分局", "North Sub-bureau", parent="PSB", area="D-NORTH"),
    UnitRow("SB-SOUTH", "sub_bureau", "南分局", "South Sub-bureau", parent="PSB", area="D-SOUTH"),
    UnitRow("ST-NORTH-01", "station", "北一所", "North Station 1", parent="SB-NORTH", area="D-NORTH-01"),
    UnitRow("ST-SOUTH-01", "station", "南一所", "South Station 1", parent="SB-SOUTH", area="D-SOUTH"),
    UnitRow("ST-SOUTH-02", "station", "南二所", "South Station 2", parent="SB-SOUTH", area="D-SOUTH"),
]
ROLES = [
    RoleRow("commander", "指挥长", "Commander", "PSB"),
    RoleRow("plans_chief", "综合组组长", "Plans chief", "CMD"),
    RoleRow("traffic_chief", "交通组组长", "Traffic chief", "TRAFFIC"),
    RoleRow("sub_bureau_chief", "分局局长", "Sub-bureau chief", "PSB", scope="sub_bureau"),
    RoleRow("station_chief", "所长", "Station chief", "PSB", scope="station"),
]
SITES = [
    SiteRow("CC-001", "closed_community", "一号小区", "Estate 1", "D-NORTH-01", "ST-NORTH-01", 124.6, 29.32),
    SiteRow("CC-002", "closed_community", "二号小区", "Estate 2", "D-SOUTH", "ST-SOUTH-01", 124.6, 29.1),
    SiteRow("CC-003", "closed_community", "三号小区", "Estate 3", "D-SOUTH", "ST-SOUTH-02", 124.61, 29.1),
    SiteRow("QS-001", "quarantine_site", "一号隔离点", "Quarantine 1", "D-SOUTH", "ST-SOUTH-01", 124.6, 29.11),
    SiteRow("HO-001", "hospital", "一院", "Hospital 1", "D-NORTH", "ST-NORTH-01", 124.6, 29.3, is_standing=True),
]
LEADERS = ("P-CHIEF", "P-DEPUTY", "P-DUTY", "P-PLANS", "P-TRAFFIC", "P-NORTH", "P-STATION")


def muster(at: datetime = NOON) -> Actor:
    """Muster itself."""
    return Actor.system("tests", at)


def build(past: datetime = NOON - DAY) -> PlanVersion:
    """The whole bureau with its stock and its plan, the day before NOON."""
    organisation.areas_add(by=muster(past), rows=AREAS)
    organisation.units_add(by=muster(past), rows=UNITS)
    organisation.qualifications_add(by=muster(past), rows=[QualificationRow(code, code, code) for code in SKILLS])
    organisation.people_add(by=muster(past), rows=people())
    organisation.roles_add(by=muster(past), rows=ROLES)
    organisation.appointments_add(by=muster(past), rows=appointments(past))
    organisation.sites_add(by=muster(past), rows=SITES)
    _stock(past)
    return plans.version_release(by=muster(past), text=PLAN.read_text("utf-8"), name=PLAN.name)


def people() -> list[PersonRow]:
    """Leaders by name, and officers of each unit with two qualifications each."""
    units = {"P-CHIEF": "PSB", "P-DEPUTY": "PSB", "P-DUTY": "CMD", "P-PLANS": "CMD", "P-TRAFFIC": "TRAFFIC"}
    units |= {"P-NORTH": "SB-NORTH", "P-STATION": "ST-NORTH-01"}
    rows = [PersonRow(code, "officer", "某人", unit=unit) for code, unit in units.items()]
    for unit, held in (
        ("CMD", ("command_duty",)),
        ("TRAFFIC", ("escort", "checkpoint")),
        ("ST-NORTH-01", ("patrol", "community")),
        ("ST-SOUTH-01", ("patrol", "community")),
        ("ST-SOUTH-02", ("patrol", "verification")),
    ):
        rows += [PersonRow(f"{unit}-{n:03d}", "officer", "某人", unit=unit, qualifications=held) for n in range(30)]
    return rows


def appointments(at: datetime) -> list[AppointmentRow]:
    return [
        AppointmentRow("commander", "PSB", "P-CHIEF", 0, at),
        AppointmentRow("commander", "PSB", "P-DEPUTY", 1, at),
        AppointmentRow("plans_chief", "CMD", "P-PLANS", 0, at),
        AppointmentRow("traffic_chief", "TRAFFIC", "P-TRAFFIC", 0, at),
        AppointmentRow("sub_bureau_chief", "SB-NORTH", "P-NORTH", 0, at),
        AppointmentRow("station_chief", "ST-NORTH-01", "P-STATION", 0, at),
    ]


def _stock(at: datetime) -> None:
    logistics.items_add(by=muster(at), rows=[ItemRow(code, code, code, expires=False) for code in ITEMS])
    stores = [StoreRow("STORE-CENTRAL", "总库", "Central", "LOGISTICS", is_central=True)]
    stores += [StoreRow(f"STORE-{code}", "库", "Store", code) for code in ("SB-NORTH", "SB-SOUTH")]
    logistics.stores_add(by=muster(at), rows=stores)
    logistics.suppliers_add(by=muster(at), rows=[SupplierRow("S1", "甲厂", "Maker A")])
    logistics.supply_terms_add(by=muster(at), rows=[SupplyTermRow("S1", "kn95", 3, 100)])
    logistics.stock_receive(
        by=muster(at), rows=[Delivery(store.code, item, 400, at=at) for store in stores for item in ITEMS]
    )


def someone(code: str, *roles: str, at: datetime = NOON) -> Actor:
    """A person with an account of his own and a fresh command."""
    person = Person.objects.get(code=code)
    return Actor(
        f"account:{person.pk}",
        frozenset(roles),
        account_id=person.pk,
        person_id=person.pk,
        unit_id=person.unit_id,
        now=at,
    )


def chief(at: datetime = NOON) -> Actor:
    return someone("P-CHIEF", "commander", at=at)


def deputy(at: datetime = NOON) -> Actor:
    return someone("P-DEPUTY", "commander", at=at)


def duty(at: datetime = NOON) -> Actor:
    return someone("P-DUTY", "duty_officer", at=at)


def plans_chief(at: datetime = NOON) -> Actor:
    return someone("P-PLANS", "duty_officer", at=at)


def city() -> Area:
    return Area.objects.get(code="CITY")


def propose(
    version: PlanVersion, *, by: Actor | None = None, level: int = 3, mode: str = "live", **more: object
) -> Proposal:
    """A complete proposal to activate; the government has declared the same level."""
    stated: dict[str, object] = {
        "matter_zh": "呼吸道传染病疫情",
        "matter_en": "A respiratory epidemic",
        "expected_until": date(2020, 4, 30),
        "measures": "值守、巡逻",
        "legal_basis": "突发事件应对法第七十二条",
        "reason": "发现首例病例",
        "government_level": level,
    }
    return services.activation_propose(
        by=by or duty(),
        plan_version=version,
        mode=mode,
        area=city(),
        level=level,
        **(stated | more),
    )


def approve(proposal: Proposal, by: Actor) -> Proposal:
    """Confirm exactly what would happen at this moment."""
    mark = difference_of(proposal=proposal, at=by.now).mark
    return services.proposal_approve(by=by, proposal=proposal, reason="同意", seen=mark)


def activated(version: PlanVersion, *, level: int = 3, mode: str = "live", at: datetime = NOON) -> Operation:
    """An operation that two people have activated."""
    proposal = propose(version, by=duty(at), level=level, mode=mode)
    return approve(proposal, chief(at)).operation


def report_cases(day: date, new: int, feed: str = "live") -> None:
    """The evening's bulletin of one day, new cases of the whole city."""
    evening = datetime(day.year, day.month, day.day, 12, 0, tzinfo=UTC)
    situation.counts_receive(
        by=muster(evening), rows=[CountRow("CITY", day, new)], source="tests", feed=feed, reported_at=evening
    )


def watch_from(day: date, feed: str = "live") -> None:
    """Nobody was ill before `day`."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    situation.surveillance_start_state(by=muster(moment), area="CITY", none_before=day, feed=feed)


def declare(level: int, at: datetime, feed: str = "live") -> None:
    """The province declares a level."""
    row = InputRow("province_level", level, at, kind="count", lasting=True, source="tests")
    situation.inputs_record(by=muster(at), rows=[row], feed=feed)


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def site(code: str) -> Site:
    return Site.objects.get(code=code)


def person(code: str) -> Person:
    return Person.objects.get(code=code)
