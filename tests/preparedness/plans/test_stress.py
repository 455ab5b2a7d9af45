"""A stress test is asked for, simulated once, kept for good, and its repairs go into a draft."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from muster.engines.plan.editing import head_of
from muster.engines.stress import Bureau, Recorded
from muster.kernel.commands import NotPermitted
from muster.preparedness.plans import services
from muster.preparedness.plans.models import BureauSnapshot, Remark, StressProgress, StressResult, StressRun
from muster.preparedness.plans.queries import draft_of
from muster.preparedness.plans.queries.stress import answered, bureau_of, last_stress, runs_to_do, scenario_of
from muster.preparedness.plans.services.stressing import ATTEMPTS, SILENT
from muster.preparedness.plans.stress_errors import RepairUnknown, StressImpossible, StressIsOver, StressTooLarge
from tests.preparedness.plans import office, stressed

pytestmark = pytest.mark.django_db
LATER = SILENT + timedelta(seconds=1)


def fresh(run: StressRun) -> StressRun:
    return StressRun.objects.get(pk=run.pk)


def test_a_run_keeps_everything_with_which_it_can_be_repeated() -> None:
    run = fresh(stressed.asked())
    assert scenario_of(run) == stressed.scenario()
    assert run.plan_hash == run.version.hash
    bureau = bureau_of(run)
    assert sum(pool.people for pool in bureau.people if "patrol" in pool.holds) == 9
    assert run.bureau.hash == hashlib.sha256(run.bureau.content.encode()).hexdigest()


def test_no_person_leaves_the_books() -> None:
    run = stressed.asked()
    assert "P-PATROL" not in run.bureau.content
    assert "某人" not in run.bureau.content


def test_two_runs_of_one_day_share_their_snapshot() -> None:
    first = stressed.asked()
    stressed.asked(first.version)
    assert BureauSnapshot.objects.count() == 1
    assert StressRun.objects.count() == 2


def test_what_is_impossible_is_refused_with_its_place() -> None:
    version = stressed.released()
    with pytest.raises(StressImpossible) as refused:
        stressed.asked(version, scenario=stressed.impossible().to_plain())
    assert refused.value.path == "absence.peak"
    with pytest.raises(StressImpossible):
        stressed.asked(version, scenario=stressed.scenario(cases=Recorded((0, 0))).to_plain())
    with pytest.raises(StressImpossible):
        stressed.asked(version, scenario={"days": "many"})
    with pytest.raises(StressTooLarge):
        stressed.asked(version, replications=10**9)
    assert not StressRun.objects.exists()


def test_only_those_who_answer_for_plans_ask_and_only_muster_simulates() -> None:
    version = stressed.released()
    asked: Any = {"version": version, "scenario": stressed.scenario().to_plain(), "data_date": stressed.AS_OF}
    with pytest.raises(NotPermitted):
        services.stress_request(by=office.lawyer(), **asked)
    run = services.stress_request(by=office.chief(), **asked)
    with pytest.raises(NotPermitted):
        services.stress_begin(by=office.chief(), run=run)


def test_a_run_is_done_once_and_its_answer_is_kept_to_the_byte() -> None:
    run = stressed.done()
    assert fresh(run).state == "done"
    kept = StressResult.objects.get(run=run)
    assert kept.hash == hashlib.sha256(kept.content.encode()).hexdigest()
    assert last_stress(run.version_id) == run
    with pytest.raises(StressIsOver):
        services.stress_finish(by=office.muster(), run=run, content="{}", engine=1)
    with pytest.raises(StressIsOver):
        services.stress_cancel(by=office.author(), run=run)


def test_a_cancelled_run_keeps_nothing_of_what_its_worker_brings() -> None:
    run = stressed.begun()
    services.stress_cancel(by=office.author(), run=run)
    with pytest.raises(StressIsOver):
        services.stress_finish(by=office.muster(), run=run, content="{}", engine=1)
    assert not StressResult.objects.exists()
    assert not StressProgress.objects.exists()


def test_a_run_at_work_is_not_taken_twice_and_one_whose_worker_died_is() -> None:
    run = stressed.begun()
    with pytest.raises(StressIsOver):
        services.stress_begin(by=office.muster(), run=run)
    now = office.moment() + LATER
    assert runs_to_do(now, now - SILENT) == [run]
    again = services.stress_begin(by=office.muster().at(now), run=run)
    assert again.attempts == 2


def test_a_run_that_no_worker_survives_fails_with_a_reason() -> None:
    run = stressed.begun()
    for turn in range(1, ATTEMPTS + 1):
        run = services.stress_begin(by=office.muster().at(office.moment() + turn * LATER), run=run)
    assert run.state == "failed"
    assert run.reason["what"]["zh"]


def refused_by_the_database(change: object) -> bool:
    try:
        with transaction.atomic():
            change()  # type: ignore[operator]
    except DatabaseError as problem:
        return "is final" in str(problem)
    return False


def test_the_database_lets_nobody_change_what_was_asked_answered_or_is_over() -> None:
    waiting = stressed.asked()
    assert refused_by_the_database(lambda: StressRun.objects.filter(pk=waiting.pk).update(seed=8))
    assert refused_by_the_database(lambda: StressRun.objects.filter(pk=waiting.pk).update(scenario={}))
    run = stressed.done(waiting.version)
    assert refused_by_the_database(lambda: StressRun.objects.filter(pk=run.pk).update(state="waiting", ended_at=None))
    assert refused_by_the_database(lambda: StressResult.objects.filter(run=run).update(content="{}"))
    assert refused_by_the_database(lambda: BureauSnapshot.objects.update(content="{}"))


def test_a_repair_that_a_plan_can_say_is_an_edit_of_the_draft() -> None:
    run = stressed.done()
    draft = services.repair_take(by=office.author(), run=run, repair=2)
    assert head_of(draft.text)["levels"]["II"]["trigger"] == "local_cases_7d >= 5"
    before = head_of(run.version.text)["reserve_days"]["kn95"]
    draft = services.repair_take(by=office.author(), run=run, repair=1)
    assert int(head_of(draft.text)["reserve_days"]["kn95"]) == int(before) + 10
    assert office.plan(draft).id == stressed.CODE, "it is still a plan"


def test_a_repair_that_no_text_can_make_is_a_comment_at_the_clause_that_it_helps() -> None:
    run = stressed.done()
    draft = services.repair_take(by=office.author(), run=run, repair=0)
    assert draft.text == run.version.text
    (remark,) = Remark.objects.filter(draft=draft)
    assert remark.clause == "K02"
    assert "20" in remark.text


def test_an_open_draft_is_gone_on_with() -> None:
    run = stressed.done()
    opened = services.draft_open(by=office.author(), code=stressed.CODE, based_on=run.version)
    assert services.repair_take(by=office.author(), run=run, repair=2) == opened
    assert draft_of(stressed.CODE) == opened


@pytest.mark.parametrize("place", [-1, 3])
def test_a_repair_that_is_not_there_is_refused(place: int) -> None:
    run = stressed.done()
    with pytest.raises(RepairUnknown):
        services.repair_take(by=office.author(), run=run, repair=place)


def test_a_stored_bureau_is_read_as_it_was() -> None:
    run = stressed.asked()
    assert Bureau.from_json(run.bureau.content).as_of == stressed.AS_OF
    found = answered(stressed.done(run.version))
    assert found is not None
    assert found.repairs[2].changes == (stressed.REPAIRS[2],)
