"""Real commands in real situations, driven through every crash. An area adds a line for each of its commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator

from muster.kernel.access import services as access
from muster.kernel.access.models import Account, RoleGrant
from muster.kernel.access.roles import COMMANDER, SECURITY_ADMINISTRATOR
from muster.kernel.audit.checks import check_record
from muster.kernel.commands import Actor
from muster.kernel.commands.core import Command
from muster.kernel.commands.models import OutboxRow
from muster.kernel.notices.services import outbox_clear
from muster.kernel.organisation import services as organisation
from muster.kernel.organisation.rows import AppointmentRow, SiteRow, UnitRow
from muster.preparedness.logistics import services as logistics
from muster.preparedness.logistics.rows import Delivery, Issue, ItemRow, StoreRow, Transfer
from tests.faults.crash import Scenario
from tests.faults.probe import services as probe
from tests.kernel.organisation import town
from tests.preparedness.logistics.stock import storekeeper

SCENARIOS: dict[str, Scenario] = {}
Prepared = tuple[Command[Any, Any], dict[str, Any]]


def scenario(prepare: Callable[[], Prepared]) -> Callable[[], Prepared]:
    SCENARIOS[prepare.__name__] = Scenario(prepare.__name__, prepare)
    return prepare


def officer() -> Actor:
    return Actor("account:17", frozenset({"duty_officer"}))


@scenario
def a_note() -> Prepared:
    return probe.note_add, {"by": officer(), "text": "road closed"}


@scenario
def a_note_into_a_box_that_holds_some() -> Prepared:
    probe.notes_add(by=officer(), texts=["a", "b"])
    return probe.note_add, {"by": officer(), "text": "c"}


@scenario
def several_notes_inside_one_command() -> Prepared:
    return probe.notes_add, {"by": officer(), "texts": ["a", "b", "c"]}


@scenario
def a_command_without_rows_of_its_own() -> Prepared:
    return probe.mark, {"by": officer(), "text": "seen"}


@scenario
def a_unit_joins_the_bureau() -> Prepared:
    town.build()
    rows = [UnitRow("ST-009", "station", "九所", "Station 9", parent="SB-NORTH", area="D-NORTH")]
    return organisation.units_add, {"by": town.keeper(), "rows": rows}


@scenario
def a_site_is_added() -> Prepared:
    town.build()
    rows = [SiteRow("CP-09", "checkpoint", "九号卡点", "Checkpoint 9", "D-NORTH", "ST-002", 120.0, 30.1)]
    return organisation.sites_add, {"by": town.keeper(), "rows": rows}


@scenario
def people_are_lent_to_another_unit() -> Prepared:
    town.build()
    return organisation.secondments_start, {"by": town.keeper(), "people": ["P0001", "P0002"], "unit": "ST-003"}


@scenario
def somebody_leaves() -> Prepared:
    town.build()
    return organisation.people_leave, {"by": town.keeper(), "people": ["P0002"]}


@scenario
def somebody_is_appointed() -> Prepared:
    town.build()
    rows = [AppointmentRow("R-STATION", "ST-001", "P0001", 0, town.NOON)]
    return organisation.appointments_add, {"by": town.keeper(), "rows": rows}


def stocked() -> None:
    town.build()
    logistics.items_add(by=storekeeper(), rows=[ItemRow("kn95", "口罩", "KN95 mask")])
    logistics.stores_add(
        by=storekeeper(),
        rows=[
            StoreRow("STORE-CENTRAL", "总库", "Central store", "PSB", is_central=True),
            StoreRow("STORE-NORTH", "北库", "North store", "SB-NORTH"),
        ],
    )
    expires = (town.NOON + timedelta(days=400)).date()
    lots = [Delivery("STORE-CENTRAL", "kn95", 50, number, expires_on=expires) for number in ("L1", "L2")]
    logistics.stock_receive(by=storekeeper(), rows=lots)


@scenario
def a_delivery_is_received() -> Prepared:
    stocked()
    expires = (town.NOON + timedelta(days=300)).date()
    rows = [Delivery("STORE-CENTRAL", "kn95", 70, "L3", expires_on=expires)]
    return logistics.stock_receive, {"by": storekeeper(), "rows": rows}


@scenario
def masks_are_issued_from_two_lots() -> Prepared:
    stocked()
    return logistics.stock_issue, {"by": storekeeper(), "rows": [Issue("STORE-CENTRAL", "kn95", 80)]}


@scenario
def masks_go_to_another_store() -> Prepared:
    stocked()
    rows = [Transfer("STORE-CENTRAL", "STORE-NORTH", "kn95", 60)]
    return logistics.stock_transfer, {"by": storekeeper(), "rows": rows}


def security() -> Actor:
    return Actor("account:900", frozenset({SECURITY_ADMINISTRATOR}), account_id=900)


def account() -> Account:
    opened = access.account_open(by=security(), login="A-0001", password="quiet-river-crossing")
    return Account.objects.get(pk=opened.pk)


@scenario
def a_role_is_granted() -> Prepared:
    return access.role_grant, {"by": security(), "account": account(), "role": COMMANDER, "reason": "appointed"}


@scenario
def a_role_is_revoked() -> Prepared:
    access.role_grant(by=security(), account=account(), role=COMMANDER, reason="appointed")
    return access.role_revoke, {"by": security(), "grant": RoleGrant.objects.get(), "reason": "term over"}


@scenario
def an_account_is_closed() -> Prepared:
    access.role_grant(by=security(), account=account(), role=COMMANDER, reason="appointed")
    return access.account_close, {"by": security(), "account": Account.objects.get(login="A-0001")}


@scenario
def a_failed_check_of_the_log_is_recorded() -> Prepared:
    now = officer().now
    facts = {"at": now, "since": now, "ok": False, "entries": 7, "root": "", "first_bad": 3, "finding": "entry"}
    return check_record, {"by": Actor.system("worker"), **facts, "seconds": 0.1}


@scenario
def lost_second_factors_are_removed() -> Prepared:
    holder = account()
    Authenticator.objects.create(user=holder, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return access.factors_reset, {"by": security(), "account": holder, "reason": "phone lost"}


@scenario
def old_announcements_are_cleared() -> Prepared:
    now = officer().now
    for days in (15, 1):
        OutboxRow.objects.create(topic="operation:1", command_id=uuid4(), at=now - timedelta(days=days))
    return outbox_clear, {"by": Actor.system("worker", now)}
