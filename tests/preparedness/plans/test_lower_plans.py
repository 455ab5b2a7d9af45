"""Lower plans in the database: released upon a released version, bound to it for ever, shown in the library."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from muster import cli
from muster.engines.plan import Plan
from muster.engines.plan.checks import check
from muster.kernel.access.roles import PLANS_OFFICER
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.errors import PlanTextInvalid, UnitUnknown
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.queries import library
from tests.engines.plan.faults import PLANS
from tests.engines.plan.lower_plans import lower_text
from tests.kernel.organisation import town
from tests.kernel.organisation.browser import reader
from tests.preparedness.plans.conftest import officer, text_of

EARLIER = {"unit": "SB-NORTH", "above": "2.0"}


def released(text: str) -> PlanVersion:
    return services.version_release(by=officer(), text=text, name="lower.yaml")


@pytest.fixture
def units(db: None) -> None:
    town.build()


@pytest.fixture
def north(units: None, second: PlanVersion) -> PlanVersion:
    """The north sub-bureau's plan upon the version that was in force then."""
    return released(lower_text(["clause: K03, due: 4h"], plan="S-PHE-NORTH", **EARLIER))


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_lower_plan_stays_bound_to_the_version_upon_which_it_was_released(north: PlanVersion) -> None:
    before = queries.plan_of(north)
    third = released(text_of("S-PHE-01.yaml"))
    again = PlanVersion.objects.get(pk=north.pk)
    assert again.higher is not None
    assert again.higher.version == "2.0"
    assert queries.plan_of(again) == before
    assert len(before.clauses) == 1 + len(queries.plan_of(again.higher).clauses)
    assert queries.plan_of(again).hash == again.hash
    assert third.version == "3.0"


def test_a_newer_version_above_makes_a_review_due_and_is_told(north: PlanVersion) -> None:
    assert {shelf.unit.code for shelf in library.shelves() if library.REVIEW_DUE in shelf.states} == set()
    released(text_of("S-PHE-01.yaml"))
    assert {shelf.unit.code for shelf in library.shelves() if library.REVIEW_DUE in shelf.states} == {"SB-NORTH"}
    found = check(queries.plan_of(north), queries.world_at(officer().now + timedelta(days=90)))
    assert "P816" in {finding.id for finding in found}


def test_a_plan_upon_what_was_never_released_is_refused_with_its_line_and_nothing_is_kept(units: None) -> None:
    with pytest.raises(PlanTextInvalid) as refused:
        released(lower_text(unit="SB-NORTH"))
    assert refused.value.problems[0].line == 6
    assert not PlanVersion.objects.exists()


def test_a_plan_of_a_unit_that_there_is_not_is_refused(units: None, second: PlanVersion) -> None:
    with pytest.raises(UnitUnknown):
        released(lower_text(unit="SB-NOWHERE", above="2.0"))
    assert PlanVersion.objects.count() == 1


def test_the_api_says_whose_plan_it_is_what_it_extends_and_what_is_its_own(north: PlanVersion) -> None:
    client = reader(PLANS_OFFICER)
    found: dict[str, Any] = json.loads(page(client, "/api/plans/S-PHE-NORTH/1.0"))
    assert (found["unit"], found["added"], found["narrowed"]) == ("SB-NORTH", ["DH01"], {"K03": ["due"]})
    assert north.higher is not None
    assert found["extends"] == north.higher.hash
    assert {"K03", "C01", "DH01"} <= set(found["clauses"])
    findings = json.loads(page(client, "/api/plans/S-PHE-NORTH/1.0/findings"))["findings"]
    assert all("file" in finding for finding in findings)


def test_two_versions_of_a_lower_plan_are_compared_with_all_that_they_inherit(north: PlanVersion) -> None:
    released(text_of("S-PHE-01.yaml"))
    released(lower_text(["clause: K03, due: 3h"], plan="S-PHE-NORTH", version="2.0", unit="SB-NORTH"))
    client = reader(PLANS_OFFICER)
    found = json.loads(page(client, "/api/plans/S-PHE-NORTH/difference?a=1.0&b=2.0"))
    assert "due" in found["changed"]["K03"]
    assert "C07" in found["added"]  # which the higher plan added in between
    assert 'id="DH01"' in page(client, "/plans/S-PHE-NORTH/2.0/")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_shows_what_is_inherited_narrowed_and_added(north: PlanVersion, language: str) -> None:
    client = reader("duty_officer", language=language)
    shown = page(client, "/plans/S-PHE-NORTH/1.0/")
    assert 'href="/plans/S-PHE-01/2.0/"' in shown
    assert ("In the higher plan" in shown) == (language == "en")
    assert ("上级预案" in shown) == (language == "zh-hans")
    assert {"K03", "C01", "DH01"} <= {part.partition('"')[0] for part in shown.split('id="')}
    above = page(client, "/plans/S-PHE-01/2.0/")
    assert 'href="/plans/S-PHE-NORTH/1.0/"' in above


