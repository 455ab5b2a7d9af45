"""Pages of the nightly checks, and a finding that is left silent through them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from muster.preparedness.plans import services
from muster.preparedness.plans.jobs import check_if_due
from muster.preparedness.plans.models import NightlyCheck, PlanVersion, Suppression
from muster.preparedness.plans.queries.suppressed import findings_today
from tests.kernel.organisation.browser import reader
from tests.preparedness.plans import office

pytestmark = pytest.mark.django_db
PLAN = "/plans/checks/S-SMALL-01/"


@pytest.fixture
def version(db: None) -> PlanVersion:
    office.build()
    return services.draft_release(by=office.author(), draft=office.approved())


def test_the_plans_office_leaves_a_finding_silent_and_lets_it_speak_again(version: PlanVersion) -> None:
    client = reader("plans_officer", person="P-AUTHOR")
    found = next(one for one in findings_today(version.text).said if one.finding.clause)
    until = (timezone.now() + timedelta(days=30)).date().isoformat()
    form = {"key": found.key, "reason": "awaiting the province", "until": until, "command_id": str(uuid4())}
    assert client.post(PLAN + "suppress/", form).status_code == 302
    page = client.get(PLAN).content.decode()
    assert f"Silent until {until} by P-AUTHOR: awaiting the province" in page
    made = Suppression.objects.get()
    assert client.post(f"{PLAN}speak/{made.pk}/", {"command_id": str(uuid4())}).status_code == 302
    assert "Let it speak again" not in client.get(PLAN).content.decode()


@pytest.mark.parametrize("wrong", [{"until": "2999-01-01"}, {"reason": ""}, {"key": "P999::"}])
def test_without_reason_or_end_nothing_is_silent(version: PlanVersion, wrong: dict[str, str]) -> None:
    found = findings_today(version.text).said[0]
    until = (timezone.now() + timedelta(days=30)).date().isoformat()
    form = {"key": found.key, "reason": "why", "until": until, "command_id": str(uuid4())}
    response = reader("plans_officer", person="P-AUTHOR").post(PLAN + "suppress/", form | wrong)
    assert response.status_code == 422
    assert not Suppression.objects.exists()


def test_others_read_and_do_not_suppress(version: PlanVersion) -> None:
    client = reader("commander", person="P-CHIEF")
    assert "Answer for it" not in client.get(PLAN).content.decode()
    assert client.post(PLAN + "suppress/", {}).status_code == 404
    assert reader("partner_liaison").get(PLAN).status_code == 404


def test_the_worker_checks_each_plan_once_a_day_and_the_page_shows_it(version: PlanVersion) -> None:
    client = reader("plans_officer")
    assert "No night has been checked yet" in client.get("/plans/checks/").content.decode()
    assert (check_if_due(), check_if_due()) == (1, 0)
    row = NightlyCheck.objects.get()
    assert f"{row.day:%Y-%m-%d}" in client.get("/plans/checks/").content.decode()
    assert f"{row.day:%Y-%m-%d}" in client.get(PLAN).content.decode()
