"""The home page: what waits for its reader, what he may open, and why there is nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from muster.kernel import clock
from muster.kernel.access.models import Account
from muster.kernel.access.queries import roles_in_force
from muster.kernel.access.roles import (
    COMMANDER,
    DUTY_OFFICER,
    SECURITY_ADMINISTRATOR,
    SYSTEM_ADMINISTRATOR,
)
from muster.kernel.access.services import role_grant
from muster.kernel.commands import Actor
from muster.kernel.organisation import services as organisation
from tests.kernel.organisation.browser import reader
from tests.kernel.organisation.town import keeper

pytestmark = pytest.mark.usefixtures("a_town")


def home(*roles: str, person: str = "") -> str:
    return reader(*roles, person=person).get("/").content.decode()


@pytest.mark.parametrize("role", [SYSTEM_ADMINISTRATOR])
def test_whose_role_has_no_pages_is_not_told_that_he_has_no_role(role: str) -> None:
    assert "Your role has no pages here" in home(role)
    assert "holds no role that is in force" in home()


def test_a_vacant_command_role_waits_on_the_home_page_of_who_may_see_it() -> None:
    assert re.search(r"\d+ command roles? (is|are) vacant", home(DUTY_OFFICER))
    assert "vacant" not in re.sub(r"<a class=.m-card.*?</a>", "", home(SECURITY_ADMINISTRATOR), flags=re.S)


def test_where_nothing_waits_the_home_page_says_so() -> None:
    assert "Nothing waits on your pages now." in home(SECURITY_ADMINISTRATOR)


def test_a_role_that_ends_soon_waits_for_the_security_administrator() -> None:
    reader(COMMANDER)
    reader(DUTY_OFFICER)
    account = Account.objects.get(login="T-commander")
    soon = clock.now() + timedelta(days=3)
    role_grant(by=Actor.system("set-up"), account=account, role=COMMANDER, ends_at=soon, reason="acting")
    security = reader(SECURITY_ADMINISTRATOR)
    assert "1 role ends within 7 days" in security.get("/").content.decode()
    listed = security.get(reverse("access:accounts"), {"only": "ending"}).content.decode()
    assert "T-commander" in listed
    assert "T-duty_officer" not in listed


def test_whoever_leaves_the_service_holds_no_role_from_then_on_and_his_account_waits_to_be_closed() -> None:
    client = reader(DUTY_OFFICER, person="P0001")
    account = Account.objects.get(person__code="P0001")
    assert client.get(reverse("organisation:units")).status_code == 200
    organisation.people_leave(by=keeper(clock.now()), people=["P0001"])
    assert roles_in_force(account.pk, clock.now()) == frozenset()
    assert client.get(reverse("organisation:units")).status_code == 404
    assert "holds no role that is in force" in client.get("/").content.decode()
    security = reader(SECURITY_ADMINISTRATOR)
    assert "1 account belongs to somebody who has left" in security.get("/").content.decode()
    assert account.login in security.get(reverse("access:accounts"), {"only": "left"}).content.decode()
    assert (
        "The person has left the service" in security.get(reverse("access:account", args=[account.pk])).content.decode()
    )


def test_a_page_below_an_entry_marks_that_entry_and_no_other() -> None:
    shown = reader(DUTY_OFFICER).get(reverse("organisation:unit", args=["ST-001"])).content.decode()
    navigation = shown[shown.index('class="m-nav"') : shown.index("</nav>")]
    assert re.findall(r'href="([^"]*)" aria-current="([^"]*)"', navigation) == [(reverse("organisation:units"), "true")]
