"""The page of coverage, for those who read plans and for the plans office."""

from __future__ import annotations

import pytest

from muster.preparedness.plans import queries, services
from muster.preparedness.plans.models import ClauseUse, PlanVersion
from tests.preparedness.plans import office
from tests.preparedness.plans.test_life_pages import client, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> PlanVersion:
    office.build()
    return services.draft_release(by=office.author(), draft=office.approved())


def address(version: PlanVersion) -> str:
    return f"/plans/{version.plan.code}/{version.version}/coverage/"


def test_everybody_in_the_bureau_reads_what_was_tried_and_what_is_proposed(version: PlanVersion) -> None:
    services.exercise_note(
        by=office.author(), version=version, way="full", day=office.NOON.date(), clauses=["K02"], unit="CMD"
    )
    shown = page(client("P-CHIEF", "commander"), address(version))
    assert "The smallest exercise" in shown
    assert office.NOON.date().isoformat() in shown
    assert "Note an exercise" not in shown


def test_the_plans_office_notes_an_exercise(version: PlanVersion) -> None:
    every = [clause.id for clause in queries.plan_of(version).clauses][:3]
    told = {"way": "tabletop", "day": "2026-05-04", "unit": "", "note": "in the hall", "clause": every}
    answer = client("P-AUTHOR", "plans_officer").post(address(version), told)
    assert answer.status_code == 302
    assert set(ClauseUse.objects.values_list("clause", "note")) == {(name, "in the hall") for name in every}


def test_an_exercise_without_clauses_comes_back_with_what_is_missing(version: PlanVersion) -> None:
    browser = client("P-AUTHOR", "plans_officer")
    answer = browser.post(address(version), {"way": "full", "day": "2026-05-04", "unit": "", "note": ""})
    assert answer.status_code == 422
    assert "at least one clause" in answer.content.decode()
