"""Pages of the nightly checks, and a finding that is left silent through them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from muster.engines.plan import Plan
from muster.engines.plan.hashing import finding_content
from muster.kernel import clock
from muster.kernel.commands import Actor
from muster.preparedness.plans import services
from muster.preparedness.plans.jobs import check_if_due
from muster.preparedness.plans.models import NightlyCheck, PlanVersion, Suppression
from muster.preparedness.plans.queries.nights import counted_now
from muster.preparedness.plans.queries.suppressed import findings_today, said_of
from muster.preparedness.plans.said import Said
from tests.kernel.organisation.browser import reader
from tests.preparedness.plans import office

pytestmark = pytest.mark.django_db
PLAN = "/plans/checks/S-SMALL-01/"


@pytest.fixture
def version(db: None) -> PlanVersion:
    office.build()
    return services.draft_release(by=office.author(), draft=office.approved())


def released_check_today() -> NightlyCheck:
    (row,) = services.released_check(by=Actor.system("tests"))
    return row


def silent(said: Said, code: str = office.CODE, until: int = 30, plan: Plan | None = None) -> Suppression:
    """Somebody answers for a finding, today."""
    found, by = said.finding, office.author().at(timezone.now())
    named = {"rule": found.id, "clause": found.clause, "subject": found.subject}
    content = finding_content(plan or findings_today(office.TEXT).plan, found)
    stated = {"reason": "awaiting the province", "until": clock.today() + timedelta(days=until)}
    return services.finding_suppress(by=by, code=code, content=content, **named, **stated)


def a_fault_of_a_clause(version: PlanVersion) -> Said:
    """A fault of the text itself, so that it stands on every page, whatever the bureau is."""
    return next(one for one in said_of(version) if one.finding.clause)


def test_the_plans_office_leaves_a_finding_silent_and_lets_it_speak_again(version: PlanVersion) -> None:
    client = reader("plans_officer", person="P-AUTHOR")
    found = a_fault_of_a_clause(version)
    until = (timezone.now() + timedelta(days=30)).date().isoformat()
    assert "Answer for it" in client.get(f"{PLAN}suppress/?key={found.key}").content.decode()
    form = {"key": found.key, "reason": "awaiting the province", "until": until, "command_id": str(uuid4())}
    assert client.post(PLAN + "suppress/", form)["Location"] == PLAN
    page = client.get(PLAN).content.decode()
    assert f"Silent until {until} by P-AUTHOR: awaiting the province" in page
    assert "Let it speak again" in client.get(f"{PLAN}suppress/?key={found.key}").content.decode()
    made = Suppression.objects.get()
    assert client.post(f"{PLAN}speak/{made.pk}/", {"command_id": str(uuid4())}).status_code == 302
    assert "Let it speak again" not in client.get(PLAN).content.decode()


def test_what_is_silent_says_so_wherever_findings_are_shown(version: PlanVersion) -> None:
    released_check_today()
    author = reader("plans_officer", person="P-AUTHOR")
    draft = services.draft_open(by=office.author(), code=office.CODE, based_on=version)
    found = a_fault_of_a_clause(version)
    made = silent(found)
    told = f"Silent until {made.until} by P-AUTHOR: awaiting the province"
    where = f"/plans/{office.CODE}/{version.version}/"
    chief = reader("commander", person="P-CHIEF")
    for path in (f"{where}findings/", f"/plans/studio/{draft.pk}/", f"/plans/studio/{draft.pk}/findings/", PLAN):
        page = author.get(path).content.decode()
        assert told in page, path
        assert "Let it speak again" in page, path
        assert told in chief.get(path).content.decode(), path
    for path in (where, "/plans/", "/plans/checks/"):
        assert "suppressed" in author.get(path).content.decode(), path
    assert "1 finding in plans is suppressed." in author.get("/").content.decode()
    api = author.get(f"/api/plans{where.removeprefix('/plans')}findings").json()
    (silent_one,) = [one for one in api["findings"] if one["suppressed"]]
    assert (silent_one["id"], silent_one["suppressed"]["by"]) == (found.finding.id, "P-AUTHOR")


def test_a_night_counts_what_was_answered_for_since_and_again_what_was_lifted(version: PlanVersion) -> None:
    row = released_check_today()
    before = counted_now([row])[row.pk]
    assert before["suppressed"] == 0
    found = a_fault_of_a_clause(version)
    made = silent(found)
    after = counted_now([row])[row.pk]
    severity = found.finding.severity
    assert (after[severity], after["suppressed"]) == (before[severity] - 1, 1)
    services.suppression_lift(by=office.author(), suppression=made)
    assert counted_now([row])[row.pk] == before


def test_from_a_draft_and_from_an_old_version_one_comes_back_to_where_one_was(version: PlanVersion) -> None:
    client = reader("plans_officer", person="P-AUTHOR")
    draft = services.draft_open(by=office.author(), code=office.CODE, based_on=version)
    found = a_fault_of_a_clause(version)
    until = (timezone.now() + timedelta(days=3)).date().isoformat()
    ways = {
        f"draft:{draft.pk}": f"/plans/studio/{draft.pk}/",
        f"version:{version.version}": f"/plans/{office.CODE}/{version.version}/findings/",
    }
    for where, back in ways.items():
        form = {"key": found.key, "where": where, "reason": "why", "until": until, "command_id": str(uuid4())}
        assert client.post(PLAN + "suppress/", form)["Location"] == back
        lifted = client.post(f"{PLAN}speak/{Suppression.objects.latest('pk').pk}/", {"where": where})
        assert lifted["Location"] == back
    for nowhere in ("draft:0", "draft:x", "version:99"):
        assert client.get(f"{PLAN}suppress/?key={found.key}&where={nowhere}").status_code == 404
    unsaid = client.get(f"{PLAN}suppress/?key=P999::&as_of=never")
    assert (unsaid.status_code, "do not say this" in unsaid.content.decode()) == (422, True)


@pytest.mark.parametrize("wrong", [{"until": "2999-01-01"}, {"reason": ""}, {"key": "P999::"}])
def test_without_reason_or_end_nothing_is_silent(version: PlanVersion, wrong: dict[str, str]) -> None:
    found = a_fault_of_a_clause(version)
    until = (timezone.now() + timedelta(days=30)).date().isoformat()
    form = {"key": found.key, "reason": "why", "until": until, "command_id": str(uuid4())}
    response = reader("plans_officer", person="P-AUTHOR").post(PLAN + "suppress/", form | wrong)
    assert response.status_code == 422
    assert not Suppression.objects.exists()


def test_others_read_and_do_not_suppress(version: PlanVersion) -> None:
    client = reader("commander", person="P-CHIEF")
    assert "Answer for it" not in client.get(PLAN).content.decode()
    assert "Leave it silent" not in client.get(PLAN).content.decode()
    assert client.post(PLAN + "suppress/", {}).status_code == client.get(PLAN + "suppress/").status_code == 404
    assert reader("partner_liaison").get(PLAN).status_code == 404


def test_the_worker_checks_each_plan_once_a_day_and_the_page_shows_it(version: PlanVersion) -> None:
    client = reader("plans_officer")
    assert "No night has been checked yet" in client.get("/plans/checks/").content.decode()
    assert (check_if_due(), check_if_due()) == (1, 0)
    row = NightlyCheck.objects.get()
    assert f"{row.day:%Y-%m-%d}" in client.get("/plans/checks/").content.decode()
    assert f"{row.day:%Y-%m-%d}" in client.get(PLAN).content.decode()
