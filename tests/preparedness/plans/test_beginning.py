"""A draft is opened: the plan of a unit begins below the plan in force above it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from muster.engines.plan import Plan
from muster.kernel.organisation import services as organisation
from muster.kernel.organisation.models import Unit
from muster.kernel.organisation.rows import UnitRow
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.models import Draft
from muster.preparedness.plans.queries.library import plan_above
from muster.preparedness.plans.studio.beginning import draft_begin
from tests.kernel.organisation.browser import reader
from tests.preparedness.plans import office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bureau(db: None) -> None:
    """A bureau with a sub-bureau and a station below it; only the bureau has a plan."""
    office.build()
    rows = [UnitRow("SB-NORTH", "sub_bureau", "北区分局", "North Sub-bureau", parent="PSB")]
    rows.append(UnitRow("ST-NORTH-01", "station", "北一所", "North station 01", parent="SB-NORTH"))
    organisation.units_add(by=office.muster(), rows=rows)
    services.version_release(by=office.muster(), text=office.TEXT)


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def pressed(client: Client, **said: str) -> Draft:
    """The button of a unit without a plan."""
    answer = client.post("/plans/drafts/", {"command_id": str(uuid4()), **said})
    assert answer.status_code == 302, answer.content.decode()
    draft = Draft.objects.latest("pk")
    assert answer["Location"] == f"/plans/studio/{draft.pk}/"
    return draft


def plan_of(draft: Draft) -> Plan:
    found = queries.draft_plan(draft)
    assert isinstance(found, Plan), found
    return found


def test_the_row_of_a_unit_without_a_plan_has_a_button_that_begins_it_below_the_plan_above() -> None:
    client = reader("plans_officer", person="P-AUTHOR")
    assert 'name="unit" value="SB-NORTH"' in client.get("/plans/").content.decode()
    plan = plan_of(pressed(client, unit="SB-NORTH"))
    assert (plan.id, plan.unit) == ("S-SMALL-NORTH", "SB-NORTH")
    assert plan.extension is not None
    assert (plan.extension.higher.id, plan.extension.higher.version) == (office.CODE, "1.0")
    assert not plan.own_clauses
    assert "北区分局" in plan.title.zh
    page = client.get("/plans/").content.decode()
    assert 'name="unit" value="SB-NORTH"' not in page
    assert 'name="unit" value="ST-NORTH-01"' in page


def test_a_station_begins_below_its_sub_bureau_once_that_has_a_plan() -> None:
    sub_bureau = draft_begin(by=office.author(), code="", unit=unit("SB-NORTH"))
    assert plan_above(unit("ST-NORTH-01")) == queries.version(office.CODE, "1.0")
    version = services.version_release(by=office.muster(), text=sub_bureau.text)
    assert plan_above(unit("ST-NORTH-01")) == version
    station = draft_begin(by=office.author(), code="", unit=unit("ST-NORTH-01"))
    assert (station.code, station.unit) == ("S-SMALL-NORTH-01", unit("ST-NORTH-01"))
    higher = plan_of(station).extension
    assert higher is not None
    assert higher.higher.id == "S-SMALL-NORTH"


def test_a_code_that_is_taken_gets_a_number() -> None:
    services.draft_open(by=office.author(), code="S-SMALL-NORTH")
    assert draft_begin(by=office.author(), code="", unit=unit("SB-NORTH")).code == "S-SMALL-NORTH-2"


def test_the_draft_goes_with_the_unit_that_its_text_names() -> None:
    draft = draft_begin(by=office.author(), code="", unit=unit("SB-NORTH"))
    text = draft.text.replace("unit: SB-NORTH", "unit: ST-NORTH-01")
    saved = services.draft_save(by=office.author(), draft=draft, base_revision=1, text=text)
    assert saved.unit == unit("ST-NORTH-01")
    broken = services.draft_save(by=office.author(), draft=saved, base_revision=2, text="plan: [")
    assert broken.unit == unit("ST-NORTH-01")


@pytest.mark.parametrize("said", [{}, {"unit": "NO-SUCH"}, {"code": "no code"}])
def test_what_names_nothing_opens_nothing(said: dict[str, str]) -> None:
    client = reader("plans_officer", person="P-AUTHOR")
    assert client.post("/plans/drafts/", {"command_id": str(uuid4()), **said}).status_code == 422
    assert not Draft.objects.exists()


def test_who_only_reads_has_no_button_and_opens_nothing() -> None:
    client = reader("commander", person="P-CHIEF")
    assert "Open a draft" not in client.get("/plans/").content.decode()
    assert client.post("/plans/drafts/", {"unit": "SB-NORTH"}).status_code == 404
