"""What each word of a clause means, one sentence each."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from muster.engines.plan import Plan, run, start, step
from muster.engines.plan.effects import LevelSet, TaskClosed, TaskLate, TaskRaised, TaskReleased, TaskWithdrawn
from muster.engines.plan.events import (
    Activated,
    Arose,
    Event,
    LevelChanged,
    PlaceClosed,
    PlaceOpened,
    StoodDown,
    TaskAcknowledged,
    TaskBegun,
    TaskDone,
    TaskKey,
    TimePassed,
)
from muster.engines.plan.types import Measure
from tests.engines.plan.fate import (
    BEGIN,
    DAY,
    HOUR,
    Story,
    clause,
    expired,
    late,
    plan_of,
    raised,
    released,
    withdrawn,
)


def story(*clauses: object, level: int = 2) -> Story:
    """An operation at level II with a plan of these clauses."""
    told = Story(plan_of(clauses))  # type: ignore[arg-type]
    told.tell(Activated(BEGIN, level))
    return told


def test_activation_raises_the_tasks_of_its_level_in_the_plans_order(small_plan: Plan) -> None:
    told = Story(small_plan)
    effects = told.tell(Activated(BEGIN, 3))
    assert effects[0] == LevelSet(3, BEGIN)
    clauses = [TaskKey("C01"), TaskKey("C03"), TaskKey("K09")]
    assert raised(effects) == [*clauses, TaskKey("III.R"), TaskKey("III.S")], "what the level asks for comes last"


def test_a_duration_counts_from_the_release() -> None:
    assert story(clause("A", due=2 * HOUR)).due("A") == BEGIN + 2 * HOUR


def test_a_time_of_day_is_the_next_one_in_the_plans_zone() -> None:
    told = story(clause("A", due=time(8)), clause("B", due=time(7, 30)))
    assert told.due("A") == datetime(2026, 3, 2, tzinfo=UTC), "it is 08:00 in S City, so the next 08:00 is tomorrow's"
    assert told.due("B") == datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


def test_a_task_waits_for_the_clause_that_it_comes_after() -> None:
    told = story(clause("A"), clause("B", after=("A",)))
    assert told.due("B") is None
    assert released(told.tell(TaskDone(BEGIN + HOUR, TaskKey("B")))) == [], "it cannot be done yet"
    assert told.tell(TaskDone(BEGIN + HOUR, TaskKey("A"))) == (
        TaskClosed(TaskKey("A"), BEGIN + HOUR),
        TaskReleased(TaskKey("B"), BEGIN + HOUR, BEGIN + 7 * HOUR),
    )


def test_a_task_waits_for_nobody_when_the_clause_before_it_does_not_stand() -> None:
    told = story(clause("A", levels=frozenset({1})), clause("B", after=("A", "NONE")))
    assert told.due("B") == BEGIN + 6 * HOUR


def test_a_task_goes_on_when_what_it_waits_for_is_withdrawn() -> None:
    told = story(clause("A", levels=frozenset({2})), clause("B", after=("A",)))
    effects = told.tell(LevelChanged(BEGIN + HOUR, 3))
    assert withdrawn(effects) == [TaskKey("A")]
    assert released(effects) == [TaskKey("B")]


def test_a_clause_for_each_place_waits_in_its_own_place() -> None:
    guard = clause("A", scales="site", per="checkpoint")
    told = story(
        guard, clause("B", scales="site", per="checkpoint", after=("A",)), clause("C", every=DAY, after=("A",))
    )
    told.tell(PlaceOpened(BEGIN, "checkpoint", "P1"), PlaceOpened(BEGIN, "checkpoint", "P2"))
    assert released(told.tell(TaskDone(BEGIN, TaskKey("A", "P1")))) == [TaskKey("B", "P1")]


def test_a_clause_done_once_waits_for_every_place() -> None:
    told = Story(plan_of([clause("A", scales="site", per="checkpoint"), clause("B", after=("A",))]))
    told.tell(PlaceOpened(BEGIN, "checkpoint", "P1"), PlaceOpened(BEGIN, "checkpoint", "P2"), Activated(BEGIN, 1))
    assert released(told.tell(TaskDone(BEGIN, TaskKey("A", "P1")))) == []
    assert released(told.tell(TaskDone(BEGIN, TaskKey("A", "P2")))) == [TaskKey("B")]


def test_a_clause_for_each_event_waits_for_the_same_event() -> None:
    lists = {"scales": "batch", "per": "verification_list"}
    told = story(clause("A", **lists), clause("B", after=("A",), **lists))
    told.tell(*(Arose(BEGIN, "verification_list", ref, "ST-1") for ref in ("L1", "L2")))
    assert released(told.tell(TaskDone(BEGIN, TaskKey("A", "ST-1", "L2")))) == [TaskKey("B", "ST-1", "L2")]


def test_a_task_is_late_after_its_due_time_and_it_is_said_once() -> None:
    told = story(clause("A"))
    assert late(told.tell(TimePassed(BEGIN + 6 * HOUR))) == []
    assert told.tell(TimePassed(BEGIN + 7 * HOUR)) == (TaskLate(TaskKey("A"), BEGIN + 6 * HOUR),)
    assert late(told.tell(TimePassed(BEGIN + 8 * HOUR), TaskDone(BEGIN + 9 * HOUR, TaskKey("A")))) == []


def test_a_task_done_late_between_two_looks_at_the_clock_is_said_to_be_late() -> None:
    told = story(clause("A"))
    effects = told.tell(TaskDone(BEGIN + 7 * HOUR, TaskKey("A")))
    assert effects == (TaskLate(TaskKey("A"), BEGIN + 6 * HOUR), TaskClosed(TaskKey("A"), BEGIN + 7 * HOUR))


def test_a_task_is_acknowledged_then_begun_then_done() -> None:
    told = story(clause("A"))
    told.tell(TaskAcknowledged(BEGIN, TaskKey("A")))
    assert told.state.tasks[TaskKey("A")].status == "acknowledged"
    told.tell(TaskBegun(BEGIN, TaskKey("A")))
    assert told.state.tasks[TaskKey("A")].status == "in_work"
    told.tell(TaskAcknowledged(BEGIN, TaskKey("A")))
    assert told.state.tasks[TaskKey("A")].status == "in_work"
    told.tell(TaskDone(BEGIN, TaskKey("A")))
    assert told.open_tasks() == set()


def test_what_is_told_of_an_unknown_or_ended_task_changes_nothing() -> None:
    told = story(clause("A"))
    told.tell(TaskDone(BEGIN, TaskKey("A")))
    before = told.state
    assert (
        told.tell(*(kind(BEGIN, TaskKey(name)) for kind in (TaskAcknowledged, TaskBegun, TaskDone) for name in "AZ"))
        == ()
    )
    assert told.state == before


def test_a_round_comes_again_on_its_grid() -> None:
    told = story(clause("A", every=DAY))
    told.tell(TaskDone(BEGIN + HOUR, TaskKey("A")))
    assert raised(told.tell(TimePassed(BEGIN + DAY - HOUR))) == []
    assert raised(told.tell(TimePassed(BEGIN + DAY + 2 * HOUR))) == [TaskKey("A", "", "2")]
    told.tell(TaskDone(BEGIN + DAY + 3 * HOUR, TaskKey("A", "", "2")))
    assert raised(told.tell(TimePassed(BEGIN + 2 * DAY))) == [TaskKey("A", "", "3")], "two days after the beginning"


def test_rounds_do_not_pile_up_behind_an_open_task() -> None:
    told = story(clause("A", every=DAY))
    assert raised(told.tell(*(TimePassed(BEGIN + day * DAY) for day in range(1, 6)))) == []
    told.tell(TaskDone(BEGIN + 5 * DAY + HOUR, TaskKey("A")))
    assert raised(told.tell(TimePassed(BEGIN + 5 * DAY + 2 * HOUR))) == [], "missed rounds are not made up for"
    assert raised(told.tell(TimePassed(BEGIN + 6 * DAY))) == [TaskKey("A", "", "2")]


def test_rounds_missed_while_nobody_read_the_clock_are_one_round() -> None:
    told = story(clause("A", every=DAY))
    told.tell(TaskDone(BEGIN + HOUR, TaskKey("A")))
    assert raised(told.tell(TimePassed(BEGIN + 5 * DAY + HOUR))) == [TaskKey("A", "", "2")]
    told.tell(TaskDone(BEGIN + 5 * DAY + 2 * HOUR, TaskKey("A", "", "2")))
    assert raised(told.tell(TimePassed(BEGIN + 6 * DAY - HOUR))) == []
    assert raised(told.tell(TimePassed(BEGIN + 6 * DAY))) == [TaskKey("A", "", "3")]


def test_each_open_place_has_its_task_and_a_later_place_gets_one() -> None:
    told = Story(plan_of([clause("A", scales="site", per="hospital")]))
    told.tell(PlaceOpened(BEGIN, "hospital", "H2"), PlaceOpened(BEGIN, "hospital", "H1"))
    assert raised(told.tell(Activated(BEGIN, 1))) == [TaskKey("A", "H1"), TaskKey("A", "H2")]
    assert raised(told.tell(PlaceOpened(BEGIN, "hospital", "H3"))) == [TaskKey("A", "H3")]
    assert told.tell(PlaceOpened(BEGIN, "hospital", "H3"), PlaceOpened(BEGIN, "checkpoint", "C1")) == ()


def test_closing_a_place_withdraws_its_tasks_and_opening_it_again_starts_anew() -> None:
    told = story(clause("A", scales="site", per="hospital"))
    told.tell(PlaceOpened(BEGIN, "hospital", "H1"))
    assert told.tell(PlaceClosed(BEGIN + HOUR, "hospital", "H1")) == (
        TaskWithdrawn(TaskKey("A", "H1"), BEGIN + HOUR, "place_closed"),
    )
    assert ("A", "H1") not in told.state.standing
    assert raised(told.tell(PlaceOpened(BEGIN + DAY, "hospital", "H1"))) == [TaskKey("A", "H1", "2")]


def test_each_request_has_a_task_while_its_clause_stands() -> None:
    told = story(clause("A", scales="request", per="transfer", levels=frozenset({2})))
    assert raised(told.tell(Arose(BEGIN, "transfer", "T1", "ST-1"))) == [TaskKey("A", "ST-1", "T1")]
    assert raised(told.tell(Arose(BEGIN, "transfer", "T1", "ST-1"))) == [], "the same request"
    assert raised(told.tell(Arose(BEGIN, "rumour", "R1"))) == [], "nothing is to be done for it"
    assert withdrawn(told.tell(LevelChanged(BEGIN, 3))) == [TaskKey("A", "ST-1", "T1")]
    assert raised(told.tell(Arose(BEGIN, "transfer", "T2"))) == []


def test_another_level_withdraws_what_falls_and_leaves_the_rest_alone() -> None:
    told = story(clause("A"), clause("B", levels=frozenset({1, 2})), clause("C", levels=frozenset({3})))
    told.tell(TaskBegun(BEGIN, TaskKey("A")))
    effects = told.tell(LevelChanged(BEGIN + HOUR, 3))
    assert (withdrawn(effects), raised(effects)) == ([TaskKey("B")], [TaskKey("C")])
    assert told.state.tasks[TaskKey("A")].status == "in_work"
    assert raised(told.tell(LevelChanged(BEGIN + DAY, 2))) == [TaskKey("B", "", "2")]


def test_the_present_level_is_not_set_again() -> None:
    assert story(clause("A")).tell(LevelChanged(BEGIN, 2), Activated(BEGIN, 1)) == ()


def test_lowering_the_level_starts_the_winding_up_and_raising_it_again_withdraws_that() -> None:
    told = story(clause("A"), clause("E", levels=frozenset(), on="level_down"))
    assert raised(told.tell(LevelChanged(BEGIN, 1))) == []
    assert raised(told.tell(LevelChanged(BEGIN, 2))) == [TaskKey("E")]
    assert raised(told.tell(LevelChanged(BEGIN, 3))) == [], "the first is still open"
    assert withdrawn(told.tell(LevelChanged(BEGIN, 2))) == [TaskKey("E")]
    assert raised(told.tell(LevelChanged(BEGIN, 3))) == [TaskKey("E", "", "2")]


def test_the_stand_down_withdraws_the_work_and_starts_the_winding_up_in_every_place() -> None:
    ending = {"levels": frozenset(), "on": "stand_down"}
    told = story(
        clause("A"),
        clause("D", levels=frozenset(), on="level_down"),
        clause("E", **ending),
        clause("F", scales="site", per="hospital", after=("E",), **ending),
        clause("G", scales="request", per="objection", **ending),
    )
    told.tell(PlaceOpened(BEGIN, "hospital", "H1"), Arose(BEGIN, "objection", "O0"))
    effects = told.tell(StoodDown(BEGIN + DAY))
    assert withdrawn(effects) == [TaskKey("A")]
    assert raised(effects) == [TaskKey("D"), TaskKey("E"), TaskKey("F", "H1")]
    assert withdrawn(told.tell(PlaceClosed(BEGIN + DAY, "hospital", "H1"))) == [], "a closed place is still cleaned up"
    assert raised(told.tell(Arose(BEGIN + DAY, "objection", "O1"))) == [TaskKey("G", "", "O1")]
    assert told.tell(LevelChanged(BEGIN + DAY, 1), Activated(BEGIN + DAY, 1), StoodDown(BEGIN + DAY)) == ()


def test_what_winds_up_needs_nobody_once_it_is_done() -> None:
    told = story(clause("E", levels=frozenset(), on="stand_down"))
    told.tell(StoodDown(BEGIN))
    assert ("E", "") in told.state.standing
    told.tell(TaskDone(BEGIN, TaskKey("E")))
    assert told.state.standing == {}


def closing() -> Story:
    """A community closed for three days, its closing looked at every day."""
    measure = Measure("closed_community", expires=3 * DAY, review=DAY)
    told = story(
        clause("K", scales="site", per="closed_community", measure=measure),
        clause("R", scales="site", per="closed_community", renews="K", every=DAY, after=("K",)),
    )
    told.tell(PlaceOpened(BEGIN, "closed_community", "C1"), TaskDone(BEGIN + HOUR, TaskKey("K", "C1")))
    return told


def test_a_measure_runs_out_unless_it_is_renewed() -> None:
    told = closing()
    assert expired(told.tell(TimePassed(BEGIN + 3 * DAY))) == []
    effects = told.tell(TimePassed(BEGIN + 3 * DAY + HOUR))
    assert expired(effects) == [("K", "C1")]
    assert withdrawn(effects) == [TaskKey("R", "C1"), TaskKey("K.R", "C1")], "there is nothing left to look at"
    assert raised(told.tell(TimePassed(BEGIN + 9 * DAY))) == []


def test_a_renewal_counts_from_the_moment_when_it_is_done() -> None:
    told = closing()
    told.tell(TaskDone(BEGIN + 2 * DAY, TaskKey("R", "C1")))
    assert expired(told.tell(TimePassed(BEGIN + 4 * DAY))) == []
    assert expired(told.tell(TimePassed(BEGIN + 5 * DAY))) == [("K", "C1")]


def test_a_later_round_of_the_same_task_renews_nothing() -> None:
    told = story(clause("K", every=DAY, measure=Measure("gathering", expires=3 * DAY, review=None)))
    told.tell(TaskDone(BEGIN, TaskKey("K")), TimePassed(BEGIN + DAY), TaskDone(BEGIN + DAY, TaskKey("K", "", "2")))
    assert expired(told.tell(TimePassed(BEGIN + 3 * DAY))) == [("K", "")]


def test_a_renewal_comes_too_late_for_a_measure_that_has_run_out() -> None:
    told = closing()
    assert expired(told.tell(TaskDone(BEGIN + 4 * DAY, TaskKey("R", "C1")))) == [("K", "C1")]


def test_a_measure_that_ran_out_does_not_come_back_by_another_level() -> None:
    told = closing()
    told.tell(TimePassed(BEGIN + 4 * DAY))
    assert raised(told.tell(LevelChanged(BEGIN + 4 * DAY, 1))) == []
    told.tell(PlaceClosed(BEGIN + 5 * DAY, "closed_community", "C1"))
    again = told.tell(PlaceOpened(BEGIN + 5 * DAY, "closed_community", "C1"))
    assert TaskKey("K", "C1", "2") in raised(again)


def test_time_never_runs_backwards() -> None:
    told = story(clause("A"))
    told.tell(TimePassed(BEGIN + DAY))
    effects = told.tell(LevelChanged(BEGIN, 1))
    assert effects[0] == LevelSet(1, BEGIN + DAY)


def test_moments_are_kept_in_universal_time() -> None:
    told = Story(plan_of([clause("A")]))
    effects = told.tell(Activated(BEGIN.astimezone(told.plan.zone), 1))
    assert effects[0] == LevelSet(1, BEGIN)
    assert isinstance(effects[1], TaskRaised)
    assert effects[1].at.tzinfo is UTC


@pytest.mark.parametrize("event", [Activated(BEGIN, 0), Activated(BEGIN, 5), Activated(datetime(2026, 3, 1), 1)])
def test_an_impossible_event_is_the_callers_mistake(event: Event) -> None:
    with pytest.raises(ValueError):
        step(plan_of([clause("A")]), start(), event)


def test_many_events_at_once_say_what_they_say_one_by_one(small_plan: Plan) -> None:
    events = [Activated(BEGIN, 2), PlaceOpened(BEGIN, "closed_community", "C1"), TaskDone(BEGIN, TaskKey("C01"))]
    one_by_one = Story(small_plan)
    said = tuple(one_by_one.tell(event) for event in events)
    assert run(small_plan, start(), events) == (one_by_one.state, said)


def test_a_step_leaves_the_state_before_it_as_it_was(small_plan: Plan) -> None:
    before, _ = step(small_plan, start(), Activated(BEGIN, 2))
    kept = before.to_dict()
    run(small_plan, before, [TaskDone(BEGIN, TaskKey("C01")), StoodDown(BEGIN + timedelta(days=2))])
    assert before.to_dict() == kept