def test_units_without_a_plan_stand_in_the_library_and_can_be_asked_for_alone(north: PlanVersion) -> None:
    client = reader(PLANS_OFFICER)
    everything = page(client, "/plans/")
    for code in ("SB-NORTH", "SB-SOUTH", "ST-001", "ST-003"):
        assert code in everything
    none = page(client, "/plans/?state=none")
    assert "SB-SOUTH" in none
    assert "SB-NORTH</span>" not in none
    assert "ST-001" not in page(client, "/plans/?kind=sub_bureau")
    assert "S-PHE-NORTH" in page(client, "/plans/?q=north+S-PHE")
    assert "No unit fits" in page(client, "/plans/?q=nowhere")
    assert page(client, "/plans/?kind=circus&state=rubbish&start=-1").count("<tr") == everything.count("<tr")


def test_the_library_lists_four_hundred_plans_with_the_same_number_of_statements(north: PlanVersion) -> None:
    client = reader(PLANS_OFFICER)
    page(client, "/plans/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(client, "/plans/")
    plans = [f"S-PHE-N{number}" for number in range(12)]
    for number, code in enumerate(plans):
        released(lower_text(plan=code, own=f"X{number}", **EARLIER))
    queries.plans_of(queries.versions_to_activate())
    with CaptureQueriesContext(connection) as many:
        shown = page(client, "/plans/")
    assert all(code in shown for code in plans)
    assert len(many) <= len(few)


def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def written(folder: Path, text: str, name: str = "lower.yaml") -> str:
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.mark.usefixtures("english")
def test_the_command_line_finds_the_plan_above_among_its_files_in_any_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    low = written(tmp_path, lower_text(["clause: K03, due: 9h"]))
    assert cli.main(["plan", "check", low, str(PLANS / "S-PHE-01.yaml"), "--json"]) == 1
    lower, higher = answer(capsys)["plans"]
    assert [(finding["id"], finding["line"]) for finding in lower["findings"]] == [("P801", 11)]
    assert higher["findings"] == []
    assert cli.main(["plan", "check", low]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "the higher plan S-PHE-01 3.0 is not known" in told


@pytest.mark.usefixtures("english")
def test_a_circle_of_files_is_bad_input_that_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a = written(tmp_path, lower_text(plan="S-A", higher="S-B", above="1.0"), "a.yaml")
    b = written(tmp_path, lower_text(plan="S-B", higher="S-A", above="1.0"), "b.yaml")
    assert cli.main(["plan", "check", a, b]) == 2
    assert "S-A 1.0 → S-B 1.0 → S-A 1.0" in capsys.readouterr().err


@pytest.mark.usefixtures("english")
def test_the_command_line_finds_the_plan_above_among_released_versions(
    north: PlanVersion, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    low = written(tmp_path, lower_text(unit="SB-SOUTH", above="2.0", plan="S-PHE-SOUTH", own="SO1"))
    assert cli.main(["plan", "check", low, "--db", "--json"]) in (0, 1)
    (found,) = answer(capsys)["plans"]
    assert found["plan"] == "S-PHE-SOUTH"
    assert cli.main(["plan", "release", low, "--json"]) == 0
    assert answer(capsys)["plan"] == "S-PHE-SOUTH"
    assert isinstance(queries.plan_of(PlanVersion.objects.get(plan__code="S-PHE-SOUTH")), Plan)


def test_a_copied_plan_is_told_on_its_page_of_findings_and_in_the_library(units: None, second: PlanVersion) -> None:
    folder = PLANS / "lower"
    for code, unit in (("S-PHE-JIANGBEI-01", "ST-001"), ("S-PHE-DONGHU-01", "ST-003")):
        text = (folder / f"{code}.yaml").read_text("utf-8")
        released(re.sub(r"ST-(JIANGBEI|DONGHU)-01", unit, text))
    client = reader(PLANS_OFFICER)
    told = "100% of what plan S-PHE-DONGHU-01 says itself is what plan S-PHE-JIANGBEI-01 says"
    assert told in page(client, "/plans/S-PHE-DONGHU-01/1.0/findings/")
    assert told in page(client, "/plans/")
    assert "P010" not in page(client, "/plans/S-PHE-JIANGBEI-01/1.0/findings/")
