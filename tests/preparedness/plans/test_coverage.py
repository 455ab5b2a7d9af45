"""What was tried of a plan is kept, and the checks count it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction

from muster.engines.plan.coverage import FULL, LIVE, TABLETOP
from muster.kernel.commands import NotPermitted
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.models import ClauseUse, PlanVersion
from muster.preparedness.plans.queries.coverage import coverage_of, exercised
from muster.preparedness.plans.refusals import TrialInvalid
from tests.preparedness.plans import office

pytestmark = pytest.mark.django_db
TODAY = office.NOON.date()
CLAUSE = "K02"


@pytest.fixture
def version() -> PlanVersion:
    office.build()
    return services.draft_release(by=office.author(), draft=office.approved())


def note(version: PlanVersion, *clauses: str, way: str = FULL, day: date = TODAY, unit: str = "") -> int:
    return services.exercise_note(by=office.author(), version=version, way=way, day=day, clauses=clauses, unit=unit)


def staleness(version: PlanVersion, day: date) -> dict[str, float]:
    return {one.clause.id: one.staleness for one in coverage_of(version, day)}


def test_only_the_clauses_that_were_tried_are_fresh(version: PlanVersion) -> None:
    assert note(version, CLAUSE) == 1
    fresh = staleness(version, TODAY)
    assert {name for name, stale in fresh.items() if stale < 1} == {CLAUSE}
    assert exercised(TODAY) == {office.CODE: {CLAUSE: TODAY}}


def test_the_same_exercise_noted_again_is_one(version: PlanVersion) -> None:
    assert note(version, CLAUSE) == 1
    assert note(version, CLAUSE) == 0
    assert ClauseUse.objects.count() == 1


def test_before_the_day_of_the_exercise_nothing_of_it_is_known(version: PlanVersion) -> None:
    note(version, CLAUSE)
    yesterday = TODAY - timedelta(days=1)
    assert staleness(version, yesterday)[CLAUSE] == 1
    assert exercised(yesterday).get(office.CODE, {}) == {}


def test_a_clause_that_is_rewritten_has_not_been_tried(version: PlanVersion) -> None:
    every = [clause.id for clause in queries.plan_of(version).clauses]
    note(version, *every, way=LIVE)
    draft = services.draft_open(by=office.author(), code=office.CODE, based_on=version)
    text = office.with_another_word(text=version.text).replace("version: 1.0", "version: 2.0")
    assert text != version.text
    draft = services.draft_save(by=office.author(), draft=draft, base_revision=draft.revision, text=text)
    services.draft_withdraw(by=office.author(), draft=draft, reason="released from a file")
    newer = services.version_release(by=office.muster(), text=text)
    changed = set(every) - set(exercised(TODAY)[office.CODE])
    old, new = queries.plan_of(version), queries.plan_of(newer)
    assert changed == {name for name in every if old.clause(name) != new.clause(name)} != set()
    assert {one.clause.id for one in coverage_of(newer, TODAY) if one.outdated} == changed


@pytest.mark.parametrize(
    "wrong",
    [
        {"clauses": []},
        {"clauses": ["X99"]},
        {"way": "dreamt"},
        {"day": date(2031, 1, 1)},
        {"unit": "NOWHERE"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_cannot_have_been_is_refused_whole(version: PlanVersion, wrong: dict[str, object]) -> None:
    told = {"clauses": [CLAUSE], "way": TABLETOP, "day": TODAY, "unit": ""} | wrong
    with pytest.raises(TrialInvalid):
        services.exercise_note(by=office.author(), version=version, **told)  # type: ignore[arg-type]
    assert not ClauseUse.objects.exists()


def test_an_exercise_is_noted_by_the_plans_office_alone(version: PlanVersion) -> None:
    with pytest.raises(NotPermitted):
        services.exercise_note(by=office.deputy(), version=version, way=FULL, day=TODAY, clauses=[CLAUSE])


def test_what_a_task_tried_is_told_inside_its_command_only(version: PlanVersion) -> None:
    told = {"version": version, "clause": CLAUSE, "way": LIVE, "unit": None, "operation": "OP-1"}
    with pytest.raises(AssertionError), transaction.atomic():
        services.clause_used(by=office.author(), **told)  # type: ignore[arg-type]
    assert not ClauseUse.objects.exists()
