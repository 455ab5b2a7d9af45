"""What a worker makes of a run that waits, with the engine itself."""

from __future__ import annotations

from typing import Any

import pytest

from muster.engines.stress import MorePeople, MoreStock, Progress, Variant, simulate
from muster.preparedness.plans import services
from muster.preparedness.plans.models import StressProgress, StressRun
from muster.preparedness.plans.queries import plan_of
from muster.preparedness.plans.queries.stress import answered, bureau_of, scenario_of, variants_of
from muster.preparedness.plans.stress import running
from muster.preparedness.plans.stress.background import Background
from muster.preparedness.plans.stress_errors import StressImpossible
from tests.preparedness.plans import office, stressed

pytestmark = pytest.mark.django_db


def fresh(run: StressRun) -> StressRun:
    return StressRun.objects.get(pk=run.pk)


def test_the_worker_does_what_waits_and_anybody_can_repeat_it_to_the_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    scenario = stressed.scenario(days=2).to_plain()
    run = stressed.asked(
        scenario=scenario, variants=[Variant("20", (MorePeople("patrol", 20),)).to_plain()], replications=2
    )
    assert running.run_waiting() == 1
    run = fresh(run)
    found = answered(run)
    assert (run.state, run.engine) == ("done", found.outcome.version if found else 0)
    assert found is not None
    again = simulate(
        plan_of(run.version), bureau_of(run), scenario_of(run), variants=variants_of(run), replications=2, seed=run.seed
    )
    assert again.to_plain()["answers"] == found.outcome.to_plain()["answers"]
    assert [one.variant for one in found.differences] == ["20"]
    assert running.run_waiting() == 0


def test_a_worker_learns_within_a_look_that_nobody_wants_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BETWEEN", 0.0)
    run = stressed.begun()
    watch = running.Watch(run, 0.5, 0.75)
    watch.progress(Progress(1, 2))
    assert not watch.cancelled()
    assert StressProgress.objects.get(run=run).share == pytest.approx(0.625)
    services.stress_cancel(by=office.author(), run=run)
    watch.progress(Progress(2, 2))
    assert watch.cancelled()


def test_what_is_done_again_within_a_part_never_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BETWEEN", 0.0)
    run = stressed.begun()
    watch = running.Watch(run)
    watch.progress(Progress(8, 10))
    watch.progress(Progress(1, 10))
    assert StressProgress.objects.get(run=run).share == pytest.approx(0.8)


def test_a_run_that_breaks_fails_with_a_reason_and_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ArithmeticError("a bug")

    monkeypatch.setattr(running, "simulate", broken)
    run = stressed.asked()
    assert not running.run_one(run.pk)
    assert fresh(run).state == "failed"
    assert "a bug" not in str(fresh(run).reason)


@pytest.mark.parametrize("change", [MorePeople("patrol", 5, ("NOWHERE",)), MoreStock("unheard_of", 3.0)])
def test_a_variant_that_names_what_is_not_there_is_refused_before_it_waits(change: Any) -> None:
    version = stressed.released()
    with pytest.raises(StressImpossible):
        stressed.asked(version, variants=[Variant("x", (change,)).to_plain()])


def test_nothing_begins_where_nothing_waits_and_one_thread_does_what_does() -> None:
    begun: list[int] = []
    background = Background(lambda: begun.append(1))
    assert not background.look()
    stressed.asked()
    assert background.look()
